"""``python -m evals.points``: how many of the key points that people make in plain words are found, and how many found
are made, over ``evals/data/points``; one line for each half."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evals.own_data import DATA
from interviewlab.bootstrap import build_embedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.settings import read_settings
from interviewlab.types import Assessment, Question


@dataclass(frozen=True)
class Counts:
    """Points found and made, found only, made only."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the points found that are made; 0 where none is found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the points made that are found; 0 where none is made."""
        return self.right / max(1, self.right + self.missed)


def read_rows() -> list[dict[str, Any]]:
    """The labelled answers."""
    return [json.loads(line) for line in (DATA / "points" / "answers.jsonl").read_text("utf-8").splitlines()]


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
    grader = AnswerGrader(embedder, [question.answer for question in load_bank().questions])
    for half, counts in measure(grader, read_rows()).items():
        sys.stdout.write(f"{half}: precision {counts.precision:.3f}, recall {counts.recall:.3f}  {counts}\n")


if __name__ == "__main__":
    main()
