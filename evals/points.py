"""``python -m evals.points``: how many of the key points that people make in plain words are found, and how many found
are made, over ``evals/data/points``; one line for each half."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from evals import own_data
from evals.counts import Counts
from interviewlab.bootstrap import build_embedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.settings import read_settings
from interviewlab.types import Assessment, Question


def read_rows() -> list[dict[str, Any]]:
    """The labelled answers."""
    return own_data.read_rows("points/answers.jsonl")


def count(row: dict[str, Any], question: Question, assessment: Assessment) -> Counts:
    """Of one answer; points it only touches on are left out."""
    made, partly = set(row["made"]), set(row["partly"])
    found = {hit.key_point for hit in assessment.found} - partly
    known = {point.id for point in question.key_points}
    if unknown := (made | partly) - known:
        raise ValueError(f"{row['id']} names {sorted(unknown)}, which {question.id} does not have")
    return Counts(len(found & made), len(found - made), len(made - found))


def measure(grader: AnswerGrader, rows: Iterable[dict[str, Any]]) -> dict[str, Counts]:
    """By half."""
    bank = load_bank()
    halves: dict[str, Counts] = {}
    for row in rows:
        question = bank.question(row["question_id"])
        counts = count(row, question, grader.assess(question, row["answer"], 1))
        halves[row["split"]] = halves.get(row["split"], Counts()) + counts
    return halves


def main() -> None:
    """Measure and print."""
    embedder, _ = build_embedder(read_settings())
    grader = AnswerGrader(embedder, load_bank().answers)
    for half, counts in measure(grader, read_rows()).items():
        sys.stdout.write(f"{half}: precision {counts.precision:.3f}, recall {counts.recall:.3f}  {counts}\n")


if __name__ == "__main__":
    main()
