"""Agreement figures on data whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from evals.agreement import Agreement, Judged, measure_agreement


def rows(*questions: list[tuple[float, float | None]]) -> list[Judged]:
    """Each question a list of (human, machine)."""
    return [Judged(f"q{n}", human, machine, False) for n, pairs in enumerate(questions) for human, machine in pairs]


def measured(judged: list[Judged], seed: int = 0) -> Agreement:
    agreement = measure_agreement(judged, seed)
    assert agreement is not None
    return agreement


def test_a_machine_that_says_what_people_say_agrees_perfectly() -> None:
    same = [(mark, mark) for mark in (0.0, 0.25, 0.5, 1.0)]
    found = measured(rows(same, same, same))
    assert found.pearson_r.value == pytest.approx(1.0)
    assert found.mean_r_inside_question.value == pytest.approx(1.0)
    assert (found.rmse.value, found.bias.value) == (0.0, 0.0)
    assert found.pearson_r.interval == pytest.approx((1.0, 1.0))


def test_bias_is_machine_less_people_and_rmse_a_share_of_full_marks() -> None:
    found = measured(rows([(0.8, 0.5), (0.6, 0.3), (1.0, 0.7)], [(0.4, 0.1), (0.5, 0.2)]))
    assert found.bias.value == pytest.approx(-0.3)
    assert found.rmse.value == pytest.approx(0.3)
    assert found.bias.interval == pytest.approx((-0.3, -0.3))


def test_knowing_only_the_question_helps_the_pooled_r_and_not_the_r_inside() -> None:
    easy, hard = [(0.8, 0.9), (1.0, 0.9), (0.9, 0.9)], [(0.0, 0.1), (0.2, 0.1), (0.1, 0.1)]
    found = measured(rows(easy, hard))
    assert found.pearson_r.value is not None
    assert found.pearson_r.value > 0.9
    assert found.mean_r_inside_question.value == 0.0


def test_rows_without_a_score_lower_the_coverage_and_nothing_else() -> None:
    pairs: list[tuple[float, float | None]] = [(0.0, 0.1), (0.5, 0.4), (1.0, 0.9)]
    whole, holed = measured(rows(pairs, pairs)), measured(rows(pairs, [*pairs, (1.0, None), (0.0, None)]))
    assert (whole.coverage, holed.coverage) == (1.0, 0.75)
    assert whole.pearson_r == holed.pearson_r


def test_figures_that_are_not_defined_are_none() -> None:
    found = measured(rows([(1.0, 0.5), (1.0, 0.2), (1.0, 0.1)]))
    assert found.pearson_r.value is None
    assert found.mean_r_inside_question.value is None
    assert found.rmse.interval is None


@pytest.mark.parametrize(("mark", "count"), [(0.1, 3), (0.8, 3), (0.95, 3), (0.3, 10), (1 / 3, 10), (0.9, 7), (0.5, 3)])
def test_a_question_on_which_people_agree_is_none_of_those_whose_r_is_averaged(mark: float, count: int) -> None:
    told = [(n / 4, n / 4) for n in range(4)]
    agreed: list[tuple[float, float | None]] = [(mark, n / count) for n in range(count)]
    assert measured(rows(told, agreed)).mean_r_inside_question.value == pytest.approx(1.0)
    alone = measured(rows(agreed))
    assert (alone.pearson_r.value, alone.spearman.value, alone.mean_r_inside_question.value) == (None, None, None)


@pytest.mark.parametrize("score", [0.1, 0.8, 0.5])
def test_a_machine_that_gives_one_score_has_an_r_of_0_inside_a_question_and_none_over_all(score: float) -> None:
    found = measured(rows([(0.0, score), (0.5, score), (1.0, score)]))
    assert (found.mean_r_inside_question.value, found.pearson_r.value) == (0.0, None)


def test_without_scored_rows_there_is_no_agreement() -> None:
    assert measure_agreement([], 0) is None
    assert measure_agreement(rows([(1.0, None)]), 0) is None


def test_the_interval_is_clustered_by_question() -> None:
    """Answers copied a hundred times are no more evidence: the interval stays, where one by rows would shrink."""
    noise = np.random.default_rng(5)
    questions: list[list[tuple[float, float | None]]] = [
        [(float(noise.uniform()), float(noise.uniform())) for _ in range(4)] for _ in range(8)
    ]
    once, often = measured(rows(*questions)), measured(rows(*[pairs * 100 for pairs in questions]))
    assert once.pearson_r.interval == pytest.approx(often.pearson_r.interval)
    assert once.pearson_r.interval is not None
    assert once.pearson_r.interval[1] - once.pearson_r.interval[0] > 0.2


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    noise = np.random.default_rng(6)
    judged = rows(*[[(float(noise.uniform()), float(noise.uniform())) for _ in range(5)] for _ in range(9)])
    assert measured(judged, 1) == measured(judged, 1)
    assert measured(judged, 1).pearson_r.interval != measured(judged, 2).pearson_r.interval
