"""Sentences as sound: what is rehearsed as it was made, the rest by the mouth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable

from livekit import rtc

from interviewlab.ports import TextToSpeech
from interviewlab.types import Speech
from interviewlab.voice.frames import frame_from_speech
from interviewlab.voice.rehearsal import Rehearsal


class Speaking:
    """Speaks one sentence after the other; ``on_unspoken`` is told one that failed, and why."""

    def __init__(
        self, mouth: TextToSpeech, rehearsal: Rehearsal, on_unspoken: Callable[[str, Exception], None]
    ) -> None:
        self._mouth, self._rehearsal, self._on_unspoken = mouth, rehearsal, on_unspoken

    async def frames(self, sentences: AsyncIterable[str]) -> AsyncGenerator[rtc.AudioFrame, None]:
        """As they are made."""
        async for sentence in sentences:
            said = sentence.strip()
            if not said:
                continue
            try:
                async for speech in self._sounds(said):
                    yield await asyncio.to_thread(frame_from_speech, speech)
            except Exception as error:  # noqa: BLE001 - whatever it is, the words can be read
                self._on_unspoken(said, error)

    async def _sounds(self, said: str) -> AsyncGenerator[Speech, None]:
        is_rehearsed = False
        async for speech in self._rehearsal.sounds(said):
            is_rehearsed = True
            yield speech
        if not is_rehearsed:
            async for speech in self._mouth.synthesize(said):
                yield speech
