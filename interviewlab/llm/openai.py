"""Any OpenAI-compatible endpoint: OpenAI, Hugging Face's router, Ollama, vLLM, llama.cpp.

The openai client streams, instructor asks for a whole form. Neither retries: tenacity does, here and nowhere above, and
only while nothing of the answer has come. Nothing of what was sent or received stands in an error.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx
import instructor
import openai
from instructor.core.exceptions import InstructorError, InstructorRetryException
from openai import AsyncOpenAI
from pydantic import BaseModel, ConfigDict
from tenacity import AsyncRetrying, RetryError, retry_if_exception, stop_after_attempt, wait_random_exponential

from interviewlab.errors import BadInput, ModelFailed
from interviewlab.llm.dialect import Dialect
from interviewlab.llm.forms import not_in_form, read_growing, read_whole, schema_of
from interviewlab.llm.prices import CHARACTERS_A_TOKEN, cost_usd
from interviewlab.llm.public import public_client
from interviewlab.ports import Form, PartialForm
from interviewlab.types import Chat, Usage

_BROKEN = (openai.OpenAIError, InstructorError, httpx.HTTPError, ValueError, TypeError)
_TRIAL = Chat(system="Answer in the form that is asked for.", user="Are you there?", longest_tokens=16)
"""Fewer tokens are refused by some endpoints."""


@dataclass(frozen=True)
class Remedies:
    """What to do, a sentence each, for whoever set the endpoint up."""

    key: str = "Set INTERVIEWLAB_LLM_KEY to a key of this endpoint."
    url: str = "Check INTERVIEWLAB_LLM_URL and that the server runs."
    model: str = "Set INTERVIEWLAB_LLM_MODEL to one that it serves."
    form: str = "Choose a model with JSON-schema output by INTERVIEWLAB_LLM_MODEL."
    time: str = "Allow it more time with INTERVIEWLAB_LLM_FIRST_S, or choose a quicker model."


ON_THE_PAGE = Remedies(
    key="Check the key, or make a new one.",
    url="Check the address and that the server runs.",
    model="Choose one that it serves.",
    form="Choose a model with JSON-schema output.",
    time="Choose a quicker model.",
)
"""For somebody who brought an endpoint of their own to the page."""


@dataclass(frozen=True)
class Endpoint:
    """Where a model is and how patient we are with it; times in seconds."""

    model: str
    url: str | None = None
    key: str = ""
    first_s: float = 6.0
    """Until the first piece of an answer, retries and reasoning included."""
    pause_s: float = 4.0
    """Between two pieces."""
    whole_s: float = 60.0
    """For an answer at once, each try."""
    tries: int = 2
    usd_in: float | None = None
    usd_out: float | None = None
    """Per million tokens; None: as listed in ``prices``, if the model stands there."""
    name: str = ""
    remedies: Remedies = Remedies()
    is_public_only: bool = False
    """Reach no address of a private network: for endpoints that strangers name."""


class _Word(BaseModel):
    """A form for a trial."""

    model_config = ConfigDict(extra="forbid")
    word: str


class OpenAIChat:
    """One model at one endpoint. Raises BadInput for a key or an address that cannot be sent."""

    def __init__(self, endpoint: Endpoint) -> None:
        _check(endpoint)
        self.name = endpoint.name or f"llm:{endpoint.model}"
        self._at = endpoint
        self._dialect = Dialect(endpoint.model)
        self._client = AsyncOpenAI(
            base_url=endpoint.url,
            api_key=endpoint.key or "none",
            max_retries=0,
            timeout=endpoint.whole_s,
            http_client=public_client(endpoint.whole_s) if endpoint.is_public_only else None,
        )
        self._instructor = instructor.from_openai(self._client, mode=instructor.Mode.JSON_SCHEMA)

    async def stream(
        self, chat: Chat, form: type[BaseModel], until: float | None = None
    ) -> AsyncGenerator[PartialForm, None]:
        """The answer as it grows. Raises ModelFailed, also half way.

        Its first piece is there by ``until`` (a time of the loop), or ``first_s`` from now.
        """
        began, text, counted = time.monotonic(), "", None
        until = until if until is not None else asyncio.get_running_loop().time() + self._at.first_s
        pieces = await self._open(chat, form, until)
        try:
            async for piece in self._paced(pieces, until):
                counted = getattr(piece, "usage", None) or counted
                if added := _text_of(piece):
                    text += added
                    if values := read_growing(text):
                        yield PartialForm(values)
        finally:
            await pieces.close()
        whole = read_whole(text, form, self._who)
        yield PartialForm(whole.model_dump(), self._usage(chat, text, counted, began))

    async def ask(self, chat: Chat, form: type[Form]) -> tuple[Form, Usage]:
        """The answer at once, through instructor; tries whose answers were lost are in its usage, or in the error."""
        began, failed = time.monotonic(), list[ModelFailed]()
        answer: tuple[Form, Any] = await self._attempts()(self._try, chat, form, failed)
        # instructor gives a subclass of its own.
        found, counted = form.model_validate(answer[0].model_dump()), getattr(answer[1], "usage", None)
        usage = self._usage(chat, found.model_dump_json(), counted, began)
        return found, usage + self._lost_usage(chat, failed)

    async def expect_digit(self, chat: Chat, most: int) -> float:
        """The digit from 0 to ``most`` that the model would give, as the mean over their probabilities.

        One token is read and none written down. Raises ModelFailed where no such digit is among the likely ones.
        """
        create: Any = self._client.chat.completions.create
        try:
            question = {**Dialect(self._at.model).question(chat), "max_tokens": 1, "temperature": 0.0}
            completion = await create(**question, logprobs=True, top_logprobs=20)
            likely = completion.choices[0].logprobs.content[0].top_logprobs
        except (AttributeError, IndexError):
            raise not_in_form(self._who) from None
        except _BROKEN as error:
            raise self._failure(error) from None
        digits = {str(digit): digit for digit in range(most + 1)}
        named = [(each.token.strip(), math.exp(each.logprob)) for each in likely]
        found = [(digits[token], chance) for token, chance in named if token in digits]
        if not found:
            raise not_in_form(self._who)
        return sum(digit * chance for digit, chance in found) / sum(chance for _, chance in found)

    async def check(self) -> str:
        """Whether key and model are known there. Raises ModelFailed.

        Asks for the list of models, and the model itself where that does not name it: aliases often stand in no list.
        """
        if self._at.model not in await self._listed():
            await self._try_out()
        return f"{self._at.model} at {self._host}"

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    def longest_tokens(self, chat: Chat) -> int:
        """How many tokens an answer may have, as far as it is known how the model takes questions."""
        return self._dialect.longest_tokens(chat)

    @property
    def _host(self) -> str:
        return urlsplit(str(self._client.base_url)).hostname or "?"

    @property
    def _who(self) -> str:
        return f"The language model {self._at.model}"

    async def _listed(self) -> list[str]:
        """The models that the endpoint tells of: none where it has no list."""
        try:
            async with asyncio.timeout(self._at.first_s):
                return [model.id async for model in self._client.models.list()]
        except (openai.NotFoundError, AttributeError):
            return []  # nothing there, or a web page
        except (TimeoutError, *_BROKEN) as error:
            raise self._failure(error) from None

    async def _try_out(self) -> None:
        """Ask for a word in a form; what the model says does not matter. Raises ModelFailed."""
        create: Any = self._client.chat.completions.create
        completion = await self._put(partial(create, response_format=schema_of(_Word)), _TRIAL)
        if not getattr(completion, "choices", None):
            raise not_in_form(self._who)

    def _attempts(self) -> AsyncRetrying:
        return AsyncRetrying(
            stop=stop_after_attempt(self._at.tries),
            wait=wait_random_exponential(multiplier=0.2, max=2.0),
            retry=retry_if_exception(lambda error: isinstance(error, ModelFailed) and error.retryable),
            reraise=True,
        )

    async def _open(self, chat: Chat, form: type[BaseModel], until: float) -> Any:
        """The stream, begun; tried again while there is time."""
        create: Any = self._client.chat.completions.create
        streamed = {"stream": True, "stream_options": {"include_usage": True}}
        try:
            async with asyncio.timeout_at(until):
                opening = partial(create, response_format=schema_of(form), **streamed)
                return await self._attempts()(self._put, opening, chat)
        except TimeoutError:
            raise self._late() from None

    async def _put(self, create: Callable[..., Awaitable[Any]], chat: Chat) -> Any:
        """What ``create`` gives, asked anew without what the model does not take. Raises ModelFailed."""
        while True:
            question = self._dialect.question(chat)
            try:
                return await create(**question)
            except _BROKEN as error:
                cause = _inside(error)
                if not self._learns_from(cause, question):
                    raise self._failure(cause) from None

    def _learns_from(self, error: BaseException, question: dict[str, Any]) -> bool:
        return isinstance(error, openai.BadRequestError) and self._dialect.learn(question, error.code, error.param)

    async def _paced(self, pieces: Any, until: float) -> AsyncIterator[Any]:
        """Each piece, none of them late: the first text by ``until``."""
        loop, has_begun = asyncio.get_running_loop(), False
        while True:
            try:
                async with asyncio.timeout_at(until):
                    piece = await anext(pieces, None)
            except TimeoutError:
                raise self._late() from None
            except _BROKEN as error:
                raise self._failure(error, began=True) from None
            if piece is None:
                return
            yield piece
            has_begun = has_begun or bool(_text_of(piece))
            until = loop.time() + self._at.pause_s if has_begun else until

    async def _try(self, chat: Chat, form: type[Form], failed: list[ModelFailed]) -> tuple[Form, Any]:
        """One try after those that ``failed``, and among them where it fails too."""
        try:
            return await self._ask_once(chat, form)
        except ModelFailed as error:
            error.lost = sum(earlier.may_be_paid for earlier in failed)
            failed.append(error)
            raise

    async def _ask_once(self, chat: Chat, form: type[Form]) -> tuple[Form, Any]:
        create = self._instructor.chat.completions.create_with_completion
        answer: tuple[Form, Any] = await self._put(partial(create, response_model=form, max_retries=0), chat)
        return answer

    def _usage(self, chat: Chat, text: str, counted: Any, began: float) -> Usage:
        """As the endpoint counts, which may send anything; else by the length of the texts."""
        tokens_in = getattr(counted, "prompt_tokens", None) or len(chat.system + chat.user) // CHARACTERS_A_TOKEN
        tokens_out = getattr(counted, "completion_tokens", None) or len(text) // CHARACTERS_A_TOKEN
        seconds = round(time.monotonic() - began, 4)
        return self._priced(Usage(calls=1, tokens_in=tokens_in, tokens_out=tokens_out, seconds=seconds))

    def _lost_usage(self, chat: Chat, failed: Sequence[ModelFailed]) -> Usage:
        """Of tries that failed; an answer that was lost counts as if it had been as long as it may be."""
        lost = sum(error.may_be_paid for error in failed)
        tokens_in = lost * (len(chat.system + chat.user) // CHARACTERS_A_TOKEN)
        return self._priced(Usage(calls=len(failed), tokens_in=tokens_in, tokens_out=lost * self.longest_tokens(chat)))

    def _priced(self, usage: Usage) -> Usage:
        """With its cost in USD, or None where nobody knows the price."""
        cost = cost_usd(self._at.model, usage.tokens_in, usage.tokens_out, self._at.usd_in, self._at.usd_out)
        return usage.model_copy(update={"cost_usd": cost})

    # ---- what went wrong

    def _failure(self, error: BaseException, *, began: bool = False) -> ModelFailed:
        if isinstance(error, (openai.APITimeoutError, httpx.TimeoutException, TimeoutError)):
            return self._late()
        if isinstance(error, openai.APIStatusError):
            return self._refusal(error)
        if began:
            return ModelFailed(f"{self._who} broke off.", "Try again.", cause="broken off", retryable=True)
        if isinstance(error, (openai.APIConnectionError, httpx.HTTPError)):
            remedy = self._at.remedies.url
            what = f"The language model's endpoint at {self._host} cannot be reached."
            return ModelFailed(what, remedy, cause="unreachable", retryable=True)
        return not_in_form(self._who)

    def _refusal(self, error: openai.APIStatusError) -> ModelFailed:
        where, status = f"The endpoint at {self._host}", error.status_code
        if status in (401, 403):
            return ModelFailed(f"{where} refused the key (status {status}).", self._at.remedies.key, cause="refused")
        if status == 404 or (status == 400 and error.param == "model"):
            return self._unknown_model()
        if status in (400, 415, 422):
            return ModelFailed(
                f"{self._who} gives no structured output, or refuses the question (status {status}).",
                self._at.remedies.form,
                cause="no form",
            )
        what, is_passing = f"{where} answered with status {status}.", status in (408, 409, 429) or status >= 500
        return ModelFailed(what, "Try again later.", cause=str(status), retryable=is_passing)

    def _unknown_model(self) -> ModelFailed:
        what = f"The endpoint at {self._host} knows no model '{self._at.model}'."
        return ModelFailed(what, self._at.remedies.model, cause="unknown model")

    def _late(self) -> ModelFailed:
        what = f"{self._who} did not answer in time."
        return ModelFailed(what, self._at.remedies.time, cause="timeout", retryable=True)


def _check(endpoint: Endpoint) -> None:
    if not (endpoint.key.isascii() and endpoint.key.isprintable()):
        what = "The key has signs in it that no key has, such as curly quotes or the dots of a hidden one."
        raise BadInput(what, endpoint.remedies.key)
    try:
        httpx.URL(endpoint.url or "")
    except httpx.InvalidURL:
        raise BadInput("That is no address of an endpoint.", endpoint.remedies.url) from None


def _inside(error: BaseException) -> BaseException:
    """What instructor wrapped."""
    cause: BaseException = (error.__cause__ if isinstance(error, InstructorRetryException) else None) or error
    return (cause.last_attempt.exception() or cause) if isinstance(cause, RetryError) else cause


def _text_of(piece: Any) -> str:
    choices = getattr(piece, "choices", None) or ()
    delta = getattr(choices[0], "delta", None) if choices else None
    return getattr(delta, "content", None) or ""
