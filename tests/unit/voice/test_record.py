"""What is listened to a second time: as much at once as fits, and each word where it was said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from interviewlab.speech.audio import EARS_RATE
from interviewlab.types import Transcription, Word
from interviewlab.voice.listening import Cut, Passage
from interviewlab.voice.record import GAP_S, WINDOW_S, windows


def passage(start_s: float, seconds: float, text: str = "word") -> Passage:
    audio = np.full(round(seconds * EARS_RATE), 0.1, np.float32)
    return Passage(audio, start_s, start_s + seconds, Transcription(text=text))


def test_passages_are_listened_to_at_once_where_they_fit() -> None:
    answer = [passage(10.0 * n, 6.0, f"part {n}") for n in range(6)]
    found = windows(answer)
    assert [len(window.passages) for window in found] == [4, 2]
    assert [window.text for window in found] == ["part 0 part 1 part 2 part 3", "part 4 part 5"]
    assert all(window.audio.size / EARS_RATE == pytest.approx(window.seconds) for window in found)
    assert all(window.seconds <= WINDOW_S for window in found)


def test_a_passage_that_is_longer_is_listened_to_by_itself() -> None:
    assert [len(window.passages) for window in windows([passage(0, 40.0), passage(50, 3.0)])] == [1, 1]
    assert windows([]) == []


def test_silence_that_was_left_out_of_a_passage_is_in_the_times_of_the_words_behind_it() -> None:
    before, after = passage(100.0, 2.0), replace(passage(110.0, 3.0), cuts=(Cut(1.0, 20.0), Cut(2.0, 5.0)))
    (window,) = windows([before, after])
    at = [0.5, 2.0 + GAP_S + 0.5, 2.0 + GAP_S + 1.5, 2.0 + GAP_S + 2.5]
    (first,), words = window.timed(Word(text="a", start_s=start_s, end_s=start_s + 0.2) for start_s in at)
    assert first.start_s == pytest.approx(100.5)
    assert [word.start_s for word in words] == pytest.approx([110.5, 131.5, 137.5])
    assert [word.end_s - word.start_s for word in words] == pytest.approx([0.2] * 3)


def test_words_get_the_times_of_the_passage_that_they_begin_in() -> None:
    (window,) = windows([passage(100.0, 2.0), passage(110.0, 3.0)])
    told = [Word(text="a", start_s=0.5, end_s=0.7), Word(text="b", start_s=2.0 + GAP_S + 1.0, end_s=4.0)]
    (first,), (second, late) = window.timed([*told, Word(text="c", start_s=99.0, end_s=99.5)])
    assert [first.start_s, second.start_s] == pytest.approx([100.5, 111.0])
    assert second.end_s - second.start_s == pytest.approx(4.0 - 3.3)
    assert late.start_s > second.start_s
