"""Many rooms in one process: what happens in one of them wakes no other, and silence costs nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from livekit import api
from livekit.rtc._ffi_client import FfiClient

from interviewlab.settings import Settings
from interviewlab.speech.audio import Ints
from interviewlab.voice.events import Command
from interviewlab.voice.frames import FRAME_SAMPLES, HUSH
from interviewlab.voice.livekit_events import is_answer
from interviewlab.voice.livekit_line import RoomTicket
from interviewlab.voice.livekit_room import SILENT_S, InterviewRoom
from tests.integration.livekit_stage import Candidate, livekit_server, settings_for, until
from tests.integration.test_livekit_security import token

pytestmark = pytest.mark.timeout(300)
WATCHED_S = 1.0
GIVEN_UP_S = 18.0


@asynccontextmanager
async def rooms(folder: Path, *names: str) -> AsyncIterator[Settings]:
    """A server with these rooms."""
    with livekit_server() as server:
        async with api.LiveKitAPI(server.url, server.key, server.secret) as asked:
            for name in names:
                await asked.room.create_room(api.CreateRoomRequest(name=name))
        yield settings_for(server, folder)


async def enter(settings: Settings, room: str, who: str, is_silent: bool = False) -> Candidate:
    candidate = Candidate(is_silent)
    await candidate.enter(ticket_for(settings, room, who))
    return candidate


def ticket_for(settings: Settings, room: str, who: str) -> RoomTicket:
    return RoomTicket(url=settings.livekit_url, token=token(settings, room, identity=who), room=room, identity=who)


@asynccontextmanager
async def all_events() -> AsyncIterator[Any]:
    """What LiveKit's client tells this process; more is put in as it comes."""
    events: Any = FfiClient.instance.queue.subscribe(filter_fn=_everything)
    yield events._queue
    FfiClient.instance.queue.unsubscribe(events)


def _everything(event: Any) -> bool:
    return True


def takers(event: Any) -> int:
    """How many rooms and streams of this process are woken by this event."""
    choosers = [is_for for _, _, is_for in FfiClient.instance.queue._subscribers]
    return sum(is_for(event) for is_for in choosers if is_for not in (None, is_answer, _everything))


async def test_an_event_of_one_room_wakes_no_other_room_and_no_stream_of_another(tmp_path: Path) -> None:
    woken: dict[str, set[int]] = {}
    async with rooms(tmp_path, "one", "two") as settings:
        people = [await enter(settings, room, who) for room in ("one", "two") for who in ("ann", "bob")]
        async with all_events() as events:
            await until(lambda: "audio_stream_event" in {event.WhichOneof("message") for event in events})
            people[0].say(np.full(16_000, 0.5, np.float32))
            await people[0].room.local_participant.set_attributes({"state": "there"})
            await asyncio.sleep(WATCHED_S)
        for event in events:
            woken.setdefault(event.WhichOneof("message"), set()).add(takers(event))
        for candidate in people:
            await candidate.leave()
    assert max(woken["audio_stream_event"]) == 1
    assert max(woken["capture_audio_frame"]) == 0
    assert max(woken["room_event"]) == 1


async def test_an_interviewer_hands_no_silence_over_and_is_heard_when_it_speaks(tmp_path: Path) -> None:
    sound = np.zeros(FRAME_SAMPLES, np.int16)

    def hear(samples: Ints) -> None:
        pass

    async def obey(command: Command) -> None:
        pass

    async with rooms(tmp_path, "one") as settings:
        interviewer = InterviewRoom(hear, sound.copy, obey)
        await interviewer.join(settings.livekit_url, token(settings, "one", identity="interviewer"))
        candidate = await enter(settings, "one", "candidate")
        await until(lambda: interviewer.speaker is not None)
        await asyncio.sleep(2 * SILENT_S)
        async with all_events() as events:
            await asyncio.sleep(WATCHED_S)
            in_silence = [event.WhichOneof("message") for event in events]
            sound += np.resize(np.array([8000, -8000], np.int16).repeat(20), FRAME_SAMPLES)
            await until(lambda: candidate.is_sounding)
        await interviewer.leave()
        await candidate.leave()
    assert "capture_audio_frame" not in in_silence
    assert "audio_stream_event" in in_silence


async def test_a_silent_candidate_is_there_for_the_interviewer_and_sends_hardly_anything(tmp_path: Path) -> None:
    heard: list[Ints] = []

    async def obey(command: Command) -> None:
        pass

    async with rooms(tmp_path, "one") as settings:
        interviewer = InterviewRoom(heard.append, np.zeros(FRAME_SAMPLES, np.int16).copy, obey)
        await interviewer.join(settings.livekit_url, token(settings, "one", identity="interviewer"))
        candidate = await enter(settings, "one", "candidate", is_silent=True)
        await until(lambda: interviewer.speaker is not None and len(heard) > 0)
        await asyncio.sleep(2 * SILENT_S)
        async with all_events() as events:
            await asyncio.sleep(WATCHED_S)
            kinds = [event.WhichOneof("message") for event in events]
        await interviewer.leave()
        await candidate.leave()
    assert 0 < kinds.count("capture_audio_frame") <= 8
    assert max(np.abs(samples).max() for samples in heard) <= HUSH


async def test_who_waits_for_one_answer_is_not_woken_by_what_happens_meanwhile(tmp_path: Path) -> None:
    async with rooms(tmp_path, "one") as settings:
        people = [await enter(settings, "one", who) for who in ("ann", "bob")]
        asking: Any = FfiClient.instance.queue.subscribe()
        async with all_events() as events:
            await until(lambda: "audio_stream_event" in {event.WhichOneof("message") for event in events})
            await people[0].room.local_participant.set_attributes({"state": "there"})
        woken = {event.WhichOneof("message") for event in asking._queue}
        FfiClient.instance.queue.unsubscribe(asking)
        for candidate in people:
            await candidate.leave()
    assert "set_local_attributes" in woken
    assert not woken & {"audio_stream_event", "room_event"}


@pytest.mark.parametrize("is_inside", [False, True], ids=["at the door", "inside, before the microphone is there"])
async def test_who_gives_up_entering_a_room_leaves_nobody_there_and_the_process_lives_on(
    tmp_path: Path, is_inside: bool
) -> None:
    """LiveKit's client asks its process to end where nobody says within 15 s that a room is taken care of."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    try:
        async with rooms(tmp_path, "one") as settings:
            candidate = Candidate()
            entering = asyncio.create_task(candidate.enter(ticket_for(settings, "one", "ann")))
            await until(candidate.room.isconnected, every_s=0) if is_inside else await asyncio.sleep(0.01)
            entering.cancel()
            await asyncio.wait([entering])
            await asyncio.sleep(GIVEN_UP_S)
            secret = settings.livekit_secret.get_secret_value()
            async with api.LiveKitAPI(settings.livekit_url, settings.livekit_key, secret) as asked:
                there = await asked.room.list_participants(api.ListParticipantsRequest(room="one"))
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
    assert entering.cancelled()
    assert not there.participants
    assert not ended.is_set()
