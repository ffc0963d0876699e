"""How far a machine's scores and people's marks agree; both are shares of full marks, 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from interviewlab.plots.look import ACCENT, LOOK

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

TENTHS = 10
FULL = {"range": [-0.03, 1.03]}
Curve = Callable[[float], float]
"""From a score to the mark that it stands for."""


def scatter(machine: Sequence[float], people: Sequence[float], curves: Mapping[str, Curve] | None = None) -> Figure:
    """Every answer as a point, the machine's score against people's mark, and a line for each calibration."""
    from plotly import graph_objects

    points = graph_objects.Scatter(
        x=machine, y=people, mode="markers", marker={"opacity": 0.5, "size": 7, "color": ACCENT}, name="answers"
    )
    at = [n / 100 for n in range(101)]
    fitted = [
        graph_objects.Scatter(x=at, y=[curve(score) for score in at], mode="lines", name=name)
        for name, curve in (curves or {}).items()
    ]
    return graph_objects.Figure([points, _even(), *fitted], _layout("Every answer", "people"))


def calibration(machine: Sequence[float], people: Sequence[float]) -> Figure:
    """The mean of people's marks for each tenth of the machine's scale; a tenth without an answer has no point."""
    from plotly import graph_objects

    tenths: dict[int, list[tuple[float, float]]] = {}
    for score, mark in zip(machine, people, strict=True):
        tenths.setdefault(min(TENTHS - 1, int(score * TENTHS)), []).append((score, mark))
    rows = [tenths[key] for key in sorted(tenths)]
    curve = graph_objects.Scatter(
        x=[sum(score for score, _ in row) / len(row) for row in rows],
        y=[sum(mark for _, mark in row) / len(row) for row in rows],
        text=[f"n {len(row)}" for row in rows],
        mode="lines+markers",
        line={"color": ACCENT},
        name="mean mark",
    )
    return graph_objects.Figure([curve, _even()], _layout("Calibration", "people, mean"))


def confusion(counts: Sequence[Sequence[int]]) -> Figure:
    """How many answers people put on a level (rows) and the machine on another (columns), the lowest level first."""
    from plotly import graph_objects

    names = [f"level {n + 1}" for n in range(len(counts))]
    heat = graph_objects.Heatmap(
        z=counts, x=names, y=names, text=counts, texttemplate="%{text}", colorscale="Teal", showscale=False
    )
    layout = graph_objects.Layout(
        title="Levels", xaxis={"title": "machine"}, yaxis={"title": "people"}, height=400, template=LOOK
    )
    return graph_objects.Figure(heat, layout)


def _even() -> Scatter:
    from plotly import graph_objects

    return graph_objects.Scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"dash": "dot", "color": "#7b8794"}, name="score = mark"
    )


def _layout(title: str, whose: str) -> dict[str, object]:
    return {
        "title": title,
        "xaxis": {"title": "machine", **FULL},
        "yaxis": {"title": whose, **FULL},
        "height": 420,
        "template": LOOK,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1, "xanchor": "right"},
    }
