"""A model that fails is left in peace, and tried again later."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

import pytest
from pydantic import BaseModel

from interviewlab.errors import ModelFailed
from interviewlab.llm.breaker import BreakingChat
from interviewlab.llm.openai import Endpoint, OpenAIChat
from interviewlab.llm.scripted import ScriptedChat
from interviewlab.llm.scripted_endpoint import serve_scripted
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

    async def hear_a_piece(self) -> None:
        """Leave an answer when it has begun."""
        async with aclosing(self.breaker.stream(CHAT, Word)) as growing:
            await anext(growing)


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


async def test_a_trial_that_is_left_when_it_has_begun_is_passed() -> None:
    bench = Bench()
    assert [await bench.cause() for _ in range(3)] == ["unreachable"] * 3
    bench.now, bench.is_down = 31.0, False
    await bench.hear_a_piece()
    assert await bench.cause() == "answered"


async def test_an_answer_that_is_left_when_it_has_begun_starts_the_count_anew() -> None:
    bench = Bench()
    for _ in range(4):
        bench.is_down = True
        assert [await bench.cause(), await bench.cause()] == ["unreachable"] * 2
        bench.is_down = False
        await bench.hear_a_piece()


async def test_a_model_that_breaks_off_whenever_it_has_begun_is_left_in_peace_too() -> None:
    model = ScriptedChat(lambda chat: {"word": "heap" * 9}, breaks_after=20)
    breaker = BreakingChat(model, failures=3, clock=lambda: 0.0)
    causes = []
    for _ in range(4):
        with pytest.raises(ModelFailed) as caught:
            async for _growth in breaker.stream(CHAT, Word):
                pass
        causes.append(caught.value.cause)
    assert causes == ["broken off"] * 3 + ["resting"]


async def test_a_trial_that_is_not_waited_for_lets_the_next_question_try() -> None:
    now = 0.0
    with serve_scripted(answer=lambda system, user: '{"word": "heap"}', status=401) as endpoint:
        model = OpenAIChat(Endpoint(model="scripted", url=endpoint.url))
        breaker = BreakingChat(model, rest_s=30.0, clock=lambda: now)
        with suppress(ModelFailed):
            await breaker.ask(CHAT, Word)
        now, endpoint.status, endpoint.delay_s = 31.0, 200, 5.0
        trial = asyncio.create_task(breaker.ask(CHAT, Word))
        while endpoint.calls < 2:  # noqa: ASYNC110 - the endpoint is a thread
            await asyncio.sleep(0.01)
        with pytest.raises(ModelFailed, match="asked again later"):
            await breaker.ask(CHAT, Word)
        trial.cancel()
        with pytest.raises(asyncio.CancelledError):
            await trial
        endpoint.delay_s = 0.0
        assert (await breaker.ask(CHAT, Word))[0] == Word(word="heap")
        await breaker.aclose()
    assert endpoint.calls == 3
