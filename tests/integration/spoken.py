"""A candidate without a microphone: sound that a voice activity detector takes for speech, at the pace of the clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np

from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.speech.audio import EARS_RATE, Floats, Ints, to_int16
from interviewlab.voice.events import Caption, VoiceEvent
from interviewlab.voice.frames import FRAME_S, Microphone
from interviewlab.voice.patience import Patience
from interviewlab.voice.session import VoiceSession

_FRAME = round(EARS_RATE * FRAME_S)
_FORMANTS = ((500, 250, 3.1, 120, 1.0), (1500, 500, 2.3, 180, 0.6), (2500, 0, 0.0, 250, 0.3))
"""Middle, swing, speed, width in Hz, and loudness of what makes a vowel."""


def babble(seconds: float) -> Floats:
    """Vowels that glide into one another, in syllables."""
    times = np.arange(round(seconds * EARS_RATE)) / EARS_RATE
    pitch = 120 + 20 * np.sin(2 * np.pi * 0.7 * times)
    phase = 2 * np.pi * np.cumsum(pitch) / EARS_RATE
    sound = 0.02 * np.random.default_rng(1).standard_normal(times.size)
    for overtone in range(1, 40):
        loudness = sum(
            gain * np.exp(-(((overtone * pitch - middle - swing * np.sin(2 * np.pi * speed * times)) / width) ** 2))
            for middle, swing, speed, width, gain in _FORMANTS
        )
        sound += loudness * np.sin(overtone * phase)
    sound *= 0.35 + 0.65 * np.clip(np.sin(2 * np.pi * 3.7 * times), 0, 1)
    return (0.5 * sound / np.abs(sound).max()).astype(np.float32)


@dataclass
class Call:
    """A voice session with its two ends, run in real time."""

    session: VoiceSession
    events: list[VoiceEvent] = field(default_factory=list)
    out: list[Ints] = field(default_factory=list)
    saying: list[Ints] = field(default_factory=list)
    is_hung_up: bool = False
    """By the interviewer."""
    stalls: bool = False
    """No frame comes any more once all is said."""

    def say(self, audio: Floats) -> None:
        """Speak into the microphone from now on."""
        samples = to_int16(audio)
        self.saying += [samples[start : start + _FRAME] for start in range(0, samples.size - _FRAME, _FRAME)]

    async def run(self) -> None:
        """Move a frame each way every ``FRAME_S``."""
        due = time.monotonic()
        while True:
            if self.saying or not self.stalls:
                self.session.microphone.push(self.saying.pop(0) if self.saying else np.zeros(_FRAME, np.int16))
            self.out.append(self.session.voice.next_frame())
            due += FRAME_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    @property
    def is_sounding(self) -> bool:
        """Whether the interviewer's voice was heard in the last fifth of a second."""
        return any(np.abs(frame).max() > 100 for frame in self.out[-10:])

    def captions(self, who: str) -> list[str]:
        """What was said for good."""
        return [e.text for e in self.events if isinstance(e, Caption) and e.who == who and e.is_final]

    async def until(self, is_so: Callable[[], bool], within_s: float = 15.0) -> None:
        """Wait until ``is_so()``; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while not is_so():  # noqa: ASYNC110 - many things are waited for
                await asyncio.sleep(0.02)


@asynccontextmanager
async def call(
    interview: Interview, ears: SpeechToText, mouth: TextToSpeech, patience: Patience = "brisk"
) -> AsyncIterator[Call]:
    """A call that has begun; it is hung up at the end."""
    events: list[VoiceEvent] = []

    def hang_up() -> None:
        held.is_hung_up = True

    session = VoiceSession(interview, ears, mouth, Microphone(EARS_RATE), events.append, patience, hang_up)
    held = Call(session, events)
    frames = asyncio.create_task(held.run())
    try:
        await session.prepare()
        await session.start()
        yield held
    finally:
        await session.aclose()
        frames.cancel()
