"""Scores over time, and two interviews side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewlab.plots.look import LOOK
from interviewlab.scoring.history import Trend, compare, trends
from interviewlab.scoring.text import axis_title
from interviewlab.types import Report

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def trend(reports: Sequence[Report]) -> Figure:
    """A line for each axis over the interviews, oldest first; the legend tells the change and its interval.

    An interview without a score for an axis leaves a gap.
    """
    from plotly import graph_objects

    ordered = sorted(reports, key=lambda report: report.created_at)
    dates = [f"{n}. {report.created_at:%Y-%m-%d}" for n, report in enumerate(ordered, 1)]
    traces = [
        graph_objects.Scatter(
            x=dates,
            y=list(each.scores),
            mode="lines+markers",
            name=_name(each),
            line={"width": 4 if each.axis == "overall" else 2},
        )
        for each in trends(ordered)
    ]
    layout = graph_objects.Layout(yaxis={"range": [0, 1], "title": "score"}, xaxis={"type": "category"}, template=LOOK)
    return graph_objects.Figure(traces, layout)


def comparison(before: Report, after: Report) -> Figure:
    """Bars for two interviews, axis by axis; an axis with no score has no bar."""
    from plotly import graph_objects

    rows = compare(before, after)
    names = [axis_title(row.axis) for row in rows]
    traces = [
        graph_objects.Bar(x=names, y=[row.before for row in rows], name=f"{before.created_at:%Y-%m-%d}"),
        graph_objects.Bar(x=names, y=[row.after for row in rows], name=f"{after.created_at:%Y-%m-%d}, later"),
    ]
    return graph_objects.Figure(traces, graph_objects.Layout(barmode="group", yaxis={"range": [0, 1]}, template=LOOK))


def _name(each: Trend) -> str:
    if each.change is None or each.interval is None:
        return axis_title(each.axis)
    low, high = each.interval
    return f"{axis_title(each.axis)} {each.change:+.2f} ({low:+.2f} to {high:+.2f}) an interview"
