"""A model that fails is left in peace, and tried again later."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from interviewlab.errors import ModelFailed
from interviewlab.llm.breaker import BreakingChat
from interviewlab.llm.scripted import ScriptedChat
from interviewlab.types import Chat

CHAT = Chat(system="s", user="u")


class Word(BaseModel):
    """A form of one field."""

    word: str


class Bench:
    """A model that fails while it ``is_down``, its breaker and their clock."""

    def __init__(self, *, retryable: bool = True) -> None:
        self.is_down, self.now, self._retryable = True, 0.0, retryable
        self.model = ScriptedChat(self._answer)
        self.breaker = BreakingChat(self.model, failures=3, rest_s=30.0, clock=lambda: self.now)

    def _answer(self, chat: Chat) -> dict[str, str] | ModelFailed:
        failed = ModelFailed("It is down.", cause="unreachable", retryable=self._retryable)
        return failed if self.is_down else {"word": "heap"}

    async def cause(self) -> str:
        """How one question ends."""
        try:
            await self.breaker.ask(CHAT, Word)
        except ModelFailed as error:
            return error.cause
        return "answered"


async def test_after_three_failures_it_is_not_asked_until_it_has_rested() -> None:
    bench = Bench()
    assert [await bench.cause() for _ in range(5)] == ["unreachable"] * 3 + ["resting"] * 2
    assert len(bench.model.asked) == 3
    bench.now = 31.0
    assert [await bench.cause(), await bench.cause()] == ["unreachable", "resting"]
    bench.now, bench.is_down = 62.0, False
    assert [await bench.cause(), await bench.cause()] == ["answered", "answered"]


async def test_what_no_second_try_can_mend_rests_at_once() -> None:
    bench = Bench(retryable=False)
    assert [await bench.cause(), await bench.cause()] == ["unreachable", "resting"]


async def test_a_success_between_failures_starts_the_count_anew() -> None:
    bench = Bench()
    for _ in range(4):
        bench.is_down = True
        assert [await bench.cause(), await bench.cause()] == ["unreachable"] * 2
        bench.is_down = False
        assert await bench.cause() == "answered"


async def test_a_resting_model_says_why_when_it_is_asked_to_stream() -> None:
    bench = Bench(retryable=False)
    await bench.cause()
    with pytest.raises(ModelFailed, match=r"It is down\. It is asked again later"):
        async for _ in bench.breaker.stream(CHAT, Word):
            pass
