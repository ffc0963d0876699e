"""Early work remembered by value: what a brain thought about the same turn and the same words is not thought again.

A voice prepares its reply while the candidate may still go on; the turn that is taken at last finds it here. What was
prepared in vain is dropped, and a reply that nobody listens to any more is stopped.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from interviewlab.ports import Brain
from interviewlab.types import Authorship, Decision, TurnContext, Understanding

KEPT = 64
"""Turns remembered at most, of all interviews of the process together."""


class RememberingBrain:
    """``brain`` with a memory of its last understandings and replies. Deciding is quick and looks at the clock."""

    def __init__(self, brain: Brain, kept: int = KEPT) -> None:
        self.name = brain.name
        self._brain = brain
        self._kept = kept
        self._understood: OrderedDict[str, asyncio.Task[Understanding]] = OrderedDict()
        self._spoken: OrderedDict[str, _Spoken] = OrderedDict()

    async def understand(self, context: TurnContext) -> Understanding:
        """What the candidate wants; the same context is understood once."""
        key = _key(context)
        task = self._understood.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._understood[key] = asyncio.create_task(_whole(self._brain.understand(context)))
            _trim(self._understood, self._kept)
        return await asyncio.shield(task)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """What the reply will do."""
        return await self._brain.decide(context, understanding)

    async def speak(
        self, context: TurnContext, understanding: Understanding, decision: Decision
    ) -> AsyncIterator[str | Authorship]:
        """The reply, sentence by sentence; one that is being spoken, or was, is listened to from its beginning."""
        key = _key(context, understanding, decision)
        spoken = self._spoken.get(key)
        if spoken is None or spoken.is_spoilt:
            spoken = self._spoken[key] = _Spoken(self._brain.speak(context, understanding, decision))
            _trim(self._spoken, self._kept)
        async for sentence in spoken.listen():
            yield sentence


class _Spoken:
    """One reply and those who listen to it."""

    def __init__(self, sentences: AsyncIterator[str | Authorship]) -> None:
        self._sentences: list[str | Authorship] = []
        self._more = asyncio.Condition()
        self._listeners = 0
        self._is_over = False
        self._task = asyncio.create_task(self._collect(sentences))

    @property
    def is_spoilt(self) -> bool:
        """Whether it broke off."""
        return self._task.done() and (self._task.cancelled() or self._task.exception() is not None)

    async def listen(self) -> AsyncIterator[str | Authorship]:
        """All its sentences; raises what its brain raised."""
        self._listeners += 1
        try:
            async for sentence in self._all():
                yield sentence
            await self._task
        finally:
            self._listeners -= 1
            if not self._listeners and not self._task.done():
                self._task.cancel()

    async def _all(self) -> AsyncIterator[str | Authorship]:
        place = 0
        while True:
            async with self._more:
                while place == len(self._sentences) and not self._is_over:
                    await self._more.wait()
            if place == len(self._sentences):
                return
            yield self._sentences[place]
            place += 1

    async def _collect(self, sentences: AsyncIterator[str | Authorship]) -> None:
        try:
            async for sentence in sentences:
                self._sentences.append(sentence)
                await self._tell()
        finally:
            self._is_over = True
            await self._tell()

    async def _tell(self) -> None:
        async with self._more:
            self._more.notify_all()


async def _whole(work: Coroutine[Any, Any, Understanding]) -> Understanding:
    return await work


def _trim(kept: OrderedDict[str, Any], size: int) -> None:
    while len(kept) > size:
        kept.popitem(last=False)


def _key(context: TurnContext, *more: Understanding | Decision) -> str:
    """All that a brain may know but the clock, which runs while it thinks."""
    known = [context.model_copy(update={"elapsed_s": 0.0}), *more]
    return hashlib.sha256("\n".join(each.model_dump_json() for each in known).encode()).hexdigest()
