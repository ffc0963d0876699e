"""Plotly figures made from our types and nothing else."""

from interviewlab.plots.radar import radar

__all__ = ["radar"]
