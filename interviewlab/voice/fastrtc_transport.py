"""Calls over WebRTC by FastRTC: it moves the frames, the engine does the talking.

A browser calls with a ticket as its ``webrtc_id``. The ticket is checked before the offer is answered, so that no frame
of a stranger is ever taken, and the interview is opened for the ticket's owner alone. While the two ends still look for
a way to each other the greeting is made ready.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import numpy as np
from aiortc import RTCPeerConnection
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastrtc import AsyncStreamHandler, Stream
from fastrtc.stream import Body
from pydantic import ValidationError
from starlette.requests import Request
from starlette.websockets import WebSocket

from interviewlab.bootstrap import open_interview
from interviewlab.ports import ChatModel
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Ints
from interviewlab.voice.breathing import Breathing
from interviewlab.voice.echo import EchoCanceller
from interviewlab.voice.events import COMMANDS, Command, StateChange, VoiceEvent, VoiceTrouble
from interviewlab.voice.frames import FRAME_S, FRAME_SAMPLES, OUT_RATE, Microphone
from interviewlab.voice.obeying import obey
from interviewlab.voice.packets import Said, connect
from interviewlab.voice.parts import SpeechParts
from interviewlab.voice.patience import LOST_S, OVERTIME_S
from interviewlab.voice.push_to_talk import PushToTalk
from interviewlab.voice.recording import Recorder, begin_recording
from interviewlab.voice.session import VoiceSession
from interviewlab.voice.tickets import Grant, Tickets
from interviewlab.voice.trouble import sentence_of, time_is_over

ELSEWHERE = "The talk goes on in another window."
RECORDED_RATE = 48_000
"""Of the microphone where the call is recorded; else it is that of the ears."""
HELD_UP_S = 0.2
"""A loop that was held up for so long begins a new beat instead of sending a burst."""
_SILENCE = np.zeros(FRAME_SAMPLES, np.int16)
_LOG = logging.getLogger(__name__)


class VoiceLine:
    """All calls of one app: tickets, shared ears and mouth, and the stream they come in by."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tickets = Tickets()
        self.parts = SpeechParts(settings)
        self.calls: set[_Call] = set()
        self._running: set[asyncio.Task[None]] = set()
        self.push_to_talk = PushToTalk(self)
        self._stream = _TicketStream(self)

    def mount(self, app: FastAPI) -> None:
        """Answer ``POST /webrtc/offer`` and the doors of push-to-talk on this app."""
        self._stream.mount(app)
        self.push_to_talk.mount(app)

    def mint(self, interview_id: str, owner: str, is_recorded: bool = False, model: ChatModel | None = None) -> str:
        """A ticket for one call. The caller has checked that the interview is this owner's."""
        return self.tickets.mint(Grant(interview_id, owner, is_recorded, model))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something for a call without waiting for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    @property
    def is_full(self) -> bool:
        """Whether no more calls are taken now."""
        return len(self._stream.pcs) >= self.settings.voice_calls

    async def aclose(self) -> None:
        """Hang up everyone and give up ears and mouth."""
        for connection in list(self._stream.pcs.values()):
            await connection.close()
        await asyncio.gather(*(call.shutdown() for call in list(self.calls)))
        await self.push_to_talk.aclose()
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
            time_limit=line.settings.voice_minutes * 60 + OVERTIME_S,
            rtc_configuration=servers,
            server_rtc_configuration=servers,
            verbose=False,
        )
        self._line = line

    def _generate_default_ui(self, ui_args: Any = None) -> Any:
        # The page is ours; FastRTC's own one cannot be built inside a running Gradio event.
        return SimpleNamespace(launch=None)

    async def offer(self, body: Body, request: Request) -> Any:  # type: ignore[override]
        """One ticket, one call, for its owner alone; further ICE candidates need a call that stands."""
        told, set_outputs = body.model_dump(), self.set_additional_outputs(body.webrtc_id)
        if body.type == "ice-candidate":
            return await self.handle_offer(told, set_outputs)  # type: ignore[no-untyped-call]
        if body.type != "offer":
            return _refuse("bad_offer")  # FastRTC would take it for one
        if self._line.is_full:
            return _refuse("server_full")
        grant = self._line.tickets.redeem(body.webrtc_id, request.scope)
        if grant is None:
            return _refuse("bad_ticket")
        return await self._take_call(body.webrtc_id, grant, told, set_outputs)

    async def _take_call(self, ticket: str, grant: Grant, body: dict[str, Any], set_outputs: Any) -> Any:
        answer = asyncio.ensure_future(self.handle_offer(body, set_outputs))  # type: ignore[no-untyped-call]
        await asyncio.sleep(0)  # by then FastRTC has made the call's handler
        call = self.handlers.get(ticket)
        if isinstance(call, _Call):
            call.prepare(grant)
        try:
            answered = await answer
        except Exception as error:  # noqa: BLE001 - aiortc's parser raises whatever a bad description makes it
            _LOG.warning("an offer could not be answered: %s", type(error).__name__)
            await self._give_up(ticket)
            return _refuse("bad_offer")
        if isinstance(call, _Call) and (connection := self.pcs.get(ticket)) is not None:
            call.connect(connection)
        return answered

    async def _give_up(self, ticket: str) -> None:
        """Free the place of a call that cannot come about."""
        connection = self.pcs.get(ticket)
        self.clean_up(ticket)
        if connection is not None:
            await connection.close()

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
        call = self.handlers.get(webrtc_id)
        if isinstance(call, _Call):
            self._line.spawn(call.shutdown())
        return super().clean_up(webrtc_id)


class _Call(AsyncStreamHandler):
    """One browser's call. FastRTC makes a copy for each connection."""

    def __init__(self, line: VoiceLine) -> None:
        super().__init__(expected_layout="mono", output_sample_rate=OUT_RATE, input_sample_rate=EARS_RATE)
        self._line = line
        self._session: VoiceSession | None = None
        self._has_begun = asyncio.Event()
        """Or will not."""
        self._is_silent = asyncio.Event()
        """Nothing is heard or said any more."""
        self._stack = AsyncExitStack()
        self._beginning = asyncio.Lock()
        self._ready: asyncio.Task[VoiceSession | None] | None = None
        self._grant: Grant | None = None
        self._connection: RTCPeerConnection | None = None
        self._ending: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._recorder: Recorder | None = None
        self._due, self._at = 0.0, 0
        self._is_led = False
        self._breathing = Breathing()
        self.said: asyncio.Queue[Said] = asyncio.Queue()
        """Frames of the voice on their way to the browser."""
        self._canceller: EchoCanceller | None = None
        self._untold: list[VoiceEvent] = []

    def copy(self) -> _Call:
        """A fresh call."""
        return _Call(self._line)

    def prepare(self, grant: Grant) -> None:
        """Open the interview and make its first words ready; the call may not stand yet. Older calls of the interview
        end first, or one answer would be taken twice."""
        older = [call for call in self._line.calls if call.is_of(grant)]
        self._line.calls.add(self)
        self._grant = grant
        if grant.is_recorded:
            self.input_sample_rate = RECORDED_RATE
        self._ready = asyncio.create_task(self._prepare(grant, older))

    def is_of(self, grant: Grant) -> bool:
        """Whether this is a call of the same interview."""
        mine = self._grant
        return mine is not None and (mine.interview_id, mine.owner) == (grant.interview_id, grant.owner)

    async def give_way(self) -> None:
        """Another window has called: end this call, and wait until its last turn is recorded."""
        self._tell(VoiceTrouble(sentence=ELSEWHERE))
        self._line.spawn(self.shutdown())
        await self._is_silent.wait()

    async def start_up(self) -> None:
        """The data channel is open: begin."""
        untold, self._untold = self._untold, []
        for event in (StateChange(state="connecting"), *untold):
            self._tell(event)
        if self._ready is None:
            self._tell(VoiceTrouble(sentence="This call has no leave to speak. Start the voice again."))
            return
        channel: Any = self.channel  # FastRTC types it as something that can only send
        if channel is not None:
            channel.on("message", self._on_message)
        try:
            await self._begin(await self._ready)
        except Exception as error:  # noqa: BLE001 - else the page would wait for ever
            self._tell(VoiceTrouble(sentence=sentence_of(error)))
            await self.shutdown()
            self._tell(StateChange(state="ended"))

    async def _prepare(self, grant: Grant, older: list[_Call]) -> VoiceSession | None:
        async with self._beginning:
            await asyncio.gather(*(call.give_way() for call in older), return_exceptions=True)
            if self._ending is not None:
                return None
            ears, mouth = await self._line.parts.get()
            interview = await self._stack.enter_async_context(
                open_interview(self._line.settings, grant.interview_id, owner=grant.owner, model=grant.model)
            )
            self._stack.callback(self._is_silent.set)
            self._canceller = EchoCanceller()
            microphone = Microphone(self.input_sample_rate, clean=self._canceller.cleaned)
            session = VoiceSession(interview, ears, mouth, microphone, self._tell, hang_up=self._hang_up)
            self._stack.push_async_callback(session.aclose)
            await session.prepare()
            return session

    async def _begin(self, session: VoiceSession | None) -> None:
        async with self._beginning:
            if self._ending is not None or session is None:
                return
            if self._grant is not None and self._grant.is_recorded:
                folder = self._line.settings.recordings_dir
                self._recorder = await begin_recording(folder, self._grant.interview_id, self._tell, self._stack)
            self._session = session
            session.microphone.last_at = time.monotonic()
            await session.start()
            self._has_begun.set()
            longest_s = self._line.settings.voice_minutes * 60
            self._stack.callback(asyncio.get_running_loop().call_later(longest_s, self._on_time_over).cancel)
            self._watch = asyncio.create_task(self._hang_up_when_lost(session))

    def connect(self, connection: RTCPeerConnection) -> None:
        """Before the connection stands."""
        self._connection = connection
        self._is_led = connect(connection, self.input_sample_rate, self._hear, self.said)

    async def receive(self, frame: tuple[int, Ints]) -> None:
        """A frame of the microphone by FastRTC, where it cannot come past it."""
        if not self._is_led:
            self._hear(frame[1].reshape(-1))

    def _hear(self, samples: Ints) -> None:
        """The next of the microphone; thrown away until the call has begun."""
        if self._session is not None:
            self._session.microphone.push(samples)
            if self._recorder is not None:
                self._recorder.candidate(samples, self.input_sample_rate)

    async def emit(self) -> None:
        """When it is due, the next frame of the voice goes to what is ``said``; FastRTC is given nothing to send."""
        now = time.monotonic()
        due = self._due + FRAME_S if self._due else now
        if now - due >= HELD_UP_S:
            self._at += round((now - due) / FRAME_S) * FRAME_SAMPLES
            due = now
        self._due = due
        await asyncio.sleep(max(0.0, due - now))
        samples = _SILENCE if self._session is None else self._session.voice.next_frame()
        if self._canceller is not None:
            self._canceller.played(samples)
        if self._recorder is not None:
            self._recorder.interviewer(samples, OUT_RATE)
        if not self._breathing.leaves_out(samples):
            self.said.put_nowait((self._at, samples))
        self._at += FRAME_SAMPLES

    async def shutdown(self) -> None:
        """The call is over, however it ended; may be called twice."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    async def _end(self) -> None:
        try:
            async with self._beginning:
                self._session = None
                self._has_begun.set()
                if self._watch is not None:
                    self._watch.cancel()
                await self._stack.aclose()
            if self._ready is not None:
                # Why it could not be opened is told by who begins; a call that ended before has nobody to tell.
                await asyncio.gather(self._ready, return_exceptions=True)
        finally:
            self._is_silent.set()
            self._line.calls.discard(self)
            # FastRTC keeps a call until its longest time is over.
            self._ready = self._watch = self._grant = self._recorder = self._canceller = self._connection = None

    async def _hang_up_when_lost(self, session: VoiceSession) -> None:
        """A browser that vanished sends no goodbye."""
        while (left := session.microphone.last_at + LOST_S - time.monotonic()) > 0:  # noqa: ASYNC110 - no event a frame
            await asyncio.sleep(left)
        self._line.spawn(self._cut_off())

    async def _cut_off(self) -> None:
        """End the call without a word: a page whose line is back calls again, which after a goodbye it would not."""
        if self._connection is not None:
            await self._connection.close()
        await self.shutdown()

    def _on_time_over(self) -> None:
        self._tell(VoiceTrouble(sentence=time_is_over(self._line.settings.voice_minutes)))
        self._hang_up()

    def _on_message(self, message: str | bytes) -> None:
        try:
            command = COMMANDS.validate_json(message)
        except ValidationError:
            return  # FastRTC's own handshake comes by the same channel
        self._line.spawn(self._obey(command))

    async def _obey(self, command: Command) -> None:
        """What comes before the call has begun waits: what was typed must not be lost."""
        await self._has_begun.wait()
        if self._session is not None:
            await obey(self._session, command)

    def _hang_up(self) -> None:
        self._line.spawn(self.shutdown())

    def _tell(self, event: VoiceEvent) -> None:
        channel: Any = self.channel
        if channel is None:
            self._untold.append(event)  # the call does not stand yet
        elif channel.readyState == "open":
            channel.send(event.model_dump_json())


def _refuse(reason: str) -> JSONResponse:
    return JSONResponse({"status": "failed", "meta": {"error": reason}})
