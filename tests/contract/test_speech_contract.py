"""What every SpeechToText and every TextToSpeech must do, held against each adapter."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import numpy as np
import pytest

from interviewlab import weights
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, clipped, rms_dbfs, to_float
from interviewlab.speech.openai import OpenAIEars, OpenAIMouth
from interviewlab.speech.piper import PiperMouth
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth
from interviewlab.speech.whisper import WhisperEars
from interviewlab.types import Speech
from tests.contract.speech_endpoint import serve_endpoint
from tests.parts import need

SILENCE = np.zeros(EARS_RATE, np.float32)
TEXT = "Hello there. An index makes reads quick, and writes slower!"
WEIGHTS = pytest.mark.weights


def voiced(seconds: float = 1.0) -> Floats:
    """Something loud enough to be listened to."""
    return np.random.default_rng(3).normal(0, 0.1, round(seconds * EARS_RATE)).astype(np.float32)


@pytest.fixture(params=["scripted", "openai", pytest.param("whisper", marks=WEIGHTS)])
async def ears(request: pytest.FixtureRequest) -> AsyncIterator[SpeechToText]:
    with serve_endpoint() as endpoint:
        made: SpeechToText
        if request.param == "scripted":
            made = ScriptedEars(["hello there"] * 9)
        elif request.param == "openai":
            made = OpenAIEars(endpoint.url, "key")
        else:
            files = weights.find("whisper-tiny.en", Settings().cache_dir)
            need("weights", files is not None, "run `interviewlab weights fetch whisper-tiny.en`")
            made = WhisperEars(files or {}, threads=1)
        yield made
        await made.aclose()


@pytest.fixture(params=["scripted", "openai", pytest.param("piper", marks=WEIGHTS)])
async def mouth(request: pytest.FixtureRequest) -> AsyncIterator[TextToSpeech]:
    with serve_endpoint() as endpoint:
        made: TextToSpeech
        if request.param == "scripted":
            made = ScriptedMouth()
        elif request.param == "openai":
            made = OpenAIMouth(endpoint.url, "key")
        else:
            files = weights.find("piper-joe", Settings().cache_dir)
            need("weights", files is not None, "run `interviewlab weights fetch piper-joe`")
            made = PiperMouth(files or {})
        yield made
        await made.aclose()


async def speak(mouth: TextToSpeech, text: str) -> list[Speech]:
    return [piece async for piece in mouth.synthesize(text)]


@pytest.mark.parametrize("audio", [SILENCE, SILENCE[:0], SILENCE[:200], SILENCE + np.float32(1e-5)])
async def test_silence_gives_an_empty_text_and_no_words(ears: SpeechToText, audio: Floats) -> None:
    heard = await ears.transcribe(audio)
    assert heard.text == ""
    assert heard.words == ()


async def test_words_come_in_order_and_within_the_audio(ears: SpeechToText) -> None:
    heard = await ears.transcribe(voiced(2.0), prompt="Terms: hash table.")
    times = [time for word in heard.words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert all(0 <= each <= 2.5 for each in times)
    assert heard.confidence is None or 0 <= heard.confidence <= 1


async def test_listening_does_not_write_into_the_audio(ears: SpeechToText) -> None:
    audio = voiced()
    before = audio.copy()
    await ears.transcribe(audio)
    np.testing.assert_array_equal(audio, before)


async def test_several_listen_at_once(ears: SpeechToText) -> None:
    heard = await asyncio.gather(*(ears.transcribe(voiced(0.5)) for _ in range(3)))
    assert len(heard) == 3


async def test_the_event_loop_runs_on_while_ears_listen(ears: SpeechToText) -> None:
    longest, last = 0.0, time.perf_counter()
    task = asyncio.create_task(ears.transcribe(voiced(3.0)))
    while not task.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    await task
    assert longest < 0.5


async def test_ears_can_be_closed_twice(ears: SpeechToText) -> None:
    await ears.aclose()
    await ears.aclose()


async def test_every_sentence_is_spoken_once_in_order_at_the_rate_told(mouth: TextToSpeech) -> None:
    pieces = await speak(mouth, TEXT)
    assert [piece.text for piece in pieces if piece.text] == [
        "Hello there.",
        "An index makes reads quick, and writes slower!",
    ]
    assert pieces[0].text
    assert {piece.sample_rate for piece in pieces} == {mouth.sample_rate}


async def test_pieces_are_whole_samples_and_audible_and_never_clip(mouth: TextToSpeech) -> None:
    pieces = await speak(mouth, TEXT)
    audio = np.concatenate([to_float(piece.pcm) for piece in pieces])
    assert all(len(piece.pcm) % 2 == 0 and piece.pcm for piece in pieces)
    assert audio.size / mouth.sample_rate > 0.5
    assert -35 < rms_dbfs(audio) < -8
    assert clipped(audio) == 0


@pytest.mark.parametrize("text", ["", "   \n", "...", "—"])
async def test_a_text_without_words_gives_no_sound(mouth: TextToSpeech, text: str) -> None:
    assert await speak(mouth, text) == []


async def test_a_listener_may_leave_in_the_middle(mouth: TextToSpeech) -> None:
    stream = mouth.synthesize(TEXT * 3)
    async for _ in stream:
        break
    await stream.aclose()  # type: ignore[attr-defined]
    assert await speak(mouth, "And on.")


async def test_the_voice_is_one_of_those_listed(mouth: TextToSpeech) -> None:
    assert mouth.voice in mouth.voices
    assert mouth.name


async def test_a_mouth_can_be_closed_twice(mouth: TextToSpeech) -> None:
    await mouth.aclose()
    await mouth.aclose()
