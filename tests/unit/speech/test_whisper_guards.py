"""Which segments are believed. The figures are those that the models gave on noise, hum, coughs and speech."""

from __future__ import annotations

import numpy as np
import pytest
from faster_whisper.transcribe import Segment, Word

from interviewlab.errors import WeightsMissing
from interviewlab.speech.audio import EARS_RATE
from interviewlab.speech.whisper import WhisperEars, gather, is_credible, is_loop, is_silent, with_quiet


def segment(
    text: str, no_speech: float, logprob: float, compression: float, words: list[Word] | None = None
) -> Segment:
    return Segment(
        id=1, seek=0, start=0.0, end=1.0, text=text, tokens=[], avg_logprob=logprob, compression_ratio=compression,
        no_speech_prob=no_speech, words=words, temperature=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    "heard",
    [
        segment(" .", 0.96, -0.33, 2.9),
        segment(" I'm sorry.", 0.48, -1.64, 0.6),
        segment(" I'm going to put the light on.", 0.81, -0.73, 1.0),
        segment(" The first is a hash. The first is a hash. The first is a hash.", 0.1, -0.43, 7.2),
        segment(" Thank you.", 0.4, -0.3, 0.6),
        segment(" Thanks for watching!", 0.7, -0.2, 0.8),
        segment(" . . .", 0.1, -0.1, 1.0),
        segment("", 0.0, 0.0, 1.0),
    ],
)
def test_what_the_model_says_to_noise_is_not_believed(heard: Segment) -> None:
    assert not is_credible(heard)


@pytest.mark.parametrize(
    "heard",
    [
        segment(" He was not an ill-disposed young man.", 0.02, -0.2, 0.9),
        segment(" This word may arrive right to refinish.", 0.1, -0.9, 0.9),
        segment(" Thank you.", 0.02, -0.3, 0.6),
        segment(" Yes.", 0.2, -0.6, 0.4),
    ],
)
def test_speech_is_believed_even_when_it_is_hard_to_hear(heard: Segment) -> None:
    assert is_credible(heard)


def test_segments_are_joined_with_their_words_and_the_mean_of_their_chances() -> None:
    one = segment(" A hash", 0.0, -0.1, 1.0, [Word(0.0, 0.2, " A", 0.9), Word(0.2, 0.6, " hash", 0.7)])
    noise = segment(" Thank you.", 0.9, -0.9, 1.0, [Word(0.6, 0.7, " Thank", 0.1)])
    two = segment(" table.", 0.0, -0.1, 1.0, [Word(0.7, 1.0, " table.", 0.8)])
    heard = gather([one, noise, two])
    assert heard.text == "A hash table."
    assert [word.text for word in heard.words] == ["A", "hash", "table."]
    assert heard.confidence == pytest.approx(0.8)


def test_no_segment_is_an_empty_text_without_a_confidence() -> None:
    heard = gather([])
    assert (heard.text, heard.words, heard.confidence) == ("", (), None)


def test_a_quiet_or_very_short_clip_is_silence_and_a_short_word_in_it_is_not() -> None:
    quiet = np.full(EARS_RATE * 2, 1e-4, np.float32)
    assert is_silent(quiet)
    assert is_silent(np.full(EARS_RATE // 20, 0.5, np.float32))
    quiet[9000:12000] = 0.05
    assert not is_silent(quiet)


def test_missing_and_unreadable_files_name_the_command_that_fetches_them(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WeightsMissing, match="weights fetch whisper-base"):
        WhisperEars({}, name="whisper-base")
    (tmp_path / "model.bin").write_bytes(b"not a model")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(WeightsMissing, match="weights fetch whisper-base"):
        WhisperEars({path.name: path for path in tmp_path.iterdir()}, name="whisper-base")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("I measured it. I measured it.", True),
        ("The slow part was the query. The slow part was the query, the slow", True),
        ("Yes, I am ready.", False),
        ("no no no no", False),
        ("I measured it and then I measured it again.", False),
        ("", False),
    ],
)
def test_a_phrase_over_and_over_is_a_loop(text: str, is_one: bool) -> None:
    assert is_loop(text) == is_one


@pytest.mark.parametrize(("seconds", "whole_s"), [(2.0, 2.3), (29.7, 30.0), (29.9, 30.0), (30.0, 30.0), (31.0, 31.3)])
def test_the_quiet_behind_a_clip_opens_no_second_window(seconds: float, whole_s: float) -> None:
    audio = np.ones(round(seconds * EARS_RATE), dtype=np.float32)
    heard = with_quiet(audio)
    assert heard.size == round(whole_s * EARS_RATE)
    assert np.array_equal(heard[: audio.size], audio)
