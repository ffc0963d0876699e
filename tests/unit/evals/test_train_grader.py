"""What is spread stays about the mean mark, and a gate opens by degrees."""

from __future__ import annotations

import numpy as np
import pytest

from evals.train_grader import Line
from interviewlab.scoring.model import CLOSED, opened


def test_stretched_scores_keep_their_mean_mark_and_their_order() -> None:
    line = Line(np.zeros(1), np.ones(1), np.array([0.1]), bias=0.7, middle=0.7)
    signals = np.array([[-2.0], [0.0], [1.0]])
    assert line.stretched(1.9).predict(signals) == pytest.approx([0.7 - 0.38, 0.7, 0.7 + 0.19])


def test_a_gate_is_shut_up_to_one_chance_wide_open_from_another_and_in_proportion_between() -> None:
    assert opened([0.0, CLOSED, (CLOSED + 0.09) / 2, 0.09, 1.0], wide=0.09) == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])
