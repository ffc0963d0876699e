"""``python -m evals.wrong``: of the sentences that are shown as wrong how many are, over ``evals/data/wrong``; one line
for each half."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evals import own_data
from interviewlab.bootstrap import build_embedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.text import sentences
from interviewlab.settings import read_settings

Row = dict[str, Any]


@dataclass
class Shown:
    """What was shown as wrong: sentences that are false and that are true; right answers of which any was; the false
    ones of answers that are right otherwise."""

    false: int = 0
    true: int = 0
    right: int = 0
    right_accused: int = 0
    mixed: int = 0
    mixed_found: int = 0

    @property
    def precision(self) -> float:
        """Of the sentences shown those that are false."""
        return self.false / max(1, self.false + self.true)


def read_rows() -> list[Row]:
    """The labelled answers."""
    return own_data.read_rows("wrong/answers.jsonl")


def shown(grader: AnswerGrader, question_id: str, answer: str) -> list[str]:
    """The sentences of an answer that its assessment quotes as wrong."""
    told = grader.assess(load_bank().question(question_id), answer, 1).misconceptions
    return [sentence for sentence in sentences(answer) if any(sentence in text for text in told)]


def measure(grader: AnswerGrader, rows: Iterable[Row]) -> dict[str, Shown]:
    """By half."""
    halves: dict[str, Shown] = {}
    for row in rows:
        found = halves.setdefault(row["split"], Shown())
        in_wrong, in_right, in_mixed = (shown(grader, row["question_id"], row[f]) for f in ("wrong", "right", "mixed"))
        hits = [sentence for sentence in in_mixed if sentence in row["false"] or row["false"] in sentence]
        found.false += len(in_wrong) + len(hits)
        found.true += len(in_right) + len(in_mixed) - len(hits)
        found.right, found.right_accused = found.right + 1, found.right_accused + bool(in_right)
        found.mixed, found.mixed_found = found.mixed + 1, found.mixed_found + bool(hits)
    return halves


def main() -> None:
    """Measure and print."""
    embedder, _ = build_embedder(read_settings())
    grader = AnswerGrader(embedder, load_bank().answers)
    for half, found in measure(grader, read_rows()).items():
        sys.stdout.write(f"{half}: precision {found.precision:.3f}  {found}\n")


if __name__ == "__main__":
    main()
