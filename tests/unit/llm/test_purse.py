"""A language model is asked only while there is money for it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

import pytest
from pydantic import BaseModel, SecretStr

from interviewlab.bootstrap import build_endpoint
from interviewlab.errors import ModelFailed
from interviewlab.llm.dialect import THINKING_TOKENS
from interviewlab.llm.openai import Endpoint, OpenAIChat
from interviewlab.llm.purse import DAY_S, PaidChat, Purse
from interviewlab.llm.scripted import Script, ScriptedChat
from interviewlab.llm.scripted_endpoint import serve_scripted
from interviewlab.ports import ChatModel
from interviewlab.settings import Settings
from interviewlab.types import Chat

CHAT = Chat(system="s" * 40, user="u" * 40, longest_tokens=100)
"""20 tokens."""


class Word(BaseModel):
    """A form of one field; the answer below has six tokens."""

    word: str


class Till:
    """A model that costs a dollar a token, ``most`` dollars a day, and their clock."""

    def __init__(self, most: float, script: Script = lambda _: {"word": "heap" * 3}, breaks_after: int | None = None):
        self.now = 0.0
        self.purse = Purse(most, clock=lambda: self.now)
        self.model = ScriptedChat(script, breaks_after=breaks_after)
        self.paid = PaidChat(self.model, self.purse, lambda tokens_in, tokens_out: float(tokens_in + tokens_out))


async def test_a_model_that_cost_what_it_may_is_not_asked_until_a_day_has_passed() -> None:
    till = Till(most=27.0)
    for _ in range(2):
        await till.paid.ask(CHAT, Word)
    assert till.purse.spent_usd == 52.0
    with pytest.raises(ModelFailed, match="27 USD") as refused:
        await till.paid.ask(CHAT, Word)
    assert (refused.value.cause, len(till.model.asked)) == ("cost cap", 2)
    till.now = DAY_S
    await till.paid.ask(CHAT, Word)
    assert len(till.model.asked) == 3


async def test_a_stream_costs_what_it_used_and_one_left_early_what_it_may_have_used() -> None:
    whole, left = Till(most=1000.0), Till(most=1000.0)
    async with aclosing(whole.paid.stream(CHAT, Word)) as growing:
        assert [growth async for growth in growing][-1].values == {"word": "heap" * 3}
    assert whole.purse.spent_usd == 26.0
    async with aclosing(left.paid.stream(CHAT, Word)) as growing:
        await anext(growing)
    assert left.purse.spent_usd == 120.0


async def hear(model: ChatModel, *, at_once: bool) -> None:
    """The whole answer."""
    if at_once:
        await model.ask(CHAT, Word)
        return
    async with aclosing(model.stream(CHAT, Word)) as growing:
        assert [growth async for growth in growing]


@pytest.mark.parametrize("at_once", [False, True])
async def test_an_answer_that_is_not_waited_for_costs_what_it_may_have_cost(at_once: bool) -> None:
    with serve_scripted(delay_s=5.0) as endpoint:
        model = OpenAIChat(Endpoint(model="scripted", url=endpoint.url))
        paid = PaidChat(model, purse := Purse(1000.0), lambda tokens_in, tokens_out: float(tokens_in + tokens_out))
        asking = asyncio.create_task(hear(paid, at_once=at_once))
        while not endpoint.calls:  # noqa: ASYNC110 - the endpoint is a thread
            await asyncio.sleep(0.01)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await paid.aclose()
    assert purse.spent_usd == 120.0


async def test_an_answer_of_a_model_that_thinks_may_have_cost_its_thoughts_too() -> None:
    refused = iter([("unsupported_parameter", "max_tokens"), ("unsupported_value", "reasoning_effort"), None])
    with serve_scripted(answer=lambda system, user: '{"word": "heap"}', refuses=lambda _: next(refused)) as endpoint:
        model = OpenAIChat(Endpoint(model="scripted", url=endpoint.url))
        purse = Purse(1e6)
        paid = PaidChat(model, purse, lambda *tokens: float(sum(tokens)), model.longest_tokens)
        async with aclosing(paid.stream(CHAT, Word)) as growing:
            await anext(growing)
        await paid.aclose()
    assert purse.spent_usd == 120.0 + THINKING_TOKENS


@pytest.mark.parametrize(("cause", "usd"), [("refused", 0.0), ("unreachable", 0.0), ("timeout", 120.0)])
async def test_a_failure_costs_only_where_tokens_may_have_been_given(cause: str, usd: float) -> None:
    till = Till(most=1000.0, script=lambda _: ModelFailed("No.", cause=cause))
    with suppress(ModelFailed):
        await till.paid.ask(CHAT, Word)
    with suppress(ModelFailed):
        async with aclosing(till.paid.stream(CHAT, Word)) as growing:
            assert [growth async for growth in growing] == []
    assert till.purse.spent_usd == 2 * usd


@pytest.mark.parametrize(
    ("fates", "answers", "lost"),
    [(("garbage", ""), 1, 1), (("500", ""), 1, 0), (("garbage", "no verdict"), 0, 2), (("no verdict", "500"), 0, 1)],
)
async def test_an_answer_that_was_lost_and_asked_for_again_is_paid_too(
    fates: tuple[str, ...], answers: int, lost: int
) -> None:
    fate = iter(("", *fates))
    with serve_scripted(answer=lambda system, user: '{"word": "heap"}', fault_of=lambda user: next(fate)) as endpoint:
        model = OpenAIChat(Endpoint(model="scripted", url=endpoint.url, usd_in=1e6, usd_out=1e6))
        paid = PaidChat(model, purse := Purse(1000.0), lambda tokens_in, tokens_out: float(tokens_in + tokens_out))
        await paid.ask(CHAT, Word)
        one = purse.spent_usd
        used = None
        with suppress(ModelFailed):
            _, used = await paid.ask(CHAT, Word)
        await paid.aclose()
    assert endpoint.calls == 3
    assert purse.spent_usd - one == answers * one + lost * 120.0
    if answers:
        assert used is not None
        assert (used.calls, used.cost_usd) == (2, one + lost * 120.0)


def test_a_cap_without_a_price_is_refused_with_the_settings_that_name_it() -> None:
    known = {"llm_key": SecretStr("k"), "llm_usd_day": 2.0, "_env_file": None}
    with pytest.raises(ModelFailed, match="INTERVIEWLAB_LLM_USD_IN"):
        build_endpoint(Settings(llm_model="house-model", **known))
    priced = Settings(llm_model="house-model", llm_usd_in=1.0, llm_usd_out=1.0, **known)
    assert isinstance(build_endpoint(priced), PaidChat)
    assert isinstance(build_endpoint(Settings(**known)), PaidChat)
