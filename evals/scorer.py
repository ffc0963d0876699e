"""The scorer: samples in, scores out, in batches. It never turns a failure into a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from evals.dataset import Sample
from interviewlab.ports import Embedder
from interviewlab.questions.bank import Bank
from interviewlab.scoring.batch import BatchGrader
from interviewlab.scoring.reference import ReferenceQuestion
from interviewlab.types import Assessment


@dataclass(frozen=True)
class Score:
    """One line of ``rows.jsonl``. ``why_no_score`` explains a missing score, and a zero where nothing was judged."""

    score: float | None
    interval: tuple[float, float] | None
    found: tuple[dict[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    why_no_score: str | None = None


class Scorer(Protocol):
    """Who scores samples; ``name`` says which grader on which sentence model."""

    name: str

    def score_all(self, samples: Sequence[Sample]) -> list[Score]:
        """A score for each sample, in order."""


class AnswerScorer:
    """The embedded answer grader: key points found, by sentence embeddings and rarity-weighted words."""

    def __init__(self, embedder: Embedder, bank: Bank) -> None:
        self.embedder = embedder.name
        self.name = f"answer grader, {embedder.name} embeddings"
        self._grader = BatchGrader(embedder, corpus=bank.answers)

    def score_all(self, samples: Sequence[Sample]) -> list[Score]:
        """A score for each sample, in order; blanks are 0 without being looked at."""
        told = [sample for sample in samples if not sample.is_blank]
        graded = iter(self._grader.assess_all([(to_question(sample), sample.answer) for sample in told]))
        return [_blank(sample) if sample.is_blank else _to_score(sample, next(graded)) for sample in samples]


def unscored(why: str) -> Score:
    """The line of a row that could not be graded."""
    return Score(score=None, interval=None, why_no_score=why)


def _blank(sample: Sample) -> Score:
    missing = tuple(point.text for point in sample.target)
    return Score(score=0.0, interval=(0.0, 0.0), missing=missing, why_no_score="the answer is blank")


def to_question(sample: Sample) -> ReferenceQuestion:
    """What was asked, as the grader takes it."""
    return ReferenceQuestion(id=sample.question_id, text=sample.input, key_points=sample.target)


def _to_score(sample: Sample, assessment: Assessment) -> Score:
    text = {point.id: point.text for point in sample.target}
    return Score(
        score=assessment.score,
        interval=assessment.interval,
        found=tuple({"key_point": text[hit.key_point], "quote": hit.quote} for hit in assessment.found),
        missing=tuple(text[point] for point in assessment.missing),
        why_no_score=assessment.reason or None,
    )


def score_from_dict(kept: dict[str, Any]) -> Score:
    """A score as it was written by ``asdict`` and read back from JSON."""
    interval = kept["interval"]
    return Score(
        score=kept["score"],
        interval=None if interval is None else (interval[0], interval[1]),
        found=tuple(kept["found"]),
        missing=tuple(kept["missing"]),
        why_no_score=kept["why_no_score"],
    )
