"""Whether the intervals of scores hold what people gave, as they promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np

from evals.agreement import Group, Groups, measure

ROUNDED = 5e-5
"""Ends of intervals are told to four places."""


@dataclass(frozen=True)
class Held:
    """One answer: whether its interval holds its mark, and how wide it is."""

    question_id: str
    is_inside: bool
    width: float


def to_held(question_id: str, mark: float, interval: tuple[float, float]) -> Held:
    """The mark of an answer against its interval."""
    low, high = interval
    return Held(question_id, low - ROUNDED <= mark <= high + ROUNDED, high - low)


def measure_held(rows: Sequence[Held], seed: int) -> dict[str, Any] | None:
    """Share of marks that lie inside, of all and as a mean over questions, and how wide intervals are; None without
    any. An interval as wide as the scale holds everything: look at both."""
    if not rows:
        return None
    by_question: dict[str, list[float]] = {}
    for row in rows:
        by_question.setdefault(row.question_id, []).append(float(row.is_inside))
    inside = measure(_share, [_group(each) for each in by_question.values()], seed)
    return {
        "n": len(rows),
        "inside": {"value": inside.value, "interval": inside.interval},
        "by_question": round(fmean(fmean(each) for each in by_question.values()), 4),
        "mean_width": round(fmean(row.width for row in rows), 4),
    }


def _group(values: Sequence[float]) -> Group:
    return Group(np.array(values), np.zeros(len(values)), 0.0, np.zeros((1, 1), np.int64))


def _share(groups: Groups) -> float:
    return float(np.mean(np.concatenate([group.machine for group in groups])))
