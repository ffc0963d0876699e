"""Growth of run time from times of growing sizes: a verdict where they tell one, and none where they do not."""

from __future__ import annotations

from collections.abc import Callable
from math import log2

import pytest

from interviewlab.analysis.growth import read_growth
from interviewlab.types import GrowthClass

SIZES = tuple(256 * 2**step for step in range(7))
SHAPES: dict[str, Callable[[float], float]] = {
    "n": lambda n: n,
    "n log n": lambda n: n * log2(n),
    "n^2": lambda n: n**2,
    "n^3": lambda n: n**3,
}


def times(shape: str, last_ms: float, fixed_ms: float = 0.3, shake: float = 0.05) -> list[list[float]]:
    """Two times a size, the second a little longer, the odd sizes a little longer than the even."""
    of = SHAPES[shape]
    exact = [fixed_ms + last_ms * of(size) / of(SIZES[-1]) for size in SIZES]
    return [[time * (1 + shake * (place % 2)), time * (1 + 2 * shake)] for place, time in enumerate(exact)]


@pytest.mark.parametrize("machine", [0.5, 1.0, 20.0])
@pytest.mark.parametrize(
    ("shape", "expected", "verdict"),
    [
        ("n", "n", "expected"),
        ("n log n", "n", "expected"),
        ("n log n", "n log n", "expected"),
        ("n", "n log n", "expected"),
        ("n^2", "n", "slower"),
        ("n^2", "n log n", "slower"),
        ("n^2", "n^2", "expected"),
        ("n^3", "n^2", "slower"),
    ],
)
def test_verdict_is_one_of_ratios_whatever_the_machine(
    shape: str, expected: GrowthClass, verdict: str, machine: float
) -> None:
    growth = read_growth(expected, SIZES, times(shape, 600 * machine, 0.3 * machine))
    assert growth.verdict == verdict
    assert growth.measured in (None, {"n log n": "n"}.get(shape, shape))


@pytest.mark.parametrize(("shape", "verdict"), [("n^2", "slower"), ("n", "expected")])
def test_answers_that_a_program_keeps_do_not_make_it_quicker(shape: str, verdict: str) -> None:
    first = [each[0] for each in times(shape, 600)]
    growth = read_growth("n", SIZES, [[time, time / 100 + 0.2, time / 100 + 0.3] for time in first])
    assert growth.verdict == verdict
    assert growth.times_ms[-1] == pytest.approx(first[-1], abs=0.001)


def test_busy_first_pass_is_no_kept_answer() -> None:
    first = [each[0] for each in times("n", 600)]
    busy = [[time * (5 if place == 6 else 1.2), time, time] for place, time in enumerate(first)]
    assert read_growth("n", SIZES, busy).verdict == "expected"


def test_words_name_both_ratios_and_what_was_expected() -> None:
    growth = read_growth("n log n", SIZES, times("n^2", 5000, shake=0))
    assert growth.told == "Time grew 64-fold when the input grew 8-fold; expected n log n"
    assert growth.measured == "n^2"


@pytest.mark.parametrize(
    ("measured", "why"),
    [
        ([[0.3, 0.4]] * 7, "even the largest input took only 0.3 ms"),
        ([], "gave no answer in time"),
        ([*[[0.3, 0.3]] * 5, [3.0, 3.1], [6.0, 6.1]], "only 2 of the inputs"),
        ([[time, time * (30 if place < 6 else 1)] for place, (time, _) in enumerate(times("n^2", 600))], "too busy"),
        ([[time * 1.32**place] * 2 for place, (time, _) in enumerate(times("n", 60, shake=0))], "a little faster"),
    ],
)
def test_what_the_times_do_not_tell_is_not_told(measured: list[list[float]], why: str) -> None:
    growth = read_growth("n", SIZES, measured)
    assert (growth.verdict, why in growth.reason) == ("not told", True), growth


def test_a_size_that_the_clock_stopped_counts_only_where_it_was_far_too_long() -> None:
    stopped = read_growth("n", SIZES[:3], [[0.5], [1.0]], cut_ms=2900.0)
    assert (stopped.verdict, stopped.is_cut) == ("slower", True)
    assert stopped.told == "Time grew more than 2900-fold when the input grew 2-fold; expected n"
    assert read_growth("n", SIZES[:3], [[0.5], [1.0]], cut_ms=30.0).verdict == "not told"
