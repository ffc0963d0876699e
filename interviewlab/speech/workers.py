"""A few threads with a bounded queue before them, so that no model blocks the event loop or is asked without end."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock, get_native_id
from typing import Any, TypeVar

from interviewlab.errors import SpeechFailed

Result = TypeVar("Result")
BACKGROUND_NICE = 10


class Workers:
    """Runs ``threads`` pieces of work at a time and lets ``waiting`` more queue; further ones are refused.

    ``is_background``: the work gives way to all other threads, as do the threads that it begins itself (Linux only;
    elsewhere it makes no difference).
    """

    def __init__(self, name: str, threads: int, waiting: int, *, is_background: bool = False) -> None:
        self._name = name
        self._pool = ThreadPoolExecutor(
            threads, thread_name_prefix=name, initializer=_give_way if is_background else None
        )
        self._limit = threads + waiting
        self._taken = 0
        self._lock = Lock()
        self._is_closed = False

    async def run(self, work: Callable[[Event], Result]) -> Result:
        """What ``work`` gives. Its event is set when the caller is gone: the work may stop early then.

        Raises SpeechFailed, retryable, when the queue is full; whatever ``work`` raises.
        """
        stop = Event()
        future = self._submit(work, stop)
        try:
            return await asyncio.wrap_future(future)
        finally:
            stop.set()

    def run_now(self, work: Callable[[], Result]) -> Result:
        """What ``work`` gives; the caller is blocked."""
        return self._pool.submit(work).result()

    def close(self) -> None:
        """Take no more work and drop what waits; work under way ends by itself."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[[Event], Result], stop: Event) -> Future[Result]:
        with self._lock:
            if self._is_closed:
                raise SpeechFailed(f"{self._name} was closed.", "Open the interview again.")
            if self._taken >= self._limit:
                raise SpeechFailed(
                    f"{self._name} has {self._taken} requests at once and takes no more.",
                    "Try again in a moment, or type.",
                    retryable=True,
                )
            self._taken += 1
            future = self._pool.submit(work, stop)
        future.add_done_callback(self._give_back)
        return future

    def _give_back(self, _: Future[Any]) -> None:
        with self._lock:
            self._taken -= 1


def _give_way() -> None:
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), BACKGROUND_NICE)
