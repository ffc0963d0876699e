"""What all sentences have in common, and what the question has, is taken out of a direction."""

from __future__ import annotations

import numpy as np
import pytest

from interviewlab.scoring.apart import apart_from, common_of, middle, uncommon


def test_what_was_asked_no_longer_brings_two_sentences_near_each_other() -> None:
    asked = np.array([1.0, 0.0, 0.0], np.float32)
    both = np.array([[0.9, 0.4, 0.0], [0.9, 0.0, 0.4]], np.float32)
    assert both[0] @ both[1] > 0.8
    left = apart_from(both, asked)
    assert left[0] @ left[1] == pytest.approx(0.0, abs=1e-6)
    assert apart_from(both, None) is both


def test_mean_and_main_axes_of_sentences_are_what_they_have_in_common() -> None:
    draw = np.random.default_rng(1)
    many = (draw.normal(0.0, 1.0, (500, 8)) * [9.0, 5.0, 1, 1, 1, 1, 1, 1] + 3.0).astype(np.float32)
    common = common_of(many, 2)
    assert np.array(common["mean"][0]) == pytest.approx(many.mean(axis=0), abs=1e-4)
    assert np.abs(np.array(common["axes"])) == pytest.approx(np.eye(2, 8), abs=0.1)
    assert common == common_of(many, 2)


def test_directions_of_the_models_length_lose_what_is_common_and_others_stay() -> None:
    draw = np.random.default_rng(2)
    some = draw.normal(0.0, 1.0, (3, 384)).astype(np.float32)
    left = uncommon(some)
    assert np.linalg.norm(left, axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-5)
    assert not np.allclose(left, some)
    assert np.linalg.norm(middle(left)) == pytest.approx(1.0, abs=1e-5)
    other = some[:, :16]
    assert uncommon(other) is other
