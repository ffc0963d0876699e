"""A reply as it is spoken. The turn runs in a task of its own: it ends whole whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from typing import Any

from interviewlab.types import Reply

Pieces = AsyncGenerator[str | Reply, None]


class ReplyStream:
    """Iterate for its sentences (str) and last the whole Reply, or await it for the Reply.

    The turn begins with the first look at it. ``turns`` holds the tasks that are under way, for the one who closes.
    """

    def __init__(self, pieces: Pieces, turns: set[asyncio.Task[None]]) -> None:
        self._pieces = pieces
        self._turns = turns
        self._said: asyncio.Queue[str | Reply | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._reply: Reply | None = None

    async def __aiter__(self) -> AsyncIterator[str | Reply]:
        task = self._begin()
        while (piece := await self._said.get()) is not None:
            yield piece
        await task

    def __await__(self) -> Generator[Any, None, Reply]:
        return self._whole().__await__()

    async def _whole(self) -> Reply:
        await asyncio.shield(self._begin())
        if self._reply is None:
            raise RuntimeError("a turn ended without a reply and without an error")
        return self._reply

    def _begin(self) -> asyncio.Task[None]:
        if self._task is None:
            self._task = asyncio.create_task(self._run())
            self._turns.add(self._task)
            self._task.add_done_callback(self._turns.discard)
        return self._task

    async def _run(self) -> None:
        try:
            async for piece in self._pieces:
                if isinstance(piece, Reply):
                    self._reply = piece
                self._said.put_nowait(piece)
        finally:
            self._said.put_nowait(None)
