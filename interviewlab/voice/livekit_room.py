"""The agent's side of one LiveKit room: it hears one candidate's microphone and speaks by one track.

Tracks are subscribed one by one, so that streams of nobody else, or too many of the candidate's own, are never
received; data streams are capped, and no topic is listened to.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from livekit import rtc

from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.speech.audio import EARS_RATE, Ints
from interviewlab.voice.events import Command
from interviewlab.voice.frames import OUT_RATE
from interviewlab.voice.livekit_commands import LONGEST_BYTES, METHOD, REFUSED, CommandGate
from interviewlab.voice.livekit_events import QuietAudioStream, QuietRoom
from interviewlab.voice.livekit_job import CANDIDATE, RECORDED
from interviewlab.voice.livekit_redaction import redact

RECORDED_RATE = 48_000
"""Of the microphone in a call that is recorded; else it comes at the ears' own rate, and is not resampled twice."""
AHEAD_S = 0.04
"""Sound that waits in LiveKit's own queue: turns of the event loop that are no later are not heard, and a reply begins
so much later."""
_QUEUE_MS = 240
HEARD_S = 3.0
"""A candidate who has not begun to receive our track by then is spoken to all the same."""
SILENT_S = 0.5
"""After so much silence none is handed over: LiveKit's source makes its own, for less."""
PIECE_MS = 20
"""Of sound in one piece, as it comes over the line."""
LARGE_HEARD_MS, LARGE_SPOKEN_MS = 60, 80
"""In a worker of more than ``FEW_ROOMS``, where the number of pieces is what sound costs. Words are heard so much later
at most, and so much later at most falls a voice silent that is cut short."""
FEW_ROOMS = 8
WAITING_FRAMES = 25
Hear = Callable[[Ints], None]
Sound = Callable[[], Ints]
Obey = Callable[[Command], Awaitable[None]]


@dataclass(frozen=True)
class Speaker:
    """A candidate whose microphone is heard; another ``sid`` each time they come back."""

    sid: str
    is_recorded: bool
    """They agreed that this call is kept as sound."""

    @property
    def rate(self) -> int:
        """At which their microphone is heard, in Hz."""
        return RECORDED_RATE if self.is_recorded else EARS_RATE


class InterviewRoom:
    """Joined by ``join``, left by ``leave``. ``hear`` gets the samples of the ``speaker`` at the rate of that one,
    ``sound`` gives 20 ms of voice at ``OUT_RATE``, ``obey`` does what the page asks; ``rooms`` as this one the process
    may have.
    """

    def __init__(self, hear: Hear, sound: Sound, obey: Obey, rooms: int = 1) -> None:
        are_few = rooms <= FEW_ROOMS
        self._heard_ms, self._spoken_ms = (PIECE_MS, PIECE_MS) if are_few else (LARGE_HEARD_MS, LARGE_SPOKEN_MS)
        self.room = QuietRoom()
        self.speaker: Speaker | None = None
        self.is_closed = False
        self._hear, self._sound, self._obey = hear, sound, obey
        self._gate = CommandGate()
        self._changed = asyncio.Event()
        self._microphone: str | None = None
        self._listening: asyncio.Task[None] | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._source = rtc.AudioSource(OUT_RATE, 1, queue_size_ms=_QUEUE_MS)
        self._track: rtc.LocalTrackPublication | None = None
        self.room.on("track_published", self._on_published)
        self.room.on("track_subscribed", self._on_subscribed)
        self.room.on("track_unpublished", self._on_unpublished)
        self.room.on("participant_disconnected", self._on_left)
        self.room.on("disconnected", self._on_closed)

    async def join(self, url: str, token: str) -> None:
        """Enter, and be ready to hear and to speak. Raises InterviewLabError without the token in it."""
        options = rtc.RoomOptions(auto_subscribe=False, data_stream=rtc.DataStreamOptions(LONGEST_BYTES))
        try:
            await self.room.connect(url, token, options)
        except rtc.ConnectError as error:
            raise InterviewLabError(f"The room cannot be entered: {redact(error.message)}.", "Try again.") from None
        self.room.local_participant.register_rpc_method(METHOD, self._on_call)
        self._find_microphone()
        track = rtc.LocalAudioTrack.create_audio_track("voice", self._source)
        options_of_voice = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=True)
        self._track = await self.room.local_participant.publish_track(track, options_of_voice)
        self._speaking = asyncio.create_task(self._speak())

    async def leave(self) -> None:
        """Be gone; may be called twice."""
        for task in (self._listening, self._speaking):
            if task is not None:
                task.cancel()
        self._on_closed()
        await self.room.leave()
        await self._source.aclose()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until ``is_so()``, asked after everything that happens here and after ``wake``."""
        while not is_so():
            self._changed.clear()
            await self._changed.wait()

    def wake(self) -> None:
        """Something changed that ``until`` may wait for."""
        self._changed.set()

    async def is_heard(self) -> None:
        """Until the candidate receives our voice, or for ``HEARD_S``."""
        if self._track is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._track.wait_for_subscription(), HEARD_S)

    # ---- the candidate's microphone

    def _find_microphone(self) -> None:
        for participant in self.room.remote_participants.values():
            for publication in participant.track_publications.values():
                self._on_published(publication, participant)

    def _on_published(self, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant) -> None:
        is_microphone = publication.source == rtc.TrackSource.SOURCE_MICROPHONE
        if participant.identity == CANDIDATE and is_microphone and self._microphone is None:
            self._microphone = publication.sid
            publication.set_subscribed(True)

    def _on_subscribed(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if publication.sid != self._microphone:
            return
        if self._listening is not None:
            self._listening.cancel()
        self.speaker = Speaker(participant.sid, participant.attributes.get(RECORDED) == "true")
        self._listening = asyncio.create_task(self._listen(track, self.speaker.rate))
        self.wake()

    def _on_unpublished(self, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant) -> None:
        """A device was changed or a stream ended: the next one that is there counts."""
        if publication.sid == self._microphone:
            self._microphone = None
            self._find_microphone()

    def _on_left(self, participant: rtc.RemoteParticipant) -> None:
        is_speaker = self.speaker is None or self.speaker.sid == participant.sid
        if participant.identity == CANDIDATE and is_speaker:
            self.speaker = self._microphone = None
            self._find_microphone()
            self.wake()

    def _on_closed(self, *_: object) -> None:
        self.is_closed = True
        self.wake()

    async def _listen(self, track: rtc.Track, rate: int) -> None:
        stream = QuietAudioStream(
            track,
            capacity=WAITING_FRAMES,
            sample_rate=rate,
            num_channels=1,
            frame_size_ms=self._heard_ms,
        )
        try:
            async for event in stream:
                self._hear(np.frombuffer(event.frame.data, np.int16))
        finally:
            await stream.aclose()

    async def _speak(self) -> None:
        """At the pace of the clock, ``AHEAD_S`` before it: a piece that had to wait for room in LiveKit's queue would
        be shown whatever happens meanwhile in any room."""
        due, silent_s, piece_s = 0.0, 0.0, self._spoken_ms / 1000
        while not self.is_closed:
            sounds = [self._sound() for _ in range(self._spoken_ms // PIECE_MS)]
            silent_s = 0.0 if any(sound.any() for sound in sounds) else silent_s + piece_s
            if silent_s > SILENT_S:
                await asyncio.sleep(piece_s)
                continue
            due, sound = max(due, time.monotonic() - AHEAD_S) + piece_s, np.concatenate(sounds)
            await self._source.capture_frame(rtc.AudioFrame(sound.tobytes(), OUT_RATE, 1, sound.size))
            await asyncio.sleep(due - time.monotonic())

    # ---- commands

    async def _on_call(self, call: rtc.RpcInvocationData) -> str:
        if call.caller_identity != CANDIDATE:
            raise rtc.RpcError(REFUSED, "Only the candidate may ask.")
        try:
            await self._obey(self._gate.admit(call.payload))
        except BadInput as error:
            raise rtc.RpcError(REFUSED, str(error)) from None
        return "ok"
