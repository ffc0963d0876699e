"""``python -m evals calibrate``: fit a grader's scores to people's marks on some questions, report on the others."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.agreement import Judged, measure_agreement
from evals.calibration import Calibration, fit_isotonic, fit_ordinal
from evals.graded import read_graded
from evals.options import AsJson, DryRun, Limit, Seed
from evals.report import figure_lines
from evals.results import GradedRun, write_json, writing
from evals.telling import tell
from interviewlab.errors import BadInput


def calibrate(
    run: Annotated[
        Path, typer.Argument(help="A folder of `grade` with people's marks, or of `judge` with true levels.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for calibration.json and summary.json.")],
    method: Annotated[str, typer.Option(help="isotonic or ordinal.")] = "isotonic",
    test_share: Annotated[
        float, typer.Option(min=0.1, max=0.9, help="Share of the questions kept for the report.")
    ] = 0.5,
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
) -> None:
    """Fit a curve from scores to marks on some questions, and report on questions it has not seen.

    Questions are drawn, never rows; where the rows name their split ("train", "test"), that counts. Blank answers are
    left out. `grade --calibration OUT/calibration.json` uses the curve.
    """
    graded = read_graded(run)
    if curve_name := graded.summary.get("calibration"):
        raise BadInput(
            f"The scores of {run} went through a curve ({curve_name}).", "Grade without --calibration first."
        )
    train, test = split_by_question(graded, test_share, seed)
    train = train[:limit]
    if dry_run:
        summary: dict[str, Any] = {"dry_run": True, "train": len(train), "test": len(test), "calls": 0, "cost_usd": 0.0}
    else:
        curve = fit(method, train, graded.levels)
        summary = to_summary(curve, train, test, seed, graded.levels)
        with writing(out):
            write_json(out / "calibration.json", curve.to_dict())
            write_json(out / "summary.json", summary)
    tell(to_lines(summary), summary, as_json=as_json)


def split_by_question(run: GradedRun, test_share: float, seed: int) -> tuple[list[Judged], list[Judged]]:
    """Scored rows that people marked, for fitting and for the report. Raises BadInput where a part is empty."""
    rows = [(row.sample.split, judged) for row in run.rows if (judged := row.to_judged()) and not judged.is_blank]
    told = [(split, judged) for split, judged in rows if judged.machine is not None]
    if any(split == "test" for split, _ in told):
        train = [judged for split, judged in told if split != "test"]
        test = [judged for split, judged in told if split == "test"]
        both = {judged.question_id for judged in train} & {judged.question_id for judged in test}
        if both:
            raise BadInput(f"Question '{sorted(both)[0]}' is in both splits.", "Split by question, never by row.")
    else:
        questions = sorted({judged.question_id for _, judged in told})
        random.Random(seed).shuffle(questions)  # noqa: S311 which questions
        kept = set(questions[: round(len(questions) * test_share)])
        train = [judged for _, judged in told if judged.question_id not in kept]
        test = [judged for _, judged in told if judged.question_id in kept]
    if not train or not test:
        raise BadInput(
            "There are too few marked questions to split.", "Grade rows of at least two questions with marks."
        )
    return train, test


def fit(method: str, train: Sequence[Judged], levels: int) -> Calibration:
    """The curve by its name. Raises BadInput."""
    scores, marks = [row.machine or 0.0 for row in train], [row.human for row in train]
    match method:
        case "isotonic":
            return fit_isotonic(scores, marks)
        case "ordinal":
            return fit_ordinal(scores, marks, levels)
        case _:
            raise BadInput(f"There is no method '{method}'.", "Use --method isotonic or --method ordinal.")


def to_summary(
    curve: Calibration, train: Sequence[Judged], test: Sequence[Judged], seed: int, levels: int
) -> dict[str, Any]:
    """Agreement on the test part, before and after."""
    after = [replace(row, machine=None if row.machine is None else curve.apply(row.machine)) for row in test]
    before_figures, after_figures = (measure_agreement(rows, seed, levels) for rows in (test, after))
    return {
        "method": curve.name,
        "seed": seed,
        "train": {"n": len(train), "questions": sorted({row.question_id for row in train})},
        "test": {"n": len(test), "questions": sorted({row.question_id for row in test})},
        "before": before_figures.to_dict() if before_figures else None,
        "after": after_figures.to_dict() if after_figures else None,
    }


def to_lines(summary: dict[str, Any]) -> Iterator[str]:
    """The summary for a reader."""
    if summary.get("dry_run"):
        yield f"{summary['train']} answers to fit on, {summary['test']} to report on, no call, 0 USD"
        return
    for name in ("before", "after"):
        n, questions = summary["test"]["n"], len(summary["test"]["questions"])
        yield f"On {n} answers to {questions} questions it has not seen, {name} {summary['method']}:"
        yield from figure_lines(summary[name])
