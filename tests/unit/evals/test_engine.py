"""Work shared among processes: results in order, and items pulled only as they are needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.engine import LocalEngine, PoolEngine, open_engine


def begin_doubling() -> Callable[[int], int]:
    return lambda number: 2 * number


def begin_failing() -> Callable[[int], int]:
    return lambda number: 1 // number


def test_processes_give_what_one_gives_in_order() -> None:
    pulled: list[int] = []
    with open_engine("local", 2) as engine:
        results = engine.map(begin_doubling, (pulled.append(n) or n for n in range(200)))
        assert next(results) == 0
        assert len(pulled) < 10
        assert list(results) == [2 * n for n in range(1, 200)]


def test_what_a_tool_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(PoolEngine(2).map(begin_failing, [1, 0]))


def test_one_process_is_this_one() -> None:
    with open_engine("local", 1) as engine:
        assert isinstance(engine, LocalEngine)
