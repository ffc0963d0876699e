"""The reply prepared while the candidate may still go on: its sentences and the sound of the first of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from interviewlab.errors import InterviewLabError
from interviewlab.interview import Interview
from interviewlab.ports import TextToSpeech
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Speech, Utterance

Sounds = dict[str, asyncio.Future[tuple[Speech, ...]]]
SPOKEN_AHEAD = 2
"""Sentences whose sound is made before the turn ends."""


class Rehearsal:
    """Prepares one reply at a time; the next throws it away. Nothing of it reaches the record."""

    def __init__(self, interview: Interview, mouth: TextToSpeech) -> None:
        self._interview = interview
        self._mouth = mouth
        self._text = ""
        self._task: asyncio.Task[None] | None = None
        self._has_begun = asyncio.Event()
        self._sounds: Sounds = {}

    def begin(self, text: str) -> None:
        """Prepare the reply to ``text``."""
        if text == self._text and self._task is not None:
            return
        self.drop()
        self._text, self._has_begun = text, asyncio.Event()
        self._task = asyncio.create_task(self._run(text, self._has_begun, self._sounds))

    def drop(self) -> None:
        """Throw away what is prepared."""
        if self._task is not None:
            self._task.cancel()
        self._task, self._text, self._sounds = None, "", {}

    async def ready(self, text: str) -> None:
        """Until the first sentence of the reply to ``text`` can sound, or preparing it has failed."""
        self.begin(text)
        await self._has_begun.wait()

    async def sounds(self, sentence: str) -> tuple[Speech, ...]:
        """The sentence spoken, if it is prepared or about to be; nothing where it is not, or was thrown away."""
        if (coming := self._sounds.get(sentence)) is None:
            return ()
        await asyncio.wait([coming])
        return () if coming.cancelled() else coming.result()

    async def _run(self, text: str, has_begun: asyncio.Event, sounds: Sounds) -> None:
        sentences: asyncio.Queue[str | None] = asyncio.Queue()
        speaking = asyncio.create_task(self._speak(sentences, has_begun, sounds))
        try:
            # What fails here fails again when the turn is taken, and is told then.
            with suppress(InterviewLabError):
                async for piece in self._interview.rehearse(Utterance(text=text, source="voice")):
                    for said in split_sentences(piece):
                        if len(sounds) < SPOKEN_AHEAD and said not in sounds:
                            sounds[said] = asyncio.get_running_loop().create_future()
                            sentences.put_nowait(said)
                sentences.put_nowait(None)
                await speaking
        finally:
            speaking.cancel()
            has_begun.set()
            for coming in sounds.values():
                coming.cancel()

    async def _speak(self, sentences: asyncio.Queue[str | None], has_begun: asyncio.Event, sounds: Sounds) -> None:
        while (said := await sentences.get()) is not None:
            pieces = tuple([piece async for piece in self._mouth.synthesize(said)])
            sounds[said].set_result(pieces)
            has_begun.set()
