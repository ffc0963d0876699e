"""A model that failed several times in a row is left in peace for a while, then tried once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass

from pydantic import BaseModel

from interviewlab.errors import ModelFailed
from interviewlab.ports import ChatModel, Form, PartialForm
from interviewlab.types import Chat, Usage

FAILURES = 3
REST_S = 30.0


@dataclass
class _Asked:
    """One question while it is answered."""

    has_grown: bool = False


class BreakingChat:
    """``model`` behind a circuit breaker, one for all interviews of a process.

    After ``failures`` in a row, or one that no second try can mend (a wrong key), it rests for ``rest_s`` seconds and
    fails at once meanwhile; then one question is let through, and its fate decides. An answer that is left early is a
    good one if anything of it has come, and decides nothing if not.
    """

    def __init__(
        self,
        model: ChatModel,
        failures: int = FAILURES,
        rest_s: float = REST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = model.name
        self._model, self._most, self._rest_s, self._clock = model, failures, rest_s, clock
        self._failed = 0
        self._rests_until: float | None = None
        self._why = ""

    async def stream(self, chat: Chat, form: type[BaseModel]) -> AsyncGenerator[PartialForm, None]:
        """As the model streams, unless it rests."""
        with self._watched() as asked:
            async with aclosing(self._model.stream(chat, form)) as growing:
                async for growth in growing:
                    asked.has_grown = True
                    yield growth

    async def ask(self, chat: Chat, form: type[Form]) -> tuple[Form, Usage]:
        """As the model answers, unless it rests."""
        with self._watched():
            return await self._model.ask(chat, form)

    async def check(self) -> str:
        """As the model itself says; asking does not wear it out."""
        return await self._model.check()

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()

    @contextmanager
    def _watched(self) -> Iterator[_Asked]:
        rested_until, asked = self._rests_until, _Asked()
        self._let_through()
        try:
            yield asked
        except ModelFailed as error:
            self._note(error)
            raise
        except (asyncio.CancelledError, GeneratorExit):
            if asked.has_grown:
                self._recover()
            elif rested_until is not None:
                self._rests_until = rested_until
            raise
        self._recover()

    def _recover(self) -> None:
        self._failed, self._rests_until = 0, None

    def _let_through(self) -> None:
        if self._rests_until is None:
            return
        if self._clock() < self._rests_until:
            raise ModelFailed(f"{self._why} It is asked again later.", cause="resting", retryable=True)
        # One goes through to try; the others go on resting until it is known how that went.
        self._rests_until = self._clock() + self._rest_s

    def _note(self, error: ModelFailed) -> None:
        self._failed += 1
        self._why = error.what
        if self._failed >= self._most or not error.retryable:
            self._rests_until = self._clock() + self._rest_s
