"""What an overall score is made of, and scores over levels."""

from __future__ import annotations

import pytest

pytest.importorskip("plotly")

from interviewlab.plots import by_level, shares


def test_each_part_is_a_trace_and_each_name_a_bar() -> None:
    figure = shares({"default": {"testing": 0.1, "code_quality": 0.2}, "mine": {"code_quality": 0.4}})
    assert [(trace.name, list(trace.y), list(trace.x)) for trace in figure.data] == [
        ("testing", ["default", "mine"], [0.1, None]),
        ("code quality", ["default", "mine"], [0.2, 0.4]),
    ]


def test_each_group_has_its_points_over_the_levels() -> None:
    figure = by_level([1, 5, 3], [0.2, 0.9, None], ["terse", "rambling", "terse"])
    assert [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data] == [
        ("terse", [1, 3], [0.2, None]),
        ("rambling", [5], [0.9]),
    ]
