"""Who speaks for an interview: one worker at a time, which proves every second that it lives.

The lease is a lock in the store beside the interview's own. A worker that dies loses it after ``LEASE_S``; whoever then
takes it may send another worker, and nobody else can.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from uuid import uuid4

from interviewlab.errors import StoreUnavailable
from interviewlab.ports import InterviewStore

LEASE_S = 5.0
"""A worker that lives and is busy misses a beat or two, and is not to be taken for dead."""
BEAT_S = 1.0
PRESENCE = "voice-workers"
PRESENCE_S = 10.0


def lease_of(interview_id: str) -> str:
    """The key of the lease in the store."""
    return f"voice:{interview_id}"


class Lease:
    """Leave to speak for one interview, kept until ``release``, until it is lost, or while ``is_alive()``."""

    def __init__(self, store: InterviewStore, interview_id: str, is_alive: Callable[[], bool] = lambda: True) -> None:
        self._store = store
        self._is_alive = is_alive
        self._key = lease_of(interview_id)
        self._holder = uuid4().hex
        self._beat: asyncio.Task[None] | None = None

    async def take_over(self, holder: str, on_lost: Callable[[], object]) -> bool:
        """Take the lease from the one that dispatched us; False where ``holder`` has it no longer: the job is stale.

        From then on it is renewed; ``on_lost`` is called once another took it, the store cannot be reached, or who asks
        is no longer alive.
        """
        if await self._store.acquire(self._key, self._holder, LEASE_S):
            await self._store.release(self._key, self._holder)
            return False
        if not await self._store.acquire(self._key, holder, LEASE_S):
            return False
        await self._store.release(self._key, holder)  # from here on nobody can use this job again
        if not await self._store.acquire(self._key, self._holder, LEASE_S):
            return False
        self._beat = asyncio.create_task(self._renew(on_lost))
        return True

    async def release(self) -> None:
        """Let others speak."""
        if self._beat is not None:
            self._beat.cancel()
            await self._store.release(self._key, self._holder)

    async def _renew(self, on_lost: Callable[[], object]) -> None:
        safe_until = time.monotonic() + LEASE_S
        while time.monotonic() < safe_until and self._is_alive():
            await asyncio.sleep(BEAT_S)
            asked = time.monotonic()
            try:
                if not await self._store.renew(self._key, self._holder, LEASE_S):
                    break
            except StoreUnavailable:
                continue
            safe_until = asked + LEASE_S
        on_lost()


async def announce(store: InterviewStore) -> None:
    """Say until cancelled that a worker is running. The first of several says it for all."""
    me = uuid4().hex
    try:
        while True:
            await _try_acquire(store, me)
            await asyncio.sleep(PRESENCE_S / 3)
    finally:
        await store.release(PRESENCE, me)


async def is_worker_running(store: InterviewStore) -> bool:
    """Whether any worker said in the last ``PRESENCE_S`` that it runs."""
    me = uuid4().hex
    if not await store.acquire(PRESENCE, me, 0.001):
        return True
    await store.release(PRESENCE, me)
    return False


async def _try_acquire(store: InterviewStore, holder: str) -> None:
    try:
        await store.acquire(PRESENCE, holder, PRESENCE_S)
    except StoreUnavailable:
        return  # asked again soon
