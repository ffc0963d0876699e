"""The voice's end of a call: paced, paused in place, and honest about what was heard."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from livekit.agents.voice.io import PlaybackFinishedEvent

from interviewlab.speech.audio import EARS_RATE
from interviewlab.types import Speech
from interviewlab.voice.frames import (
    FRAME_SAMPLES,
    HUSH,
    HUSH_S,
    OUT_RATE,
    SILENCE_S,
    WINDOW,
    Microphone,
    Voice,
    frame_from_speech,
)
from interviewlab.voice.patience import DELAYS, PATIENCES


def speech(text: str, seconds: float, rate: int = OUT_RATE) -> Speech:
    pcm = np.full(round(seconds * rate), 5000, "<i2").tobytes()
    return Speech(pcm=pcm, sample_rate=rate, text=text)


async def speaking(voice: Voice, *pieces: Speech) -> list[PlaybackFinishedEvent]:
    finished: list[PlaybackFinishedEvent] = []
    voice.on("playback_finished", finished.append)
    for piece in pieces:
        await voice.capture_frame(frame_from_speech(piece))
    voice.flush()
    return finished


def play(voice: Voice, seconds: float) -> np.ndarray:
    return np.concatenate([voice.next_frame() for _ in range(round(seconds * OUT_RATE / FRAME_SAMPLES))])


async def test_what_is_said_comes_out_whole_and_each_line_is_told_as_it_begins() -> None:
    lines: list[str] = []
    voice = Voice(lines.append)
    finished = await speaking(voice, speech("One.", 0.2), speech("Two.", 0.2))
    play(voice, 0.1)
    assert lines == ["One."]
    play(voice, 0.5)
    assert lines == ["One.", "Two."]
    assert [(f.interrupted, f.synchronized_transcript) for f in finished] == [(False, "One. Two.")]
    assert finished[0].playback_position == pytest.approx(0.4)


async def test_cut_short_only_the_words_that_sounded_count_as_heard() -> None:
    voice = Voice()
    finished = await speaking(voice, speech("First sentence.", 0.4), speech("one two three four", 0.8))
    play(voice, 0.82)
    voice.clear_buffer()
    assert [(f.interrupted, f.synchronized_transcript) for f in finished] == [(True, "First sentence. one two")]
    assert not play(voice, 0.1).any()


async def test_pause_is_silent_and_resume_goes_on_in_place() -> None:
    voice = Voice()
    await speaking(voice, speech("Word.", 0.4))
    before = play(voice, 0.2)
    voice.pause()
    assert not play(voice, 1.0).any()
    voice.resume()
    assert np.count_nonzero(before) + np.count_nonzero(play(voice, 1.0)) == pytest.approx(0.4 * OUT_RATE, rel=0.01)


async def test_pieces_of_another_rate_keep_their_length() -> None:
    frame = frame_from_speech(speech("Word.", 1.0, rate=22_050))
    assert frame.sample_rate == OUT_RATE
    assert frame.duration == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("made_for", [48_000, EARS_RATE])
async def test_microphone_gives_the_ears_their_rate_and_ends_when_closed(made_for: int) -> None:
    microphone = Microphone(made_for)
    microphone.set_rate(48_000)
    for _ in range(50):
        microphone.push(np.full(960, 5000, np.int16))
    microphone.close()
    frames = [frame async for frame in microphone]
    assert {frame.sample_rate for frame in frames} == {16_000}
    assert sum(frame.duration for frame in frames) == pytest.approx(1.0, abs=WINDOW / EARS_RATE)


async def test_what_the_microphone_takes_is_handed_on_at_once() -> None:
    microphone = Microphone(48_000)
    microphone.push(np.zeros(960, np.int16))
    microphone.push(np.full(4 * WINDOW, 5000, np.int16))
    microphone.close()
    frames = [frame async for frame in microphone]
    assert {frame.samples_per_channel for frame in frames} == {WINDOW}
    assert np.frombuffer(frames[-1].data, np.int16)[-1] == pytest.approx(5000, rel=0.05)


async def test_a_long_hush_is_not_handed_on_and_what_sounds_after_it_is() -> None:
    microphone = Microphone(EARS_RATE)
    hush, voice = np.full(WINDOW, HUSH, np.int16), np.full(WINDOW, -HUSH - 1, np.int16)
    microphone.push(voice)
    for _ in range(500):
        microphone.push(hush)
    microphone.push(voice)
    for _ in range(80):
        microphone.push(hush)
    microphone.close()
    loudest = [int(np.abs(np.frombuffer(frame.data, np.int16)).max()) async for frame in microphone]
    assert len(loudest) == pytest.approx(HUSH_S * EARS_RATE / WINDOW + 82, abs=1)
    assert [place for place, each in enumerate(loudest) if each == HUSH + 1] == [0, len(loudest) - 81]


async def test_a_hush_before_the_first_sound_is_not_handed_on() -> None:
    microphone = Microphone(EARS_RATE)
    microphone.push(np.zeros(EARS_RATE, np.int16))
    microphone.push(np.full(WINDOW, 5000, np.int16))
    microphone.close()
    assert [frame.samples_per_channel async for frame in microphone] == [WINDOW]


async def test_a_long_hush_is_waited_through() -> None:
    microphone = Microphone(EARS_RATE, stalled_s=0.05)
    microphone.push(np.full(WINDOW, 5000, np.int16))
    assert (await anext(microphone)).samples_per_channel == WINDOW
    microphone.push(np.zeros(EARS_RATE, np.int16))
    microphone.push(np.zeros(round(HUSH_S * EARS_RATE), np.int16))
    for _ in range(EARS_RATE // WINDOW):
        assert (await anext(microphone)).samples_per_channel == WINDOW
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(microphone), 0.2)
    microphone.push(np.full(WINDOW, 5000, np.int16))
    assert (await anext(microphone)).samples_per_channel == WINDOW


async def test_a_line_that_stalls_brings_silence() -> None:
    microphone = Microphone(EARS_RATE, stalled_s=0.05)
    microphone.push(np.full(WINDOW, 99, np.int16))
    spoken, stalled = await anext(microphone), await anext(microphone)
    assert np.frombuffer(spoken.data, np.int16).all()
    assert not np.frombuffer(stalled.data, np.int16).any()
    assert stalled.duration == pytest.approx(SILENCE_S)


def test_more_patience_waits_longer() -> None:
    waits = [(DELAYS[patience].sure_s, DELAYS[patience].unsure_s) for patience in PATIENCES]
    assert waits == sorted(waits)
    assert all(sure < unsure for sure, unsure in waits)
