"""Where the time of a spoken turn goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from interviewlab.plots.look import LOOK

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

STEPS = ("endpoint", "brain", "mouth", "transport")
"""In the order in which they follow each other; the transcript is made within the endpoint."""


def waterfall(stages: Mapping[str, Mapping[str, Any]]) -> Figure:
    """The medians of ``stages_s`` of `bench voice`, one after the other, in milliseconds.

    Medians of stages need not add up to the median of the whole.
    """
    from plotly import graph_objects

    steps = [name for name in STEPS if "p50" in stages.get(name, {})]
    values = [1000 * stages[name]["p50"] for name in steps]
    bars = graph_objects.Waterfall(
        x=[*steps, "together"],
        y=[*values, sum(values)],
        measure=[*("relative" for _ in steps), "total"],
        text=[f"{value:.0f} ms" for value in [*values, sum(values)]],
        textposition="outside",
        cliponaxis=False,
    )
    return graph_objects.Figure(
        bars, graph_objects.Layout(yaxis={"title": "ms"}, height=380, showlegend=False, template=LOOK)
    )
