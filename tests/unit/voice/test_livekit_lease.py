from __future__ import annotations

import asyncio

from interviewlab.store.scripted import ScriptedStore
from interviewlab.voice.livekit_lease import BEAT_S, Lease, announce, is_worker_running, lease_of


class Lost:
    told = 0

    def __call__(self) -> None:
        self.told += 1


async def test_a_worker_takes_over_from_who_dispatched_it_and_keeps_others_away() -> None:
    store, lost = ScriptedStore(), Lost()
    await store.acquire(lease_of("i1"), "line", 8)
    lease = Lease(store, "i1")
    assert await lease.take_over("line", lost)
    assert not await store.acquire(lease_of("i1"), "line", 8)
    await lease.release()
    assert await store.acquire(lease_of("i1"), "line", 8)
    assert not lost.told


async def test_the_same_job_a_second_time_is_refused_during_the_call_and_after_it() -> None:
    store = ScriptedStore()
    await store.acquire(lease_of("i1"), "line", 8)
    first = Lease(store, "i1")
    assert await first.take_over("line", Lost())
    assert not await Lease(store, "i1").take_over("line", Lost())
    await first.release()
    assert not await Lease(store, "i1").take_over("line", Lost())
    assert await store.acquire(lease_of("i1"), "another line", 8)


async def test_who_lost_the_lease_is_told_once() -> None:
    store, lost = ScriptedStore(), Lost()
    await store.acquire(lease_of("i1"), "line", 8)
    lease = Lease(store, "i1")
    assert await lease.take_over("line", lost)
    await store.release(lease_of("i1"), lease._holder)
    await store.acquire(lease_of("i1"), "thief", 60)
    await asyncio.sleep(2.5 * BEAT_S)
    assert lost.told == 1
    await lease.release()


async def test_workers_are_known_to_run_until_the_last_one_stops() -> None:
    store = ScriptedStore()
    assert not await is_worker_running(store)
    one = asyncio.create_task(announce(store))
    await asyncio.sleep(0.05)
    assert await is_worker_running(store)
    one.cancel()
    await asyncio.wait([one])
    assert not await is_worker_running(store)
