"""What a language model may cost in a day."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from operator import attrgetter

from pydantic import BaseModel

from interviewlab.errors import ModelFailed
from interviewlab.llm.prices import CHARACTERS_A_TOKEN
from interviewlab.ports import ChatModel, Form, PartialForm
from interviewlab.types import Chat, Usage

DAY_S = 86_400.0
Price = Callable[[int, int], float]
"""USD for so many tokens in and out."""


class Purse:
    """``most_usd`` for every 24 hours, one purse for all of a process; it is full again after a restart."""

    def __init__(self, most_usd: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most_usd = most_usd
        self._clock = clock
        self._paid: deque[tuple[float, float]] = deque()

    @property
    def spent_usd(self) -> float:
        """Within the last 24 hours."""
        while self._paid and self._paid[0][0] <= self._clock() - DAY_S:
            self._paid.popleft()
        return sum(usd for _, usd in self._paid)

    def open(self) -> None:
        """Raises ModelFailed where nothing is left; what is asked at this moment is still paid."""
        if self.spent_usd >= self.most_usd:
            what = f"The language model has cost the {self.most_usd:g} USD that it may cost here in 24 hours."
            raise ModelFailed(what, cause="cost cap")

    def pay(self, usd: float) -> None:
        """So much was asked for."""
        self._paid.append((self._clock(), usd))


class PaidChat:
    """``model``, asked only while there is money in ``purse``.

    An answer that is not heard to its end, or not waited for, or is not in its form, is paid as if it had been as long
    as it may be, each that was tried again too; ``longest`` says how many tokens that are.
    """

    def __init__(
        self,
        model: ChatModel,
        purse: Purse,
        price: Price,
        longest: Callable[[Chat], int] = attrgetter("longest_tokens"),
    ) -> None:
        self.name = model.name
        self._model, self._purse, self._price, self._longest = model, purse, price, longest

    async def stream(self, chat: Chat, form: type[BaseModel]) -> AsyncGenerator[PartialForm, None]:
        """As the model streams."""
        self._purse.open()
        usd = 0.0
        try:
            async with aclosing(self._model.stream(chat, form)) as growing:
                async for growth in growing:
                    usd = self._of(growth.usage) if growth.usage else self._most(chat)
                    yield growth
        except ModelFailed as error:
            usd = usd or self._broken(error, chat)
            raise
        except asyncio.CancelledError:
            usd = usd or self._most(chat)
            raise
        finally:
            self._purse.pay(usd)

    async def ask(self, chat: Chat, form: type[Form]) -> tuple[Form, Usage]:
        """As the model answers."""
        self._purse.open()
        try:
            found, usage = await self._model.ask(chat, form)
        except ModelFailed as error:
            self._purse.pay(self._broken(error, chat))
            raise
        except asyncio.CancelledError:
            self._purse.pay(self._most(chat))
            raise
        self._purse.pay(self._of(usage))
        return found, usage

    async def check(self) -> str:
        """As the model itself says; the few tokens that may cost are not counted."""
        return await self._model.check()

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()

    def _of(self, usage: Usage) -> float:
        return self._price(usage.tokens_in, usage.tokens_out)

    def _most(self, chat: Chat) -> float:
        return self._price(len(chat.system + chat.user) // CHARACTERS_A_TOKEN, self._longest(chat))

    def _broken(self, error: ModelFailed, chat: Chat) -> float:
        """Nothing where no token was given, as far as one can know."""
        return self._most(chat) * (error.may_be_paid + error.lost)
