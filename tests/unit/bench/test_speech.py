"""Word error rate, noise and the measures of ears and mouth, on cases whose answers are known."""

from __future__ import annotations

import jiwer
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.bench.speech import Clip, measure_ears, measure_mouth, spoken_words, with_noise, word_errors
from interviewlab.speech.audio import EARS_RATE, rms_dbfs
from interviewlab.speech.scripted import ScriptedEars, ScriptedMouth

WORDS = st.lists(st.sampled_from(["hash", "table", "queue", "stack", "heap"]), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_errors_are_those_that_jiwer_counts(said: list[str], heard: list[str]) -> None:
    errors, words = word_errors(" ".join(said), " ".join(heard))
    assert errors / words == pytest.approx(jiwer.wer(" ".join(said), " ".join(heard)))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("O(n log n) time", "o of n log N time."),
        ("two hundred requests", "200 requests"),
        ("It's cold hearted, Mister Lee", "its coldhearted Mr. Lee!"),
        ("a time out of 5 ms", "A timeout of five milliseconds"),
        ("snake_case", "snake case"),
    ],
)
def test_another_spelling_of_the_same_sound_is_no_error(said: str, heard: str) -> None:
    assert word_errors(said, heard)[0] == 0


def test_other_words_are_errors() -> None:
    assert word_errors("a hash table of queues", "a hash cable queues") == (2, 5)
    assert word_errors("one", "") == (1, 1)
    assert spoken_words("It is 2.5!") == ["it", "is", "two", "point", "five"]


def test_noise_lies_as_far_below_the_speech_as_was_asked() -> None:
    rng = np.random.default_rng(1)
    clip = Clip(rng.normal(0, 0.05, EARS_RATE).astype(np.float32), "x")
    noisy = with_noise(clip, rng.normal(0, 0.3, 3000).astype(np.float32), 15)
    assert rms_dbfs(clip.audio) - rms_dbfs(noisy.audio - clip.audio) == pytest.approx(15, abs=0.1)
    assert noisy.said == "x"


async def test_ears_are_measured_over_all_words() -> None:
    audio = np.full(EARS_RATE, 0.1, np.float32)
    clips = [Clip(audio, "one two three"), Clip(audio, "four")]
    figures = await measure_ears(ScriptedEars(["one two three", "five"]), clips)
    assert (figures["wer"], figures["words"], figures["transcribe_s"]["n"]) == (0.25, 4, 2)
    assert figures["rtf"] < 0.5


async def test_a_mouth_is_measured_with_its_gaps_and_peaks() -> None:
    texts = ["One is here. Two is there.", "Three."]
    figures = await measure_mouth(ScriptedMouth(), ScriptedEars(texts), texts)
    assert figures["round_trip"]["wer"] == 0
    assert figures["clipped_samples"] == 0
    assert figures["longest_gap_s"] == 0
    assert figures["peak_dbfs"] == pytest.approx(-14, abs=0.1)
