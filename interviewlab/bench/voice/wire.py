"""A call in this process: what is said goes in and the voice comes out frame by frame, both on one clock."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np

from interviewlab.bench.voice.sounds import room
from interviewlab.bench.voice.timing import Sound
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.speech.audio import EARS_RATE, Floats, Ints, to_int16
from interviewlab.voice.events import StateChange, VoiceEvent
from interviewlab.voice.frames import FRAME_S, Microphone
from interviewlab.voice.patience import Patience
from interviewlab.voice.session import VoiceSession

_FRAME = round(EARS_RATE * FRAME_S)
_LOUD = 100
_GAP_S = 0.1
_LOOK_S = 0.02
QUIET_S = 0.7


@dataclass
class Saying:
    """Something that is being said: when each of its frames went in."""

    frames: deque[Ints]
    pushed_at: list[float] = field(default_factory=list)

    def at(self, second: float) -> float:
        """When that second of it was said; it has gone in."""
        return self.pushed_at[min(len(self.pushed_at) - 1, int(second / FRAME_S))]


class Wire:
    """Between a scripted candidate and a voice session. ``speed``: so many times as fast the voice is drained."""

    def __init__(self, session: VoiceSession, events: list[VoiceEvent], speed: int = 1) -> None:
        self.session = session
        self.events = events
        self.sounds: list[Sound] = []
        self.sounded_s = 0.0
        """How much the voice has said, at its own pace."""
        self._speed = speed
        self._saying = Saying(deque())
        noise = to_int16(room(10.0))
        self._room = [noise[start : start + _FRAME] for start in range(0, noise.size - _FRAME, _FRAME)]

    async def run(self) -> None:
        """Move a frame in and ``speed`` frames out every ``FRAME_S``, until cancelled."""
        due, count = time.monotonic(), 0
        while True:
            self._push(count)
            for _ in range(self._speed):
                self._hear(self.session.voice.next_frame())
            due, count = due + FRAME_S, count + 1
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def _push(self, count: int) -> None:
        if self._saying.frames:
            frame = self._saying.frames.popleft()
            self._saying.pushed_at.append(time.monotonic())
        else:
            frame = self._room[count % len(self._room)]
        self.session.microphone.push(frame)

    def _hear(self, frame: Ints) -> None:
        now = time.monotonic()
        if not np.any(np.abs(frame) > _LOUD):
            return
        self.sounded_s += FRAME_S
        last = self.sounds[-1] if self.sounds else None
        if last is not None and last.end_s is not None and now - last.end_s < _GAP_S:
            self.sounds[-1] = Sound(last.start_s, now)
        else:
            self.sounds.append(Sound(now, now))

    @property
    def state(self) -> str:
        """What the voice said last that it does."""
        return next((e.state for e in reversed(self.events) if isinstance(e, StateChange)), "connecting")

    @property
    def is_quiet(self) -> bool:
        """Whether the interviewer listens and has been silent for ``QUIET_S``."""
        ended = self.sounds[-1].end_s if self.sounds else 0.0
        return self.state in ("listening", "held") and time.monotonic() - (ended or 0.0) > QUIET_S

    async def say(self, audio: Floats) -> Saying:
        """Say something to its end."""
        samples = to_int16(audio)
        frames = deque(samples[start : start + _FRAME] for start in range(0, samples.size - _FRAME, _FRAME))
        self._saying = saying = Saying(frames)
        await self.until(lambda: not saying.frames, 120)
        return saying

    async def until(self, is_so: Callable[[], bool], within_s: float = 30.0) -> None:
        """Wait for something; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while not is_so():  # noqa: ASYNC110 - many things are waited for
                await asyncio.sleep(_LOOK_S)


@asynccontextmanager
async def wired(
    interview: Interview, ears: SpeechToText, mouth: TextToSpeech, patience: Patience = "normal", speed: int = 1
) -> AsyncIterator[Wire]:
    """A call whose greeting has been heard out; it is hung up at the end."""
    events: list[VoiceEvent] = []
    session = VoiceSession(interview, ears, mouth, Microphone(EARS_RATE), events.append, patience)
    wire = Wire(session, events, speed)
    frames = asyncio.create_task(wire.run())
    try:
        await session.prepare()
        await session.start()
        await wire.until(lambda: bool(wire.sounds))
        await wire.until(lambda: wire.is_quiet)
        yield wire
    finally:
        await session.aclose()
        frames.cancel()
