"""``python -m evals survival``: what does it cost to be killed?

A run of 500 samples against a scripted endpoint that counts its calls is killed with SIGKILL at 20 random moments and
started again each time. Then come a rerun from the cache, and a run against an endpoint of which a fifth of the calls
go wrong.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from evals.gate import RESULTS
from evals.options import AsJson, DryRun, Seed
from evals.results import write_json, writing
from evals.scripted_grades import serve_grades
from evals.telling import tell
from interviewlab.llm.scripted_endpoint import ScriptedEndpoint

CONCURRENCY = 8
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Stage:
    """Where runs take place: a folder with the rows, and an environment of their own."""

    folder: Path
    rows: Path

    def command(self, endpoint: ScriptedEndpoint, out: str, *more: str) -> list[str]:
        """The command line of one run."""
        model = ["--scorer", "endpoint", "--model", "scripted", "--url", endpoint.url]
        where = [str(self.rows), "--out", str(self.folder / out), "--concurrency", str(CONCURRENCY)]
        return [sys.executable, "-m", "evals", "grade", *where, *model, *more]

    def environment(self) -> Mapping[str, str]:
        """No cache of anybody else."""
        own = {"OPENAI_API_KEY": "none", "INTERVIEWLAB_CACHE_DIR": str(self.folder / "cache")}
        return {**os.environ, **own}

    def start(self, endpoint: ScriptedEndpoint, out: str, *more: str) -> subprocess.Popen[str]:
        """A run in a process of its own, quiet."""
        return subprocess.Popen(
            self.command(endpoint, out, *more),
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def finish(self, endpoint: ScriptedEndpoint, out: str, *more: str) -> dict[str, Any]:
        """A run to its end: its summary."""
        self.start(endpoint, out, *more).communicate()
        summary: dict[str, Any] = json.loads((self.folder / out / "summary.json").read_text(encoding="utf-8"))
        return summary


def build_stage(folder: Path, samples: int) -> Stage:
    """Rows whose answers all differ."""
    rows = folder / "rows.jsonl"
    lines = (
        {
            "question": f"Question {n % 25}?",
            "question_id": f"q{n % 25}",
            "answer": f"answer{n} says something about it",
            "key_points": ["says something"],
            "score": (n % 5) / 4,
        }
        for n in range(samples)
    )
    rows.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return Stage(folder, rows)


def measure_kills(stage: Stage, samples: int, kills: int, seed: int = 0, delay_s: float = 0.1) -> dict[str, Any]:
    """Kill a run ``kills`` times while it asks, then let it finish; compare with one that was left in peace."""
    moments = random.Random(seed)  # noqa: S311 when to kill
    with serve_grades(delay_s=delay_s) as endpoint:
        finished: list[int] = []
        for left in range(kills, 0, -1):
            rest = samples - (finished[-1] if finished else 0)
            # Twice the mean step at most, and the last sample is never reached: every kill hits a run that has work.
            _kill_at(stage, endpoint, endpoint.calls + moments.randint(1, max(1, 2 * rest // (left + 1) - CONCURRENCY)))
            finished.append(len(_finished(stage.folder / "killed" / "journal.jsonl")))
        killed_calls = endpoint.calls
        summary = stage.finish(endpoint, "killed", "--no-cache")
        calls = endpoint.calls
        paid_twice = _paid_twice(stage.folder / "killed" / "journal.jsonl")
    with serve_grades(delay_s=0.0) as endpoint:
        undisturbed = stage.finish(endpoint, "peace", "--no-cache")
    return {
        "samples": samples,
        "kills": len(finished),
        "finished_at_kill": finished,
        "calls": calls,
        "calls_while_killed": killed_calls,
        "repeated": calls - samples,
        "most_that_may_repeat": len(finished) * CONCURRENCY,
        "journal_lines_twice": paid_twice,
        "same_rows": _rows(stage, "killed") == _rows(stage, "peace"),
        "same_agreement": summary["agreement"] == undisturbed["agreement"],
    }


def measure_cache(stage: Stage) -> dict[str, Any]:
    """A second run with the same prompt, model and rows."""
    with serve_grades() as endpoint:
        stage.finish(endpoint, "first")
        first = endpoint.calls
        stage.finish(endpoint, "second")
        return {"first_calls": first, "rerun_calls": endpoint.calls - first}


def measure_faults(stage: Stage, fault_share: float = 0.2) -> dict[str, Any]:
    """An endpoint whose calls go wrong in every way; two attempts a sample, so that some fail for good."""
    with serve_grades(fault_share=fault_share, hang_s=1.5) as endpoint:
        summary = stage.finish(endpoint, "faulty", "--no-cache", "--attempts", "2", "--timeout", "1")
        rows = [json.loads(line) for line in _rows(stage, "faulty").splitlines()]
        unscored = {str(n) for n, row in enumerate(rows, 1) if row["score"] is None}
        return {
            "rows": len(rows),
            "calls": endpoint.calls,
            "failures": len(summary["failures"]),
            "coverage": summary["coverage"],
            "failures_are_the_unscored": {failure["row"] for failure in summary["failures"]} == unscored,
        }


def _kill_at(stage: Stage, endpoint: ScriptedEndpoint, calls: int) -> None:
    run = stage.start(endpoint, "killed", "--no-cache")
    while endpoint.calls < calls and run.poll() is None:
        time.sleep(0.002)
    run.send_signal(signal.SIGKILL)
    run.communicate()


def _finished(journal: Path) -> list[str]:
    """Keys of the whole lines."""
    lines = journal.read_text(encoding="utf-8").split("\n")[1:-1]
    return [json.loads(line)["key"] for line in lines]


def _paid_twice(journal: Path) -> int:
    """Samples that were written down as finished more than once."""
    keys = _finished(journal)
    return len(keys) - len(set(keys))


def _rows(stage: Stage, out: str) -> str:
    return (stage.folder / out / "rows.jsonl").read_text(encoding="utf-8")


def survival(
    samples: Annotated[int, typer.Option(min=50, help="Answers of the run that is killed.")] = 500,
    kills: Annotated[int, typer.Option(min=1, help="How often it is killed, at moments drawn by the seed.")] = 20,
    out: Annotated[Path, typer.Option(help="Folder for survival.json.")] = RESULTS,
    as_json: AsJson = False,
    seed: Seed = 0,
    dry_run: DryRun = False,
) -> None:
    """Kill a run again and again, run once more from the cache, and run against a faulty endpoint.

    The endpoint is scripted, on this machine, and counts its calls: nothing is paid. Exit status 1 where a finished
    sample was paid twice, more was repeated than was under way, or a failure was scored.
    """
    if dry_run:
        result: dict[str, Any] = {"dry_run": True, "starts": kills + 5, "calls": 0, "cost_usd": 0.0}
    else:
        result = measure_survival(samples, kills, seed)
        with writing(out):
            write_json(out / "survival.json", result)
    tell(to_lines(result), result, as_json=as_json)
    if not dry_run and not all(result["held"].values()):
        raise typer.Exit(1)


def measure_survival(samples: int, kills: int, seed: int) -> dict[str, Any]:
    """All three measurements, and what of them held."""
    with TemporaryDirectory(prefix="interviewlab-survival-") as folder:
        stage = build_stage(Path(folder), samples)
        killed = measure_kills(stage, samples, kills, seed)
        cached, faulty = measure_cache(stage), measure_faults(stage)
    held = {
        "no finished sample is paid twice": killed["journal_lines_twice"] == 0,
        "at most those under way are repeated": killed["repeated"] <= killed["most_that_may_repeat"],
        "the result is that of a run left in peace": killed["same_rows"] and killed["same_agreement"],
        "a cached rerun makes no call": cached["rerun_calls"] == 0,
        "a faulty endpoint completes, failures listed and not scored": faulty["failures_are_the_unscored"]
        and faulty["rows"] == samples,
    }
    return {"seed": seed, "kills": killed, "cache": cached, "faults": faulty, "held": held}


def to_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What held and what did not, and the counts behind it."""
    if result.get("dry_run"):
        yield f"{result['starts']} starts, no call to anybody else, 0 USD"
        return
    killed, cached, faulty = result["kills"], result["cache"], result["faults"]
    yield f"{killed['kills']} kills of {killed['samples']}: {killed['calls']} calls, {killed['repeated']} repeated"
    yield f"rerun from the cache: {cached['rerun_calls']} calls after {cached['first_calls']}"
    yield f"faulty endpoint: {faulty['calls']} calls, {faulty['failures']} failures, coverage {faulty['coverage']:.1%}"
    yield from (f"{'held  ' if held else 'MISSED'}  {what}" for what, held in result["held"].items())
