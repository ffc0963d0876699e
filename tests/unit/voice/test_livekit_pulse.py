"""The leases of a worker while the loop of its calls stands still."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from interviewlab.errors import StoreUnavailable
from interviewlab.store.scripted import ScriptedStore
from interviewlab.voice import livekit_lease, livekit_pulse
from interviewlab.voice.livekit_lease import Lease, lease_of
from interviewlab.voice.livekit_pulse import Pulse, open_pulse

LEASE_S, BEAT_S = 0.3, 0.05
STANDSTILL_S = 3 * LEASE_S


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(livekit_lease, "LEASE_S", LEASE_S)
    monkeypatch.setattr(livekit_lease, "BEAT_S", BEAT_S)


@asynccontextmanager
async def keeping(lost: asyncio.Event) -> AsyncIterator[tuple[ScriptedStore, Pulse, Lease]]:
    """A lease that is kept by a pulse; ``lost`` is set when it is lost."""
    store, loop = ScriptedStore(), asyncio.get_running_loop()

    @asynccontextmanager
    async def opened() -> AsyncIterator[ScriptedStore]:
        yield store

    async with open_pulse(opened) as pulse:
        await store.acquire(lease_of("i1"), "line", 8)
        lease = Lease(pulse.store, "i1", pulse.is_alive)
        assert await pulse.run(lease.take_over("line", partial(loop.call_soon_threadsafe, lost.set)))
        yield store, pulse, lease


async def test_a_worker_whose_loop_stands_still_for_a_while_keeps_its_rooms() -> None:
    async with keeping(lost := asyncio.Event()) as (store, pulse, lease):
        time.sleep(STANDSTILL_S)  # noqa: ASYNC251 - this is what holds it up
        assert not await store.acquire(lease_of("i1"), "another", 8)
        await pulse.run(lease.release())
        assert await store.acquire(lease_of("i1"), "another", 8)
    assert not lost.is_set()


async def test_a_worker_whose_loop_hangs_loses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(livekit_pulse, "HUNG_S", LEASE_S)
    async with keeping(lost := asyncio.Event()) as (store, _, _):
        time.sleep(2 * STANDSTILL_S)  # noqa: ASYNC251 - as above
        assert await store.acquire(lease_of("i1"), "another", 8)
        await asyncio.wait_for(lost.wait(), 5)


async def test_what_runs_at_the_end_is_cancelled_and_may_still_ask_the_store() -> None:
    released = []

    async def wait(store: ScriptedStore) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            released.append(await store.acquire("last", "word", 8))

    async with keeping(asyncio.Event()) as (store, pulse, _):
        waiting = pulse.start(wait(store))
        await pulse.run(asyncio.sleep(0))
    assert waiting.cancelled()
    assert released == [True]


async def test_a_store_that_cannot_be_opened_is_told_of() -> None:
    @asynccontextmanager
    async def broken() -> AsyncIterator[ScriptedStore]:
        raise StoreUnavailable("It is broken.", "Mend it.")
        yield ScriptedStore()

    with pytest.raises(StoreUnavailable, match="broken"):
        async with open_pulse(broken):
            pass
