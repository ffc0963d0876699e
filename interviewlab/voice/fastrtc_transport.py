"""Calls over WebRTC by FastRTC: it moves the frames, the engine does the talking.

A browser calls with a ticket as its ``webrtc_id``. The ticket is checked before the offer is answered, so that no frame
of a stranger is ever taken, and the interview is opened for the ticket's owner alone.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import numpy as np
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastrtc import AsyncStreamHandler, Stream
from fastrtc.utils import current_context
from pydantic import ValidationError
from starlette.requests import Request
from starlette.websockets import WebSocket

from interviewlab.bootstrap import open_interview
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.speech.audio import Ints
from interviewlab.voice.events import COMMANDS, Hold, SetPatience, StateChange, VoiceEvent, VoiceTrouble
from interviewlab.voice.frames import FRAME_S, OUT_RATE, Microphone
from interviewlab.voice.parts import SpeechParts
from interviewlab.voice.patience import LOST_S
from interviewlab.voice.session import VoiceSession
from interviewlab.voice.tickets import Grant, Tickets

MICROPHONE_RATE = 48_000
_LOG = logging.getLogger(__name__)


class VoiceLine:
    """All calls of one app: tickets, shared ears and mouth, and the stream they come in by."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tickets = Tickets()
        self.parts = SpeechParts(settings)
        self.grants: dict[str, Grant] = {}
        self.calls: set[_Call] = set()
        self._stream = _TicketStream(self)

    def mount(self, app: FastAPI) -> None:
        """Answer ``POST /webrtc/offer`` on this app."""
        self._stream.mount(app)

    def mint(self, interview_id: str, owner: str) -> str:
        """A ticket for one call. The caller has checked that the interview is this owner's."""
        return self.tickets.mint(Grant(interview_id, owner))

    @property
    def is_full(self) -> bool:
        """Whether no more calls are taken now."""
        return len(self._stream.pcs) >= self.settings.voice_calls

    async def aclose(self) -> None:
        """Hang up everyone and give up ears and mouth."""
        for connection in list(self._stream.pcs.values()):
            await connection.close()
        await asyncio.gather(*(call.shutdown() for call in list(self.calls)))
        await self.parts.aclose()


def ice_servers(settings: Settings) -> list[dict[str, str]]:
    """What both ends are told about TURN; empty: direct connections only."""
    if not settings.turn_url:
        return []
    credential = settings.turn_credential.get_secret_value()
    return [{"urls": settings.turn_url, "username": settings.turn_username, "credential": credential}]


class _TicketStream(Stream):
    """Answers an offer only for a ticket; FastRTC's other doors stay shut."""

    def __init__(self, line: VoiceLine) -> None:
        servers = {"iceServers": ice_servers(line.settings)}
        super().__init__(
            _Call(line),
            modality="audio",
            mode="send-receive",
            concurrency_limit=line.settings.voice_calls,
            time_limit=line.settings.voice_minutes * 60,
            rtc_configuration=servers,
            server_rtc_configuration=servers,
            verbose=False,
        )
        self._line = line

    def _generate_default_ui(self, ui_args: Any = None) -> Any:
        # The page is ours; FastRTC's own one cannot be built inside a running Gradio event.
        return SimpleNamespace(launch=None)

    async def handle_offer(self, body: dict[str, Any], set_outputs: Any) -> Any:
        """One ticket, one call; further ICE candidates need a call that stands."""
        ticket = str(body.get("webrtc_id"))
        if body.get("type") == "offer":
            if self._line.is_full:
                return _refuse("server_full")
            grant = self._line.tickets.redeem(ticket)
            if grant is None:
                return _refuse("bad_ticket")
            self._line.grants[ticket] = grant
        return await super().handle_offer(body, set_outputs)  # type: ignore[no-untyped-call]

    async def websocket_offer(self, websocket: WebSocket) -> None:
        """Not offered: it would take audio without a ticket."""
        await websocket.close(code=1008)

    async def telephone_handler(self, websocket: WebSocket) -> None:
        """Not offered."""
        await websocket.close(code=1008)

    async def handle_incoming_call(self, request: Request) -> JSONResponse:
        """Not offered."""
        return JSONResponse({"error": "not offered"}, status_code=404)

    def clean_up(self, webrtc_id: str) -> Any:
        """Forget a call, one that never began too."""
        self._line.grants.pop(webrtc_id, None)
        return super().clean_up(webrtc_id)


class _Call(AsyncStreamHandler):
    """One browser's call. FastRTC makes a copy for each connection."""

    def __init__(self, line: VoiceLine) -> None:
        super().__init__(expected_layout="mono", output_sample_rate=OUT_RATE, input_sample_rate=MICROPHONE_RATE)
        self._line = line
        self._session: VoiceSession | None = None
        self._stack = AsyncExitStack()
        self._beginning = asyncio.Lock()
        self._ending: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._due = 0.0

    def copy(self) -> _Call:
        """A fresh call."""
        return _Call(self._line)

    async def start_up(self) -> None:
        """The data channel is open: find out whose call it is and begin."""
        context = current_context.get()
        ticket = context.webrtc_id if context else ""
        grant = self._line.grants.pop(ticket, None)
        if grant is None:
            self._tell(VoiceTrouble(sentence="This call has no leave to speak. Start the voice again."))
            return
        self._tell(StateChange(state="connecting"))
        self._line.calls.add(self)
        try:
            async with self._beginning:
                if self._ending is None:
                    await self._begin(grant)
        except InterviewLabError as error:
            self._tell(VoiceTrouble(sentence=str(error)))
            await self.shutdown()

    async def _begin(self, grant: Grant) -> None:
        ears, mouth = await self._line.parts.get()
        interview = await self._stack.enter_async_context(
            open_interview(self._line.settings, grant.interview_id, owner=grant.owner)
        )
        session = VoiceSession(interview, ears, mouth, Microphone(MICROPHONE_RATE), self._tell)
        self._stack.push_async_callback(session.aclose)
        self._session = session
        channel: Any = self.channel  # FastRTC types it as something that can only send
        if channel is not None:
            channel.on("message", self._on_message)
        await session.start()
        self._watch = asyncio.create_task(self._hang_up_when_lost(session))

    async def receive(self, frame: tuple[int, Ints]) -> None:
        """A frame of the microphone; thrown away until the call has begun."""
        if self._session is not None:
            self._session.microphone.push(frame[1].reshape(-1))

    async def emit(self) -> tuple[int, Ints]:
        """The next frame of the voice, when it is due."""
        now = time.monotonic()
        # A loop that was held up for long begins a new beat instead of sending a burst.
        self._due = self._due + FRAME_S if now - self._due < 10 * FRAME_S else now
        await asyncio.sleep(max(0.0, self._due - now))
        if self._session is None:
            return OUT_RATE, np.zeros((1, round(OUT_RATE * FRAME_S)), np.int16)
        return OUT_RATE, self._session.voice.next_frame().reshape(1, -1)

    async def shutdown(self) -> None:
        """The call is over, however it ended; may be called twice."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    async def _end(self) -> None:
        async with self._beginning:
            self._session = None
            if self._watch is not None:
                self._watch.cancel()
            await self._stack.aclose()
        self._line.calls.discard(self)

    async def _hang_up_when_lost(self, session: VoiceSession) -> None:
        """A browser that vanished sends no goodbye."""
        while (left := session.microphone.last_at + LOST_S - time.monotonic()) > 0:  # noqa: ASYNC110 - no event a frame
            await asyncio.sleep(left)
        await self.shutdown()

    def _on_message(self, message: str | bytes) -> None:
        try:
            command = COMMANDS.validate_json(message)
        except ValidationError:
            return  # FastRTC's own handshake comes by the same channel
        if self._session is None:
            return
        match command:
            case Hold():
                self._session.hold(command.is_on)
            case SetPatience():
                self._session.set_patience(command.patience)

    def _tell(self, event: VoiceEvent) -> None:
        channel: Any = self.channel
        if channel is not None and channel.readyState == "open":
            channel.send(event.model_dump_json())


def _refuse(reason: str) -> JSONResponse:
    return JSONResponse({"status": "failed", "meta": {"error": reason}})
