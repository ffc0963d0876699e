"""What is left out of a silence."""

from __future__ import annotations

import numpy as np

from interviewlab.voice.breathing import PAUSE_S, TAIL_S, Breathing
from interviewlab.voice.frames import FRAME_S, FRAME_SAMPLES

WORDS, HUSH = np.full(FRAME_SAMPLES, 3000, np.int16), np.zeros(FRAME_SAMPLES, np.int16)


def frames(seconds: float) -> int:
    return round(seconds / FRAME_S)


def test_of_a_silence_its_beginning_and_what_comes_long_after_are_sent() -> None:
    breathing = Breathing()
    assert not any(breathing.leaves_out(WORDS) for _ in range(100))
    silence = [breathing.leaves_out(HUSH) for _ in range(frames(5.0))]
    assert silence == [frames(TAIL_S) < n <= frames(TAIL_S + PAUSE_S) for n in range(1, len(silence) + 1)]
    assert not breathing.leaves_out(WORDS)


def test_words_end_a_silence_at_once() -> None:
    breathing = Breathing()
    for _ in range(frames(TAIL_S + 0.5)):
        breathing.leaves_out(HUSH)
    assert not breathing.leaves_out(WORDS)
    assert not breathing.leaves_out(HUSH)
