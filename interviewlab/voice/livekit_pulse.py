"""The pulse of a worker: its leases are kept by a thread with an event loop and a connection to the store of its own.

In the loop of the calls each beat waits behind the sound of all rooms, several times: on a busy machine it came seconds
late, a worker that lived was taken for dead, and its rooms were begun anew by those who were no less busy.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

from interviewlab.ports import InterviewStore

HUNG_S = 15.0
"""A worker whose calls have stood still for so long keeps none of them."""
LOOK_S = 0.5
_Result = TypeVar("_Result")


class Pulse:
    """Runs in its own loop what asks ``store``. Made by ``open_pulse``."""

    def __init__(self, store: InterviewStore, loop: asyncio.AbstractEventLoop) -> None:
        self.store = store
        self._loop = loop
        self._seen_at = time.monotonic()

    def is_alive(self) -> bool:
        """Whether the loop of the calls has moved of late; may be asked from any thread."""
        return time.monotonic() - self._seen_at < HUNG_S

    def start(self, work: Coroutine[Any, Any, _Result]) -> Future[_Result]:
        """Run ``work`` there, until it ends or the pulse does; returns at once."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """What ``work``, run there, gives."""
        return await asyncio.wrap_future(self.start(work))

    async def watch(self) -> None:
        """Run by the loop of the calls: see that it moves, until cancelled."""
        while True:
            self._seen_at = time.monotonic()
            await asyncio.sleep(LOOK_S)


@asynccontextmanager
async def open_pulse(open_store: Callable[[], AbstractAsyncContextManager[InterviewStore]]) -> AsyncIterator[Pulse]:
    """A pulse on a store that is opened for it alone, until the end; what runs there then is cancelled.

    Raises what ``open_store`` raises.
    """
    begun: Future[Pulse] = Future()
    over: Future[None] = Future()

    async def live() -> None:
        async with open_store() as store:
            begun.set_result(Pulse(store, asyncio.get_running_loop()))
            await asyncio.wrap_future(over)
            running = asyncio.all_tasks() - {asyncio.current_task()}
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    with ThreadPoolExecutor(1, "pulse") as thread:
        living = asyncio.get_running_loop().run_in_executor(thread, asyncio.run, live())
        try:
            ready = asyncio.wrap_future(begun)
            either: list[asyncio.Future[Any]] = [living, ready]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                await living
            async with _watched(await ready) as pulse:
                yield pulse
        finally:
            over.set_result(None)
            await asyncio.wait([living])


@asynccontextmanager
async def _watched(pulse: Pulse) -> AsyncIterator[Pulse]:
    watching = asyncio.create_task(pulse.watch())
    try:
        yield pulse
    finally:
        watching.cancel()
