"""Adapters for the sets that were written for this project; their READMEs say how. Figures are given on ``report``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from evals.audits import Case, to_result
from evals.bank import bank_used
from evals.dataset import Card, Problem, Sample
from evals.scorer import Scorer
from interviewlab.questions.bank import Bank
from interviewlab.scoring.grader import Gradable
from interviewlab.scoring.reference import ReferenceQuestion, points_from_reference
from interviewlab.scoring.text import Rarity

DATA = Path(__file__).parent / "data"
LEVELS_ROWS = "levels/answers.jsonl"
REPORT = "report"
LEVELS_CARD = Card(
    "levels",
    source="written for this project (evals/data/levels)",
    licence="CC0-1.0",
    split=REPORT,
    note="the level that the author of each answer meant, written without sight of key points and grader",
)


class Asked:
    """What rows of these sets were asked: a question of the bank, or one that they bring with its reference."""

    def __init__(self, bank: Bank) -> None:
        self._bank = {question.id: question for question in bank.questions}
        self._rarity = Rarity(bank.answers)

    def __call__(self, row: Mapping[str, Any]) -> Gradable:
        """The question of one row, with its key points."""
        if "reference" not in row:
            return self._bank[row["question_id"]]
        points = points_from_reference(row["reference"], row["question"], self._rarity)
        return ReferenceQuestion(row["question_id"], row["question"], points)


class OwnLevels:
    """Answers of five levels to questions of the bank, the ``report`` split alone."""

    card = LEVELS_CARD

    def __init__(self, rarity: Rarity, limit: int | None = None) -> None:
        self._limit = limit

    def count(self) -> int:
        """How many answers there are."""
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Sample | Problem]:
        asked = Asked(bank_used())
        rows = (row for row in read_rows(LEVELS_ROWS) if row["split"] == REPORT)
        yield from (_sample(row, asked, row["answer"]) for row in islice(rows, self._limit))


def run_pairs(scorer: Scorer, seed: int) -> dict[str, Any]:
    """The same truth in other words must score the same; what is added to talk a grader round must not help."""
    asked = Asked(bank_used())
    found = {}
    for where, paraphrases, injections in (
        ("", "pairs", "own"),
        (", questions from elsewhere", "elsewhere", "elsewhere"),
    ):
        texts = [(row, row["answer"], row["paraphrase"]) for row in _reported(f"paraphrases/{paraphrases}.jsonl")]
        attacks = [row for row in _reported(f"injections/{injections}.jsonl") if row["expect"] == "attack"]
        attacked = [(row, row["base"], row["attacked"]) for row in attacks]
        found[f"paraphrase pairs{where}"] = to_result(_cases(scorer, asked, texts), "same", seed)
        found[f"injection pairs{where}"] = to_result(_cases(scorer, asked, attacked), "not higher", seed)
    return found


def _cases(scorer: Scorer, asked: Asked, texts: list[tuple[dict[str, Any], str, str]]) -> list[Case]:
    before = scorer.score_all([_sample(row, asked, text) for row, text, _ in texts])
    after = scorer.score_all([_sample(row, asked, text) for row, _, text in texts])
    return [
        Case(_sample(row, asked, text), was.score, now.score)
        for (row, text, _), was, now in zip(texts, before, after, strict=True)
        if was.score is not None
    ]


def _sample(row: dict[str, Any], asked: Asked, answer: str) -> Sample:
    question = asked(row)
    human = (row["level"] - 1) / 4 if "level" in row else None
    return Sample(
        line=int(row["id"][1:]),
        question_id=question.id,
        input=question.text,
        answer=answer,
        target=question.key_points,
        human=human,
        id=row["id"],
        split=row["split"],
    )


def _reported(name: str) -> list[dict[str, Any]]:
    return [row for row in read_rows(name) if row["split"] == REPORT]


def read_rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file of ``DATA``."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
