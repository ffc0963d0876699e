"""Threads with a bounded queue."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from interviewlab.errors import SpeechFailed
from interviewlab.speech.workers import Workers


async def until(event: Event) -> None:
    assert await asyncio.to_thread(event.wait, 5)


async def test_no_more_run_at_once_than_there_are_threads() -> None:
    workers, running, most = Workers("test", 2, 8), [0], [0]

    def work(stop: Event) -> int:
        running[0] += 1
        most[0] = max(most[0], running[0])
        stop.wait(0.03)
        running[0] -= 1
        return 7

    assert await asyncio.gather(*(workers.run(work) for _ in range(6))) == [7] * 6
    assert most[0] == 2
    workers.close()


async def test_a_full_queue_refuses_at_once_and_takes_again_later() -> None:
    workers, gate, started = Workers("test", 1, 1), Event(), Event()

    def work(stop: Event) -> str:
        started.set()
        gate.wait(5)
        return "done"

    first = asyncio.create_task(workers.run(work))
    await until(started)
    second = asyncio.create_task(workers.run(work))
    await asyncio.sleep(0)
    with pytest.raises(SpeechFailed, match="takes no more") as caught:
        await workers.run(work)
    assert caught.value.retryable
    gate.set()
    assert await asyncio.gather(first, second) == ["done", "done"]
    assert await workers.run(work) == "done"
    workers.close()


async def test_work_hears_that_its_caller_has_gone_and_what_waits_never_starts() -> None:
    workers, started, told, ran = Workers("test", 1, 4), Event(), Event(), Event()

    def listen(stop: Event) -> None:
        started.set()
        if stop.wait(5):
            told.set()

    under_way = asyncio.create_task(workers.run(listen))
    await until(started)
    waiting = asyncio.create_task(workers.run(lambda stop: ran.set()))
    await asyncio.sleep(0)
    for task in (waiting, under_way):
        task.cancel()
    await asyncio.gather(under_way, waiting, return_exceptions=True)
    await until(told)
    assert await workers.run(lambda stop: "next") == "next"
    assert not ran.is_set()
    workers.close()


async def test_an_error_of_the_work_reaches_the_caller_and_frees_the_place() -> None:
    workers = Workers("test", 1, 0)

    def fail(stop: Event) -> None:
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await workers.run(fail)
        await asyncio.sleep(0.02)
    workers.close()


async def test_closed_workers_say_so() -> None:
    workers = Workers("test", 1, 1)
    workers.close()
    workers.close()
    with pytest.raises(SpeechFailed, match="closed"):
        await workers.run(lambda stop: None)
