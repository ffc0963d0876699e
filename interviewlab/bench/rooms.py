"""Many rooms at once on one LiveKit server, spoken by several workers; the busiest is killed in the middle.

Candidates have no page: their microphone streams silence, so that every room carries sound both ways and every worker
listens, and their answers are typed into the call. Ears and mouth are stand-ins: the plumbing is measured, not models.
Each record must hold the words of the interview that was held undisturbed with the same plan.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interviewlab.bench.figures import percentiles
from interviewlab.bench.postgres import PostgresServer, open_postgres
from interviewlab.bench.voice.machine import Cores, CoresOf
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.rooms import Worker, open_rooms, open_worker
from interviewlab.bench.voice.watch import memory_mb
from interviewlab.bootstrap import open_interview, open_library
from interviewlab.library import Library
from interviewlab.settings import Settings
from interviewlab.types import Plan, ReplyEntry, Transcript, UtteranceEntry
from interviewlab.voice.livekit_call import PICK_UP
from interviewlab.voice.livekit_candidate import HeadlessCandidate, until
from interviewlab.voice.livekit_line import LiveKitLine

PLANS = 4
"""Interviews take turns with this many seeds."""
SAYS = (
    "Yes, I'm ready.",
    "First I would look at the query plan, because it shows whether an index is used.",
    "We kept a queue in front of the workers, so a burst did not reach the database.",
    "I don't know.",
    "Each worker takes one job, writes the result and only then acknowledges it.",
)
KILL_AFTER = 0.4
"""The share of all turns after which a worker is killed."""
TURN_S = 60.0
"""A turn that takes longer counts as lost on the way, and the candidate looks what became of it."""
SETTLE_S = 0.5
ARRIVE_S = 1.0
"""Between the arrival of one candidate and the next."""
TAKE_OVER_S = 30.0
WHOLE_S = 3600.0
SILENT_S = 300.0
"""A candidate who waits longer for anything gives up."""
_Words = list[tuple[str, int, str]]


@dataclass
class Tally:
    """What candidates measured and saw."""

    turns_s: list[float] = field(default_factory=list)
    heard_again_s: list[float] = field(default_factory=list)
    turns: int = 0
    interrupted: int = 0
    lost: int = 0
    said_twice: int = 0
    killed_at: float = 0.0
    killed_with: int = 0
    idle_mb: float = 0.0
    room_mb: float = 0.0
    connections: int = 0
    busy_cores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Stage:
    """What candidates meet."""

    settings: Settings
    workers: Sequence[Worker]
    rooms: int
    postgres: PostgresServer | None


async def bench_rooms(
    settings: Settings, rooms: int = 20, workers: int = 2, *, on_postgres: bool = False, hears_out: bool = True
) -> dict[str, Any]:
    """``rooms`` interviews held to their end. ``turn_s``: from the answer sent to the reply's first sound in the ear.

    ``lost`` counts turns that a candidate was told of and the record does not have, ``different`` interviews whose
    words are not those of the undisturbed one, ``said_twice`` sentences that a candidate heard again, but for the reply
    with which a worker that takes over picks up. ``busy_cores_before``: what candidates, workers and servers needed
    until one was killed. Without ``hears_out`` candidates answer as soon as a reply sounds.
    """
    tally, cores, began = Tally(), Cores(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with _open_stage(_stand_ins(settings, Path(folder)), rooms, workers, on_postgres) as stage:
            kept = await _hold_all(stage, tally, hears_out)
        expected = await _undisturbed(_stand_ins(settings, Path(folder) / "undisturbed"))
    return {
        "state": "postgres" if on_postgres else "sqlite",
        "rooms": rooms,
        "workers": workers,
        "killed_with": tally.killed_with,
        "completed": sum(_is_ended(each) for each in kept),
        "lost": tally.lost,
        "different": sum(_words(each) != expected[number % PLANS] for number, each in enumerate(kept)),
        "said_twice": tally.said_twice,
        "answers_interrupted": tally.interrupted,
        "turn_s": percentiles(tally.turns_s),
        "heard_again_s": percentiles(tally.heard_again_s) if tally.heard_again_s else None,
        "worker_mb": tally.idle_mb,
        "room_mb": tally.room_mb,
        "postgres_connections": tally.connections or None,
        "busy_cores_before": tally.busy_cores,
        "machine": cores.figures(),
        "wall_s": round(time.monotonic() - began, 1),
    }


@asynccontextmanager
async def _open_stage(settings: Settings, rooms: int, workers: int, on_postgres: bool) -> AsyncIterator[_Stage]:
    """A server of LiveKit, an empty store, and workers of which any may speak in all rooms."""
    async with AsyncExitStack() as stack:
        own = settings.model_copy(update={"worker_rooms": rooms})
        own = await stack.enter_async_context(open_rooms(own))
        postgres = stack.enter_context(open_postgres()) if on_postgres else None
        if postgres is not None:
            own = own.model_copy(update={"database_url": postgres.create_database()})
        running = [await stack.enter_async_context(open_worker(own, own.data_dir)) for _ in range(workers)]
        yield _Stage(own, running, rooms, postgres)


def _stand_ins(settings: Settings, folder: Path) -> Settings:
    stand_ins = {"embedder": "scripted", "sandbox": "scripted", "ears": "scripted", "mouth": "scripted"}
    return settings.model_copy(update={"data_dir": folder, "database_url": "", "brain": "bank", **stand_ins})


def _plan(number: int) -> Plan:
    return Plan(type="fundamentals", exercises=0, questions=2, seed=number % PLANS, minutes=100_000)


async def _hold_all(stage: _Stage, tally: Tally, hears_out: bool) -> list[Transcript]:
    """What is recorded when every candidate has come to the end, though one worker was killed."""
    ids = [f"room-{number}" for number in range(stage.rooms)]
    for number, one in enumerate(ids):
        async with open_interview(stage.settings, one, plan=_plan(number)):
            pass
    line = LiveKitLine(stage.settings)
    async with open_library(stage.settings) as library:
        beside = [asyncio.create_task(each(stage, tally)) for each in (_kill_in_the_middle, _watch_state)]
        try:
            guests = [_Guest(one, line, library, tally, hears_out) for one in ids]
            await asyncio.gather(*(guest.hold(number * ARRIVE_S) for number, guest in enumerate(guests)))
        finally:
            for task in beside:
                task.cancel()
            await line.aclose()
        return [await library.get_transcript(one) for one in ids]


async def _kill_in_the_middle(stage: _Stage, tally: Tally) -> None:
    idle_mb = [memory_mb(each.pid) for each in stage.workers]
    cores = CoresOf(candidates_and_page=[os.getpid()], workers=[each.pid for each in stage.workers])
    await until(lambda: tally.turns >= KILL_AFTER * stage.rooms * len(SAYS), WHOLE_S)
    spoken = [each.rooms for each in stage.workers]
    victim = max(stage.workers, key=lambda worker: worker.rooms)
    grown = [memory_mb(each.pid) - idle for each, idle in zip(stage.workers, idle_mb, strict=True)]
    tally.killed_with, tally.idle_mb = victim.rooms, max(idle_mb)
    tally.room_mb = round(sum(grown) / max(1, sum(spoken)), 1)
    tally.busy_cores = cores.figures()
    tally.killed_at = time.monotonic()
    victim.kill()
    tell(f"killed a worker that spoke in {victim.rooms} of {sum(spoken)} rooms")


async def _watch_state(stage: _Stage, tally: Tally) -> None:
    while stage.postgres is not None:
        tally.connections = max(tally.connections, await asyncio.to_thread(stage.postgres.count_connections))
        await asyncio.sleep(1.0)


class _Guest:
    """One candidate, from the ticket to the goodbye."""

    def __init__(self, one: str, line: LiveKitLine, library: Library, tally: Tally, hears_out: bool) -> None:
        self._id, self._line, self._library, self._tally, self._hears_out = one, line, library, tally, hears_out
        self._page = HeadlessCandidate()

    async def hold(self, after_s: float) -> None:
        """Raises InterviewLabError where no worker can be had, TimeoutError where it falls silent for good."""
        await asyncio.sleep(after_s)
        await self._page.enter(await self._line.invite("local", self._id))
        watching = asyncio.create_task(self._time_pick_up())
        try:
            await until(lambda: self._page.is_sounding, SILENT_S)
            while not _is_ended(kept := await self._settled()):
                await self._answer(_last_turn(kept) + 1)
            self._count(kept)
        finally:
            watching.cancel()
            await self._page.leave()
            await self._line.close(self._id)

    async def _settled(self) -> Transcript:
        """The record, once every answer in it has its reply and whoever hears out has heard it."""
        async with asyncio.timeout(SILENT_S):
            while True:
                await asyncio.sleep(SETTLE_S)
                is_over = any(event["kind"] == "turn" and event["is_ended"] for event in self._page.events)
                is_quiet = self._page.states[-1:] == ["listening"] and not self._page.is_sounding
                if self._hears_out and not (is_quiet or is_over):
                    continue
                kept = await self._library.get_transcript(self._id)
                if _is_answered(kept):
                    return kept

    async def _answer(self, turn: int) -> None:
        """Say what belongs to a turn. Where a worker's death came between, the record tells what became of it."""
        agent, asked = self._page.agent, time.monotonic()
        saying = asyncio.create_task(self._page.command(kind="say", text=SAYS[(turn - 1) % len(SAYS)]))
        try:
            # The last reply may end the call before it says that the command was heard.
            await until(lambda: turn in self._page.turns() or (saying.done() and saying.exception()), TURN_S)
            since = asked if self._hears_out else time.monotonic()
            await until(lambda: self._page.first_sound_after(since), TURN_S if turn in self._page.turns() else 0)
        except TimeoutError:
            tell(f"{self._id}, turn {turn}: {saying.exception() if saying.done() else 'no reply'}")
            self._tally.interrupted += 1
            with suppress(TimeoutError):
                await until(lambda: self._page.agent not in ("", agent), TAKE_OVER_S)
        else:
            self._tally.turns_s.append((self._page.first_sound_after(since) or since) - asked)
        finally:
            saying.cancel()
            await asyncio.wait([saying])
        self._tally.turns += 1

    async def _time_pick_up(self) -> None:
        await until(lambda: PICK_UP in self._page.said("interviewer"), WHOLE_S)
        self._tally.heard_again_s.append(time.monotonic() - self._tally.killed_at)

    def _count(self, kept: Transcript) -> None:
        self._tally.lost += len(set(self._page.turns()) - set(kept.replies()))
        texts = {turn: reply.text for turn, reply in kept.replies().items()}
        self._tally.said_twice += count_said_twice(self._page.said("interviewer"), texts)


def count_said_twice(said: Sequence[str], replies: Mapping[int, str]) -> int:
    """Sentences that sounded more often than the replies have them, but for the one reply that follows ``PICK_UP``."""
    heard: Counter[str] = Counter()
    repeated: set[int] = set()
    twice = 0
    for sentence in said:
        if sentence == PICK_UP:
            repeated = set(replies)
            continue
        times = {turn: text.count(sentence) for turn, text in replies.items() if sentence in text}
        repeated &= set(times)
        if heard[sentence] < sum(times.values()):
            heard[sentence] += 1
        elif times and not repeated:
            twice += 1
    return twice


def _last_turn(kept: Transcript) -> int:
    return max(kept.replies(), default=-1)


def _is_ended(kept: Transcript) -> bool:
    return bool(kept.replies()) and kept.replies()[_last_turn(kept)].ended


def _is_answered(kept: Transcript) -> bool:
    return len(kept.replies()) > sum(isinstance(entry, UtteranceEntry) for entry in kept.entries)


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
