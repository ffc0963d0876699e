"""A candidate without a page: what a browser does in a room, by LiveKit's Python client. For benches and tests."""

from __future__ import annotations

import asyncio
import json
import time
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

import numpy as np
from livekit import rtc

from interviewlab.speech.audio import EARS_RATE, Floats, Ints, to_int16
from interviewlab.voice.livekit_commands import METHOD
from interviewlab.voice.livekit_events import QuietAudioStream, QuietRoom
from interviewlab.voice.livekit_line import RoomTicket
from interviewlab.voice.livekit_telling import CAPTIONS, STATE, TOPIC, WHO

LOUD = 300
"""A sample of 16 bits that is louder is a voice, not the noise of a codec."""
QUIET_S = 0.3
HEARD_MS = 100
"""So much sound is looked at together, and so precise is the time of a first sound: each look costs more than the
sound in it."""
CommandFailed = rtc.RpcError
"""The agent refused a command, or is not there."""
EntryFailed = rtc.ConnectError
"""The server let nobody in, or was too late."""
_FRAME_S = 0.1
_FRAME = round(EARS_RATE * _FRAME_S)
_AHEAD_MS = 300
_SMALLEST = EARS_RATE // 100
"""A source without a queue takes 10 ms at a time; a packet has ``_A_PACKET`` of them."""
_A_PACKET = 2
_SILENT_S = 0.4
"""Between two packets of silence, as Opus has it."""


class HeadlessCandidate:
    """A microphone, an ear, captions, states, events and commands; everything that came is kept.

    ``is_silent``: nobody will speak into the microphone; of its silence a packet is sent now and then, as by a page.
    """

    def __init__(self, is_silent: bool = False) -> None:
        self.room = QuietRoom()
        self.captions: list[tuple[str, str, bool]] = []
        """Who, what, and whether for good."""
        self.states: list[str] = []
        self.events: list[dict[str, Any]] = []
        """Turns, latencies and troubles, as ``interviewlab.voice.events`` names them."""
        self.heard: list[float] = []
        """When the voice was heard, by the monotonic clock, in order."""
        self._is_silent = is_silent
        # With a queue LiveKit's source makes silence of its own, and has it encoded, a hundred times a second.
        self._source = rtc.AudioSource(EARS_RATE, 1, queue_size_ms=0 if is_silent else _AHEAD_MS)
        self._saying: list[Ints] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.room.on("track_subscribed", lambda track, *_: self._spawn(self._listen(track)))
        self.room.on("participant_attributes_changed", self._on_attributes)
        self.room.on("data_received", self._on_data)
        self.room.register_text_stream_handler(CAPTIONS, lambda reader, who: self._spawn(self._read(reader)))

    async def enter(self, ticket: RoomTicket, has_microphone: bool = True) -> None:
        """Come in; with a microphone, it is silent until ``say``. Who is stopped on the way in is not left there."""
        await self.room.connect(ticket.url, ticket.token)
        try:
            await self._settle(has_microphone)
        except BaseException:
            await self.leave()
            raise

    async def _settle(self, has_microphone: bool) -> None:
        for participant in self.room.remote_participants.values():
            if state := participant.attributes.get(STATE):
                self.states.append(state)
        if has_microphone:
            await self.publish()
            self._spawn(self._be_silent() if self._is_silent else self._speak())

    async def publish(self) -> rtc.LocalTrackPublication:
        """Put the microphone into the room."""
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        # Of a silent microphone no more is made than DTX would send; that DTX leaves out more of it is not wanted.
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=not self._is_silent)
        return await self.room.local_participant.publish_track(track, options)

    async def leave(self) -> None:
        """Go, for good."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.room.leave()
        await self._source.aclose()

    def say(self, audio: Floats) -> None:
        """Speak from now on."""
        samples = to_int16(audio)
        whole = np.pad(samples, (0, -samples.size % _FRAME))
        self._saying += np.split(whole, whole.size // _FRAME)

    @property
    def agent(self) -> str:
        """Who speaks there; empty where nobody does."""
        kind = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        people = self.room.remote_participants.values()
        return next((each.identity for each in people if each.kind == kind), "")

    async def command(self, **command: Any) -> str:
        """One of ``events.COMMANDS``. Raises CommandFailed."""
        return await self.call(json.dumps(command))

    async def call(self, payload: str, method: str = METHOD) -> str:
        """As ``command``, for whatever payload."""
        agent = self.room.local_participant
        return await agent.perform_rpc(destination_identity=self.agent, method=method, payload=payload)

    def turns(self) -> list[int]:
        """The turns that were told of."""
        return [event["turn"] for event in self.events if event["kind"] == "turn"]

    def said(self, who: str) -> list[str]:
        """What was said for good."""
        return [text for speaker, text, is_final in self.captions if speaker == who and is_final]

    def first_sound_after(self, at: float) -> float | None:
        """When the voice was first heard after ``at``."""
        place = bisect_right(self.heard, at)
        return self.heard[place] if place < len(self.heard) else None

    @property
    def is_sounding(self) -> bool:
        """Whether the voice was heard in the last ``QUIET_S``."""
        return bool(self.heard) and self.heard[-1] > time.monotonic() - QUIET_S

    def _spawn(self, work: Any) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    async def _listen(self, track: rtc.Track) -> None:
        stream = QuietAudioStream(track, sample_rate=24_000, num_channels=1, frame_size_ms=HEARD_MS)
        try:
            async for event in stream:
                if np.abs(np.frombuffer(event.frame.data, np.int16)).max() > LOUD:
                    self.heard.append(time.monotonic())
        finally:
            await stream.aclose()

    async def _be_silent(self) -> None:
        """A packet now and then: before the first one the server shows the microphone to nobody."""
        silence = rtc.AudioFrame(bytes(2 * _SMALLEST), EARS_RATE, 1, _SMALLEST)
        while True:
            for _ in range(_A_PACKET):
                await self._source.capture_frame(silence)
            await asyncio.sleep(_SILENT_S)

    async def _speak(self) -> None:
        """At the pace of the clock, a frame before it, as the agent speaks."""
        silence, due, is_sounding = np.zeros(_FRAME, np.int16), 0.0, True
        while True:
            due = max(due, time.monotonic() - _FRAME_S) + _FRAME_S
            samples = self._saying.pop(0) if self._saying else None
            if samples is not None or is_sounding:  # of silence LiveKit's source makes its own, for less
                sound = silence if samples is None else samples
                await self._source.capture_frame(rtc.AudioFrame(sound.tobytes(), EARS_RATE, 1, _FRAME))
            is_sounding = samples is not None
            await asyncio.sleep(due - time.monotonic())

    async def _read(self, reader: rtc.TextStreamReader) -> None:
        attributes = reader.info.attributes or {}
        try:
            text = await reader.read_all()
        except rtc.StreamError:
            return  # the worker died in the middle of a caption
        self.captions.append((attributes[WHO], text, attributes["lk.transcription_final"] == "true"))

    def _on_attributes(self, changed: dict[str, str], who: rtc.Participant) -> None:
        if STATE in changed:
            self.states.append(changed[STATE])

    def _on_data(self, packet: rtc.DataPacket) -> None:
        if packet.topic == TOPIC:
            self.events.append(json.loads(packet.data))


async def until(is_so: Callable[[], object], within_s: float = 20.0, every_s: float = 0.02) -> None:
    """Wait until ``is_so()``, asked ``every_s``; raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not is_so():  # noqa: ASYNC110 - many things are waited for
            await asyncio.sleep(every_s)
