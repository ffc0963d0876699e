"""Many rooms at once on one LiveKit server, spoken by several workers; the busiest is killed in the middle.

Ears and mouth are stand-ins: the plumbing is measured, not models. Candidates are spread over processes of a few each,
as browsers would be, so that they are not what is measured. Each record must hold the words of the interview that was
held undisturbed with the same plan.
"""

from __future__ import annotations

import asyncio
import math
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interviewlab.bench.figures import percentiles
from interviewlab.bench.guests import SAYS, WHOLE_S, Guests, Seen, id_of, is_ended
from interviewlab.bench.postgres import PostgresServer, open_postgres
from interviewlab.bench.voice.machine import Cores, CoresOf
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.rooms import Worker, open_rooms, open_worker
from interviewlab.bench.voice.watch import memory_mb
from interviewlab.bootstrap import open_interview, open_library
from interviewlab.settings import Settings
from interviewlab.types import Plan, ReplyEntry, Transcript, UtteranceEntry
from interviewlab.voice.livekit_candidate import until

PLANS = 4
"""Interviews take turns with this many seeds."""
KILL_AFTER = 0.4
"""The share of all turns after which a worker is killed."""
SPARE = 0.2
"""Of its share of the rooms a worker may have so much more: jobs do not fall evenly."""
TOGETHER = 5
"""Candidates of one process."""
TELL_S = 30.0
"""Between two words of how far it is: a busy machine is slow, and not stuck."""
_Words = list[tuple[str, int, str]]


@dataclass
class _Death:
    """How things stood when a worker was killed, and before."""

    at: float = 0.0
    rooms: int = 0
    idle_mb: float = 0.0
    room_mb: float = 0.0
    replaced_s: float | None = None
    """So long after it a worker in its place was ready."""
    busy_cores: dict[str, float] = field(default_factory=dict)
    connections: int = 0


@dataclass(frozen=True)
class _Stage:
    """What candidates meet, and their processes; whatever is opened on ``stack`` lasts as long."""

    settings: Settings
    workers: list[Worker]
    guests: Sequence[Guests]
    rooms: int
    postgres: PostgresServer | None
    replace_after_s: float | None
    stack: AsyncExitStack


async def bench_rooms(
    settings: Settings,
    rooms: int = 20,
    workers: int = 2,
    *,
    on_postgres: bool = False,
    hears_out: bool = True,
    replace_after_s: float | None = None,
) -> dict[str, Any]:
    """``rooms`` interviews held to their end. ``turn_s``: from the answer sent to the reply's first sound in the ear.

    ``lost`` counts turns that a candidate was told of and the record does not have, ``different`` interviews whose
    words are not those of the undisturbed one, ``said_twice`` sentences that a candidate heard again, but for the reply
    with which a worker that takes over picks up. ``busy_cores_before``: what candidates, workers and servers needed
    until one was killed. Without ``hears_out`` candidates answer as soon as a reply sounds. With ``replace_after_s`` a
    worker is started in place of the killed one so many seconds later, as a supervisor would, and each may have only
    its share of the rooms and ``SPARE`` more; without it the others have all rooms from then on.
    """
    death, cores, began = _Death(), Cores(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with _open_stage(
            _stand_ins(settings, Path(folder)), rooms, workers, on_postgres, hears_out, replace_after_s
        ) as stage:
            seen, kept = await _hold_all(stage, death)
            ended = sum(each.has_ended for each in stage.workers)
        expected = await _undisturbed(_stand_ins(settings, Path(folder) / "undisturbed"))
    heard_again_s = [at - death.at for at in seen.picked_up_at if at > death.at]
    return {
        "state": "postgres" if on_postgres else "sqlite",
        "rooms": rooms,
        "workers": workers,
        "killed_with": death.rooms,
        "ended_by_themselves": ended,
        "completed": sum(is_ended(each) for each in kept),
        "gave_up": seen.gave_up,
        "turned_away": seen.turned_away,
        "lost": seen.lost,
        "different": sum(_words(each) != expected[number % PLANS] for number, each in enumerate(kept)),
        "said_twice": seen.said_twice,
        "answers_interrupted": seen.interrupted,
        "turn_s": percentiles(seen.turns_s) if seen.turns_s else None,
        "replaced_s": death.replaced_s,
        "heard_again_s": percentiles(heard_again_s) if heard_again_s else None,
        "worker_mb": death.idle_mb,
        "room_mb": death.room_mb,
        "postgres_connections": death.connections or None,
        "busy_cores_before": death.busy_cores,
        "machine": cores.figures(),
        "wall_s": round(time.monotonic() - began, 1),
    }


@asynccontextmanager
async def _open_stage(
    settings: Settings, rooms: int, workers: int, on_postgres: bool, hears_out: bool, replace_after_s: float | None
) -> AsyncIterator[_Stage]:
    """A server of LiveKit, an empty store, workers, and candidates that wait."""
    async with AsyncExitStack() as stack:
        share = rooms if replace_after_s is None else math.ceil(rooms / workers * (1 + SPARE))
        own = settings.model_copy(update={"worker_rooms": share})
        own = await stack.enter_async_context(open_rooms(own))
        postgres = stack.enter_context(open_postgres()) if on_postgres else None
        if postgres is not None:
            own = own.model_copy(update={"database_url": postgres.create_database()})
        running = [await stack.enter_async_context(open_worker(own, own.data_dir)) for _ in range(workers)]
        for number in range(rooms):
            async with open_interview(own, id_of(number), plan=_plan(number)):
                pass
        processes = -(-rooms // TOGETHER)
        guests = [Guests(own, range(rooms)[first::processes], rooms, hears_out) for first in range(processes)]
        for each in guests:
            stack.push_async_callback(each.aclose)
            await each.start()
        for each in guests:
            await each.ready()
        yield _Stage(own, running, guests, rooms, postgres, replace_after_s, stack)


def _stand_ins(settings: Settings, folder: Path) -> Settings:
    stand_ins = {"embedder": "scripted", "sandbox": "scripted", "ears": "scripted", "mouth": "scripted"}
    return settings.model_copy(update={"data_dir": folder, "database_url": "", "brain": "bank", **stand_ins})


def _plan(number: int) -> Plan:
    return Plan(type="fundamentals", exercises=0, questions=2, seed=number % PLANS, minutes=100_000)


async def _hold_all(stage: _Stage, death: _Death) -> tuple[Seen, list[Transcript]]:
    """What candidates saw and what is recorded when all have come to the end, though one worker was killed."""
    beside = [asyncio.create_task(each(stage, death)) for each in (_kill_in_the_middle, _watch_state, _tell_progress)]
    seen = Seen()
    try:
        for each in await asyncio.gather(*(guests.hold() for guests in stage.guests)):
            seen.add(each)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.wait(beside)
    for task in beside:
        if not task.cancelled():
            task.result()  # raises where a worker could not be replaced
    async with open_library(stage.settings) as library:
        return seen, [await library.get_transcript(id_of(number)) for number in range(stage.rooms)]


async def _kill_in_the_middle(stage: _Stage, death: _Death) -> None:
    idle_mb = [memory_mb(each.pid) for each in stage.workers]
    pids = {"candidates_and_page": [each.pid for each in stage.guests], "workers": [each.pid for each in stage.workers]}
    cores = CoresOf(**pids)
    turns = KILL_AFTER * stage.rooms * len(SAYS)
    await until(lambda: sum(each.turns for each in stage.guests) >= turns, WHOLE_S)
    spoken = [each.rooms for each in stage.workers]
    victim = max(stage.workers, key=lambda worker: worker.rooms)
    grown = [memory_mb(each.pid) - idle for each, idle in zip(stage.workers, idle_mb, strict=True)]
    death.rooms, death.idle_mb = victim.rooms, max(idle_mb)
    death.room_mb = round(sum(grown) / max(1, sum(spoken)), 1)
    death.busy_cores = cores.figures()
    death.at = time.monotonic()
    victim.kill()
    tell(f"killed a worker that spoke in {victim.rooms} of {sum(spoken)} rooms")
    if stage.replace_after_s is not None:
        await asyncio.sleep(stage.replace_after_s)
        stage.workers.append(
            await stage.stack.enter_async_context(open_worker(stage.settings, stage.settings.data_dir))
        )
        death.replaced_s = round(time.monotonic() - death.at, 1)
        tell(f"another worker was ready after {death.replaced_s} s")


async def _tell_progress(stage: _Stage, _: _Death) -> None:
    began = time.monotonic()
    while True:
        await asyncio.sleep(TELL_S)
        answered = sum(each.turns for each in stage.guests)
        tell(f"{answered} turns answered in {stage.rooms} rooms after {time.monotonic() - began:.0f} s")


async def _watch_state(stage: _Stage, death: _Death) -> None:
    while stage.postgres is not None:
        death.connections = max(death.connections, await asyncio.to_thread(stage.postgres.count_connections))
        await asyncio.sleep(1.0)


def _words(kept: Transcript) -> _Words:
    """What both said, in order: an answer or a reply that was lost or doubled shows."""
    spoken = (entry for entry in kept.entries if isinstance(entry, ReplyEntry | UtteranceEntry))
    return [(entry.kind, entry.turn, entry.text) for entry in spoken]


async def _undisturbed(settings: Settings) -> list[_Words]:
    found = []
    for seed in range(PLANS):
        async with open_interview(settings, f"alone-{seed}", plan=_plan(seed)) as interview:
            reply = await interview.start()
            while not reply.ended:
                reply = await interview.reply(SAYS[reply.turn % len(SAYS)])
            found.append(_words(await interview.transcript()))
    return found
