"""The axes of a scorecard as an inline SVG radar, coloured by the page that holds it."""

from __future__ import annotations

from html import escape
from math import cos, pi, sin

from interviewlab.scoring.text import axis_title
from interviewlab.types import Scorecard

_RADIUS = 100.0
_LABEL_RADIUS = 118.0


def radar_svg(scorecard: Scorecard) -> str:
    """An ``<svg>`` element: five rings, one for each level; an axis with no score has a hollow mark in the centre."""
    axes = list(scorecard.axes.items())
    angles = [2 * pi * n / max(len(axes), 1) - pi / 2 for n in range(len(axes))]
    scores = [axis.score for _, axis in axes]
    scored = [(angle, score) for angle, score in zip(angles, scores, strict=True) if score is not None]
    parts = [
        *(_polygon([(angle, ring / 5) for angle in angles], "ring") for ring in range(1, 6)),
        *(_spoke(angle) for angle in angles),
        _polygon(scored, "area"),
        *(_mark(angle, score) for angle, score in zip(angles, scores, strict=True)),
        *(_label(angle, axis_title(name)) for angle, (name, _) in zip(angles, axes, strict=True)),
    ]
    told = "; ".join(f"{axis_title(n)}: {'no score' if a.score is None else f'{a.score:.0%}'}" for n, a in axes)
    opening = f'<svg class="radar" viewBox="-240 -140 480 270" role="img" aria-label="{escape(told)}">'
    return f"{opening}{''.join(parts)}</svg>"


def _point(angle: float, radius: float) -> tuple[float, float]:
    return round(radius * cos(angle), 1), round(radius * sin(angle), 1)


def _polygon(corners: list[tuple[float, float]], css: str) -> str:
    points = (_point(angle, _RADIUS * score) for angle, score in corners)
    return f'<polygon class="{css}" points="{" ".join(f"{x},{y}" for x, y in points)}"/>'


def _spoke(angle: float) -> str:
    x, y = _point(angle, _RADIUS)
    return f'<line class="ring" x1="0" y1="0" x2="{x}" y2="{y}"/>'


def _mark(angle: float, score: float | None) -> str:
    x, y = _point(angle, _RADIUS * (score or 0.0))
    return f'<circle class="{"none" if score is None else "mark"}" cx="{x}" cy="{y}" r="4"/>'


def _label(angle: float, text: str) -> str:
    x, y = _point(angle, _LABEL_RADIUS)
    anchor = "middle" if abs(x) < 1 else "start" if x > 0 else "end"
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" dominant-baseline="middle">{escape(text)}</text>'
