"""Many rooms in one process: what happens in one of them wakes no other."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from livekit import api
from livekit.rtc._ffi_client import FfiClient

from interviewlab.voice.livekit_line import RoomTicket
from tests.integration.livekit_stage import Candidate, livekit_server, settings_for, until
from tests.integration.test_livekit_security import token

pytestmark = pytest.mark.timeout(300)
WATCHED_S = 1.0


def takers(event: Any) -> int:
    """How many of those in this process that choose among events are woken by this one."""
    subscribers = FfiClient.instance.queue._subscribers
    return sum(is_for(event) for _, _, is_for in subscribers if is_for is not None)


async def test_an_event_of_one_room_wakes_no_other_room_and_no_stream_of_another(tmp_path: Path) -> None:
    with livekit_server() as server:
        settings = settings_for(server, tmp_path)
        async with api.LiveKitAPI(server.url, server.key, server.secret) as rooms:
            for room in ("one", "two"):
                await rooms.room.create_room(api.CreateRoomRequest(name=room))
        people = [(Candidate(), room, who) for room in ("one", "two") for who in ("ann", "bob")]
        for candidate, room, who in people:
            ticket = token(settings, room, identity=who)
            await candidate.enter(RoomTicket(url=server.url, token=ticket, room=room, identity=who))
        events: Any = FfiClient.instance.queue.subscribe()
        await until(lambda: "audio_stream_event" in {event.WhichOneof("message") for event in events._queue})
        await people[0][0].room.local_participant.set_attributes({"state": "there"})
        await asyncio.sleep(WATCHED_S)
        FfiClient.instance.queue.unsubscribe(events)
        woken: dict[str, set[int]] = {}
        for event in events._queue:
            woken.setdefault(event.WhichOneof("message"), set()).add(takers(event))
        for candidate, _, _ in people:
            await candidate.leave()
    assert max(woken["audio_stream_event"]) == 1
    assert max(woken["capture_audio_frame"]) == 0
    assert max(woken["room_event"]) == 1
