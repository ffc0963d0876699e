"""Is one grader better than another? The same answers, paired, whole clusters at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.agreement import ALL_STATISTICS, Group, Groups, Judged, Statistic, interval_of, rounded, to_groups

PERMUTATIONS = 9999


@dataclass(frozen=True)
class Pair:
    """The same answer under two graders; both scored it."""

    first: Judged
    second: Judged


def pair_up(first: Sequence[tuple[str, Judged]], second: Sequence[tuple[str, Judged]]) -> list[Pair]:
    """Rows of the same name that both scored."""
    others = dict(second)
    return [
        Pair(row, others[name])
        for name, row in first
        if name in others and row.machine is not None and others[name].machine is not None
    ]


def compare(pairs: Sequence[Pair], seed: int, levels: int) -> dict[str, Any]:
    """Every figure of both, the difference with its interval, and the chance of one so large if they were alike.

    The test is a sign flip of whole clusters on the mean absolute error; it says nothing of other figures.
    """
    one = to_groups([pair.first for pair in pairs], levels)
    two = to_groups([pair.second for pair in pairs], levels)
    figures = {name: _difference(statistic, one, two, seed) for name, statistic in ALL_STATISTICS.items()}
    return {"n": len(pairs), "clusters": len(one), "figures": figures, "p_value": _p_value(one, two, seed)}


def _difference(statistic: Statistic, one: Groups, two: Groups, seed: int) -> dict[str, Any]:
    first, second = statistic(one), statistic(two)
    both = _Both(one, two)
    return {
        "first": rounded(first),
        "second": rounded(second),
        "difference": rounded(second - first),
        "interval": interval_of(lambda drawn: both.difference(statistic, drawn), both.groups, seed),
    }


class _Both:
    """Two runs over the same clusters, drawn together: the place of a cluster stands in its first machine score."""

    def __init__(self, one: Groups, two: Groups) -> None:
        self._one, self._two = one, two
        empty = np.zeros(1)
        self.groups = [Group(np.array([float(n)]), empty, 0.0, np.zeros((1, 1), np.int64)) for n in range(len(one))]

    def difference(self, statistic: Statistic, drawn: Groups) -> float:
        """Second less first on the clusters drawn."""
        places = [int(group.machine[0]) for group in drawn]
        return statistic([self._two[place] for place in places]) - statistic([self._one[place] for place in places])


def _p_value(one: Groups, two: Groups, seed: int) -> float | None:
    if len(one) < 2:
        return None
    gaps = [
        float(np.abs(b.machine - b.human).sum() - np.abs(a.machine - a.human).sum())
        for a, b in zip(one, two, strict=True)
    ]
    if not any(gaps):
        return 1.0
    from scipy.stats import permutation_test

    test = permutation_test(
        (np.array(gaps),),
        lambda x, axis: x.sum(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        rng=np.random.default_rng(seed),
    )
    return round(float(test.pvalue), 4)
