"""What an overall score is made of, and whether it rises with the level that was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from interviewlab.plots.look import LOOK

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def shares(parts: Mapping[str, Mapping[str, float]]) -> Figure:
    """One stacked bar for each name: what each of its ``parts`` adds to an overall score in [0, 1]."""
    from plotly import graph_objects

    names = list(dict.fromkeys(part for of_one in parts.values() for part in of_one))
    traces = [
        graph_objects.Bar(
            name=name.replace("_", " "),
            y=list(parts),
            x=[of_one.get(name) for of_one in parts.values()],
            orientation="h",
        )
        for name in names
    ]
    axis = {"title": "overall score", "range": [0, 1]}
    layout = graph_objects.Layout(
        barmode="stack", xaxis=axis, height=280, legend={"orientation": "h", "y": -0.4}, template=LOOK
    )
    return graph_objects.Figure(traces, layout)


def by_level(levels: Sequence[float], scores: Sequence[float | None], groups: Sequence[str]) -> Figure:
    """A point for each interview, its score in [0, 1] over the level that was meant; each group in a colour."""
    from plotly import graph_objects

    rows = list(zip(levels, scores, groups, strict=True))
    traces = [
        graph_objects.Scatter(
            x=[level for level, _, own in rows if own == group],
            y=[score for _, score, own in rows if own == group],
            mode="markers",
            name=group,
        )
        for group in dict.fromkeys(groups)
    ]
    layout = graph_objects.Layout(
        xaxis={"title": "level that was meant"}, yaxis={"title": "score", "range": [0, 1]}, height=380, template=LOOK
    )
    return graph_objects.Figure(traces, layout)
