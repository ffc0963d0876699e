"""What does it cost to be killed? ``python -m evals.survival``

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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.scripted_grades import serve_grades
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
        done = 0
        for _ in range(kills):
            share = samples / (kills + 1)
            _kill_at(stage, endpoint, endpoint.calls + moments.randint(1, max(1, round(1.5 * share))))
            done = len(_finished(stage.folder / "killed" / "journal.jsonl"))
            if done == samples:
                break
        killed_calls, before = endpoint.calls, _finished(stage.folder / "killed" / "journal.jsonl")
        summary = stage.finish(endpoint, "killed", "--no-cache")
        calls = endpoint.calls
        paid_twice = _paid_twice(endpoint, stage.folder / "killed" / "journal.jsonl")
    with serve_grades(delay_s=0.0) as endpoint:
        undisturbed = stage.finish(endpoint, "peace", "--no-cache")
    return {
        "samples": samples,
        "kills": kills,
        "finished_before_last_start": len(before),
        "calls": calls,
        "calls_while_killed": killed_calls,
        "repeated": calls - samples,
        "most_that_may_repeat": kills * CONCURRENCY,
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


def _paid_twice(endpoint: ScriptedEndpoint, journal: Path) -> int:
    """Samples that were written down as finished more than once."""
    keys = _finished(journal)
    return len(keys) - len(set(keys))


def _rows(stage: Stage, out: str) -> str:
    return (stage.folder / out / "rows.jsonl").read_text(encoding="utf-8")


def main() -> None:
    """Print everything as JSON."""
    with TemporaryDirectory(prefix="interviewlab-survival-") as folder:
        stage = build_stage(Path(folder), samples=500)
        result = {
            "kills": measure_kills(stage, samples=500, kills=20),
            "cache": measure_cache(stage),
            "faults": measure_faults(stage),
        }
    json.dump(result, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
