"""Facts of code that the axes use."""

from __future__ import annotations

import pytest

from interviewlab.scoring.code_quality import degree_of


@pytest.mark.parametrize(
    ("complexity", "degree"),
    [
        ("O(1)", 0), ("O(log n)", 0), ("O(n)", 1), ("O(n log n)", 1), ("O(n + m)", 1), ("O(n*m)", 2), ("O(n·m)", 2),
        ("O(n^2)", 2), ("O(n²)", 2), ("O(n**3)", 3), ("O(2^n)", 9), ("O(n!)", 9), ("O(rows * columns * charges)", 3),
        ("O(n^2 log n)", 2),
    ],
)  # fmt: skip
def test_the_power_of_the_size(complexity: str, degree: int) -> None:
    assert degree_of(complexity) == degree
