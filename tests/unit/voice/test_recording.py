"""Recording a call: two channels in time with the clock, whatever the frames do; decoded with the real decoder."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from interviewlab.errors import InterviewLabError
from interviewlab.speech.audio import Ints, rms_dbfs
from interviewlab.store.recordings import RecordingShelf, opus_seconds

av = pytest.importorskip("av", reason="recording needs interviewlab[voice]")
from interviewlab.voice.recording import RATE, WAITING_PIECES, Recorder, Track  # noqa: E402

FRAME_S = 0.02
IN_TIME_S = 0.1


class Clock:
    """Seconds since the recording began, moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def tone(hertz: float, seconds: float, rate: int) -> Ints:
    times = np.arange(round(seconds * rate)) / rate
    return (8000 * np.sin(2 * np.pi * hertz * times)).astype(np.int16)


def decode(path: Path) -> NDArray[np.float32]:
    """Shape (samples, 2), in [-1, 1]."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    flat = [frame.T if frame.shape[0] == 2 else frame.reshape(-1, 2) for frame in frames]
    whole = np.concatenate(flat)
    return whole.astype(np.float32) / (32768 if whole.dtype == np.int16 else 1)


def onsets_s(channel: NDArray[np.float32], rate: int = RATE) -> list[float]:
    """Where sound begins after at least half a second of quiet."""
    block = rate // 200
    levels = np.abs(channel[: channel.size // block * block]).reshape(-1, block).max(axis=1)
    loud = np.flatnonzero(levels > 0.05)
    return [float(at) / 200 for at, before in zip(loud, [-1000, *loud[:-1]], strict=False) if at - before > 100]


def level_at(channel: NDArray[np.float32], hertz: float) -> float:
    """dB of one frequency."""
    times = np.arange(channel.size) / RATE
    return 20 * float(np.log10(abs(np.mean(channel * np.exp(-2j * np.pi * hertz * times))) + 1e-9))


async def settle(recorder: Recorder) -> None:
    while recorder.waiting > WAITING_PIECES // 2:  # noqa: ASYNC110 - the queue is a thread's
        await asyncio.sleep(0.005)


async def test_each_side_is_on_its_own_channel_at_its_own_time(tmp_path: Path) -> None:
    clock = Clock()
    recorder = Recorder(tmp_path / "call.ogg", 0.0, pytest.fail, clock)
    mine, yours = np.zeros(8 * 48_000, np.int16), np.zeros(8 * 24_000, np.int16)
    mine[2 * 48_000 : 4 * 48_000], yours[5 * 24_000 :] = tone(440, 2.0, 48_000), tone(1000, 3.0, 24_000)
    for step in range(400):
        clock.now = step * FRAME_S
        recorder.interviewer(yours[step * 480 :][:480], 24_000)
        clock.now += FRAME_S
        recorder.candidate(mine[step * 960 :][:960], 48_000)
    await recorder.aclose()
    sound = decode(tmp_path / "call.ogg")
    assert len(sound) / RATE == pytest.approx(8.0, abs=0.03)
    assert onsets_s(sound[:, 0]) == pytest.approx([2.0], abs=0.03)
    assert onsets_s(sound[:, 1]) == pytest.approx([5.0], abs=0.03)
    assert rms_dbfs(sound[5 * RATE + 2400 :, 0]) < -60
    assert rms_dbfs(sound[: 5 * RATE - 2400, 1]) < -60


async def test_two_who_speak_at_once_stay_apart(tmp_path: Path) -> None:
    clock = Clock()
    recorder = Recorder(tmp_path / "call.ogg", 0.0, pytest.fail, clock)
    low, high = tone(300, 4.0, 48_000), tone(1700, 4.0, 48_000)
    for start in range(0, low.size, 960):
        clock.now = start / 48_000
        recorder.interviewer(high[start : start + 960], 48_000)
        clock.now += FRAME_S
        recorder.candidate(low[start : start + 960], 48_000)
    await recorder.aclose()
    left, right = decode(tmp_path / "call.ogg")[RATE : 3 * RATE].T
    assert level_at(left, 300) - level_at(left, 1700) > 30
    assert level_at(right, 1700) - level_at(right, 300) > 30


async def test_a_side_that_is_never_heard_is_silent_and_as_long(tmp_path: Path) -> None:
    clock = Clock()
    recorder = Recorder(tmp_path / "call.ogg", 0.0, pytest.fail, clock)
    for step in range(150):
        clock.now = step * FRAME_S
        recorder.interviewer(tone(500, FRAME_S, 24_000), 24_000)
    clock.now = 5.0
    await recorder.aclose()
    sound = decode(tmp_path / "call.ogg")
    assert len(sound) / RATE == pytest.approx(5.0, abs=0.03)
    assert rms_dbfs(sound[:, 0]) < -80
    assert onsets_s(sound[:, 1]) == [pytest.approx(0.0, abs=0.03)]


async def test_a_long_call_stays_in_time(tmp_path: Path) -> None:
    """Both sides beep now and then; the microphone's clock is off by 0.1 %, and half a minute of it is lost."""
    clock, drift, beeps, piece = Clock(), 1.001, [10.0, 130.0, 250.0, 299.0], 0.1
    recorder = Recorder(tmp_path / "call.ogg", 0.0, pytest.fail, clock)
    beep, quiet = tone(700, 1.0, 8_000), np.zeros(8_000, np.int16)
    for step in range(int(300 / piece)):
        at = step % round(1 / piece) * 800
        sound = beep if any(begin <= step * piece < begin + 0.95 for begin in beeps) else quiet
        clock.now = step * piece
        recorder.interviewer(sound[at : at + 800], 8_000)
        clock.now = (step + 1) * piece * drift
        if not 140 < step * piece < 170 and clock.now < 300:
            recorder.candidate(sound[at : at + 800], 8_000)
        if step % 100 == 0:
            await settle(recorder)
    clock.now = 300.0
    await recorder.aclose()
    sound = decode(tmp_path / "call.ogg")
    assert len(sound) / RATE == pytest.approx(300, abs=IN_TIME_S)
    assert onsets_s(sound[:, 0]) == pytest.approx([at * drift for at in beeps[:-1]] + [299.0 * drift], abs=IN_TIME_S)
    assert onsets_s(sound[:, 1]) == pytest.approx(beeps, abs=IN_TIME_S)
    assert opus_seconds(tmp_path / "call.ogg") == pytest.approx(300, abs=IN_TIME_S)


@pytest.mark.parametrize("drift", [0.9998, 1.0, 1.0002])
def test_an_hour_of_frames_stays_in_time(drift: float) -> None:
    """A beep a minute, through frames that jitter and a sound card whose clock is off."""
    track, beep, quiet = Track(), tone(500, FRAME_S, 8_000), np.zeros(160, np.int16)
    jitter = np.random.default_rng(3).uniform(0, 0.02, round(3600 / FRAME_S))
    made, sounded = list[Ints](), list[float]()
    for step, late in enumerate(jitter):
        at = (step + 1) * FRAME_S * drift
        if is_beep := step % 3000 in range(1500, 1510):
            sounded += [at - FRAME_S] if step % 3000 == 1500 else []
        track.add(beep if is_beep else quiet, 8_000, at + float(late))
        if step % 50 == 0:
            made.append(track.settle(at - 1.0))
    made.append(track.finish(3600.0 * drift))
    heard = onsets_s(np.concatenate(made).astype(np.float32) / 32768)
    assert len(heard) == 60
    assert heard == pytest.approx(sounded, abs=IN_TIME_S)


def test_a_burst_after_a_stall_fills_the_gap_it_left() -> None:
    track, sent = Track(), tone(440, 2.0, RATE)
    frames = [sent[at : at + 960] for at in range(0, sent.size, 960)]
    for number, frame in enumerate(frames):
        on_time = (number + 1) * FRAME_S
        track.add(frame, RATE, max(on_time, 1.2) if 0.6 < on_time < 1.2 else on_time)
    np.testing.assert_array_equal(track.finish(2.0), sent)


def test_jitter_does_not_tear_the_sound() -> None:
    track, sent = Track(), tone(440, 10.0, RATE)
    late = np.random.default_rng(5).uniform(0, 0.03, sent.size // 960)
    got = []
    for number, delay in enumerate(np.maximum.accumulate(np.arange(late.size) * FRAME_S + late)):
        track.add(sent[number * 960 : (number + 1) * 960], RATE, float(delay) + FRAME_S)
        got.append(track.settle(float(delay) - 1.0))
    got.append(track.finish(10.0))
    np.testing.assert_array_equal(np.concatenate(got), sent)


def test_more_sound_than_time_is_cut_and_not_piled_up() -> None:
    track = Track()
    for number in range(600):
        track.add(tone(440, FRAME_S, RATE), RATE, number * FRAME_S * 0.9)
    assert track.finish(10.8).size / RATE == pytest.approx(10.8, abs=IN_TIME_S)


async def test_a_disk_without_space_is_told_once_and_the_call_goes_on() -> None:
    clock, told = Clock(), list[InterviewLabError]()
    recorder = Recorder(Path("/dev/full"), 0.0, told.append, clock)
    for step in range(3000):
        clock.now = step * FRAME_S
        recorder.candidate(tone(440, FRAME_S, 48_000), 48_000)
        if step % 100 == 0:
            await asyncio.sleep(0.005)
            await settle(recorder)
    await recorder.aclose()
    assert len(told) == 1
    assert "No space left" in told[0].what
    assert told[0].remedy


async def test_a_folder_that_is_gone_is_told_once(tmp_path: Path) -> None:
    told = list[InterviewLabError]()
    recorder = Recorder(tmp_path / "gone" / "call.ogg", time.time(), told.append)
    recorder.candidate(tone(440, FRAME_S, 48_000), 48_000)
    await recorder.aclose()
    await recorder.aclose()
    recorder.candidate(tone(440, FRAME_S, 48_000), 48_000)
    assert len(told) == 1


async def test_a_disk_that_hangs_blocks_nobody_and_is_told(tmp_path: Path) -> None:
    pipe = tmp_path / "call.ogg"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while os.write(reader, bytes(4096)):
            """A full pipe takes nothing until somebody reads."""
    told, clock = list[InterviewLabError](), Clock()
    recorder = Recorder(pipe, 0.0, told.append, clock)
    start = time.monotonic()
    for step in range(2 * WAITING_PIECES):
        clock.now = step * FRAME_S
        recorder.candidate(np.zeros(960, np.int16), 48_000)
    assert time.monotonic() - start < 1.0
    assert ["too slow" in error.what for error in told] == [True]
    closing = asyncio.create_task(recorder.aclose())
    while not closing.done():
        await asyncio.sleep(0.01)
        with contextlib.suppress(BlockingIOError):
            os.read(reader, 1 << 16)
    os.close(reader)


def test_a_killed_process_leaves_a_file_that_plays_up_to_there(tmp_path: Path) -> None:
    shelf = RecordingShelf(tmp_path)
    path = shelf.new("cut", 1000.0)
    script = """
        import os, signal, sys, time
        from pathlib import Path
        import numpy as np
        from interviewlab.voice.recording import Recorder
        now = [0.0]
        recorder = Recorder(Path(sys.argv[1]), 0.0, print, lambda: now[0])
        sound = (8000 * np.sin(np.arange(960) / 7)).astype(np.int16)
        for step in range(1500):
            now[0] = step * 0.02
            recorder.candidate(sound, 48000)
            while recorder.waiting > 500:
                time.sleep(0.01)
        while recorder.waiting:
            time.sleep(0.01)
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(path)], check=False, timeout=60)
    assert ended.returncode == -9
    seconds = len(decode(path)) / RATE
    assert 26.5 < seconds < 30
    (kept,) = shelf.of("cut")
    assert kept.duration_s == pytest.approx(seconds, abs=0.05)
