"""What is left out of a silence, and the times of what is sent after it."""

from __future__ import annotations

import asyncio

import numpy as np
from aiortc import MediaStreamTrack
from aiortc.codecs.opus import OpusDecoder
from aiortc.jitterbuffer import JitterFrame
from fastrtc.tracks import AudioCallback

from interviewlab.speech.audio import Ints
from interviewlab.voice.breathing import PAUSE_S, TAIL_S, Breathing, Said, VoicePackets
from interviewlab.voice.frames import FRAME_S, FRAME_SAMPLES, OUT_RATE

WORDS, HUSH = np.full(FRAME_SAMPLES, 3000, np.int16), np.zeros(FRAME_SAMPLES, np.int16)


class Idle(AudioCallback):
    """A track of FastRTC's that has been started."""

    def __init__(self) -> None:
        MediaStreamTrack.__init__(self)
        self.thread_quit = asyncio.Event()
        self.has_started = True


def tone(number: int) -> Ints:
    sound = 8000 * np.sin(2 * np.pi * 440 * (np.arange(FRAME_SAMPLES) + number * FRAME_SAMPLES) / OUT_RATE)
    return sound.astype(np.int16)


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


async def test_packets_are_dated_by_the_clock_the_first_after_a_gap_too() -> None:
    said: asyncio.Queue[Said] = asyncio.Queue()
    track = VoicePackets(Idle(), said)
    times = [n * FRAME_SAMPLES for n in (*range(5), *range(15, 20))]
    for at in times:
        said.put_nowait((at, WORDS))
    assert [(await track.recv()).pts for _ in times] == times


async def test_packets_are_opus_that_sounds_as_what_was_put_in() -> None:
    said: asyncio.Queue[Said] = asyncio.Queue()
    track, decoder, heard = VoicePackets(Idle(), said), OpusDecoder(), []
    for number in range(50):
        said.put_nowait((number * FRAME_SAMPLES, tone(number)))
        packet = await track.recv()
        for frame in decoder.decode(JitterFrame(data=bytes(packet), timestamp=number * 960)):
            heard.append(frame.to_ndarray()[0, ::2])
    sound = np.concatenate(heard)[9600:]
    spectrum = np.abs(np.fft.rfft(sound.astype(np.float64)))
    assert abs(np.argmax(spectrum) * 48_000 / sound.size - 440) < 5
    assert 4000 < np.abs(sound).max() < 12_000
