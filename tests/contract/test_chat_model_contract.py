"""What every ChatModel promises: the scripted one, and the OpenAI client before a scripted endpoint."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from interviewlab.errors import BadInput, ModelFailed
from interviewlab.llm.dialect import THINKING_TOKENS
from interviewlab.llm.openai import ON_THE_PAGE, Endpoint, OpenAIChat
from interviewlab.llm.scripted import ScriptedChat
from interviewlab.llm.scripted_endpoint import ScriptedEndpoint, listen, serve_scripted
from interviewlab.ports import ChatModel
from interviewlab.types import Chat

CHAT = Chat(system="You interview.", user="<answer>a heap</answer>", longest_tokens=50)
SAID = {"move": "ask", "reply": "Thank you. What does a heap promise about its root? Take your time."}


class Turn(BaseModel):
    """A form whose first field may be acted upon before the rest is there."""

    model_config = ConfigDict(extra="forbid")
    move: str
    reply: str


@pytest.fixture
def endpoint() -> Iterator[ScriptedEndpoint]:
    with serve_scripted(answer=lambda system, user: json.dumps(SAID), hang_s=1.0) as scripted:
        yield scripted


@pytest.fixture(params=["scripted", "openai"])
async def model(request: pytest.FixtureRequest, endpoint: ScriptedEndpoint) -> AsyncIterator[ChatModel]:
    made: ChatModel = ScriptedChat(lambda chat: SAID) if request.param == "scripted" else _client(endpoint)
    yield made
    await made.aclose()
    await made.aclose()


def _client(endpoint: ScriptedEndpoint, **how: float) -> OpenAIChat:
    return OpenAIChat(
        Endpoint(model="scripted", url=endpoint.url, key="none", **{"first_s": 0.6, "pause_s": 0.3, **how})
    )  # type: ignore[arg-type]


async def test_an_answer_grows_field_by_field_and_ends_whole_with_its_usage(model: ChatModel) -> None:
    grown = [growth async for growth in model.stream(CHAT, Turn)]
    texts = [str(growth.values.get("reply", "")) for growth in grown]
    assert len(grown) > 4
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert all(growth.values["move"] == "ask" for growth in grown if "reply" in growth.values)
    assert all(growth.usage is None for growth in grown[:-1])
    assert grown[-1].values == SAID
    assert grown[-1].usage is not None
    assert (grown[-1].usage.calls, grown[-1].usage.tokens_out > 10) == (1, True)


async def test_an_answer_at_once_has_the_same_fields(model: ChatModel) -> None:
    found, usage = await model.ask(CHAT, Turn)
    assert found == Turn(**SAID)
    assert usage.calls == 1
    assert await model.check()


@pytest.mark.parametrize(
    ("fault", "cause", "retryable"),
    [
        ("401", "refused", False),
        ("404", "unknown model", False),
        ("400", "no form", False),
        ("429", "429", True),
        ("500", "500", True),
        ("timeout", "timeout", True),
        ("stall", "timeout", True),
        ("half", "broken off", True),
        ("garbage", "garbage", True),
        ("no verdict", "garbage", True),
    ],
)
async def test_each_fault_is_one_clear_failure_that_repeats_nothing(
    endpoint: ScriptedEndpoint, fault: str, cause: str, retryable: bool
) -> None:
    endpoint.fault_of, endpoint.breaks_after = (lambda user: fault), 5
    client = _client(endpoint, **({"first_s": 0.6, "pause_s": 0.3} if cause == "timeout" else {}))
    with pytest.raises(ModelFailed) as caught:
        async for _ in client.stream(CHAT, Turn):
            pass
    await client.aclose()
    assert (caught.value.cause, caught.value.retryable) == (cause, retryable)
    assert caught.value.remedy
    assert "SECRET" not in str(caught.value)
    assert "heap" not in str(caught.value)
    assert endpoint.faults == {fault: 1}


@pytest.mark.parametrize(("fault", "cause"), [("401", "refused"), ("404", "unknown model"), ("no verdict", "garbage")])
async def test_a_question_at_once_fails_as_clearly(endpoint: ScriptedEndpoint, fault: str, cause: str) -> None:
    endpoint.fault_of = lambda user: fault
    client = _client(endpoint)
    with pytest.raises(ModelFailed) as caught:
        await client.ask(CHAT, Turn)
    await client.aclose()
    assert caught.value.cause == cause


async def test_a_passing_failure_is_tried_once_more_and_no_oftener(endpoint: ScriptedEndpoint) -> None:
    fates = iter(["500", ""])
    endpoint.fault_of = lambda user: next(fates)
    client = _client(endpoint)
    assert [growth async for growth in client.stream(CHAT, Turn)][-1].values == SAID
    assert endpoint.calls == 2
    endpoint.fault_of = lambda user: "500"
    with pytest.raises(ModelFailed):
        await client.ask(CHAT, Turn)
    await client.aclose()
    assert endpoint.calls == 4


async def test_a_model_the_endpoint_does_not_serve_is_known_before_an_interview(endpoint: ScriptedEndpoint) -> None:
    endpoint.serves = ("scripted",)
    client = OpenAIChat(Endpoint(model="gpt-unheard-of", url=endpoint.url))
    with pytest.raises(ModelFailed, match="knows no model 'gpt-unheard-of'"):
        await client.check()
    endpoint.refuses = lambda settings: ("model_not_supported", "model")
    with pytest.raises(ModelFailed, match="knows no model 'gpt-unheard-of'"):
        await client.check()
    await client.aclose()


@pytest.mark.parametrize(("lists", "questions"), [(("scripted",), 0), (("scripted:latest",), 1), (None, 1)])
async def test_a_model_that_stands_in_no_list_is_asked_whether_it_is_there(
    endpoint: ScriptedEndpoint, lists: tuple[str, ...] | None, questions: int
) -> None:
    endpoint.lists = lists
    client = _client(endpoint)
    assert "scripted at 127.0.0.1" in await client.check()
    assert endpoint.calls == questions
    endpoint.fault_of = lambda user: "400"
    if questions:
        with pytest.raises(ModelFailed, match="gives no structured output"):
            await client.check()
    await client.aclose()


async def test_a_web_page_is_no_endpoint() -> None:
    class Page(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            return

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>Welcome</html>")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

    with listen(Page) as address:
        client = OpenAIChat(Endpoint(model="scripted", url=address))
        with pytest.raises(ModelFailed) as caught:
            await client.check()
        await client.aclose()
    assert caught.value.cause == "garbage"


def _as_reasoning_models(settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """What OpenAI's refuse."""
    if "max_tokens" in settings:
        return "unsupported_parameter", "max_tokens"
    if settings.get("temperature", 1.0) != 1.0:
        return "unsupported_value", "temperature"
    return ("unsupported_value", "reasoning_effort") if settings["reasoning_effort"] == "none" else None


@pytest.mark.parametrize("first", ["stream", "ask"])
async def test_a_model_that_refuses_a_parameter_is_asked_without_it_from_then_on(
    endpoint: ScriptedEndpoint, first: str
) -> None:
    endpoint.refuses = _as_reasoning_models
    client = _client(endpoint, first_s=20.0)
    for manner in (first, "stream", "ask"):
        if manner == "ask":
            assert (await client.ask(CHAT, Turn))[0] == Turn(**SAID)
        else:
            assert [growth async for growth in client.stream(CHAT, Turn)][-1].values == SAID
    await client.aclose()
    known = ("temperature", "max_tokens", "max_completion_tokens", "reasoning_effort")
    told = [{name: settings[name] for name in known if name in settings} for settings in endpoint.settings]
    assert told[0] == {"temperature": 0.0, "max_tokens": 50}
    assert told[3:] == [{"max_completion_tokens": 50 + THINKING_TOKENS, "reasoning_effort": "minimal"}] * 3


async def test_a_model_that_only_thinks_is_late_however_often_it_says_so(endpoint: ScriptedEndpoint) -> None:
    endpoint.thoughts, endpoint.tokens_a_second = 30, 20.0
    client = _client(endpoint, first_s=1.0, pause_s=20.0)
    with pytest.raises(ModelFailed, match="did not answer in time"):
        async for _ in client.stream(CHAT, Turn):
            pass
    await client.aclose()
    endpoint.tokens_a_second = 0.0
    patient = _client(endpoint, first_s=20.0, pause_s=20.0)
    assert [growth async for growth in patient.stream(CHAT, Turn)][-1].values == SAID
    await patient.aclose()


@pytest.mark.parametrize("key", ["sk-\u2022\u2022\u2022", "\u201csk-1\u201d", "sk-1\n", "sk\u200b-1"])
def test_a_key_that_cannot_be_sent_is_told_so_and_not_repeated(key: str) -> None:
    with pytest.raises(BadInput, match="no key has") as caught:
        OpenAIChat(Endpoint(model="scripted", key=key, remedies=ON_THE_PAGE))
    assert key not in str(caught.value)
    assert "Check the key" in str(caught.value)


@pytest.mark.parametrize("url", ["https://\u2018api.x.com\u2019/v1", "https://\u2026/v1", "https://a\u200bb.com/v1"])
def test_an_address_that_is_none_is_told_so(url: str) -> None:
    with pytest.raises(BadInput, match="no address of an endpoint"):
        OpenAIChat(Endpoint(model="scripted", url=url))


async def test_known_prices_become_a_cost_and_unknown_ones_none(endpoint: ScriptedEndpoint) -> None:
    dear = OpenAIChat(Endpoint(model="scripted", url=endpoint.url, usd_in=1.0, usd_out=2.0))
    _, usage = await dear.ask(CHAT, Turn)
    assert usage.cost_usd == pytest.approx((usage.tokens_in + 2 * usage.tokens_out) / 1e6)
    unknown = _client(endpoint)
    _, usage = await unknown.ask(CHAT, Turn)
    assert usage.cost_usd is None
    await dear.aclose()
    await unknown.aclose()
