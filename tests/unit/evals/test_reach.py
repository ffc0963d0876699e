"""Intervals hold what they promise for questions left out, whole, and are the wider the less sure a score is."""

from __future__ import annotations

import numpy as np
import pytest

from evals.held import Held, measure_held, to_held
from evals.reach import Marked, fit_reach, hold, hold_left_out, join
from interviewlab.scoring.model import Reach, ends_of, load_model

GRID = np.linspace(0.0, 1.0, 201)


def marked(seed: int, questions: int = 30, noise_low: float = 0.25, noise_high: float = 0.05) -> Marked:
    """Marks that lie further from low scores than from high ones; each question is graded strictly or mildly."""
    draw = np.random.default_rng(seed)
    counts = draw.integers(5, 60, questions)
    names = np.repeat([f"{seed}/{n}" for n in range(questions)], counts)
    scores = draw.uniform(0.0, 1.0, len(names))
    shift = np.repeat(draw.normal(0.0, 0.1, questions), counts)
    noise = draw.normal(0.0, 1.0, len(names)) * np.interp(scores, [0.0, 1.0], [noise_low, noise_high])
    return Marked(scores, np.clip(scores + shift + noise, 0.0, 1.0), names)


@pytest.mark.parametrize("share", [0.8, 0.9])
def test_intervals_hold_their_share_of_marks_to_questions_left_out_and_to_new_ones(share: float) -> None:
    known, new = marked(1), marked(2, questions=200)
    held, _ = hold_left_out(known, share)
    assert held.mean() >= share - 0.03
    inside, width = hold(new, fit_reach(known, share))
    assert share - 0.03 <= inside.mean() <= share + 0.08
    assert width.mean() < 0.8


def test_a_question_with_many_answers_counts_no_more_than_another() -> None:
    easy, others = marked(3, questions=1, noise_low=0.01, noise_high=0.01), marked(4, questions=20)
    assert hold(others, fit_reach(join(*[easy] * 50, others)))[0].mean() >= 0.87


def test_an_interval_is_wider_where_scores_are_less_sure_and_for_a_larger_share() -> None:
    first, *_, last = fit_reach(marked(5))
    assert first.below + first.above > 1.3 * (last.below + last.above)
    for less, more in zip(fit_reach(marked(5), 0.7), fit_reach(marked(5), 0.9), strict=True):
        assert (less.below, less.above) < (more.below, more.above)
    calm, noisy = (fit_reach(marked(6, noise_low=noise))[0] for noise in (0.05, 0.4))
    assert calm.below + calm.above < noisy.below + noisy.above


@pytest.mark.parametrize("reach", [load_model().reach, fit_reach(marked(7))])
def test_ends_lie_in_the_scale_around_their_score(reach: tuple[Reach, ...]) -> None:
    low, high = ends_of(GRID, reach)
    assert np.all((low >= 0) & (low <= GRID) & (high >= GRID) & (high <= 1))


def test_the_same_marks_give_the_same_reach() -> None:
    assert fit_reach(marked(8)) == fit_reach(marked(8))


def test_marks_are_held_against_the_intervals_of_their_scores() -> None:
    rows = [to_held("a", 0.5, (0.5, 1.0)), to_held("a", 0.25, (0.5, 1.0)), to_held("b", 1.0, (0.9, 0.99996))]
    assert rows[1:] == [Held("a", False, 0.5), Held("b", True, pytest.approx(0.09996))]
    told = measure_held(rows, seed=0)
    assert told is not None
    assert (told["n"], told["inside"]["value"], told["by_question"]) == (3, 0.6667, 0.75)
    assert measure_held([], seed=0) is None
