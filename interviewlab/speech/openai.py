"""Ears and a mouth at any OpenAI-compatible endpoint."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterable
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
from openai import AsyncOpenAI

from interviewlab.errors import SpeechFailed
from interviewlab.speech.audio import EARS_RATE, Floats, from_wav, loudest_dbfs, to_pcm, to_wav
from interviewlab.speech.resampling import resample
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Speech, Transcription, Word

SILENCE_DBFS = -55.0
PCM_RATE = 24_000
"""What the speech endpoint gives as ``pcm``: 16-bit little-endian mono."""
_PIECE_BYTES = PCM_RATE // 10 * 2
_VOICES = ("alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer")
_MISSHAPEN = (AttributeError, TypeError, ValueError, OverflowError)
_PASSING = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError, httpx.HTTPError)


class OpenAIEars:
    """Transcription at ``base_url``; ``has_words`` asks for word times, which not every model gives.

    ``retries`` are the client's, on connection errors, 408, 409, 429 and 5xx; a call asks once more after them.
    """

    name = "openai"
    tells_stop = False

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str = "whisper-1",
        *,
        has_words: bool = True,
        timeout_s: float = 20.0,
        retries: int = 1,
    ) -> None:
        self._client = AsyncOpenAI(base_url=base_url, api_key=api_key, timeout=timeout_s, max_retries=retries)
        self._model, self._has_words = model, has_words

    async def transcribe(self, audio: Floats, *, prompt: str = "") -> Transcription:
        """The words; silence is not sent."""
        if audio.size < EARS_RATE // 10 or loudest_dbfs(audio, EARS_RATE) < SILENCE_DBFS:
            return Transcription(text="")
        wanted: dict[str, Any] = {"response_format": "json"}
        if self._has_words:
            wanted = {"response_format": "verbose_json", "timestamp_granularities": ["word", "segment"]}
        if prompt:
            wanted["prompt"] = prompt
        try:
            answer = await self._client.audio.transcriptions.create(
                file=("speech.wav", to_wav(audio, EARS_RATE), "audio/wav"), model=self._model, language="en", **wanted
            )
            return _to_transcription(answer)
        except (openai.OpenAIError, *_MISSHAPEN) as error:
            raise _failed("transcription", self._client, error) from error

    def careful(self) -> None:
        """None: the endpoint would be paid twice for the same words."""

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()


class OpenAIMouth:
    """Speech from ``base_url``, each sentence asked for by itself and passed on as it arrives; ``pace`` 0.25 to 4."""

    name = "openai"
    sample_rate = PCM_RATE

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str = "gpt-4o-mini-tts",
        *,
        voice: str = "alloy",
        voices: tuple[str, ...] = _VOICES,
        pace: float = 1.0,
        timeout_s: float = 20.0,
        retries: int = 1,
    ) -> None:
        self._client = AsyncOpenAI(base_url=base_url, api_key=api_key, timeout=timeout_s, max_retries=retries)
        self._model, self._pace = model, pace
        self.voice = voice
        self.voices = tuple(dict.fromkeys((voice, *voices)))

    async def synthesize(self, text: str) -> AsyncIterator[Speech]:
        """Pieces of a tenth of a second or more, the first of a sentence with its text."""
        for sentence in split_sentences(text):
            if not any(char.isalnum() for char in sentence):
                continue
            said = sentence
            try:
                async for pcm in self._pieces(sentence):
                    yield Speech(pcm=pcm, sample_rate=PCM_RATE, text=said)
                    said = ""
            except (openai.OpenAIError, httpx.HTTPError) as error:  # a stream that breaks off is httpx's own error
                raise _failed("speech", self._client, error) from error

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        """Nothing: what is never said would be paid too."""

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _pieces(self, sentence: str) -> AsyncIterator[bytes]:
        async with self._client.audio.speech.with_streaming_response.create(
            input=sentence, model=self._model, voice=self.voice, response_format="pcm", speed=self._pace
        ) as answer:
            held = b""
            async for block in answer.iter_bytes(_PIECE_BYTES):
                held += block
                # Some compatible servers know no pcm and answer with a WAV file, which is read when it is whole.
                if held.startswith(b"RIFF") or len(held) < _PIECE_BYTES:
                    continue
                whole = len(held) - len(held) % 2
                yield held[:whole]
                held = held[whole:]
        if rest := _rest(held):
            yield rest


def _rest(held: bytes) -> bytes:
    if not held.startswith(b"RIFF"):
        return held[: len(held) - len(held) % 2]
    try:
        return to_pcm(resample(*from_wav(held), PCM_RATE))
    except ValueError as error:
        raise SpeechFailed(
            f"The speech endpoint sent audio that cannot be read: {error}.", "Set it up to answer with pcm or wav."
        ) from error


def _to_transcription(answer: Any) -> Transcription:
    """From json, or verbose_json with its words and segments where the server gave them."""
    words = getattr(answer, "words", None) or ()
    chances = [
        math.exp(segment.avg_logprob)
        for segment in getattr(answer, "segments", None) or ()
        if segment.avg_logprob is not None
    ]
    return Transcription(
        text=answer.text.strip(),
        words=tuple(Word(text=word.word.strip(), start_s=word.start, end_s=word.end) for word in words),
        confidence=min(1.0, sum(chances) / len(chances)) if chances else None,
    )


def _failed(what: str, client: AsyncOpenAI, error: Exception) -> SpeechFailed:
    """What happened, without the words of the server: they may repeat what was said, or the key."""
    host = urlsplit(str(client.base_url)).hostname or "?"
    if isinstance(error, (openai.APITimeoutError, httpx.TimeoutException)):
        happened = "did not answer in time"
    elif isinstance(error, openai.APIStatusError):
        happened = f"answered with status {error.status_code}"
    elif isinstance(error, _MISSHAPEN):
        happened = "answered with something that cannot be read"
    else:
        happened = f"failed ({type(error).__name__})"
    remedy = "Check the address, the key and the model of the endpoint; typing works meanwhile."
    return SpeechFailed(f"The {what} endpoint at {host} {happened}.", remedy, retryable=isinstance(error, _PASSING))
