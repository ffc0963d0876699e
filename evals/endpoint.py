"""A language model as scorer, over any OpenAI-compatible endpoint. No other file here names openai."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import openai
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.batch import ScoringFailed, Usage
from evals.cache import hash_of
from evals.dataset import Sample
from evals.scorer import Score
from interviewlab.errors import BadInput

PROMPT = Path(__file__).parent / "prompts" / "grade-answer.md"
FRAME_TOKENS = 32
"""More than a chat puts around its two messages."""
LONGEST_REPLY_TOKENS = 700
REFUSALS = (401, 403, 404)
"""What no retry and no other sample will mend: key or model is wrong."""


@dataclass(frozen=True)
class Model:
    """Which model, where, and its prices in USD per million tokens."""

    name: str
    url: str | None = None
    timeout_s: float = 60.0
    usd_in: float = 0.0
    usd_out: float = 0.0

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """USD."""
        return (tokens_in * self.usd_in + tokens_out * self.usd_out) / 1e6


class _Point(BaseModel):
    model_config = ConfigDict(extra="ignore")
    n: int
    quote: str


class _Verdict(BaseModel):
    model_config = ConfigDict(extra="ignore")
    points: list[_Point]
    score: float = Field(ge=0, le=1, allow_inf_nan=False)
    reason: str = ""


class Chat:
    """One conversation partner: system and user text in, text and usage out. Raises ScoringFailed, BadInput.

    The key comes from ``OPENAI_API_KEY``. Nothing of what was sent or received stands in an error.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        try:
            # The batch retries; two layers would multiply.
            self._client = openai.AsyncOpenAI(base_url=model.url, max_retries=0, timeout=model.timeout_s)
        except openai.OpenAIError as error:
            raise BadInput(
                "No key for the endpoint is set.", "Set OPENAI_API_KEY (any text for a local one)."
            ) from error

    async def ask(self, system: str, user: str, temperature: float = 0.0) -> tuple[str, Usage]:
        """The model's text for one question."""
        most = self.expect(system + user)
        try:
            completion = await self._client.chat.completions.create(
                model=self.model.name,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
                temperature=temperature,
                max_tokens=LONGEST_REPLY_TOKENS,
            )
        except openai.APIStatusError as error:
            raise self._failure(error) from None
        except (openai.APITimeoutError, TimeoutError):
            raise ScoringFailed("the endpoint did not answer in time", is_retryable=True, usage=most) from None
        except openai.APIConnectionError as error:
            # A connection that broke later may have been answered, and paid for, at the other end.
            used = Usage(1) if isinstance(error.__cause__, httpx.ConnectError) else most
            raise ScoringFailed("the endpoint could not be reached", is_retryable=True, usage=used) from None
        except (openai.APIError, ValueError):
            raise ScoringFailed("the endpoint sent no completion", is_retryable=True, usage=most) from None
        usage = self._usage(completion) or most
        return _text(completion, usage), usage

    def expect(self, asked: str) -> Usage:
        """One call, at most: a token for each byte that is asked, as no tokeniser makes more of it, and the longest
        reply that is allowed. So is paid what nobody counted."""
        tokens_in = len(asked.encode()) + FRAME_TOKENS
        cost = self.model.cost(tokens_in, LONGEST_REPLY_TOKENS)
        return Usage(1, tokens_in, LONGEST_REPLY_TOKENS, round(cost, 9))

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    def _failure(self, error: openai.APIStatusError) -> ScoringFailed | BadInput:
        status = error.status_code
        if status in REFUSALS:
            return BadInput(f"The endpoint refused with status {status}.", "Check OPENAI_API_KEY, --url and --model.")
        is_retryable = status in (408, 409, 429) or status >= 500
        wait = _seconds(error.response.headers)
        return ScoringFailed(f"the endpoint answered {status}", is_retryable=is_retryable, retry_after_s=wait)

    def _usage(self, completion: Any) -> Usage | None:
        """As the endpoint counts, which may send anything."""
        used = getattr(completion, "usage", None)
        tokens_in, tokens_out = getattr(used, "prompt_tokens", None), getattr(used, "completion_tokens", None)
        if not isinstance(tokens_in, int) or not isinstance(tokens_out, int) or min(tokens_in, tokens_out) < 0:
            return None
        return Usage(1, tokens_in, tokens_out, round(self.model.cost(tokens_in, tokens_out), 9))


class EndpointScorer:
    """Grades answers by a language model. A key point counts only with an exact quote from the answer."""

    def __init__(self, chat: Chat, prompt: Path = PROMPT, temperature: float = 0.0) -> None:
        self._chat = chat
        self._prompt = _read_prompt(prompt)
        self._temperature = temperature
        self.name = chat.model.name
        self.version = hash_of(self._prompt, chat.model.name, chat.model.url, temperature)

    async def __call__(self, sample: Sample, epoch: int) -> tuple[Score, Usage]:
        """The score of one answer, and what it cost."""
        text, usage = await self._chat.ask(self._prompt, to_question(sample), self._temperature)
        try:
            verdict = _Verdict.model_validate(json.loads(_without_fence(text)))
        except (ValidationError, ValueError, RecursionError):
            raise ScoringFailed(
                "the model gave no verdict of the form asked for", is_retryable=True, usage=usage
            ) from None
        return to_score(sample, verdict), usage

    def expect(self, sample: Sample) -> Usage:
        """One call, at most."""
        return self._chat.expect(self._prompt + to_question(sample))


def to_question(sample: Sample) -> str:
    """What the model is given about one sample, as JSON: text inside cannot leave its string."""
    points = [{"n": n, "text": p.text, "weight": round(p.weight, 2)} for n, p in enumerate(sample.target, 1)]
    return json.dumps({"question": sample.input, "key_points": points, "answer": sample.answer}, ensure_ascii=False)


def to_score(sample: Sample, verdict: _Verdict) -> Score:
    """Quotes that are not in the answer, and points that do not exist, are left out; a score without any is none."""
    made = {
        point.n: point.quote
        for point in verdict.points
        if 1 <= point.n <= len(sample.target) and point.quote.strip() and point.quote in sample.answer
    }
    if not made and verdict.score > 0:
        return Score(None, None, missing=_missing(sample, made), why_no_score="the model showed no evidence")
    found = tuple({"key_point": sample.target[n - 1].text, "quote": quote} for n, quote in sorted(made.items()))
    return Score(round(verdict.score, 4), None, found, _missing(sample, made))


def _missing(sample: Sample, made: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(point.text for n, point in enumerate(sample.target, 1) if n not in made)


def _text(completion: Any, usage: Usage) -> str:
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or not choices:
        raise ScoringFailed("the endpoint sent no completion", is_retryable=True, usage=usage)
    text = getattr(getattr(choices[0], "message", None), "content", None)
    if not isinstance(text, str) or not text:
        raise ScoringFailed("the endpoint sent a completion without text", is_retryable=True, usage=usage)
    return text


def _without_fence(text: str) -> str:
    bare = text.strip()
    if bare.startswith("```"):
        bare = bare.partition("\n")[2].rpartition("```")[0]
    return bare


def _seconds(headers: Mapping[str, str]) -> float:
    try:
        return max(0.0, float(headers.get("retry-after", "0")))
    except ValueError:
        return 0.0


def _read_prompt(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The prompt {path} cannot be read.", "Name a text file in UTF-8.") from error
