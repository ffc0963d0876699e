"""One turn at a time, whichever process or window takes it: an interview is owned for the length of a turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

from interviewlab.errors import InterviewBusy, StoreUnavailable
from interviewlab.ports import InterviewStore

POLL_S = 0.05


class Ownership:
    """The lock on one interview. A holder that stops answering loses it after ``ttl_s`` seconds."""

    def __init__(self, store: InterviewStore, interview_id: str, ttl_s: float, wait_s: float = 30.0) -> None:
        self._store = store
        self._wait_s = wait_s
        self._interview_id = interview_id
        self._ttl_s = ttl_s
        self._holder = uuid4().hex
        self._safe_until = 0.0
        self._mine = asyncio.Lock()

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Own the interview, renewed until the end. Raises InterviewBusy after waiting for ``wait_s``."""
        async with self._mine:
            await self._acquire()
            renewal = asyncio.create_task(self._renew())
            try:
                yield
            finally:
                renewal.cancel()
                await self._store.release(self._interview_id, self._holder)

    async def confirm(self) -> None:
        """Raises InterviewBusy if another took over while this process slept: what it was doing is stale."""
        if _now() >= self._safe_until and not await self._ask(self._store.renew):
            raise InterviewBusy("Another window took this interview over.", "Open it again and go on from there.")

    async def _ask(self, get: Callable[[str, str, float], Awaitable[bool]]) -> bool:
        """Take or renew the lock; until it runs out nobody else can have it, and nothing need be asked."""
        asked = _now()
        is_mine = await get(self._interview_id, self._holder, self._ttl_s)
        self._safe_until = asked + self._ttl_s if is_mine else 0.0
        return is_mine

    async def _acquire(self) -> None:
        waited = 0.0
        while not await self._ask(self._store.acquire):
            if waited >= self._wait_s:
                raise InterviewBusy("Another window is in the middle of a turn.", "Wait a moment and try again.")
            await asyncio.sleep(POLL_S)
            waited += POLL_S

    async def _renew(self) -> None:
        """A renewal that fails is tried again; ``confirm`` finds out when it was too late.

        A lock that another had meanwhile is never taken back: what this process knows may be stale.
        """
        while True:
            await asyncio.sleep(self._ttl_s / 3)
            try:
                await self._ask(self._store.renew)
            except StoreUnavailable:
                continue


def _now() -> float:
    """Seconds that go on while the machine sleeps and that nobody can set back."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
