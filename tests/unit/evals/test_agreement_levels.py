"""Figures of levels on data whose answer is known, and against the libraries they come from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pingouin import intraclass_corr
from sklearn.metrics import cohen_kappa_score

from evals.agreement import ALL_STATISTICS, Judged, measure_agreement, to_groups, to_level
from evals.comparison import Pair, compare, pair_up
from evals.retest import measure_retest


def noisy(seed: int, n: int = 60, noise: float = 0.3, bias: float = 0.0) -> list[Judged]:
    draw = np.random.default_rng(seed)
    human = draw.choice([0, 0.25, 0.5, 0.75, 1], n)
    machine = np.clip(human + draw.normal(bias, noise, n), 0, 1)
    return [Judged(f"q{i % 6}", float(h), float(m), False) for i, (h, m) in enumerate(zip(human, machine, strict=True))]


@pytest.mark.parametrize(
    ("share", "levels", "level"),
    [(0, 5, 0), (0.12, 5, 0), (0.125, 5, 1), (0.5, 5, 2), (1, 5, 4), (0.5, 3, 1), (0.24, 3, 0)],
)
def test_a_share_is_put_on_the_nearest_level(share: float, levels: int, level: int) -> None:
    assert to_level(share, levels) == level


def test_agreement_of_levels_is_one_where_they_are_the_same_and_below_zero_where_they_are_turned() -> None:
    marks = [0.0, 0.25, 0.5, 0.75, 1.0]
    same = measure_agreement([Judged("q", m, m, False) for m in marks], 0)
    turned = measure_agreement([Judged("q", m, 1 - m, False) for m in marks], 0)
    assert same is not None
    assert turned is not None
    for figure in (same.qwk, same.krippendorff_alpha, same.exact, same.adjacent, same.icc, same.spearman):
        assert figure.value == pytest.approx(1.0)
    assert turned.qwk.value == pytest.approx(-1.0)
    assert (turned.exact.value, turned.adjacent.value) == (0.2, 0.2)


def test_kappa_from_the_table_is_kappa_from_the_rows() -> None:
    rows = noisy(1)
    human, machine = (
        [to_level(value) for value in values] for values in zip(*((r.human, r.machine) for r in rows), strict=True)
    )
    expected = cohen_kappa_score(human, machine, weights="quadratic", labels=range(5))
    assert ALL_STATISTICS["qwk"](to_groups(rows)) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(4))
def test_figures_of_the_resamples_are_those_of_the_packages(seed: int) -> None:
    rows = noisy(seed, bias=0.1 * seed)
    agreement = measure_agreement(rows, 0)
    assert agreement is not None
    for name in ("qwk", "krippendorff_alpha", "icc"):
        assert getattr(agreement, name).value == pytest.approx(ALL_STATISTICS[name](to_groups(rows)), abs=1e-4)


def test_icc_of_the_resamples_is_that_of_pingouin() -> None:
    rows = noisy(2, bias=0.2)
    long = pd.DataFrame(
        {
            "t": [i for i, _ in enumerate(rows)] * 2,
            "r": ["m"] * len(rows) + ["h"] * len(rows),
            "s": [r.machine for r in rows] + [r.human for r in rows],
        }
    )
    table = intraclass_corr(long, targets="t", raters="r", ratings="s").set_index("Type")["ICC"]
    assert ALL_STATISTICS["icc"](to_groups(rows)) == pytest.approx(float(table["ICC(A,1)"]))
    agreement = measure_agreement(rows, 0)
    assert agreement is not None
    assert agreement.icc.value == pytest.approx(float(table["ICC(A,1)"]), abs=1e-4)


def test_the_confusion_matrix_has_people_in_rows() -> None:
    agreement = measure_agreement([Judged("q", 1.0, 0.0, False), Judged("q", 0.5, 0.5, False)], 0, levels=3)
    assert agreement is not None
    assert agreement.confusion == ((0, 0, 0), (0, 1, 0), (1, 0, 0))


def test_every_interval_holds_its_figure() -> None:
    agreement = measure_agreement(noisy(3), 0)
    assert agreement is not None
    for name in ALL_STATISTICS:
        figure = getattr(agreement, name)
        assert figure.interval[0] <= figure.value <= figure.interval[1], name


def test_one_level_throughout_has_no_kappa_and_no_alpha() -> None:
    agreement = measure_agreement([Judged("q", 1.0, 1.0, False)] * 4, 0)
    assert agreement is not None
    assert (agreement.qwk.value, agreement.krippendorff_alpha.value, agreement.exact.value) == (None, None, 1.0)


# ---- two runs


def named(rows: list[Judged]) -> list[tuple[str, Judged]]:
    return [(str(n), row) for n, row in enumerate(rows)]


def test_a_better_grader_is_found_better_and_the_same_one_the_same() -> None:
    good, bad = noisy(4, n=120, noise=0.05), noisy(4, n=120, noise=0.5)
    found = compare(pair_up(named(bad), named(good)), seed=0, levels=5)
    assert found["n"] == 120
    qwk, mae = found["figures"]["qwk"], found["figures"]["mae"]
    assert qwk["difference"] > 0.2
    assert qwk["interval"][0] > 0
    assert mae["interval"][1] < 0
    assert found["p_value"] <= 0.05
    same = compare(pair_up(named(good), named(good)), seed=0, levels=5)
    assert same["p_value"] == 1.0
    assert {row["difference"] for row in same["figures"].values()} == {0.0}


def test_only_answers_that_both_scored_are_compared() -> None:
    first = [("a", Judged("q", 1, 1.0, False)), ("b", Judged("q", 1, None, False)), ("c", Judged("q", 1, 0.5, False))]
    second = [("a", Judged("q", 1, 0.5, False)), ("b", Judged("q", 1, 1.0, False)), ("d", Judged("q", 1, 0.5, False))]
    assert pair_up(first, second) == [Pair(first[0][1], second[0][1])]


# ---- the same answer twice


def test_retest_counts_answers_that_kept_their_score() -> None:
    found = measure_retest([("q1", [0.5, 0.5]), ("q2", [0.0, 1.0]), ("q3", [0.25])])
    assert found is not None
    assert (found["answers"], found["identical"], found["mean_sd"]) == (2, 0.5, 0.25)


def test_retest_counts_levels_as_the_run_does() -> None:
    scores = [(f"q{n}", [0.3, 0.45]) for n in range(4)] + [("q9", [0.0, 1.0])]
    five, three = (measure_retest(scores, levels=levels) for levels in (5, 3))
    assert five is not None
    assert three is not None
    assert (five["agreement"]["levels"], five["agreement"]["exact"]["value"]) == (5, 0.0)
    assert (three["agreement"]["levels"], three["agreement"]["exact"]["value"]) == (3, 0.8)


def test_without_a_second_score_there_is_no_retest() -> None:
    assert measure_retest([("q1", [0.5]), ("q2", [])]) is None
