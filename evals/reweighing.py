"""What another rubric would have made of interviews that were judged: the axes stay, the whole is computed anew.

A slider asks this many times a second, so every resample of a bootstrap is measured at once.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.agreement import CONFIDENCE, LEVELS, RESAMPLES, Figure, Judged, to_groups
from evals.verdict import Verdict
from interviewlab.scoring.judge import overall
from interviewlab.types import Rubric

Tables = NDArray[np.int64]


def reweigh(verdicts: Sequence[Verdict], rubric: Rubric) -> list[Judged]:
    """Levels under ``rubric``'s own weights and bands against the true ones, as ``Verdict.to_judged`` gives them.

    The emphasis of interview types is left out; transcripts without a true level or a report too.
    """
    rows = []
    for verdict in verdicts:
        truth, report = verdict.recorded.truth, verdict.report
        if truth.level is None or report is None:
            continue
        level = overall(report.axes, rubric).level
        rows.append(Judged(truth.id, (truth.level - 1) / 4, None if level is None else (level - 1) / 4, is_blank=False))
    return rows


def quick_agreement(rows: Sequence[Judged], seed: int, levels: int = LEVELS) -> dict[str, Figure]:
    """Kappa, same level, same or next level: the numbers of ``measure_agreement`` in a fraction of its time."""
    groups = to_groups(rows, levels)
    if not groups:
        return {name: Figure(None, None) for name in STATISTICS}
    tables = np.stack([group.table for group in groups])
    return {name: _figure(statistic, tables, seed) for name, statistic in STATISTICS.items()}


def _figure(statistic: Any, tables: Tables, seed: int) -> Figure:
    value = float(statistic(tables.sum(axis=0)))
    return Figure(None if np.isnan(value) else round(value, 4), _interval(statistic, tables, seed))


def _interval(statistic: Any, tables: Tables, seed: int) -> tuple[float, float] | None:
    if len(tables) < 2:
        return None
    drawn = np.random.default_rng(seed).integers(0, len(tables), (RESAMPLES, len(tables)))
    values = statistic(np.stack([tables[places].sum(axis=0) for places in drawn]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        low, high = np.nanpercentile(values, [50 * (1 - CONFIDENCE), 50 * (1 + CONFIDENCE)])
    return None if np.isnan(low) else (round(float(low), 4), round(float(high), 4))


def _qwk(tables: Tables) -> Any:
    places = np.arange(tables.shape[-1])
    weights = (places[:, None] - places[None, :]) ** 2
    people, machine = tables.sum(axis=-1), tables.sum(axis=-2)
    expected = np.einsum("...i,...j,ij->...", people, machine, weights) / people.sum(axis=-1)
    observed = (tables * weights).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _near(tables: Tables, steps: int) -> Any:
    places = np.arange(tables.shape[-1])
    is_near = np.abs(places[:, None] - places[None, :]) <= steps
    return (tables * is_near).sum(axis=(-2, -1)) / tables.sum(axis=(-2, -1))


STATISTICS: Mapping[str, Any] = {
    "quadratic weighted kappa": _qwk,
    "same level": lambda tables: _near(tables, 0),
    "same or next level": lambda tables: _near(tables, 1),
}
