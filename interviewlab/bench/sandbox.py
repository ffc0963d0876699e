"""What isolation costs over a bare process, what fifty submissions at once do, and whether verdicts are right."""

from __future__ import annotations

import asyncio
import resource
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, cast

from interviewlab.bench.bare import Bare, open_bare
from interviewlab.bench.corpora import judge_corpus, read_corpora
from interviewlab.bench.figures import Figures, percentiles
from interviewlab.bootstrap import attack_sandbox, open_unproven_sandbox
from interviewlab.errors import SandboxFailed, SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.choice import BACKENDS
from interviewlab.sandbox.compiling import Compiler
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import get_limits
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Job
from interviewlab.settings import Settings
from interviewlab.types import AttackResult, Language, Submission

PARTS = ("contract", "cost", "at-once", "verdicts")
AIMS_MS = {"sandlock": 40.0, "docker": 80.0, "wasm": 400.0}
"""What a warm run may cost over a bare process, at p50."""
AT_ONCE = 50
PAUSE_S = 1.0
"""Between two timed runs, so that the next cell can be made ready to wait for its program: warm runs are timed."""

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


@dataclass(frozen=True)
class Wanted:
    """What of the bench is to be measured."""

    backends: Sequence[str] = BACKENDS
    parts: Sequence[str] = PARTS
    corpora: Sequence[str] = ()
    """Those of the verdicts; all where none is named."""
    runs: int = 20
    data: Path | None = None
    """The folder of the shared data, without which there are no verdicts."""


async def bench_sandbox(settings: Settings, wanted: Wanted, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What is wanted, laid over what is ``known`` from earlier.

    A backend that is not here has a sentence instead of figures.
    """
    found: dict[str, Any] = {name: dict(figures) for name, figures in (known or {}).items() if name in BACKENDS}
    for backend in wanted.backends:
        figures = found.setdefault(backend, {})
        figures.pop("missing", None)
        try:
            if "contract" in wanted.parts:
                figures["contract"] = _count((await attack_sandbox(settings, backend))[1])
            async with open_unproven_sandbox(settings, backend) as sandbox:
                await _measure(sandbox, wanted, figures)
        except SandboxUnavailable as error:
            found[backend] = {"missing": str(error)}
    return {"aims": _aims(found), **{name: found[name] for name in BACKENDS if name in found}}


async def _measure(sandbox: Sandbox, wanted: Wanted, figures: dict[str, Any]) -> None:
    languages = sandbox.health().languages
    if "cost" in wanted.parts:
        figures["cost"] = {name: await _cost(sandbox, name, wanted.runs) for name in languages}
    if "at-once" in wanted.parts:
        figures["at_once"] = await _at_once(sandbox, languages)
    if "verdicts" in wanted.parts and wanted.data is not None:
        for corpus in read_corpora(wanted.data):
            if corpus.language in languages and (not wanted.corpora or corpus.name in wanted.corpora):
                figures.setdefault("verdicts", {})[corpus.name] = await judge_corpus(sandbox, corpus)


def _count(results: Sequence[AttackResult]) -> dict[str, Any]:
    """How many of the contract's hostile programs were held; those that cannot exist on a backend are not counted."""
    counted = [one for one in results if not one.is_absent]
    return {
        "total": len(counted),
        "held": sum(one.held for one in counted),
        "absent": len(results) - len(counted),
        "broken": {one.name: one.note for one in counted if not one.held},
    }


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
    """Milliseconds of a warm run of a program that prints a number, bare and in the sandbox; compiling apart.

    A bare run goes before each run in the sandbox, and the cost is the median of their differences: what else the
    machine does meets both.
    """
    code = HELLO[language].format(n=1)
    submission = Submission(code=code, language=language)
    first_s = await _time(sandbox, submission)
    await _time(sandbox, submission)
    pairs = []
    with await asyncio.to_thread(_open_bare, sandbox, language, code) as bare:
        for _ in range(runs):
            await asyncio.sleep(PAUSE_S)
            # The bare run comes first: it leaves nothing to be put away beside the other.
            pairs.append((await asyncio.to_thread(bare.time), await _time(sandbox, submission)))
    outside, inside = zip(*pairs, strict=True)
    return {
        "over_bare_p50_ms": round(statistics.median(walled - bared for bared, walled in pairs) * 1000, 1),
        "sandbox_ms": _in_ms(inside),
        "bare_ms": _in_ms(outside),
        "first_ms": round(first_s * 1000, 1),
    }


async def _time(sandbox: Sandbox, submission: Submission) -> float:
    start = time.perf_counter()
    result = await sandbox.run(submission)
    spent_s = time.perf_counter() - start
    if (result.outcome, result.stdout.strip()) != ("ok", "1"):
        raise SandboxFailed(f"{submission.language} on {sandbox.name} did not print 1: {result.outcome}.")
    return spent_s


def _in_ms(times: Sequence[float]) -> Figures:
    return percentiles([round(value * 1000, 2) for value in times])


def _open_bare(sandbox: Sandbox, language: Language, code: str) -> AbstractContextManager[Bare]:
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
    return open_bare(job.lay_out(), job.command(kit), job.entry.environment, "1\n", image)


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
