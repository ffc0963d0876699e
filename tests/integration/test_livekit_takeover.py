"""Workers that die or are asked to stop, a server that starts anew: the interview goes on from its record."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from interviewlab.bench.guests import find_said_twice
from interviewlab.bootstrap import open_interview
from interviewlab.interview import Interview
from interviewlab.settings import Settings
from interviewlab.types import NoteEntry, Plan, UtteranceEntry
from interviewlab.voice.livekit_call import PICK_UP
from interviewlab.voice.livekit_line import LiveKitLine
from interviewlab.voice.livekit_room import FEW_ROOMS
from tests.integration.livekit_stage import Candidate, Worker, free_port, livekit_server, settings_for, until

pytestmark = pytest.mark.timeout(600)
PLAN = Plan(type="fundamentals", exercises=0, questions=4, seed=3, candidate="Jane Doe")
READY = "Yes, I am ready."
ANSWER = "I would measure first, because a guess costs a week."
HEARD_AGAIN_S = 10.0


@dataclass
class Scene:
    """A candidate in the room of ``first``, while ``second`` stands by."""

    interview: Interview
    candidate: Candidate
    first: Worker
    second: Worker

    async def heard_again(self, at: float) -> float:
        """Seconds from ``at`` until the second worker was heard."""
        await until(lambda: PICK_UP in self.candidate.said("interviewer"), 30)
        await until(lambda: self.candidate.first_sound_after(at + 1.0) is not None)
        return (self.candidate.first_sound_after(at + 1.0) or 0.0) - at


@asynccontextmanager
async def scene(settings: Settings) -> AsyncIterator[Scene]:
    workers = [Worker(settings), Worker(settings)]
    line, candidate = LiveKitLine(settings), Candidate()
    try:
        await asyncio.gather(*(worker.until_ready(300) for worker in workers))
        async with open_interview(settings, plan=PLAN) as interview:
            for worker in workers:  # the first answer must not stand still while patterns are compiled
                told = [line.split()[0] for line in worker.lines if line.startswith(("Making", "Registered"))]
                assert told == ["Making", "Registered"]
            await candidate.enter(await line.invite("local", interview.id))
            await until(lambda: candidate.turns() == [0] and candidate.is_sounding)
            workers.sort(key=lambda worker: not worker.has_said("Speaking 1 of"))
            yield Scene(interview, candidate, *workers)
    finally:
        await candidate.leave()
        await line.aclose()
        for worker in workers:
            worker.close()


async def test_worker_killed_in_mid_turn_is_taken_over_and_nothing_is_lost_or_said_twice(tmp_path: Path) -> None:
    with livekit_server() as server:
        async with scene(settings_for(server, tmp_path)) as it:
            await it.candidate.command(kind="say", text=READY)
            await until(lambda: it.candidate.turns() == [0, 1] and it.candidate.is_sounding)
            killed_at = time.monotonic()
            it.first.kill()
            took_s = await it.heard_again(killed_at)
            print(f"heard again {took_s:.1f} s after SIGKILL")
            assert took_s < HEARD_AGAIN_S
            replies = (await it.interview.transcript()).replies()
            said = it.candidate.said("interviewer")
            after = said[said.index(PICK_UP) + 1 :]
            await until(lambda: len(it.candidate.said("interviewer")) > len(said))
            assert not [line for line in after if line.startswith("Hi Jane")]
            await it.candidate.command(kind="say", text=ANSWER)
            await until(lambda: it.candidate.turns()[-1] == 2)
            transcript = await it.interview.transcript()
            said = it.candidate.said("interviewer")
    assert find_said_twice(said, {turn: reply.text for turn, reply in transcript.replies().items()}) == []
    utterances = [entry.text for entry in transcript.entries if isinstance(entry, UtteranceEntry)]
    assert utterances == [READY, ANSWER]
    assert sorted(transcript.replies()) == [0, 1, 2]
    assert {turn: reply.text for turn, reply in transcript.replies().items() if turn < 2} == {
        turn: reply.text for turn, reply in replies.items()
    }


async def test_worker_killed_before_it_answered_leaves_the_answer_to_the_next(tmp_path: Path) -> None:
    """Both have so many rooms that sound comes and goes in large pieces."""
    with livekit_server() as server:
        async with scene(settings_for(server, tmp_path, worker_rooms=FEW_ROOMS + 1)) as it:
            saying = asyncio.ensure_future(it.candidate.command(kind="say", text=READY))
            await asyncio.sleep(0.02)
            killed_at = time.monotonic()
            it.first.kill()
            saying.cancel()
            assert await it.heard_again(killed_at) < HEARD_AGAIN_S
            transcript = await it.interview.transcript()
    utterances = [entry.text for entry in transcript.entries if isinstance(entry, UtteranceEntry)]
    assert utterances in ([], [READY])
    assert sorted(transcript.replies()) == list(range(len(utterances) + 1))


async def test_worker_that_is_asked_to_stop_hands_its_calls_over_and_exits_well(tmp_path: Path) -> None:
    with livekit_server() as server:
        async with scene(settings_for(server, tmp_path, worker_drain_s=1.0)) as it:
            it.first.terminate()
            await until(lambda: PICK_UP in it.candidate.said("interviewer"), 30)
            await until(lambda: it.first.status is not None, 30)
            assert it.first.status == 0
            assert not [e for e in (await it.interview.transcript()).entries if isinstance(e, NoteEntry) and e.turn > 0]


async def test_after_a_restart_of_the_server_the_same_worker_is_heard_again(tmp_path: Path) -> None:
    port, secret = free_port(), "0123456789abcdef" * 2
    with livekit_server(port, secret) as server:
        settings = settings_for(server, tmp_path)
        worker, line, candidate = Worker(settings), LiveKitLine(settings), Candidate()
        await worker.until_ready(300)
        async with open_interview(settings, plan=PLAN) as interview:
            await candidate.enter(await line.invite("local", interview.id))
            await until(lambda: candidate.turns() == [0])
            server.process.kill()
            await asyncio.sleep(3.0)
            with livekit_server(port, secret):
                at = time.monotonic()
                await until(lambda: (sound := candidate.first_sound_after(at)) and sound > at, 90)
                assert worker.status is None
                await candidate.leave()
                await line.aclose()
                worker.close()
                assert sorted((await interview.transcript()).replies()) == [0]
