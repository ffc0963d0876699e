"""What is left out of a silence, and the times of what is sent after it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.codecs.opus import OpusDecoder
from aiortc.jitterbuffer import JitterFrame

from interviewlab.voice.breathing import PAUSE_S, TAIL_S, Breathing, VoicePackets
from interviewlab.voice.frames import FRAME_S, FRAME_SAMPLES, OUT_RATE

WORDS, HUSH = np.full(FRAME_SAMPLES, 3000, np.int16), np.zeros(FRAME_SAMPLES, np.int16)


class Frames(MediaStreamTrack):
    """As FastRTC gives them: each goes on where the one before it ended."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    async def recv(self) -> Any:
        tone = 8000 * np.sin(2 * np.pi * 440 * (np.arange(FRAME_SAMPLES) + self._count * FRAME_SAMPLES) / OUT_RATE)
        stereo = np.repeat(tone.astype(np.int16), 2)[None]
        frame = av.AudioFrame.from_ndarray(stereo, format="s16", layout="stereo")
        frame.sample_rate, frame.time_base = OUT_RATE, Fraction(1, OUT_RATE)
        frame.pts = self._count * FRAME_SAMPLES
        self._count += 1
        return frame


def frames(seconds: float) -> int:
    return round(seconds / FRAME_S)


def test_of_a_silence_its_beginning_and_what_comes_long_after_are_sent() -> None:
    breathing = Breathing()
    assert not any(breathing.leaves_out(WORDS) for _ in range(100))
    silence = [breathing.leaves_out(HUSH) for _ in range(frames(5.0))]
    assert silence == [frames(TAIL_S) < n <= frames(TAIL_S + PAUSE_S) for n in range(1, len(silence) + 1)]
    assert breathing.skipped == frames(PAUSE_S) * FRAME_SAMPLES
    assert not breathing.leaves_out(WORDS)


def test_words_end_a_silence_at_once() -> None:
    breathing = Breathing()
    for _ in range(frames(TAIL_S + 0.5)):
        breathing.leaves_out(HUSH)
    assert not breathing.leaves_out(WORDS)
    assert not breathing.leaves_out(HUSH)
    assert breathing.skipped == frames(0.5) * FRAME_SAMPLES


async def test_packets_are_dated_by_the_clock_the_first_after_a_gap_too() -> None:
    breathing = Breathing()
    track = VoicePackets(Frames(), breathing)
    before = [(await track.recv()).pts for _ in range(5)]
    breathing.skip(10 * FRAME_SAMPLES)
    after = [(await track.recv()).pts for _ in range(5)]
    assert before == [n * FRAME_SAMPLES for n in range(5)]
    assert after == [(n + 15) * FRAME_SAMPLES for n in range(5)]


async def test_packets_are_opus_that_sounds_as_what_was_put_in() -> None:
    track, decoder, heard = VoicePackets(Frames(), Breathing()), OpusDecoder(), []
    for number in range(50):
        packet = await track.recv()
        for frame in decoder.decode(JitterFrame(data=bytes(packet), timestamp=number * 960)):
            heard.append(frame.to_ndarray()[0, ::2])
    sound = np.concatenate(heard)[9600:]
    spectrum = np.abs(np.fft.rfft(sound.astype(np.float64)))
    assert abs(np.argmax(spectrum) * 48_000 / sound.size - 440) < 5
    assert 4000 < np.abs(sound).max() < 12_000
