"""The small model that makes a score of the signals: weights as data, trained by ``python -m evals.train_grader``.

``grader_model.json`` holds the weights, ``grader_model.md`` says on what they were trained and how they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from interviewlab.scoring.reading import Floats

CLOSED = 0.03
"""Chance of being about the question up to which the gate is shut."""
Numbers = Annotated[tuple[float, ...], Field(min_length=1)]


class Reach(BaseModel):
    """How far below and above some score nine in ten of people's marks lie."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    score: float
    below: Annotated[float, Field(ge=0)]
    above: Annotated[float, Field(ge=0)]


class GraderModel(BaseModel):
    """A line over signals at mean 0 and scale 1, closed by a gate for answers that are about something else."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    names: tuple[str, ...]
    mean: Numbers
    scale: Numbers
    weights: Numbers
    bias: float
    gate: Numbers
    gate_bias: float
    wide: Annotated[float, Field(gt=CLOSED, le=1.0)]
    """Chance of being about the question from which the gate stands wide open."""
    curve: Annotated[tuple[tuple[float, float], ...], Field(min_length=2)]
    """Score at some values of the line; straight between them, level beyond."""
    reach: Annotated[tuple[Reach, ...], Field(min_length=1)]
    """At some scores, in their order; straight between them, level beyond."""

    def score(self, signals: Floats) -> float:
        """The score in [0, 1] that people would give."""
        z = (signals - np.array(self.mean)) / np.array(self.scale)
        line = float(z @ np.array(self.weights)) + self.bias
        return float(curved(line, self.curve)) * self.opening(signals)

    def opening(self, signals: Floats) -> float:
        """How far the gate stands open, in [0, 1]: 1 for an answer that is surely about the question."""
        z = (signals - np.array(self.mean)) / np.array(self.scale)
        chance = 1.0 / (1.0 + np.exp(-(float(z @ np.array(self.gate)) + self.gate_bias)))
        return float(opened(chance, self.wide))

    def interval(self, score: float) -> tuple[float, float]:
        """Where nine in ten of people's marks lie for answers with this score, as measured on questions left out."""
        low, high = ends_of(score, self.reach)
        return round(float(low), 4), round(float(high), 4)


def ends_of(scores: Any, reach: Sequence[Reach]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The lower and upper ends of the intervals of some scores, in [0, 1]."""
    at = [each.score for each in reach]
    below = np.interp(scores, at, [each.below for each in reach])
    above = np.interp(scores, at, [each.above for each in reach])
    return np.maximum(0.0, np.asarray(scores) - below), np.minimum(1.0, np.asarray(scores) + above)


def opened(chance: Any, wide: float) -> NDArray[np.float64]:
    """How far the gate stands open at some chance of being about the question, in [0, 1]."""
    return np.clip((np.asarray(chance, np.float64) - CLOSED) / (wide - CLOSED), 0.0, 1.0)


def curved(line: Any, curve: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Scores in [0, 1] of values of the line: straight between the points of the curve, level beyond its ends."""
    at, scores = zip(*curve, strict=True)
    return np.asarray(np.interp(line, at, scores), np.float64)


@cache
def load_model() -> GraderModel:
    """The model that is shipped."""
    text = files("interviewlab.scoring").joinpath("grader_model.json").read_text(encoding="utf-8")
    return GraderModel.model_validate_json(text)
