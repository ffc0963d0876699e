"""What is said goes out by the clock, what comes in is heard at once."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace

import numpy as np
from aiortc import MediaStreamTrack
from aiortc.codecs.opus import OpusDecoder
from aiortc.jitterbuffer import JitterFrame
from fastrtc.tracks import AudioCallback

from interviewlab.speech.audio import EARS_RATE, Ints
from interviewlab.voice.frames import FRAME_SAMPLES, OUT_RATE
from interviewlab.voice.packets import HeardPackets, Said, VoicePackets

WORDS = np.full(FRAME_SAMPLES, 3000, np.int16)
OPUS = SimpleNamespace(name="opus", mimeType="audio/opus")


class Idle(AudioCallback):
    """A track of FastRTC's that has been started."""

    def __init__(self) -> None:
        MediaStreamTrack.__init__(self)
        self.thread_quit = asyncio.Event()
        self.has_started = True


def tone(number: int) -> Ints:
    sound = 8000 * np.sin(2 * np.pi * 440 * (np.arange(FRAME_SAMPLES) + number * FRAME_SAMPLES) / OUT_RATE)
    return sound.astype(np.int16)


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


async def opus_of(frames: int) -> list[JitterFrame]:
    """A tone, as it comes from the wire."""
    said: asyncio.Queue[Said] = asyncio.Queue()
    track = VoicePackets(Idle(), said)
    for number in range(frames):
        said.put_nowait((number * FRAME_SAMPLES, tone(number)))
    return [JitterFrame(data=bytes(await track.recv()), timestamp=number * 960) for number in range(frames)]


async def test_what_comes_in_is_heard_at_once_at_the_rate_of_the_ears() -> None:
    heard: list[Ints] = []
    packets = HeardPackets(EARS_RATE, heard.append)
    for number, packet in enumerate(await opus_of(50), 1):
        packets.put((OPUS, packet))
        assert abs(sum(each.size for each in heard) - number * 320) <= 32
    sound = np.concatenate(heard)[3200:]
    spectrum = np.abs(np.fft.rfft(sound.astype(np.float64)))
    assert abs(np.argmax(spectrum) * EARS_RATE / sound.size - 440) < 5


async def test_a_packet_that_is_none_is_passed_over() -> None:
    heard: list[Ints] = []
    packets = HeardPackets(EARS_RATE, heard.append)
    good = await opus_of(3)
    packets.put((OPUS, good[0]))
    before = len(heard)
    packets.put((OPUS, JitterFrame(data=b"\xff" * 40, timestamp=960)))
    packets.put((OPUS, good[2]))
    assert len(heard) > before


def test_the_thread_of_the_decoder_ends_with_the_call() -> None:
    packets = HeardPackets(EARS_RATE, lambda samples: None)
    thread = threading.Thread(target=packets.get)
    thread.start()
    packets.put(None)
    thread.join(5)
    assert not thread.is_alive()
