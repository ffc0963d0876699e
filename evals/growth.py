"""Is growth of time told right, and does every seeded fault fail? ``python -m evals.growth [--rounds N] [--only ID,…]``

For each exercise of the bank: the Python solution, which must be told as expected, and a right but slow twin
(``evals/data/slow_twins.yaml``), which must be told as slower. "Not told" is neither right nor wrong and is counted.
Then the slow twins on all tests (they must be right), and the seeded faults on the hidden ones (they must fail).
Writes ``evals/results/growth.json``. Exit status 1 where something was told wrongly or a fault passed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from evals.results import write_json
from interviewlab.measuring import measure_growth
from interviewlab.ports import Sandbox
from interviewlab.questions import load_bank
from interviewlab.questions.faults import faulty_solution, right_solution
from interviewlab.sandbox.choice import choose_sandbox, open_backends
from interviewlab.types import Exercise, Submission

TWINS = Path(__file__).parent / "data" / "slow_twins.yaml"
RESULT = Path(__file__).parent / "results" / "growth.json"


async def measure(exercises: Sequence[Exercise], rounds: int) -> dict[str, Any]:
    """The rows and their counts; one submission at a time, so that none disturbs another."""
    sandbox, _ = await choose_sandbox(tuple(open_backends(1).values()))
    twins: dict[str, str] = yaml.safe_load(TWINS.read_text(encoding="utf-8"))
    rows = []
    try:
        for exercise in exercises:
            rows.append(await _row(sandbox, exercise, twins.get(exercise.id), rounds))
            sys.stderr.write(f"{json.dumps(rows[-1])}\n")
    finally:
        await sandbox.aclose()
    return {"backend": sandbox.name, "rounds": rounds, **_counted(rows), "exercises": rows}


async def _row(sandbox: Sandbox, exercise: Exercise, twin: str | None, rounds: int) -> dict[str, Any]:
    growing = exercise.growing
    row: dict[str, Any] = {
        "exercise": exercise.id,
        "complexity": exercise.complexity,
        "expected": growing.expected if growing else None,
        "untold": growing.untold if growing else "nothing is said of growth",
        "solution": await _verdicts(sandbox, exercise, right_solution(exercise), rounds),
    }
    if twin:
        slow = Submission(code=twin, language="python")
        row["twin"] = await _verdicts(sandbox, exercise, slow, rounds)
        row["twin_fails"] = await _failing(sandbox, exercise, slow)
    hidden = [await _passes_hidden(sandbox, exercise, faulty_solution(exercise, fault)) for fault in exercise.faults]
    row["faults"], row["faults_that_pass"] = len(hidden), sum(hidden)
    return row


async def _verdicts(sandbox: Sandbox, exercise: Exercise, submission: Submission, rounds: int) -> dict[str, Any]:
    """How often each verdict came, the classes that were named, and the words of the last time."""
    found = [growth for _ in range(rounds) if (growth := await measure_growth(sandbox, exercise, submission))]
    return {
        "verdicts": dict(Counter(growth.verdict for growth in found)),
        "classes": dict(Counter(str(growth.measured) for growth in found)),
        "told": found[-1].told if found else "",
    }


async def _failing(sandbox: Sandbox, exercise: Exercise, submission: Submission) -> list[str]:
    """Categories of the cases that a right but slow solution fails, those aside that it is too slow for."""
    suite = exercise.tests("python", hidden=True)
    suite = suite.model_copy(update={"cases": exercise.visible + exercise.hidden})
    tests = (await sandbox.run(submission, suite)).tests
    return [test.category for test in tests if not test.passed and test.outcome != "time_limit"]


async def _passes_hidden(sandbox: Sandbox, exercise: Exercise, submission: Submission) -> bool:
    return (await sandbox.run(submission, exercise.tests("python", hidden=True))).outcome == "ok"


def _counted(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    def count(which: str, verdict: str) -> int:
        return sum(row[which]["verdicts"].get(verdict, 0) for row in rows if which in row and not row["untold"])

    return {
        "solutions": {verdict: count("solution", verdict) for verdict in ("expected", "slower", "not told")},
        "twins": {verdict: count("twin", verdict) for verdict in ("slower", "expected", "not told")},
        "exercises_without_growth": sum(bool(row["untold"]) for row in rows),
        "exercises_with_twin": sum("twin" in row for row in rows),
        "twins_that_fail": sum(bool(row.get("twin_fails")) for row in rows),
        "faults": sum(row["faults"] for row in rows),
        "faults_that_pass": sum(row["faults_that_pass"] for row in rows),
    }


def main() -> None:
    """Print the counts, write all of it."""
    parser = argparse.ArgumentParser(prog="python -m evals.growth")
    parser.add_argument("--rounds", type=int, default=3, help="how often each program is measured")
    parser.add_argument("--only", default="", help="ids of exercises, separated by commas; then nothing is written")
    chosen = parser.parse_args()
    wanted = set(filter(None, chosen.only.split(",")))
    exercises = [each for each in load_bank().exercises if not wanted or each.id in wanted]
    result = asyncio.run(measure(exercises, chosen.rounds))
    if not wanted:
        write_json(RESULT, result)
    sys.stdout.write(
        json.dumps({name: value for name, value in result.items() if name != "exercises"}, indent=1) + "\n"
    )
    wrong = (result["solutions"]["slower"], result["twins"]["expected"], result["faults_that_pass"])
    sys.exit(int(any(wrong) or bool(result["twins_that_fail"])))


if __name__ == "__main__":
    main()
