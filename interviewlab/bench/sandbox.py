"""What isolation costs over a bare process, what fifty submissions at once do, and whether verdicts are right."""

from __future__ import annotations

import asyncio
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any, cast

from interviewlab.bench.bare import time_bare
from interviewlab.bench.corpora import judge_corpus, read_corpora
from interviewlab.bench.figures import Figures, percentiles
from interviewlab.bootstrap import open_unproven_sandbox
from interviewlab.errors import SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.compiling import Compiler
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import get_limits
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Job
from interviewlab.settings import Settings
from interviewlab.types import Language, Submission

BACKENDS = ("docker", "sandlock", "wasm")
AIMS_MS = {"sandlock": 40.0, "docker": 80.0, "wasm": 400.0}
"""What a warm run may cost over a bare process, at p50."""
AT_ONCE = 50
WARMED = ("docker", "wasm")
PAUSE_S = 1.0
"""Between two timed runs where cells wait for programs, so that the next can be made ready: warm runs are timed."""

HELLO: dict[Language, str] = {
    "python": "print({n})",
    "javascript": "console.log({n})",
    "typescript": "const n: number = {n};\nconsole.log(n);",
    "java": "public class Main {{ public static void main(String[] args) {{ System.out.println({n}); }} }}",
    "cpp": '#include <cstdio>\nint main() {{ std::printf("%d\\n", {n}); }}',
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {{ fmt.Println({n}) }}',
    "sql": "SELECT {n};",
}
"""Programs that print a number."""


async def bench_sandbox(settings: Settings, runs: int = 20, data: Path | None = None) -> dict[str, Any]:
    """Every backend of this machine; the corpora only with the folder of the shared data.

    A backend that is not here has a sentence instead of figures.
    """
    found: dict[str, Any] = {}
    for backend in BACKENDS:
        try:
            async with open_unproven_sandbox(settings, backend) as sandbox:
                found[backend] = await _measure(sandbox, runs, data)
        except SandboxUnavailable as error:
            found[backend] = {"missing": str(error)}
    return {"aims": _aims(found), **found}


async def _measure(sandbox: Sandbox, runs: int, data: Path | None) -> dict[str, Any]:
    languages = sandbox.health().languages
    figures: dict[str, Any] = {
        "cost": {name: await _cost(sandbox, name, runs) for name in languages},
        "at_once": await _at_once(sandbox, languages),
    }
    if data is not None:
        corpora = [one for one in read_corpora(data) if one.language in languages]
        figures["verdicts"] = {one.name: await judge_corpus(sandbox, one) for one in corpora}
    return figures


def _aims(found: dict[str, Any]) -> list[dict[str, Any]]:
    """What a warm run costs over a bare process against what is aimed at, for each backend and language."""
    return [
        {
            "figure": f"{backend}, {language}: p50 over a bare process, ms",
            "value": cost["over_bare_p50_ms"],
            "at_most": AIMS_MS[backend],
            "is_met": cost["over_bare_p50_ms"] <= AIMS_MS[backend],
        }
        for backend, figures in found.items()
        for language, cost in figures.get("cost", {}).items()
    ]


# ---- What isolation costs -----------------------------------------------------------------------------------------


async def _cost(sandbox: Sandbox, language: Language, runs: int) -> dict[str, Any]:
    """Milliseconds of a warm run of a program that prints a number, bare and in the sandbox; compiling apart."""
    code = HELLO[language].format(n=1)
    submission = Submission(code=code, language=language)
    first_s = await _time(sandbox, submission)
    bare = await asyncio.to_thread(_bare, sandbox, language, code, runs)
    await _time(sandbox, submission)
    times = []
    for _ in range(runs):
        await asyncio.sleep(PAUSE_S if sandbox.name in WARMED else 0.0)
        times.append(await _time(sandbox, submission))
    figures = {"sandbox_ms": _in_ms(times), "bare_ms": _in_ms(bare), "first_ms": round(first_s * 1000, 1)}
    return {"over_bare_p50_ms": round((statistics.median(times) - statistics.median(bare)) * 1000, 1), **figures}


async def _time(sandbox: Sandbox, submission: Submission) -> float:
    start = time.perf_counter()
    result = await sandbox.run(submission)
    spent_s = time.perf_counter() - start
    if (result.outcome, result.stdout.strip()) != ("ok", "1"):
        raise SandboxFailed(f"{submission.language} on {sandbox.name} did not print 1: {result.outcome}.")
    return spent_s


def _in_ms(times: Sequence[float]) -> Figures:
    return percentiles([round(value * 1000, 2) for value in times])


def _bare(sandbox: Sandbox, language: Language, code: str, runs: int) -> list[float]:
    """The image's own tools in a container for Docker, those of this machine otherwise; what is run is the same."""
    job = Job(ENTRIES[language], "program", code, get_limits(language, sandbox.name))
    image, kit, wall = "", "", cast("WalledSandbox", sandbox).wall
    if job.entry.compile is not None:
        made = Compiler(wall).compile(job, Event()).made
        job = Job(job.entry, job.mode, job.code, job.limits, made=made)
    if sandbox.name == "docker":
        from interviewlab.sandbox.containers import KIT, image_tag

        image, kit = image_tag(), KIT
    elif sandbox.name == "sandlock":
        from interviewlab.sandbox.kits import open_folder

        kit = str(open_folder())
    return time_bare(job.lay_out(), job.command(kit), job.entry.environment, "1\n", runs, image)


# ---- Many at once -------------------------------------------------------------------------------------------------


async def _at_once(sandbox: Sandbox, languages: Sequence[Language]) -> dict[str, Any]:
    """Fifty submissions, languages in turn, each printing a number of its own: all must come back with it."""
    before_mb = _available_mb()
    lowest_mb = before_mb
    watched = asyncio.Event()

    async def watch() -> None:
        nonlocal lowest_mb
        while not watched.is_set():
            lowest_mb = min(lowest_mb, _available_mb())
            await asyncio.sleep(0.1)

    watcher = asyncio.create_task(watch())
    start = time.perf_counter()
    answers = await asyncio.gather(*(_answer(sandbox, languages[n % len(languages)], n) for n in range(AT_ONCE)))
    spent_s = time.perf_counter() - start
    watched.set()
    await watcher
    return {
        "submissions": AT_ONCE,
        "answered_rightly": sum(is_right for is_right, _ in answers),
        "all_s": round(spent_s, 2),
        "until_answer_s": percentiles([spent for _, spent in answers]),
        "machine_memory_mb": round(before_mb - lowest_mb),
        "own_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


async def _answer(sandbox: Sandbox, language: Language, number: int) -> tuple[bool, float]:
    start = time.perf_counter()
    result = await sandbox.run(Submission(code=HELLO[language].format(n=number), language=language))
    return (result.outcome, result.stdout.strip()) == ("ok", str(number)), time.perf_counter() - start


def _available_mb() -> float:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) / 1024
    return 0.0
