"""The reply prepared while the candidate may still go on: its sentences and the sound of the first of them.

Nothing of it reaches the record, and what belongs to a turn before is never given.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from interviewlab.interview import Interview
from interviewlab.ports import TextToSpeech
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Speech, Utterance

SPOKEN_AHEAD = 30
"""Characters whose sound is made before the turn ends: nearly two seconds, in which the next sentence is made."""


class Rehearsal:
    """Prepares one reply at a time; the next throws it away."""

    def __init__(self, interview: Interview, mouth: TextToSpeech) -> None:
        self._interview = interview
        self._mouth = mouth
        self._text = self._first = ""
        self._turn = -1
        self._task: asyncio.Task[None] | None = None
        self._taken: set[asyncio.Task[None]] = set()
        self._has_begun = asyncio.Event()
        self._sounds: dict[str, _Sound] = {}
        self._is_closed = False

    def begin(self, text: str) -> None:
        """Prepare the reply to ``text``."""
        if self._is_closed:
            return
        turn = self._interview.progress.turn
        if (text, turn) == (self._text, self._turn) and self._task is not None:
            return
        self.drop()
        self._text, self._turn, self._has_begun = text, turn, asyncio.Event()
        self._task = asyncio.create_task(self._run(text, self._has_begun, self._sounds))

    def drop(self) -> None:
        """Throw away what is prepared; a sentence that is sounding is made to its end."""
        if self._task is not None:
            self._task.cancel()
        self._has_begun.set()
        for sound in self._sounds.values():
            sound.drop()
        self._task, self._text, self._first, self._sounds = None, "", "", {}

    def close(self) -> None:
        """Throw away everything, and prepare nothing more."""
        self._is_closed = True
        self.drop()
        for task in self._taken:
            task.cancel()

    async def ready(self, text: str) -> str:
        """The first sentence of the reply to ``text``, once it can begin to sound or its sound has failed; empty where
        there is none, it was thrown away, or a turn was taken meanwhile."""
        self.begin(text)
        await self._has_begun.wait()
        return self._first if self._turn == self._interview.progress.turn else ""

    def take(self) -> None:
        """The turn has come: the reply is prepared to its end whatever words come next. They throw away only what is
        not listened to yet of its sound."""
        if self._task is not None:
            self._taken.add(self._task)
            self._task.add_done_callback(self._taken.discard)
        self._task, self._text, self._first = None, "", ""

    async def sounds(self, sentence: str) -> AsyncGenerator[Speech, None]:
        """The sentence spoken, as it is made; nothing where it is not prepared, was thrown away or failed at once.

        It is given once. Raises SpeechFailed where the sound breaks off.
        """
        if (sound := self._sounds.pop(sentence, None)) is not None:
            async for piece in sound.pieces():
                yield piece

    async def _run(self, text: str, has_begun: asyncio.Event, sounds: dict[str, _Sound]) -> None:
        last: _Sound | None = None
        ahead = 0
        try:
            # What fails here fails again when the turn is taken, and is told then.
            with suppress(Exception):
                async for piece in self._interview.rehearse(Utterance(text=text, source="voice")):
                    for said in split_sentences(piece):
                        if ahead < SPOKEN_AHEAD:
                            last = sounds[said] = _Sound(self._mouth, said, after=last, has_begun=has_begun)
                            ahead += len(said)
                            if has_begun is self._has_begun and text == self._text:
                                self._first = self._first or said
        finally:
            if last is None:
                has_begun.set()


class _Sound:
    """The sound of a sentence, made ``after`` another; ``has_begun`` is set with its first piece, or its failure."""

    def __init__(self, mouth: TextToSpeech, said: str, *, after: _Sound | None, has_begun: asyncio.Event) -> None:
        self._pieces: asyncio.Queue[Speech | Exception | None] = asyncio.Queue()
        self._making = asyncio.create_task(self._make(mouth, said, after, has_begun))

    async def pieces(self) -> AsyncGenerator[Speech, None]:
        """As they are made."""
        has_sounded = False
        try:
            while (piece := await self._pieces.get()) is not None:
                if isinstance(piece, Exception):
                    if has_sounded:
                        raise piece
                    return
                yield piece
                has_sounded = True
        finally:
            self.drop()

    def drop(self) -> None:
        """Make no more of it."""
        self._making.cancel()

    async def _make(self, mouth: TextToSpeech, said: str, after: _Sound | None, has_begun: asyncio.Event) -> None:
        try:
            if after is not None:
                await asyncio.wait([after._making])
            async for piece in mouth.synthesize(said):
                self._pieces.put_nowait(piece)
                has_begun.set()
        except Exception as error:  # noqa: BLE001 - told by who listens
            self._pieces.put_nowait(error)
        finally:
            self._pieces.put_nowait(None)
            has_begun.set()
