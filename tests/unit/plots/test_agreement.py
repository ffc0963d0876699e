"""Agreement drawn: each figure carries the numbers it is made of."""

from __future__ import annotations

import pytest

pytest.importorskip("plotly")

from interviewlab.plots import calibration, confusion, scatter


def test_every_answer_is_a_point_and_every_calibration_a_line() -> None:
    figure = scatter([0.2, 0.9], [0.5, 1.0], {"half": lambda score: score / 2})
    points, even, half = figure.data
    assert (list(points.x), list(points.y)) == ([0.2, 0.9], [0.5, 1.0])
    assert (list(even.x), half.name, half.y[-1]) == ([0, 1], "half", 0.5)


def test_calibration_has_a_point_for_each_tenth_in_which_there_is_an_answer() -> None:
    curve = calibration([0.11, 0.19, 1.0], [0.0, 0.5, 1.0]).data[0]
    assert list(curve.x) == pytest.approx([0.15, 1.0])
    assert (list(curve.y), list(curve.text)) == ([0.25, 1.0], ["n 2", "n 1"])


def test_confusion_puts_people_in_rows_and_the_machine_in_columns() -> None:
    (heat,) = confusion([[3, 1], [0, 2]]).data
    assert [list(row) for row in heat.z] == [[3, 1], [0, 2]]
    assert list(heat.x) == ["level 1", "level 2"]


def test_nothing_to_compare_gives_an_empty_figure() -> None:
    assert list(calibration([], []).data[0].x) == []
