"""One person's scorecards over time: a trend for each axis with its uncertainty, two interviews side by side, and what
there is to say about them. Every sentence quotes its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from interviewlab.scoring.text import axis_title
from interviewlab.types import AXES, AxisName, DeliveryFacts, Report

FEWEST = 3
"""Interviews with a score that a trend needs."""
_T_95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom; 1.96 beyond."""
NOTABLE = 0.1
"""A difference between two interviews that is worth a sentence: half a level."""
LEAST_WORDS = 100
"""Words of an interview from which a rate in 100 words tells something."""


@dataclass(frozen=True)
class Trend:
    """A straight line through one axis. ``change`` is the score gained from one interview to the next, ``interval``
    where it lies with 95 %; both None for fewer than three interviews with a score."""

    axis: AxisName | str
    scores: tuple[float | None, ...]
    change: float | None
    interval: tuple[float, float] | None

    @property
    def is_clear(self) -> bool:
        """Whether the line surely rises or surely falls, and by a point of a hundred when rounded."""
        if self.change is None or self.interval is None or not _hundredths(abs(self.change)):
            return False
        return self.interval[0] > 0 or self.interval[1] < 0


@dataclass(frozen=True)
class Difference:
    """One axis in two interviews; ``change`` None where either has no score."""

    axis: AxisName | str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """How much was gained."""
        return None if self.before is None or self.after is None else round(self.after - self.before, 4)


def trends(reports: Sequence[Report]) -> tuple[Trend, ...]:
    """A trend for each axis and one for the whole, over reports from the oldest on; they are put in order here."""
    ordered = sorted(reports, key=lambda report: report.created_at)
    by_axis = [(axis, tuple(r.axes[axis].score if axis in r.axes else None for r in ordered)) for axis in AXES]
    whole = ("overall", tuple(report.overall.score for report in ordered))
    return tuple(_trend(name, scores) for name, scores in (*by_axis, whole))


def _trend(axis: AxisName | str, scores: tuple[float | None, ...]) -> Trend:
    points = [(float(n), score) for n, score in enumerate(scores) if score is not None]
    if len(points) < FEWEST:
        return Trend(axis, scores, None, None)
    mean_x, mean_y = fmean(x for x, _ in points), fmean(y for _, y in points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    free = len(points) - 2
    reach = (_T_95[free - 1] if free <= len(_T_95) else 1.96) * sqrt(left / free / spread)
    return Trend(axis, scores, round(slope, 4), (round(slope - reach, 4), round(slope + reach, 4)))


def compare(before: Report, after: Report) -> tuple[Difference, ...]:
    """Two interviews axis by axis, and as a whole."""
    by_axis = [Difference(axis, _score(before, axis), _score(after, axis)) for axis in AXES]
    return (*by_axis, Difference("overall", before.overall.score, after.overall.score))


def _score(report: Report, axis: AxisName) -> float | None:
    return report.axes[axis].score if axis in report.axes else None


def insights(reports: Sequence[Report]) -> tuple[str, ...]:
    """What there is to say, each sentence with its numbers; one that says so where there is too little."""
    ordered = sorted(reports, key=lambda report: report.created_at)
    if len(ordered) < 2:
        there = "one" if ordered else "no"
        return (f"There is {there} interview with a report; two are needed to compare.",)
    told = [*_told_trends(ordered), *_told_differences(ordered[-2], ordered[-1]), *_told_delivery(ordered)]
    return tuple(told) or (f"Nothing has clearly changed over {len(ordered)} interviews.",)


def _told_trends(ordered: Sequence[Report]) -> Iterator[str]:
    for trend in trends(ordered):
        if trend.is_clear and trend.change is not None and trend.interval is not None:
            way = "rises" if trend.change > 0 else "falls"
            low, high = trend.interval
            count = sum(score is not None for score in trend.scores)
            yield (
                f"{axis_title(trend.axis)} {way} by {_points(abs(trend.change))} an interview over {count} interviews"
                f" (95% sure: {low * 100:+.0f} to {high * 100:+.0f})."
            )


def _told_differences(before: Report, after: Report) -> Iterator[str]:
    if before.rubric.hash != after.rubric.hash:
        yield f"The last two interviews were judged by {_rubrics(before.rubric.name, after.rubric.name)}."
    for each in compare(before, after):
        if each.change is not None and abs(each.change) >= NOTABLE:
            way = "up" if each.change > 0 else "down"
            went = f"{way} from {_percent(each.before)} to {_percent(each.after)}"
            yield f"{axis_title(each.axis)} went {went} since the last interview."


def _told_delivery(ordered: Sequence[Report]) -> Iterator[str]:
    """The last interview against the first with as telling a rate; speech is not compared with typing."""
    now = ordered[-1].delivery
    if now is None or now.words < LEAST_WORDS:
        return
    number, then = next((n, facts) for n, r in enumerate(ordered, 1) if (facts := r.delivery) and _compares(facts, now))
    first, last = then.fillers_per_100_words, now.fillers_per_100_words
    if abs(last - first) >= 1.0:
        way = "fewer" if last < first else "more"
        told = f"{last:.1f} in 100 words now, {first:.1f} in interview {number} of {len(ordered)}"
        yield f"You use {way} filler words: {told}."


def _compares(then: DeliveryFacts, now: DeliveryFacts) -> bool:
    is_alike = (then.words_per_minute is None) == (now.words_per_minute is None)
    return is_alike and then.words >= LEAST_WORDS


def _rubrics(before: str, after: str) -> str:
    return f"two versions of the rubric {after}" if before == after else f"different rubrics ({before}, {after})"


def _points(change: float) -> str:
    """Of a hundred, as scores are shown everywhere."""
    points = _hundredths(change)
    return f"{points} {'point' if points == 1 else 'points'}"


def _hundredths(change: float) -> int:
    return round(change * 100)


def _percent(score: float | None) -> str:
    return "not judged" if score is None else f"{score * 100:.0f}%"
