"""How far people's marks lie from scores: intervals that hold for questions nobody has seen.

Conformal prediction, with whole questions left out and each question counting alike, since answers to one question err
together (Lee, Barber and Willett, "Distribution-free inference with hierarchical data", 2023; CV+ after Barber et al.,
"Predictive inference with the jackknife+", 2021). What is scaled is the mean error below and above a score, so an
interval is the wider the less sure the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewlab.scoring.model import Reach, ends_of

Floats = NDArray[np.float64]
SHARE = 0.9
"""Of people's marks that an interval shall hold."""
KNOTS = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
"""Scores at which the errors are told; straight between them."""
LEAST = 0.02
"""Mean error at a knot, at least: at its end the scale leaves no room for an error on one side."""
ROUGHNESS = 5e-5
"""A little ridge, for knots near which there is no answer."""


@dataclass(frozen=True)
class Marked:
    """Scores of answers whose question the grader had not seen, what people gave, and the questions."""

    scores: Floats
    marks: Floats
    questions: NDArray[Any]

    def part(self, chosen: NDArray[np.bool_]) -> Marked:
        """Some of the answers."""
        return Marked(self.scores[chosen], self.marks[chosen], self.questions[chosen])

    def without_each(self) -> Iterator[tuple[NDArray[np.bool_], Marked, Marked]]:
        """For each question which answers are its own, these, and the others."""
        for question in dict.fromkeys(self.questions):
            own = self.questions == question
            yield own, self.part(own), self.part(~own)

    @property
    def weights(self) -> Floats:
        """Each question weighs alike, and so each answer to it; they sum up to 1."""
        _, places, counts = np.unique(self.questions, return_inverse=True, return_counts=True)
        return np.asarray(1.0 / counts[places] / len(counts))


def join(*parts: Marked) -> Marked:
    """Several sets as one; their questions are told apart by their names."""
    return Marked(
        np.concatenate([part.scores for part in parts]),
        np.concatenate([part.marks for part in parts]),
        np.concatenate([part.questions for part in parts]),
    )


def fit_reach(marked: Marked, share: float = SHARE) -> tuple[Reach, ...]:
    """How far below and above each score an interval reaches that holds ``share`` of the marks of a new question."""
    errors = np.zeros(len(marked.scores))
    for own, inside, others in marked.without_each():
        errors[own] = _scaled(inside, *_mean_errors(others))
    times = _quantile(errors, marked, share)
    below, above = _mean_errors(marked)
    return tuple(
        Reach(score=float(score), below=round(float(times * low), 4), above=round(float(times * high), 4))
        for score, low, high in zip(KNOTS, below, above, strict=True)
    )


def hold_left_out(marked: Marked, share: float = SHARE) -> tuple[NDArray[np.bool_], Floats]:
    """For each answer whether an interval made without its question holds its mark, and how wide it is."""
    held, width = np.zeros(len(marked.scores), bool), np.zeros(len(marked.scores))
    for own, inside, others in marked.without_each():
        held[own], width[own] = hold(inside, fit_reach(others, share))
    return held, width


def hold(marked: Marked, reach: tuple[Reach, ...]) -> tuple[NDArray[np.bool_], Floats]:
    """For each answer whether the interval of its score holds its mark, and how wide it is."""
    low, high = ends_of(marked.scores, reach)
    return (marked.marks >= low - 1e-9) & (marked.marks <= high + 1e-9), high - low


def _mean_errors(marked: Marked) -> tuple[Floats, Floats]:
    """The mean of what marks lie below and above a score, at the knots, by least squares."""
    parts = np.stack([np.interp(marked.scores, KNOTS, one) for one in np.eye(len(KNOTS))], axis=1)
    weighted = (parts * marked.weights[:, None]).T
    matrix = weighted @ parts + ROUGHNESS * np.eye(len(KNOTS))
    errors = marked.scores - marked.marks
    below, above = (np.linalg.solve(matrix, weighted @ np.maximum(side, 0.0)) for side in (errors, -errors))
    return np.maximum(below, LEAST), np.maximum(above, LEAST)


def _scaled(marked: Marked, below: Floats, above: Floats) -> Floats:
    """How many times the mean error of its side each mark lies from its score."""
    errors = marked.scores - marked.marks
    low, high = np.interp(marked.scores, KNOTS, below), np.interp(marked.scores, KNOTS, above)
    return np.where(errors > 0, errors / low, -errors / high)


def _quantile(errors: Floats, marked: Marked, share: float) -> float:
    """The least error that ``share`` do not pass, where a new question counts like each that was seen."""
    count = len(set(marked.questions))
    order = np.argsort(errors, kind="stable")
    reached = np.cumsum(marked.weights[order]) * count / (count + 1)
    return float(errors[order][min(int(np.searchsorted(reached, share - 1e-12)), len(errors) - 1)])
