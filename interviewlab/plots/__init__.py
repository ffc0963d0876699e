"""Plotly figures made from our types and nothing else."""

from interviewlab.plots.agreement import calibration, confusion, scatter
from interviewlab.plots.overall import by_level, shares
from interviewlab.plots.radar import radar
from interviewlab.plots.timeline import timeline
from interviewlab.plots.trend import comparison, trend
from interviewlab.plots.waterfall import waterfall

__all__ = [
    "by_level",
    "calibration",
    "comparison",
    "confusion",
    "radar",
    "scatter",
    "shares",
    "timeline",
    "trend",
    "waterfall",
]
