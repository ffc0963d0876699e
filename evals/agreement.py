"""How far scores agree with people: r, r inside a question, RMSE and bias, each with its interval.

Intervals are 95 % percentile intervals of a bootstrap that draws whole questions: answers to one question are no
independent witnesses.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import DegenerateDataWarning, bootstrap

RESAMPLES = 1000
CONFIDENCE = 0.95
FEWEST_INSIDE = 3
"""Answers a question needs for an r of its own."""

Floats = NDArray[np.float64]
Groups = Sequence[tuple[Floats, Floats]]
"""Machine's and people's scores, a pair of arrays for each question."""


@dataclass(frozen=True)
class Judged:
    """One answer with both scores; ``machine`` None where it was not scored."""

    question_id: str
    human: float
    machine: float | None
    is_blank: bool


@dataclass(frozen=True)
class Figure:
    """A figure with its interval; None where the data do not define it (one question, no variance)."""

    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Agreement:
    """Scores against people's, both as shares of full marks. ``bias`` is machine less people."""

    n: int
    questions: int
    coverage: float
    pearson_r: Figure
    mean_r_inside_question: Figure
    rmse: Figure
    bias: Figure

    def to_dict(self) -> dict[str, Any]:
        """As it stands in ``summary.json``."""
        return asdict(self)


def measure_agreement(rows: Sequence[Judged], seed: int) -> Agreement | None:
    """Agreement over the rows that were scored; None where there are none. The same rows and seed give the same."""
    groups = list(_groups(rows))
    if not groups:
        return None
    return Agreement(
        n=len(rows),
        questions=len(groups),
        coverage=round(sum(row.machine is not None for row in rows) / len(rows), 4),
        pearson_r=_figure(_pooled_r, groups, seed),
        mean_r_inside_question=_figure(_inside_r, groups, seed),
        rmse=_figure(_rmse, groups, seed),
        bias=_figure(_bias, groups, seed),
    )


def _groups(rows: Sequence[Judged]) -> Iterator[tuple[Floats, Floats]]:
    by_question: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row.machine is not None:
            by_question.setdefault(row.question_id, []).append((row.machine, row.human))
    for pairs in by_question.values():
        machine, human = np.array(pairs, dtype=np.float64).T
        yield machine, human


def _figure(statistic: Callable[[Groups], float], groups: Groups, seed: int) -> Figure:
    value = statistic(groups)
    return Figure(None if math.isnan(value) else round(value, 4), _interval(statistic, groups, seed))


def _interval(statistic: Callable[[Groups], float], groups: Groups, seed: int) -> tuple[float, float] | None:
    if len(groups) < 2:
        return None
    with warnings.catch_warnings():
        # A statistic that is the same in every resample is a narrow interval, no fault.
        warnings.simplefilter("ignore", DegenerateDataWarning)
        result = bootstrap(
            (np.arange(len(groups)),),
            lambda drawn: statistic([groups[place] for place in drawn]),
            vectorized=False,
            n_resamples=RESAMPLES,
            method="percentile",
            rng=np.random.default_rng(seed),
        )
    drawn = result.bootstrap_distribution[~np.isnan(result.bootstrap_distribution)]
    if not drawn.size:
        return None
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return round(float(low), 4), round(float(high), 4)


def _pooled(groups: Groups) -> tuple[Floats, Floats]:
    return np.concatenate([machine for machine, _ in groups]), np.concatenate([human for _, human in groups])


def _pooled_r(groups: Groups) -> float:
    return _r(*_pooled(groups))


def _inside_r(groups: Groups) -> float:
    """The mean over questions whose human scores vary; a machine that gives one score throughout has r 0 there."""
    inside = [_r(m, h) if m.std() else 0.0 for m, h in groups if len(h) >= FEWEST_INSIDE and h.std()]
    return fmean(inside) if inside else math.nan


def _r(machine: Floats, human: Floats) -> float:
    if len(machine) < FEWEST_INSIDE or not machine.std() or not human.std():
        return math.nan
    return float(np.corrcoef(machine, human)[0, 1])


def _rmse(groups: Groups) -> float:
    machine, human = _pooled(groups)
    return float(np.sqrt(np.mean((machine - human) ** 2)))


def _bias(groups: Groups) -> float:
    machine, human = _pooled(groups)
    return float(np.mean(machine - human))
