"""One turn of the interview on its way to the voice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from interviewlab.replying import ReplyStream
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Reply
from interviewlab.voice.latency import Marks
from interviewlab.voice.manners import words

SORRY = "Sorry, something went wrong on my side. What happened is written on the page."


@dataclass
class SpokenTurn:
    """Filled by ``take``; whether its voice is interrupted or not, the turn of the interview runs to its end."""

    marks: Marks = field(default_factory=Marks)
    reply: asyncio.Future[Reply | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """None where the turn failed."""
    said: str = ""
    """What sounded until the voice was silenced, since it began last."""
    _from: int = 0
    """The sentence with which it began last."""
    misspoken: str = ""
    """What sounded before the turn was recorded, and is no part of its reply after all."""
    _presumed: str = ""
    _sentences: list[str] = field(default_factory=list)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _is_whole: bool = False

    def presume(self, sentence: str) -> None:
        """The reply will begin with ``sentence``, which is rehearsed: it sounds while the turn is being recorded."""
        self._presumed = sentence
        self.marks.answered_at = time.time()
        self._sentences.append(sentence)
        self._more.set()

    async def take(self, stream: ReplyStream) -> Exception | None:
        """Take the turn; the error that ended it, if one did, of which the voice says that it happened."""
        reply: Reply | None = None
        try:
            async for piece in stream:
                if isinstance(piece, Reply):
                    reply = piece
                else:
                    self.marks.answered_at = self.marks.answered_at or time.time()
                    self._add(piece)
        except Exception as error:  # noqa: BLE001 - whoever listens is told of any
            self._add(SORRY)
            return error
        finally:
            self.misspoken = self.misspoken or self._presumed
            self._is_whole = True
            self._more.set()
            self.reply.set_result(reply)
        return None

    @property
    def heard(self) -> str:
        """The words that reached the ear."""
        return " ".join([*self._sentences[: self._from], self.said]).strip()

    def again(self) -> None:
        """The voice was silenced for nothing: it goes on with the sentence that was cut short."""
        left = words(self.said)
        while self._from < len(self._sentences):
            whole = words(self._sentences[self._from])
            if left[: len(whole)] != whole:
                break
            left = left[len(whole) :]
            self._from += 1
        self.said = ""

    async def sentences(self) -> AsyncGenerator[str, None]:
        """The sentences as they come, from the first, or from where it goes on."""
        given = self._from
        while given < len(self._sentences) or not self._is_whole:
            if given == len(self._sentences):
                self._more.clear()
                await self._more.wait()
                continue
            yield self._sentences[given] + " "
            given += 1

    def _add(self, piece: str) -> None:
        sentences = split_sentences(piece)
        presumed, self._presumed = self._presumed, ""
        if presumed and sentences[:1] == [presumed]:
            del sentences[0]
        else:
            self.misspoken = self.misspoken or presumed
        self._sentences += sentences
        self._more.set()
