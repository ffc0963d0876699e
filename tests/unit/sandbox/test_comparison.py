"""Comparison of answers: values, not texts, and never fooled by kinds of numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.sandbox.comparison import cut, from_wire, is_same, is_same_text, to_shown, to_wire

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("got", "expected"),
    [(1, 1.0), (1.0, 1), ("a", "a"), ([1, [2]], [1.0, [2]]), ({"a": [None]}, {"a": [None]}), (math.nan, math.nan)],
)
def test_equal_values_are_the_same(got: object, expected: object) -> None:
    assert is_same(got, expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (True, 1),
        (1, True),
        (0, False),
        (None, False),
        ("1", 1),
        ([1], 1),
        ([1, 2], [1]),
        ({"a": 1}, {"b": 1}),
        (0, None),
    ],
)
def test_different_values_are_not_the_same(got: object, expected: object) -> None:
    assert not is_same(got, expected)  # type: ignore[arg-type]


def test_floats_are_exact_unless_a_tolerance_is_given() -> None:
    assert not is_same(0.1 + 0.2, 0.3)
    assert is_same([0.1 + 0.2], [0.3], tolerance=1e-9)
    assert not is_same(0.31, 0.3, tolerance=1e-3)
    assert not is_same(math.inf, 1.0, tolerance=1e-3)


def test_any_order_takes_the_outer_list_as_a_multiset() -> None:
    assert is_same([[1, 2], [3]], [[3], [1, 2]], any_order=True)
    assert is_same([1.0, 2], [2, 1], any_order=True)
    assert not is_same([[2, 1], [3]], [[3], [1, 2]], any_order=True)
    assert not is_same([1, 1, 2], [1, 2, 2], any_order=True)
    assert not is_same([True], [1], any_order=True)
    assert is_same([0.3, 1.0], [1, 0.1 + 0.2], tolerance=1e-9, any_order=True)


@given(VALUES)
def test_every_value_survives_the_wire(value: object) -> None:
    assert is_same(from_wire(to_wire(value)), value)  # type: ignore[arg-type]


def test_integers_beyond_a_double_arrive_whole() -> None:
    assert from_wire({"$int": "90071992547409931"}) == 90071992547409931


def test_trailing_white_space_does_not_count_in_printed_text() -> None:
    assert is_same_text("1 \n2\n\n", "1\n2")
    assert not is_same_text("1\n\n2", "1\n2")
    assert not is_same_text(" 1", "1")


def test_what_is_shown_can_be_stored_and_obeys_no_terminal() -> None:
    hostile = "a\ud800b\udfff \x9b2J \x1b[2J \u202eturned \u2066 é\ttab\n"
    assert cut(hostile) == "a\ufffdb\ufffd \ufffd2J \ufffd[2J \ufffdturned \ufffd é\ttab\n"
    assert to_shown(["\udc00"]).encode()


def test_long_values_are_cut_for_the_page() -> None:
    assert len(to_shown("x" * 5000)) == 500
    assert cut("short") == "short"
