"""Figures carry the numbers they are made of."""

from __future__ import annotations

import pytest

from tests.unit.reports.sample import make_report

pytest.importorskip("plotly")

from interviewlab.plots import comparison, timeline, trend


def test_a_trend_has_a_line_for_each_axis_and_the_whole() -> None:
    figure = trend([make_report(), make_report()])
    assert [trace.name for trace in figure.data][-1] == "Overall"
    assert list(figure.data[0].y) == [None, None]


def test_a_comparison_has_two_bars_an_axis() -> None:
    figure = comparison(make_report(), make_report())
    assert [list(trace.y)[1] for trace in figure.data] == [0.7, 0.7]


def test_a_question_without_a_score_has_no_point() -> None:
    assert list(timeline(make_report()).data[0].y) == [0.7, None]
