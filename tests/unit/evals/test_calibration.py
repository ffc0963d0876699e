"""A curve is fitted on some questions and judged on others, and it never falls."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from evals.calibrate import split_by_question
from evals.calibration import Calibration, fit_isotonic, fit_ordinal, load_calibration
from evals.dataset import Sample
from evals.results import GradedRow, GradedRun
from evals.scorer import Score
from evals.task import Task
from interviewlab.errors import BadInput

SCORES = [0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 1.0] * 6
MARKS = [0.0, 0.25, 0.25, 0.5, 0.75, 0.75, 1.0, 1.0] * 6


def graded(*rows: tuple[str, str]) -> GradedRun:
    """Rows by question and split."""
    made = (Sample(n, q, "?", "x", (), human=0.5, split=split) for n, (q, split) in enumerate(rows))
    return GradedRun(Path("run"), {}, Task("data"), tuple(GradedRow(sample, Score(0.5, None)) for sample in made))


@pytest.mark.parametrize(
    "curve", [fit_isotonic(SCORES, MARKS), fit_ordinal(SCORES, MARKS, 5)], ids=lambda curve: curve.name
)
def test_a_fitted_curve_rises_and_stays_within_full_marks(curve: Calibration) -> None:
    marks = [curve.apply(n / 50) for n in range(51)]
    assert all(low <= high for low, high in pairwise(marks))
    assert 0 <= marks[0] <= marks[-1] <= 1
    assert curve.apply(0.3) == pytest.approx(0.5, abs=0.15)


def test_an_ordinal_curve_of_few_answers_reaches_from_the_lowest_marks_to_the_highest() -> None:
    curve = fit_ordinal(SCORES, MARKS, 5)
    assert (curve.apply(0.0) < 0.12, curve.apply(1.0) > 0.95) == (True, True)
    assert sum(abs(curve.apply(s) - m) for s, m in zip(SCORES, MARKS, strict=True)) / len(MARKS) < 0.06


def test_between_two_points_the_curve_is_straight_and_beyond_them_flat() -> None:
    curve = Calibration("x", ((0.2, 0.4), (0.6, 0.8)))
    assert [curve.apply(score) for score in (0.0, 0.2, 0.4, 0.6, 1.0)] == [0.4, 0.4, 0.6, 0.8, 0.8]


def test_a_curve_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(fit_isotonic(SCORES, MARKS).to_dict()))
    assert load_calibration(path) == fit_isotonic(SCORES, MARKS)


@pytest.mark.parametrize("content", [None, "[]", "{}", '{"name": "x", "points": [[0, 1], [1, 0], [0.5, 2]]}'])
def test_what_is_no_curve_is_bad_input(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "calibration.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BadInput, match="calibration"):
        load_calibration(path)


def test_no_question_is_both_fitted_on_and_reported_on() -> None:
    train, test = split_by_question(graded(*[(f"q{n % 7}", "") for n in range(70)]), 0.5, seed=1)
    assert len(train) + len(test) == 70
    assert not {row.question_id for row in train} & {row.question_id for row in test}


def test_the_splits_of_the_rows_count_and_may_not_share_a_question() -> None:
    train, test = split_by_question(graded(("a", "train"), ("b", "test")), 0.5, seed=1)
    assert ([row.question_id for row in train], [row.question_id for row in test]) == (["a"], ["b"])
    with pytest.raises(BadInput, match="Question 'a' is in both splits"):
        split_by_question(graded(("a", "train"), ("a", "test")), 0.5, seed=1)


def test_one_question_cannot_be_split() -> None:
    with pytest.raises(BadInput, match="too few marked questions"):
        split_by_question(graded(("a", ""), ("a", "")), 0.5, seed=1)
