"""One answer against its question: which key points it makes, with the words that make them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from interviewlab.ports import Embedder
from interviewlab.scoring.text import Rarity, has_phrase, spans, stems, words
from interviewlab.types import Assessment, Found, KeyPoint, Misconception

FOUND = 0.5
"""Strength from which a key point counts as found."""
ON_TOPIC = 0.25
"""Cosine to the question or its key points under which a short answer is off topic."""
ON_TOPIC_LONG = 0.12
"""The same for an answer of some length: people come to the point by their own way."""
LONG_WORDS = 12
LONGEST_ANSWER = 20_000
"""Characters of an answer that are looked at."""
STORIES = ("resume", "behavioural")
"""Areas where people tell of their own: what they tell of need not resemble the question."""
MISCONCEPTION = 0.72
"""Cosine from which a sentence counts as stating a misconception."""
MISCONCEPTION_COST = 0.15
WEIGHTS = {"bias": -3.5, "cosine": 4.5, "overlap": 4.0, "cue": 3.2}
"""Logistic weights of the evidence for a key point, set by hand on model answers against those of other questions."""
NOTHING_SAID = re.compile(
    r"^(sorry )?(i )?pass$|^(i m |i am |i'm )?(really |honestly )?not sure\b|\bi (really |honestly |actually )?"
    r"(don't|do not|dont) know\b|^(don't|dont|do not) know\b|\bno (idea|clue)\b"
)


class Gradable(Protocol):
    """What can be graded against: a Question of the bank, or one made from a foreign row (``reference.py``)."""

    @property
    def id(self) -> str:
        """Names it in the assessment."""

    @property
    def area(self) -> str:
        """The area of the bank, or empty for a question from elsewhere."""

    @property
    def text(self) -> str:
        """The question as it was asked."""

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """What a good answer says; at least one."""

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """What people wrongly say."""


@dataclass(frozen=True)
class _Span:
    text: str
    stems: tuple[str, ...]


class AnswerGrader:
    """Grades answers by embeddings and rarity-weighted words. ``corpus`` tells which words are common."""

    def __init__(self, embedder: Embedder, corpus: Iterable[str]) -> None:
        self._embedder = embedder
        self._rarity = Rarity(corpus)

    def assess(self, question: Gradable, answer: str, turn: int) -> Assessment:
        """The assessment of one answer; ``score`` is the share of weight covered, less what is wrongly stated."""
        answer = answer[:LONGEST_ANSWER]
        if reason := _why_not(answer):
            return _nothing(question, turn, reason, score=None if not words(answer) else 0.0)
        given = self._spans(question, answer)
        if not given:
            return _nothing(question, turn, "the answer only repeats the question", score=0.0)
        cosine = self._cosines(question, given)
        wrong, is_wrong = self._misconceptions(question, given, cosine)
        found = [
            hit
            for number, point in enumerate(question.key_points)
            if (hit := self._evidence(question, point, given, cosine[:, number] - 2.0 * is_wrong, turn))
        ]
        return _assessment(
            question, turn, found, wrong, is_on_topic=bool(found) or _is_on_topic(question, answer, cosine)
        )

    def _spans(self, question: Gradable, answer: str) -> list[_Span]:
        asked = stems(question.text)
        given = [_Span(text, stems(text)) for text in spans(answer)]
        return [s for s in given if self._rarity.overlap(s.stems, asked) < 0.8]

    def _cosines(self, question: Gradable, given: Sequence[_Span]) -> np.ndarray:
        """Cosine of each span to each key point, misconception and the question, shape (spans, points + wrong + 1)."""
        targets = [p.text for p in question.key_points] + [m.text for m in question.misconceptions] + [question.text]
        return self._embedder.embed([s.text for s in given]) @ self._embedder.embed(targets).T

    def _misconceptions(
        self, question: Gradable, given: Sequence[_Span], cosine: np.ndarray
    ) -> tuple[list[Misconception], np.ndarray]:
        points = len(question.key_points)
        wrong = cosine[:, points : points + len(question.misconceptions)]
        right = cosine[:, :points].max(axis=1, keepdims=True)
        is_wrong = (wrong >= MISCONCEPTION) & (wrong > right + 0.05)
        stated = [m for m, hit in zip(question.misconceptions, is_wrong.any(axis=0), strict=True) if hit]
        return stated, is_wrong.any(axis=1).astype(np.float32)

    def _evidence(
        self, question: Gradable, point: KeyPoint, given: Sequence[_Span], cosine: np.ndarray, turn: int
    ) -> Found | None:
        strengths = [self._strength(question, point, s, float(c)) for s, c in zip(given, cosine, strict=True)]
        best = int(np.argmax(strengths))
        if strengths[best] < FOUND:
            return None
        return Found(key_point=point.id, turn=turn, quote=given[best].text, strength=round(strengths[best], 3))

    def _strength(self, question: Gradable, point: KeyPoint, span: _Span, cosine: float) -> float:
        asked = set(stems(question.text))
        wanted = [stem for stem in stems(point.text) if stem not in asked]
        cue = any(has_phrase(stems(cue), span.stems) for cue in point.cues)
        z = (
            WEIGHTS["bias"]
            + WEIGHTS["cosine"] * cosine
            + WEIGHTS["overlap"] * self._rarity.overlap(wanted, span.stems)
            + WEIGHTS["cue"] * cue
        )
        return float(1.0 / (1.0 + np.exp(-z)))


def merge_found(assessments: Iterable[Assessment]) -> tuple[Found, ...]:
    """The strongest evidence for each key point over several answers to one question."""
    best: dict[str, Found] = {}
    for found in (hit for assessment in assessments for hit in assessment.found):
        if found.key_point not in best or found.strength > best[found.key_point].strength:
            best[found.key_point] = found
    return tuple(best.values())


def coverage(question: Gradable, found: Iterable[Found]) -> float:
    """Share of the key points' weight that was found, in [0, 1]."""
    ids = {hit.key_point for hit in found}
    return sum(p.weight for p in question.key_points if p.id in ids) / sum(p.weight for p in question.key_points)


def _is_on_topic(question: Gradable, answer: str, cosine: np.ndarray) -> bool:
    if len(words(answer)) < LONG_WORDS:
        return float(cosine.max()) >= ON_TOPIC
    return question.area in STORIES or float(cosine.max()) >= ON_TOPIC_LONG


def score_of(question: Gradable, found: Iterable[Found], wrong: int) -> float:
    """What is covered, less what is wrongly stated ``wrong`` times; in [0, 1]."""
    return max(0.0, coverage(question, found) - MISCONCEPTION_COST * wrong)


def _why_not(answer: str) -> str:
    said = " ".join(words(answer)).lower().replace("’", "'")
    if not said:
        return "nothing was said"
    if len(said.split()) <= 8 and NOTHING_SAID.search(said):
        return "the candidate said they do not know"
    return "the answer is too short to show anything" if len(said.split()) < 3 else ""


def _nothing(question: Gradable, turn: int, reason: str, score: float | None) -> Assessment:
    missing = tuple(p.id for p in question.key_points)
    return Assessment(
        question_id=question.id, turn=turn, score=score, missing=missing, reason=reason, is_on_topic=False
    )


def _assessment(
    question: Gradable, turn: int, found: Sequence[Found], wrong: Sequence[Misconception], *, is_on_topic: bool
) -> Assessment:
    have = {hit.key_point for hit in found}
    score = score_of(question, found, len(wrong))
    return Assessment(
        question_id=question.id,
        turn=turn,
        score=round(score, 4),
        found=tuple(found),
        missing=tuple(p.id for p in question.key_points if p.id not in have),
        misconceptions=tuple(m.correction for m in wrong),
        reason=_reason(found, is_on_topic=is_on_topic),
        is_on_topic=is_on_topic,
    )


def _reason(found: Sequence[Found], *, is_on_topic: bool) -> str:
    if not is_on_topic:
        return "the answer is about something else"
    return "" if found else "none of the key points was found in the answer"
