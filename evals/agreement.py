"""How far scores agree with people, each figure with its interval.

Intervals are 95 % percentile intervals of a bootstrap that draws whole clusters (questions or transcripts): answers to
one question are no independent witnesses. Figures of levels (QWK, alpha, exact, adjacent) put both scores on the same
number of levels first.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
CONFIDENCE = 0.95
FEWEST_INSIDE = 3
"""Answers a question needs for an r of its own."""
LEVELS = 5
"""Levels that a share of full marks is put on where nothing else is asked for."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Judged:
    """One answer with both scores; ``machine`` None where it was not scored."""

    question_id: str
    human: float
    machine: float | None
    is_blank: bool


@dataclass(frozen=True, eq=False)
class Group:
    """Machine's and people's scores of one cluster, their r, and both as levels counted in a table (people, machine).

    ``r`` is 0 for a machine that gives one score throughout, and not a number where people do.
    """

    machine: Floats
    human: Floats
    r: float
    table: Ints


Groups = Sequence[Group]
Statistic = Callable[[Groups], float]


@dataclass(frozen=True)
class Figure:
    """A figure with its interval; None where the data do not define it (one question, no variance)."""

    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Agreement:
    """Scores against people's, both as shares of full marks. ``bias`` is machine less people.

    ``confusion`` counts answers by level of people (row) and of the machine (column), the lowest level first.
    """

    n: int
    questions: int
    coverage: float
    pearson_r: Figure
    mean_r_inside_question: Figure
    spearman: Figure
    rmse: Figure
    mae: Figure
    bias: Figure
    icc: Figure
    levels: int
    qwk: Figure
    krippendorff_alpha: Figure
    exact: Figure
    adjacent: Figure
    confusion: tuple[tuple[int, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """As it stands in ``summary.json``."""
        return asdict(self)

    def to_rows(self) -> list[dict[str, Any]]:
        """A line for each figure with the ends of its interval."""
        figures = ((name, getattr(self, name)) for name in ALL_STATISTICS)
        return [
            {"figure": name, "value": figure.value, "from": ends[0], "to": ends[1]}
            for name, figure in figures
            if (ends := figure.interval or (None, None))
        ]


def measure_agreement(rows: Sequence[Judged], seed: int, levels: int = LEVELS) -> Agreement | None:
    """Agreement over the rows that were scored; None where there are none. The same rows and seed give the same."""
    groups = to_groups(rows, levels)
    if not groups:
        return None
    figures = {name: measure(statistic, groups, seed) for name, statistic in ALL_STATISTICS.items()}
    return Agreement(
        n=len(rows),
        questions=len(groups),
        coverage=round(sum(row.machine is not None for row in rows) / len(rows), 4),
        levels=levels,
        confusion=tuple(tuple(int(count) for count in row) for row in _table(groups)),
        qwk=Figure(rounded(_sklearn_qwk(groups)), figures.pop("qwk").interval),
        krippendorff_alpha=Figure(rounded(_package_alpha(groups)), figures.pop("krippendorff_alpha").interval),
        icc=Figure(rounded(_pingouin_icc(groups)), figures.pop("icc").interval),
        **figures,
    )


def to_groups(rows: Sequence[Judged], levels: int = LEVELS) -> list[Group]:
    """The scored rows by their question, in the order in which questions first come."""
    by_question: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row.machine is not None:
            by_question.setdefault(row.question_id, []).append((row.machine, row.human))
    return [_group(pairs, levels) for pairs in by_question.values()]


def to_level(share: float, levels: int = LEVELS) -> int:
    """The level 0..levels-1 nearest to a share of full marks; halves go up."""
    return min(levels - 1, math.floor(share * (levels - 1) + 0.5))


def measure(statistic: Statistic, groups: Groups, seed: int) -> Figure:
    """One figure with its interval."""
    return Figure(rounded(statistic(groups)), interval_of(statistic, groups, seed))


def interval_of(statistic: Statistic, groups: Groups, seed: int) -> tuple[float, float] | None:
    """The interval of a statistic; None with fewer than two clusters."""
    if len(groups) < 2:
        return None
    # scipy.stats costs seconds to import: --help does without.
    from scipy.stats import DegenerateDataWarning, bootstrap

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


def _group(pairs: Sequence[tuple[float, float]], levels: int) -> Group:
    machine, human = np.array(pairs, dtype=np.float64).T
    table = np.zeros((levels, levels), dtype=np.int64)
    for m, h in pairs:
        table[to_level(h, levels), to_level(m, levels)] += 1
    return Group(machine, human, _r_inside(machine, human), table)


def rounded(value: float) -> float | None:
    """To four digits; None for what is not a number."""
    return None if math.isnan(value) else round(value, 4)


def _pooled(groups: Groups) -> tuple[Floats, Floats]:
    return np.concatenate([group.machine for group in groups]), np.concatenate([group.human for group in groups])


def _table(groups: Groups) -> Ints:
    total: Ints = np.sum([group.table for group in groups], axis=0)
    return total


def _pooled_r(groups: Groups) -> float:
    return _r(*_pooled(groups))


def _inside_r(groups: Groups) -> float:
    """The mean over questions whose human scores vary."""
    inside = [group.r for group in groups if not math.isnan(group.r)]
    return fmean(inside) if inside else math.nan


def _r_inside(machine: Floats, human: Floats) -> float:
    if len(human) < FEWEST_INSIDE or not _varies(human):
        return math.nan
    return _r(machine, human) if _varies(machine) else 0.0


def _varies(scores: Floats) -> bool:
    """Whether they are not all the same; the standard deviation of floats that are is often not quite 0."""
    return bool(np.ptp(scores) > 0)


def _r(machine: Floats, human: Floats) -> float:
    if len(machine) < FEWEST_INSIDE or not _varies(machine) or not _varies(human):
        return math.nan
    return float(np.corrcoef(machine, human)[0, 1])


def _spearman(groups: Groups) -> float:
    machine, human = _pooled(groups)
    if len(machine) < FEWEST_INSIDE or not _varies(machine) or not _varies(human):
        return math.nan
    from scipy.stats import rankdata

    return _r(rankdata(machine), rankdata(human))


def _rmse(groups: Groups) -> float:
    machine, human = _pooled(groups)
    return float(np.sqrt(np.mean((machine - human) ** 2)))


def _mae(groups: Groups) -> float:
    machine, human = _pooled(groups)
    return float(np.mean(np.abs(machine - human)))


def _bias(groups: Groups) -> float:
    machine, human = _pooled(groups)
    return float(np.mean(machine - human))


def _qwk(groups: Groups) -> float:
    """Quadratic weighted kappa (Cohen 1968) from the table; not defined where all answers share one level.

    The same number as scikit-learn's, of which a thousand resamples would take seconds.
    """
    table = _table(groups)
    places = np.arange(len(table))
    weights = (places[:, None] - places[None, :]) ** 2
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    below = float((weights * expected).sum())
    return 1 - float((weights * table).sum()) / below if below else math.nan


def _sklearn_qwk(groups: Groups) -> float:
    if math.isnan(_qwk(groups)):
        return math.nan
    from sklearn.metrics import cohen_kappa_score

    table = _table(groups)
    human, machine = np.nonzero(table)
    labels, counts = list(range(len(table))), table[human, machine]
    return float(cohen_kappa_score(human, machine, labels=labels, weights="quadratic", sample_weight=counts))


def _alpha(groups: Groups) -> float:
    """Krippendorff's alpha, ordinal, of two raters from the table (Krippendorff 2011).

    Not defined where all answers share one level. The same number as the krippendorff package's, whose resamples cost
    as much more as there are answers.
    """
    together = _table(groups) + _table(groups).T
    each = together.sum(axis=0)
    upto = np.cumsum(each)
    places = np.arange(len(each))
    low, high = np.minimum.outer(places, places), np.maximum.outer(places, places)
    between = upto[high] - upto[low] + each[low]
    distance = (between - (each[low] + each[high]) / 2) ** 2
    expected = float((np.outer(each, each) * distance).sum())
    observed = float((together * distance).sum())
    return 1 - (float(each.sum()) - 1) * observed / expected if expected else math.nan


def _package_alpha(groups: Groups) -> float:
    if math.isnan(_alpha(groups)):
        return math.nan
    import krippendorff

    table = _table(groups)
    human, machine = np.nonzero(table)
    ones = np.eye(len(table), dtype=np.int64)
    units = np.repeat(ones[human] + ones[machine], table[human, machine], axis=0)
    return float(krippendorff.alpha(value_counts=units, level_of_measurement="ordinal"))


def _exact(groups: Groups) -> float:
    table = _table(groups)
    return float(np.trace(table) / table.sum())


def _adjacent(groups: Groups) -> float:
    table = _table(groups)
    near = sum(np.trace(table, offset=offset) for offset in (-1, 0, 1))
    return float(near / table.sum())


def _icc(groups: Groups) -> float:
    """ICC(A,1), two-way random, absolute agreement, single rater (McGraw and Wong 1996), from mean squares.

    The same number as pingouin's, of which a thousand resamples would take minutes.
    """
    scores = np.stack(_pooled(groups), axis=1)
    n, raters = scores.shape
    if n < FEWEST_INSIDE or not _varies(scores):
        return math.nan
    of_row, of_rater, grand = scores.mean(axis=1), scores.mean(axis=0), scores.mean()
    rows = raters * ((of_row - grand) ** 2).sum() / (n - 1)
    columns = n * ((of_rater - grand) ** 2).sum() / (raters - 1)
    error = ((scores - of_row[:, None] - of_rater + grand) ** 2).sum() / ((n - 1) * (raters - 1))
    below = rows + (raters - 1) * error + raters * (columns - error) / n
    return float((rows - error) / below) if below else math.nan


def _pingouin_icc(groups: Groups) -> float:
    if math.isnan(_icc(groups)):
        return math.nan
    import pandas as pd
    from pingouin import intraclass_corr

    machine, human = _pooled(groups)
    n = len(machine)
    rated = pd.DataFrame(
        {
            "answer": np.tile(np.arange(n), 2),
            "rater": np.repeat(["machine", "people"], n),
            "score": np.concatenate([machine, human]),
        }
    )
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore")  # perfect agreement divides by zero in its F test, which is not used
        table = intraclass_corr(data=rated, targets="answer", raters="rater", ratings="score")
    return float(table.set_index("Type")["ICC"].iloc[1])


ALL_STATISTICS: dict[str, Statistic] = {
    "pearson_r": _pooled_r,
    "mean_r_inside_question": _inside_r,
    "spearman": _spearman,
    "rmse": _rmse,
    "mae": _mae,
    "bias": _bias,
    "qwk": _qwk,
    "krippendorff_alpha": _alpha,
    "exact": _exact,
    "adjacent": _adjacent,
    "icc": _icc,
}
"""Every figure, by its name in ``summary.json``."""
