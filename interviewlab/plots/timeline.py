"""One interview question by question: score, where people's scores would lie, in the order asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewlab.plots.look import LOOK
from interviewlab.types import Scorecard

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def timeline(scorecard: Scorecard) -> Figure:
    """A point for each question with its interval; a question without a score keeps its place and has no point."""
    from plotly import graph_objects

    rows = scorecard.questions
    scores = [row.score for row in rows]
    spans = [row.interval or (row.score or 0.0, row.score or 0.0) for row in rows]
    trace = graph_objects.Scatter(
        x=[f"{n}. {row.question_id}" for n, row in enumerate(rows, 1)],
        y=scores,
        mode="lines+markers",
        text=[row.reason or f"{len(row.found)} points made, {len(row.missing)} missing" for row in rows],
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [high - (score or 0.0) for (_, high), score in zip(spans, scores, strict=True)],
            "arrayminus": [(score or 0.0) - low for (low, _), score in zip(spans, scores, strict=True)],
        },
        hovertemplate="%{x}: %{y:.2f} (%{text})<extra></extra>",
    )
    layout = graph_objects.Layout(
        yaxis={"range": [0, 1], "title": "score"}, xaxis={"type": "category"}, height=360, template=LOOK
    )
    return graph_objects.Figure(trace, layout)
