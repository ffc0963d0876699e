"""The BLAS has one thread while something is graded, and all it had afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from threadpoolctl import threadpool_info

from interviewlab.scoring.one_core import on_one_core


def _threads() -> list[int]:
    return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]


def _graded() -> list[int]:
    with on_one_core():
        return _threads()


def test_threads_come_back_whoever_asks() -> None:
    before = _threads()
    with ThreadPoolExecutor(1) as pool, on_one_core():
        assert set(_threads()) == set(pool.submit(_graded).result()) == set(_threads()) == {1}
    assert _threads() == before
    with ThreadPoolExecutor(1) as pool:
        assert set(pool.submit(_graded).result()) == {1}
        assert _threads() == before
        assert set(_graded()) == {1}
    assert _threads() == before
