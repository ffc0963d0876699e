"""Our ears as LiveKit wants them, and what they know that its events do not carry: the times of words."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectOptions, APIError, NotGivenOr, stt, utils
from livekit.agents.types import NOT_GIVEN

from interviewlab.errors import SpeechFailed
from interviewlab.ports import SpeechToText
from interviewlab.speech.audio import EARS_RATE, Floats, to_float
from interviewlab.speech.resampling import resample
from interviewlab.types import Transcription, Word
from interviewlab.voice.patience import VAD_SILENCE_S

NODS = frozenset(
    {"mm", "mhm", "mmhm", "mmhmm", "mm-hm", "mm-hmm", "uh-huh", "hm", "hmm", "ah", "oh", "okay", "ok", "right", "yeah"}
)
"""What a listener says to say: go on."""


def is_nod(text: str) -> bool:
    """Whether this only says that one is listening."""
    said = " ".join(re.sub(r"[^a-z\s-]", "", text.lower()).split())
    return said == "i see" or all(word in NODS for word in said.split())


class Ears(stt.STT[str]):
    """SpeechToText behind LiveKit's port.

    ``prompt`` says what words are likely; ``is_listener`` whether the candidate listens now, when a nod is no answer.
    """

    def __init__(self, ears: SpeechToText, prompt: Callable[[], str], is_listener: Callable[[], bool]) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=False, interim_results=False))
        self._ears = ears
        self._prompt = prompt
        self._is_listener = is_listener
        self._began = time.time()
        self._heard: list[tuple[str, tuple[Word, ...]]] = []
        self._takers = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self.heard_at: float | None = None
        """When words came last."""
        self.quiet_at: float | None = None
        """When they ended, by the silence after which a pause is transcribed."""

    async def take(self) -> tuple[str, tuple[Word, ...]]:
        """All that was said since the last time, with its words and their times from the start of the call.

        LiveKit ends a turn by its clock, transcribed or not. What is still being transcribed is waited for, and belongs
        to this turn alone: LiveKit is not told, or it would make another turn of it.
        """
        self._takers += 1
        try:
            await self._is_idle.wait()
        finally:
            self._takers -= 1
        heard, self._heard = self._heard, []
        return " ".join(text for text, _ in heard), tuple(word for _, words in heard for word in words)

    async def _recognize_impl(
        self,
        buffer: utils.AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        self._is_idle.clear()
        try:
            heard = await self._listen(rtc.combine_audio_frames(buffer))
        except SpeechFailed as error:
            raise APIError(str(error), retryable=error.retryable) from error
        finally:
            self._is_idle.set()
        text = "" if self._takers else heard.text
        return stt.SpeechEvent(
            type=stt.SpeechEventType.FINAL_TRANSCRIPT,
            alternatives=[stt.SpeechData(language="en", text=text, confidence=heard.confidence or 0.0)],  # type: ignore[arg-type]
        )

    async def _listen(self, frame: rtc.AudioFrame) -> Transcription:
        ended, was_listener = time.time(), self._is_listener()
        audio = await asyncio.to_thread(_to_audio, frame)
        heard = await self._ears.transcribe(audio, prompt=self._prompt())
        if not heard.text or (was_listener and is_nod(heard.text)):
            return Transcription(text="")
        self.quiet_at = ended - VAD_SILENCE_S
        self._note(heard, ended - frame.duration - self._began)
        return heard

    def _note(self, heard: Transcription, start_s: float) -> None:
        words = tuple(
            Word(text=word.text, start_s=start_s + word.start_s, end_s=start_s + word.end_s) for word in heard.words
        )
        self._heard.append((heard.text, words))
        self.heard_at = time.time()


def _to_audio(frame: rtc.AudioFrame) -> Floats:
    audio = to_float(np.frombuffer(frame.data, np.int16))
    return resample(audio, frame.sample_rate, EARS_RATE)
