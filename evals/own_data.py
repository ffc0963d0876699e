"""Adapters for the sets that were written for this project; their READMEs say how. Figures are given on ``report``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from evals.audits import Case, to_result
from evals.dataset import Card, Problem, Sample
from evals.scorer import Scorer
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.text import Rarity
from interviewlab.types import Question

DATA = Path(__file__).parent / "data"
REPORT = "report"
LEVELS_CARD = Card(
    "levels",
    source="written for this project (evals/data/levels)",
    licence="CC0-1.0",
    split=REPORT,
    note="the level that the author of each answer meant, written without sight of key points and grader",
)


class OwnLevels:
    """Answers of five levels to questions of the bank, the ``report`` split alone."""

    card = LEVELS_CARD

    def __init__(self, rarity: Rarity, limit: int | None = None) -> None:
        self._limit = limit

    def count(self) -> int:
        """How many answers there are."""
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Sample | Problem]:
        questions = _questions()
        rows = (row for row in _rows("levels/answers.jsonl") if row["split"] == REPORT)
        yield from (_sample(row, questions, row["answer"]) for row in islice(rows, self._limit))


def run_pairs(scorer: Scorer, seed: int) -> dict[str, Any]:
    """The same truth in other words must score the same; what is added to talk a grader round must not help."""
    questions = _questions()
    reported = [row for row in _rows("paraphrases/pairs.jsonl") if row["split"] == REPORT]
    texts = [(row, row["answer"], row["paraphrase"]) for row in reported]
    attacks = [row for row in _rows("injections/own.jsonl") if row["split"] == REPORT and row["expect"] == "attack"]
    attacked = [(row, row["base"], row["attacked"]) for row in attacks]
    return {
        "paraphrase pairs": to_result(_cases(scorer, questions, texts), "same", seed),
        "injection pairs": to_result(_cases(scorer, questions, attacked), "not higher", seed),
    }


def _cases(
    scorer: Scorer, questions: Mapping[str, Question], texts: list[tuple[dict[str, Any], str, str]]
) -> list[Case]:
    before = scorer.score_all([_sample(row, questions, text) for row, text, _ in texts])
    after = scorer.score_all([_sample(row, questions, text) for row, _, text in texts])
    return [
        Case(_sample(row, questions, text), was.score, now.score)
        for (row, text, _), was, now in zip(texts, before, after, strict=True)
        if was.score is not None
    ]


def _sample(row: dict[str, Any], questions: Mapping[str, Question], answer: str) -> Sample:
    question = questions[row["question_id"]]
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


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _questions() -> dict[str, Question]:
    return {question.id: question for question in load_bank().questions}
