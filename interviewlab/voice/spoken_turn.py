"""One turn of the interview on its way to the voice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from interviewlab.errors import InterviewLabError
from interviewlab.replying import ReplyStream
from interviewlab.types import Reply
from interviewlab.voice.latency import Marks

SORRY = "Sorry, something went wrong on my side. What happened is written on the page."


@dataclass
class SpokenTurn:
    """Filled by ``take``; whether its voice is interrupted or not, the turn of the interview runs to its end."""

    marks: Marks = field(default_factory=Marks)
    reply: asyncio.Future[Reply | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """None where the turn failed."""
    _sentences: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)

    async def take(self, stream: ReplyStream) -> InterviewLabError | None:
        """Take the turn; the error that ended it, if one did, of which the voice says that it happened."""
        reply: Reply | None = None
        try:
            async for piece in stream:
                if isinstance(piece, Reply):
                    reply = piece
                else:
                    self.marks.answered_at = self.marks.answered_at or time.time()
                    self._sentences.put_nowait(piece)
        except InterviewLabError as error:
            self._sentences.put_nowait(SORRY)
            return error
        finally:
            self._sentences.put_nowait(None)
            self.reply.set_result(reply)
        return None

    async def sentences(self) -> AsyncGenerator[str, None]:
        """The sentences as they come."""
        while (sentence := await self._sentences.get()) is not None:
            yield sentence + " "
