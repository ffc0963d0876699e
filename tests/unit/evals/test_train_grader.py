"""Scores follow their curve, a gate opens by degrees, and only chosen signals move the line."""

from __future__ import annotations

import numpy as np
import pytest

from evals.train_grader import CURVE, LINE_SIGNALS, Row, fit
from interviewlab.scoring.model import CLOSED, curved, opened
from interviewlab.scoring.signals import NAMES


def test_scores_lie_straight_between_the_points_of_their_curve_and_level_beyond() -> None:
    line = [-1.0, 0.2, 0.35, 0.5, 0.75, 0.85, 0.95, 1.4]
    assert curved(line, CURVE) == pytest.approx([0.0, 0.0, 0.1, 0.2, 0.75, 0.875, 1.0, 1.0])


def test_a_gate_is_shut_up_to_one_chance_wide_open_from_another_and_in_proportion_between() -> None:
    assert opened([0.0, CLOSED, (CLOSED + 0.09) / 2, 0.09, 1.0], wide=0.09) == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])


def test_the_line_rests_on_its_own_signals_however_well_those_of_the_gate_tell_the_mark() -> None:
    draw = np.random.default_rng(0)
    marks = draw.uniform(0.0, 1.0, 200)
    signals = draw.normal(0.0, 0.3, (200, len(NAMES))) + marks[:, None]
    rows = [Row(f"question {n % 10}", float(mark), 1.0, signals[n]) for n, mark in enumerate(marks)]
    weights = dict(zip(NAMES, fit(rows, 10.0).weights, strict=True))
    assert all(not weight for name, weight in weights.items() if name not in LINE_SIGNALS)
    assert min(weights["near_mass"], weights["apart"]) > 0
