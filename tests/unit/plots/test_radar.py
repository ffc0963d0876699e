from __future__ import annotations

from interviewlab.plots import radar
from tests.unit.reports.sample import make_report


def test_the_radar_closes_over_all_axes_in_order():
    (trace,) = radar(make_report()).data
    assert trace.r == (None, 0.7, 0.6, 0.5, 0.2, None)
    assert trace.theta[0] == trace.theta[-1] == "Communication"
    assert trace.theta[1:3] == ("Technical knowledge", "Problem solving")


def test_an_axis_without_score_has_no_point_and_says_why():
    (trace,) = radar(make_report()).data
    assert trace.text[0] == "not enough evidence"
    assert trace.text[1] == "level 4 of 5"


def test_the_scale_is_the_whole_range_of_scores():
    assert tuple(radar(make_report()).layout.polar.radialaxis.range) == (0, 1)
