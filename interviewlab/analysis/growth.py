"""How the time of a function grew with its input: a least-squares fit over classes, a verdict from ratios.

The times of one run are compared with one another alone, so a slow machine gives the same verdict as a quick one. They
hold what it costs to hand over input and answer, which grows like n: a class below n cannot be told from n, nor n from
n log n, whose ratios differ by less than times do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, log2
from statistics import median

import numpy as np

from interviewlab.types import GrowthClass, TimeGrowth

FLOOR_MS = 2.0
"""Below it a time is mostly the cost of asking."""
SHORTEST_MS = 0.001
"""No time is told as none."""
WINDOW = 4
"""How many of the largest sizes are judged at most."""
FEWEST = 3
WITHIN, BEYOND = 0.3, 0.5
"""The power of the size by which time may grow faster than expected; at ``BEYOND``, in every pass, it is slower."""
BEYOND_ALONE = 0.7
"""Where there was time for one pass alone."""
CERTAIN = 8.0
"""A size that the clock stopped counts where it took so many times what was expected after the size before it."""
KEPT = 3.0
"""How many times as long every long call of the first pass took as in all later ones, where a program kept its answers:
what it is then asked again costs a look-up alone."""
CLEARER = 3.0
"""How many times the squared error of the best class the next must have, for the best to be named."""
_MOST_DOUBLINGS = 500

_CLASSES: dict[GrowthClass, Callable[[float], float]] = {
    "constant": lambda n: 1.0,
    "log n": log2,
    "n": lambda n: n,
    "n log n": lambda n: n * log2(n),
    "n^2": lambda n: n**2,
    "n^3": lambda n: n**3,
    "2^n": lambda n: 2.0**n,
}
_FITTED: tuple[GrowthClass, ...] = ("constant", "n", "n^2", "n^3", "2^n")


def read_growth(
    expected: GrowthClass, sizes: Sequence[int], times_ms: Sequence[Sequence[float]], cut_ms: float | None = None
) -> TimeGrowth:
    """What times of growing sizes show, those of several passes over the sizes; all from one run.

    ``cut_ms`` is when the clock stopped the last of ``sizes``, for which there is no time then.
    """
    times_ms = _first_asked(times_ms)
    best = [max(SHORTEST_MS, round(min(times), 3)) for times in times_ms]
    if cut_ms is not None and best and _is_certain(expected, sizes, best, cut_ms):
        since = max(0, len(best) - 1)
        return TimeGrowth(
            expected=expected,
            verdict="slower",
            sizes=tuple(sizes),
            times_ms=(*best, round(cut_ms, 3)),
            judged_from=since,
            is_cut=True,
        )
    sizes = sizes[: len(best)]
    since = _judged_from(best)
    growth = TimeGrowth(
        expected=expected, verdict="not told", sizes=tuple(sizes), times_ms=tuple(best), judged_from=since
    )
    if why := _why_not(best, since):
        return growth.model_copy(update={"reason": why})
    window, times = sizes[since:], best[since:]
    measured = _fit(window, times)
    excess = [_power(window, each) - _expected_power(expected, window) for each in (times, *_passes(times_ms[since:]))]
    beyond = BEYOND if len(excess) > 2 else BEYOND_ALONE
    if all(each >= beyond for each in excess):
        return growth.model_copy(update={"verdict": "slower", "measured": measured})
    if excess[0] <= WITHIN and sum(each >= BEYOND for each in excess) <= 1:
        return growth.model_copy(update={"verdict": "expected", "measured": measured})
    is_steady = max(excess) < beyond
    why = f"time grew a little faster than {expected}" if is_steady else "the machine was too busy"
    return growth.model_copy(update={"reason": f"{why}, and the times do not say which it is", "measured": measured})


def _first_asked(times_ms: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
    """The first pass alone where the later ones found kept answers; otherwise all."""
    long = [each for each in times_ms if each[0] >= FLOOR_MS and len(each) > 1]
    is_kept = len(long) >= FEWEST and all(each[0] >= KEPT * max(each[1:]) for each in long)
    return [each[:1] for each in times_ms] if is_kept else times_ms


def _passes(times_ms: Sequence[Sequence[float]]) -> list[list[float]]:
    """The times of each pass over all sizes: what a busy machine does to one it seldom does to all."""
    return [list(each) for each in zip(*times_ms, strict=False)]


def _is_certain(expected: GrowthClass, sizes: Sequence[int], best: Sequence[float], cut_ms: float) -> bool:
    before, last = sizes[len(best) - 1], sizes[len(best)]
    return cut_ms >= CERTAIN * _expected_ratio(expected, before, last) * max(FLOOR_MS, best[-1])


def _judged_from(best: Sequence[float]) -> int:
    slow_enough = next((place for place, time in enumerate(best) if time >= FLOOR_MS), len(best))
    return max(slow_enough, len(best) - WINDOW) if slow_enough < len(best) else 0


def _why_not(best: Sequence[float], since: int) -> str:
    if not best:
        return "the function gave no answer in time on the smallest input"
    if best[-1] < FLOOR_MS:
        return f"even the largest input took only {best[-1]:.1f} ms"
    if len(best) - since < FEWEST:
        return f"only {len(best) - since} of the inputs took long enough to be compared"
    return ""


def _power(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The power of the size by which time grows: the median of the slopes between sizes (Theil and Sen), in logs."""
    points = [(log(size), log(time)) for size, time in zip(sizes, times, strict=True)]
    pairs = ((one, other) for place, one in enumerate(points) for other in points[place + 1 :])
    return median((other[1] - one[1]) / (other[0] - one[0]) for one, other in pairs)


def _expected_power(expected: GrowthClass, sizes: Sequence[int]) -> float:
    return log(_expected_ratio(expected, sizes[0], sizes[-1])) / log(sizes[-1] / sizes[0])


def _expected_ratio(expected: GrowthClass, small: int, large: int) -> float:
    return _CLASSES[expected](large) / _CLASSES[expected](small)


def _fit(sizes: Sequence[int], times: Sequence[float]) -> GrowthClass | None:
    """The class with the least relative error as a fixed cost and a multiple of the class, neither below zero; None
    where another fits nearly as well."""
    classes = [name for name in _FITTED if name != "2^n" or sizes[-1] <= _MOST_DOUBLINGS]
    errors = {name: _error(_CLASSES[name], sizes, times) for name in classes}
    best, second, *_ = sorted(classes, key=lambda name: errors[name])
    return best if errors[second] >= CLEARER * errors[best] else None


def _error(of: Callable[[float], float], sizes: Sequence[int], times: Sequence[float]) -> float:
    """Of the times divided by themselves, so that each size counts alike."""
    measured = np.asarray(times)
    terms = np.asarray([of(size) for size in sizes]) / of(sizes[-1])
    parts = np.column_stack([np.ones_like(terms), terms]) / measured[:, None]
    found = [np.linalg.lstsq(parts[:, kept], np.ones_like(terms), rcond=None)[0] for kept in ([0, 1], [0], [1])]
    both, fixed, grown = found
    trials = [(fixed[0], 0.0), (0.0, grown[0]), *([tuple(both)] if (both >= 0).all() else [])]
    return min(float(np.sum((parts @ np.asarray(trial) - 1.0) ** 2)) for trial in trials)
