"""Ears and mouth at an OpenAI-compatible endpoint: what is asked, and how its failures look."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from interviewlab.errors import SpeechFailed
from interviewlab.speech.audio import EARS_RATE, to_float
from interviewlab.speech.openai import PCM_RATE, OpenAIEars, OpenAIMouth
from tests.contract.speech_endpoint import TONE, serve_endpoint

VOICE = np.sin(np.arange(EARS_RATE) / 8).astype(np.float32) * 0.3


async def test_the_clip_the_prompt_and_the_model_are_sent_and_words_come_back() -> None:
    with serve_endpoint(text="a hash table") as endpoint:
        heard = await OpenAIEars(endpoint.url, "k", "whisper-x").transcribe(VOICE, prompt="hash table")
    assert heard.text == "a hash table"
    assert [word.text for word in heard.words] == ["a", "hash", "table"]
    path, body = endpoint.asked[0]
    assert path == "/v1/audio/transcriptions"
    assert all(part in body for part in (b"RIFF", b"whisper-x", b"hash table", b"verbose_json"))


async def test_a_model_that_gives_no_words_is_asked_for_plain_json() -> None:
    with serve_endpoint(has_words=False) as endpoint:
        heard = await OpenAIEars(endpoint.url, "k", "m", has_words=False).transcribe(VOICE)
    assert (heard.text, heard.words, heard.confidence) == ("hello there", (), None)
    assert b"verbose_json" not in endpoint.asked[0][1]


@pytest.mark.parametrize(
    "answer",
    [
        "plain text",
        {"no": "text"},
        {"text": "a heap", "words": [{"word": "a", "start": None, "end": 0.2}]},
        {"text": [1]},
    ],
)
async def test_an_answer_of_another_shape_is_our_error(answer: object) -> None:
    with serve_endpoint(answer=answer) as endpoint, pytest.raises(SpeechFailed, match="cannot be read") as caught:
        await OpenAIEars(endpoint.url, "k").transcribe(VOICE)
    assert not caught.value.retryable


async def test_plain_text_is_our_error() -> None:
    with (
        serve_endpoint(answer="a heap", kind="text/plain") as endpoint,
        pytest.raises(SpeechFailed, match="cannot be read"),
    ):
        await OpenAIEars(endpoint.url, "k").transcribe(VOICE)


async def test_silence_is_not_sent() -> None:
    with serve_endpoint() as endpoint:
        await OpenAIEars(endpoint.url, "k").transcribe(np.zeros(EARS_RATE, np.float32))
    assert endpoint.asked == []


@pytest.mark.parametrize(
    ("status", "is_retryable"), [(401, False), (404, False), (400, False), (429, True), (503, True)]
)
async def test_a_status_becomes_our_error_without_the_words_of_the_server(status: int, is_retryable: bool) -> None:
    with serve_endpoint(status=status) as endpoint:
        with pytest.raises(SpeechFailed, match=str(status)) as caught:
            await OpenAIEars(endpoint.url, "my-key", retries=0).transcribe(VOICE, prompt="private words")
        with pytest.raises(SpeechFailed, match=str(status)) as spoken:
            await anext(OpenAIMouth(endpoint.url, "my-key", retries=0).synthesize("Private words."))
    assert caught.value.retryable is spoken.value.retryable is is_retryable
    for error in (caught.value, spoken.value):
        assert not any(word in str(error).lower() for word in ("secret", "private", "my-key"))


async def test_an_endpoint_that_does_not_answer_in_time_is_retryable() -> None:
    with serve_endpoint(delay_s=0.6) as endpoint, pytest.raises(SpeechFailed, match="in time") as caught:
        await OpenAIEars(endpoint.url, "k", timeout_s=0.1, retries=0).transcribe(VOICE)
    assert caught.value.retryable


async def test_nobody_there_is_retryable_and_the_host_is_named() -> None:
    with pytest.raises(SpeechFailed, match=r"127\.0\.0\.1") as caught:
        await OpenAIEars("http://127.0.0.1:9/v1", "k", retries=0).transcribe(VOICE)
    assert caught.value.retryable


async def test_a_stream_that_breaks_off_is_our_error_too() -> None:
    with serve_endpoint(is_cut=True) as endpoint, pytest.raises(SpeechFailed) as caught:
        async for _ in OpenAIMouth(endpoint.url, "k", retries=0).synthesize("Hello."):
            pass
    assert caught.value.retryable


@pytest.mark.parametrize("is_wav", [False, True])
async def test_pcm_and_wav_answers_sound_alike(is_wav: bool) -> None:
    with serve_endpoint(is_wav=is_wav) as endpoint:
        pieces = [piece async for piece in OpenAIMouth(endpoint.url, "k").synthesize("Hello.")]
    audio = np.concatenate([to_float(piece.pcm) for piece in pieces])
    assert abs(audio.size - TONE.size) < 50
    assert {piece.sample_rate for piece in pieces} == {PCM_RATE}
    assert next(piece.text for piece in pieces) == "Hello."
    assert not any(piece.text for piece in pieces[1:])


async def test_each_sentence_is_asked_for_by_itself_with_voice_and_pace() -> None:
    with serve_endpoint() as endpoint:
        mouth = OpenAIMouth(endpoint.url, "k", "tts-x", voice="nova", pace=1.2)
        async for _ in mouth.synthesize("One is here. Two is there."):
            pass
    assert [b"One is here." in endpoint.asked[0][1], b"Two is there." in endpoint.asked[1][1]] == [True, True]
    assert all(b'"nova"' in body and b"1.2" in body and b"tts-x" in body for _, body in endpoint.asked)
    assert mouth.voices[0] == "nova"


async def test_a_cancelled_call_ends_at_once() -> None:
    with serve_endpoint(delay_s=0.5) as endpoint:
        task = asyncio.create_task(OpenAIEars(endpoint.url, "k").transcribe(VOICE))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 0.3)
