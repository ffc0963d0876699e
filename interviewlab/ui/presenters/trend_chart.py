"""One axis over time as a small drawing that takes its colours from the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean

from interviewlab.scoring.history import Trend
from interviewlab.ui.presenters.markup import Html, joined, tag

WIDTH, HEIGHT, EDGE = 240, 84, 8
_LEVELS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
Point = tuple[float, float]


def draw_trend(trend: Trend, told: str) -> Html:
    """Scores as dots, lines between neighbours, the fitted line, and around it where its slope lies with 95 %.

    ``told`` says the same in words, for those who do not see it.
    """
    rules = (_line((EDGE, y), (WIDTH - EDGE, y), "il-rule") for level in _LEVELS for y in [_place(trend, 0, level)[1]])
    dots = (tag("circle", cx=_number(x), cy=_number(y), r=4) for x, y in _dots(trend))
    drawn = joined(*rules, _fan(trend), _fit(trend), *map(_run, _runs(trend)), *dots)
    return tag("svg", drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=told, class_="il-trend")


def _place(trend: Trend, number: float, score: float) -> Point:
    steps = max(1, len(trend.scores) - 1)
    x = EDGE + (WIDTH - 2 * EDGE) * (number / steps if len(trend.scores) > 1 else 0.5)
    return x, EDGE + (HEIGHT - 2 * EDGE) * (1 - min(1.0, max(0.0, score)))


def _dots(trend: Trend) -> list[Point]:
    return [_place(trend, n, score) for n, score in enumerate(trend.scores) if score is not None]


def _runs(trend: Trend) -> list[list[Point]]:
    """Scores of interviews that follow one another; one without a score leaves a gap."""
    groups = groupby(enumerate(trend.scores), key=lambda pair: pair[1] is None)
    return [[_place(trend, n, score) for n, score in group if score is not None] for gap, group in groups if not gap]


def _run(points: Sequence[Point]) -> Html:
    return tag("polyline", points=_points(points), class_="il-run-of-scores")


def _fit(trend: Trend) -> Html:
    if trend.change is None:
        return Html()
    (left, right), last = _ends(trend, trend.change), len(trend.scores) - 1
    return _line(_place(trend, 0, left), _place(trend, last, right), "il-fit")


def _fan(trend: Trend) -> Html:
    """The lines through the middle with every slope that the scores allow."""
    if trend.interval is None:
        return Html()
    low, high = (_ends(trend, slope) for slope in trend.interval)
    middle, last = _middle(trend), len(trend.scores) - 1
    left = [_place(trend, 0, low[0]), _place(trend, *middle), _place(trend, 0, high[0])]
    right = [_place(trend, last, low[1]), _place(trend, *middle), _place(trend, last, high[1])]
    return joined(*(tag("polygon", points=_points(side), class_="il-fan") for side in (left, right)))


def _ends(trend: Trend, slope: float) -> Point:
    """What a line of this slope through the middle gives for the first and for the last interview."""
    x, y = _middle(trend)
    return y - slope * x, y + slope * (len(trend.scores) - 1 - x)


def _middle(trend: Trend) -> Point:
    scored = [(n, score) for n, score in enumerate(trend.scores) if score is not None]
    return fmean(n for n, _ in scored), fmean(score for _, score in scored)


def _line(start: Point, end: Point, name: str) -> Html:
    (x1, y1), (x2, y2) = start, end
    return tag("line", x1=_number(x1), y1=_number(y1), x2=_number(x2), y2=_number(y2), class_=name)


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}"
