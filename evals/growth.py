"""``python -m evals growth``: is growth of time told right, and does every seeded fault fail?

For each exercise of the bank: the Python solution, which must be told as expected, and a right but slow twin
(``evals/data/slow_twins.yaml``), which must be told as slower. "Not told" is neither right nor wrong and is counted.
Then the slow twins on all tests (they must be right), and the seeded faults on the hidden ones (they must fail).
``python -m evals.growth`` is the same.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from tqdm.auto import tqdm

from evals.gate import RESULTS
from evals.options import AsJson, DryRun, Limit
from evals.results import write_json, writing
from evals.telling import run_to_exit, tell
from interviewlab.errors import BadInput
from interviewlab.measuring import measure_growth
from interviewlab.ports import Sandbox
from interviewlab.questions import load_bank
from interviewlab.questions.faults import faulty_solution, right_solution
from interviewlab.sandbox.choice import choose_sandbox, open_backends
from interviewlab.types import Exercise, Submission

TWINS = Path(__file__).parent / "data" / "slow_twins.yaml"
SECONDS_A_ROUND = 20.0
"""For one exercise, its twin and its faults."""


def growth(
    rounds: Annotated[int, typer.Option(min=1, help="How often each program is measured.")] = 3,
    only: Annotated[str, typer.Option(help="Ids of exercises, separated by commas; then nothing is written.")] = "",
    out: Annotated[Path, typer.Option(help="Folder for growth.json.")] = RESULTS,
    as_json: AsJson = False,
    limit: Limit = None,
    dry_run: DryRun = False,
) -> None:
    """Measure how time grows for each exercise's solution and its slow twin, and try its seeded faults.

    Exit status 1 where something was told wrongly, a twin is not right or a fault passed. --limit and --only are for
    a quick look: what they measure is printed and not written.
    """
    exercises = _wanted(only)[:limit]
    if dry_run:
        seconds = len(exercises) * rounds * SECONDS_A_ROUND
        what = {"exercises": len(exercises), "calls": 0, "cost_usd": 0.0, "seconds": seconds}
        result: dict[str, Any] = {"dry_run": True, **what}
    else:
        result = asyncio.run(measure(exercises, rounds))
        if not only and limit is None:
            with writing(out):
                write_json(out / "growth.json", result)
    tell(to_lines(result), result, as_json=as_json)
    if not dry_run and _is_wrong(result):
        raise typer.Exit(1)


def _wanted(only: str) -> list[Exercise]:
    """The exercises named, or all of the bank. Raises BadInput."""
    exercises = {exercise.id: exercise for exercise in load_bank().exercises}
    names = [name.strip() for name in only.split(",") if name.strip()] or list(exercises)
    if unknown := [name for name in names if name not in exercises]:
        raise BadInput(f"There is no exercise '{unknown[0]}'.", f"Choose from {', '.join(exercises)}.")
    return [exercises[name] for name in names]


async def measure(exercises: Sequence[Exercise], rounds: int) -> dict[str, Any]:
    """The rows and their counts; one submission at a time, so that none disturbs another."""
    sandbox, _ = await choose_sandbox(tuple(open_backends(1).values()))
    twins: dict[str, str] = yaml.safe_load(TWINS.read_text(encoding="utf-8"))
    rows = []
    try:
        for exercise in tqdm(exercises, desc="growth", unit=" exercises"):
            rows.append(await _row(sandbox, exercise, twins.get(exercise.id), rounds))
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


def _is_wrong(result: Mapping[str, Any]) -> bool:
    told = (result["solutions"]["slower"], result["twins"]["expected"])
    return any((*told, result["faults_that_pass"], result["twins_that_fail"]))


def to_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The counts for a reader, and each exercise of which something was told wrongly."""
    if result.get("dry_run"):
        yield f"{result['exercises']} exercises, no call, 0 USD, about {result['seconds']:g} s"
        return
    yield f"{len(result['exercises'])} exercises on {result['backend']}, {result['rounds']} rounds of each"
    for which in ("solutions", "twins"):
        yield f"{which}: " + ", ".join(f"{count} {verdict}" for verdict, count in result[which].items())
    yield f"{result['twins_that_fail']} of {result['exercises_with_twin']} twins fail a test"
    yield f"{result['faults_that_pass']} of {result['faults']} seeded faults pass the hidden tests"
    yield from (line for row in result["exercises"] if (line := _wrong_line(row)))


def _wrong_line(row: Mapping[str, Any]) -> str:
    """What was told wrongly of one exercise; empty where nothing was."""
    found = [
        f"{count} of its {which} told as {verdict}"
        for which, verdict in (("solution", "slower"), ("twin", "expected"))
        if not row["untold"] and (count := row.get(which, {}).get("verdicts", {}).get(verdict))
    ]
    found += [f"its twin fails {', '.join(row['twin_fails'])}"] if row.get("twin_fails") else []
    found += [f"{row['faults_that_pass']} of its faults pass"] if row["faults_that_pass"] else []
    return f"{row['exercise']}: {'; '.join(found)}" if found else ""


if __name__ == "__main__":
    run_to_exit(partial(typer.run, growth))
