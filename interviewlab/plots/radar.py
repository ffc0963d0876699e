"""The axes of one scorecard as a radar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewlab.plots.look import LOOK
from interviewlab.scoring.text import axis_title
from interviewlab.types import Scorecard

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_NO_SCORE = "not enough evidence"


def radar(scorecard: Scorecard) -> Figure:
    """A filled polygon over the axes, radius 0 to 1. An axis with no score keeps its place and has no point."""
    from plotly import graph_objects

    names = [axis_title(name) for name in scorecard.axes]
    scores = [axis.score for axis in scorecard.axes.values()]
    told = [_NO_SCORE if axis.level is None else f"level {axis.level} of 5" for axis in scorecard.axes.values()]
    trace = graph_objects.Scatterpolar(
        r=[*scores, *scores[:1]],
        theta=[*names, *names[:1]],
        text=[*told, *told[:1]],
        hovertemplate="%{theta}: %{r:.2f} (%{text})<extra></extra>",
        mode="lines+markers",
        fill="toself",
        connectgaps=True,
        name=scorecard.rubric.name,
    )
    layout = graph_objects.Layout(
        polar={
            "radialaxis": {"range": [0, 1], "tickvals": [0.2, 0.4, 0.6, 0.8, 1.0]},
            "angularaxis": {"type": "category", "categoryarray": names, "direction": "clockwise", "rotation": 90},
        },
        showlegend=False,
        template=LOOK,
        margin={"t": 40, "b": 40},
    )
    return graph_objects.Figure(trace, layout)
