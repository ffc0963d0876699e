"""What the page is told in a room: captions as LiveKit's transcription streams, the state as the agent's attributes,
all else as data of our topic."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from uuid import uuid4

from livekit import rtc
from livekit.agents import types as names
from livekit.rtc.participant import PublishDataError

from interviewlab.voice.events import Caption, State, StateChange, VoiceEvent
from interviewlab.voice.livekit_job import CANDIDATE

CAPTIONS = "lk.transcription"
TOPIC = "interviewlab.event"
WHO = "interviewlab.who"
STATE = "interviewlab.state"
WAITING_EVENTS = 200
"""Events that wait at most for a room that is slow; the newest are lost."""
_AGENT_STATES: dict[State, str] = {
    "connecting": "initializing",
    "listening": "listening",
    "held": "listening",
    "thinking": "thinking",
    "speaking": "speaking",
    "paused": "idle",
    "ended": "idle",
}


class Telling:
    """Sends events to the candidate of one room, in order, from ``run``; they wait while ``audience`` is not set."""

    def __init__(self, room: rtc.Room) -> None:
        self._room = room
        self.audience = asyncio.Event()
        self._waiting: asyncio.Queue[VoiceEvent] = asyncio.Queue(WAITING_EVENTS)
        self._segment = {"candidate": uuid4().hex, "interviewer": uuid4().hex}

    def put(self, event: VoiceEvent) -> None:
        """Tell the page."""
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait(event)

    async def run(self) -> None:
        """Send what is put, until cancelled; what cannot be sent any more is dropped."""
        while True:
            event = await self._waiting.get()
            await self.audience.wait()
            with suppress(PublishDataError, rtc.StreamError):
                await self._send(event)
            self._waiting.task_done()

    async def flush(self) -> None:
        """Until all that was put is sent."""
        await self._waiting.join()

    async def _send(self, event: VoiceEvent) -> None:
        agent = self._room.local_participant
        if isinstance(event, Caption):
            await self._caption(event)
        elif isinstance(event, StateChange):
            state = {STATE: event.state, names.ATTRIBUTE_AGENT_STATE: _AGENT_STATES[event.state]}
            await agent.set_attributes(state)
        else:
            text = event.model_dump_json()
            await agent.publish_data(text, topic=TOPIC, destination_identities=[CANDIDATE])

    async def _caption(self, caption: Caption) -> None:
        """Pieces of one utterance share a segment, and each holds all of it so far."""
        attributes = {
            names.ATTRIBUTE_TRANSCRIPTION_SEGMENT_ID: self._segment[caption.who],
            names.ATTRIBUTE_TRANSCRIPTION_FINAL: "true" if caption.is_final else "false",
            WHO: caption.who,
        }
        if caption.is_final:
            self._segment[caption.who] = uuid4().hex
        await self._room.local_participant.send_text(
            caption.text, topic=CAPTIONS, attributes=attributes, destination_identities=[CANDIDATE]
        )
