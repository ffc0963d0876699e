"""Questions from elsewhere, made gradable: key points from a reference answer, a list, or a rubric with points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interviewlab.scoring.text import Rarity, spans, stems
from interviewlab.types import KeyPoint, Misconception

LEAST_WEIGHT = 0.5
"""Weight of a sentence of the reference whose words are all common: little, not nothing."""
SENTENCE = "sentence-"
"""How the ids of points begin that are sentences of a reference: their words weigh by their rarity alone."""
_NUMBER = r"(?P<points>[+-]?\d{1,9}(?:[.,]\d{1,9})?)"
_UNIT = r"(?:points?|pts?\.?|marks?|p\b)"
_POINTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W*?[(\[]?{_NUMBER}\s*{_UNIT}[)\]]?\s*(?:[:.–-]|for\b)*\s*(?P<text>.+)$",
        rf"^(?P<text>.+?)\s{{0,9}}[:–-]?\s{{0,9}}[(\[]?{_NUMBER}\s{{0,9}}{_UNIT}[)\].]{{0,9}}$",
        rf"^\W*?[(\[]{_NUMBER}[)\]]\s*:?\s*(?P<text>.+)$",
        r"^\s*(?P<points>[+-]\d+(?:[.,]\d+)?)\s*:?\s*(?:for\b)?\s*(?P<text>.+)$",
    )
)


@dataclass(frozen=True)
class ReferenceQuestion:
    """A question that is in no bank: what the grader needs of one and nothing else."""

    id: str
    text: str
    key_points: tuple[KeyPoint, ...]
    misconceptions: tuple[Misconception, ...] = ()
    area: str = ""


def points_from_reference(reference: str, question: str, rarity: Rarity) -> tuple[KeyPoint, ...]:
    """A key point a sentence; its weight is the rarity of its stems that the question does not give away.

    The whole reference is one point where no sentence says more than the question. Empty for an empty reference.
    """
    asked = set(stems(question))
    weights = {s: sum(map(rarity, set(stems(s)) - asked)) for s in _sentences(reference)}
    kept = {s: max(w, LEAST_WEIGHT) for s, w in weights.items() if w > 0}
    if not kept and reference.strip():
        kept = {reference.strip(): 1.0}
    points = points_from_pairs(kept.items())
    return tuple(point.model_copy(update={"id": f"{SENTENCE}{n}"}) for n, point in enumerate(points))


def points_from_rubric(rubric: str) -> tuple[KeyPoint, ...]:
    """A key point a line, weighted by its points ("2 points: …", "… (1 pt)", "[2] …", "+1 …").

    Lines without points weigh 1 where no line has any, and are taken for headings otherwise. Lines of no points or of
    deductions are no key points.
    """
    lines = [line.strip() for line in rubric.splitlines() if stems(line)]
    read = [pair for line in lines if (pair := _line_with_points(line)) is not None]
    return points_from_pairs(read or [(line, 1.0) for line in lines])


def points_from_pairs(pairs: Iterable[tuple[str, float]]) -> tuple[KeyPoint, ...]:
    """Key points from texts and weights; those without text or with a weight of 0 or less are left out."""
    kept = [(text.strip(), weight) for text, weight in pairs if text.strip() and weight > 0]
    return tuple(KeyPoint(id=f"p{n}", text=text, weight=weight, follow_up="") for n, (text, weight) in enumerate(kept))


def _line_with_points(line: str) -> tuple[str, float] | None:
    for pattern in _POINTS:
        if match := pattern.match(line):
            return match["text"].strip(), float(match["points"].replace(",", "."))
    return None


def _sentences(text: str) -> list[str]:
    """The sentences alone: a part of a long one stands behind it and is contained in it."""
    kept: list[str] = []
    for span in spans(text):
        if not kept or span not in kept[-1]:
            kept.append(span)
    return kept
