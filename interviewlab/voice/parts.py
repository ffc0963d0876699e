"""Ears and mouth of this process: loaded when someone first wants to talk, then shared by all calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from interviewlab.bootstrap import build_ears, build_mouth
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.realtime import settle
from interviewlab.settings import Settings
from interviewlab.voice.frames import load_native
from interviewlab.voice.turn_end import turn_end_for


class SpeechParts:
    """Holds what it has loaded until ``aclose``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._ears: SpeechToText | None = None
        self._mouth: TextToSpeech | None = None

    async def load(self) -> AsyncIterator[str]:
        """Load what is missing; says what it does, a sentence each. Raises WeightsMissing, BadInput."""
        async with self._lock:
            if self._ears is None:
                yield f"Loading what hears you ({self._settings.ears})…"
                self._ears = await asyncio.to_thread(build_ears, self._settings)
            if self._mouth is None:
                yield f"Loading the interviewer's voice ({self._settings.mouth})…"
                mouth = await asyncio.to_thread(build_mouth, self._settings)
                await asyncio.to_thread(load_native)
                await asyncio.to_thread(turn_end_for, self._ears)
                await asyncio.to_thread(settle)
                self._mouth = mouth

    async def get(self) -> tuple[SpeechToText, TextToSpeech]:
        """Ears and mouth, loaded if need be."""
        async for _ in self.load():
            pass
        if self._ears is None or self._mouth is None:
            raise RuntimeError("load ended without ears and mouth")
        return self._ears, self._mouth

    async def aclose(self) -> None:
        """Give up both."""
        for part in (self._ears, self._mouth):
            if part is not None:
                await part.aclose()
        self._ears = self._mouth = None
