"""Sounds of the bench: where a voice ends, pauses put into it, coughs; who used the processor; blocks of a loop."""

from __future__ import annotations

import asyncio
import time

import numpy as np
import pytest

from interviewlab.bench.voice.hour import growth
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.sounds import cough, room, voiced_s, with_pause
from interviewlab.bench.voice.watch import Block, memory_mb, watched
from interviewlab.speech.audio import EARS_RATE, Floats, peak_dbfs


def tone(seconds: float) -> Floats:
    times = np.arange(round(seconds * EARS_RATE)) / EARS_RATE
    return np.asarray(0.3 * np.sin(2 * np.pi * 200 * times), np.float32)


def test_voice_begins_and_ends_where_it_is_loud() -> None:
    audio = np.concatenate([room(0.5), tone(1.0), room(0.4)])
    first, last = voiced_s(audio, EARS_RATE)
    assert first == pytest.approx(0.5, abs=0.011)
    assert last == pytest.approx(1.5, abs=0.011)


def test_noise_of_a_room_has_no_voice() -> None:
    assert voiced_s(np.zeros(EARS_RATE, np.float32), EARS_RATE) == (0.0, 0.0)


def test_pause_is_put_where_it_is_quiet_and_lasts_as_long_as_asked() -> None:
    audio = np.concatenate([tone(1.0), room(0.06), tone(1.0), room(0.5)])
    paused = with_pause(audio, at_s=1.0, pause_s=1.5)
    assert paused.cut_s == pytest.approx(1.0, abs=0.02)
    assert paused.pause_s == pytest.approx(1.5, abs=0.07)
    assert paused.end_s == pytest.approx(1.0 + 0.06 + 1.5 + 1.0, abs=0.02)
    middle = paused.audio[round((paused.cut_s + 0.1) * EARS_RATE) : round((paused.cut_s + 1.4) * EARS_RATE)]
    assert np.abs(middle).max() < 0.01


def test_cough_is_short_and_far_from_clipping() -> None:
    assert cough().size == round(0.45 * EARS_RATE)
    assert -12 < peak_dbfs(cough(3)) < -3
    assert not np.array_equal(cough(1), cough(2))


def test_growth_is_the_slope_after_warming_up() -> None:
    flat = [100.0] * 10 + [300.0] * 20 + [400.0] * 70
    assert growth(flat, 3600)["growth_mb_an_hour"] == 0.0
    rising = growth([400.0 + n for n in range(100)], 3600)
    assert rising["growth_mb_an_hour"] == pytest.approx(100, rel=0.2)
    assert (rising["memory_mb_warm"], rising["memory_mb_last"], rising["memory_mb_most"]) == (430.0, 490.0, 499.0)


def test_what_is_taken_for_a_moment_is_no_growth() -> None:
    figures = growth([400.0 + 150 * (n > 50 and n % 3 == 0) for n in range(100)], 3600)
    assert figures["growth_mb_an_hour"] == 0.0
    assert figures["memory_mb_most"] == 550.0
    jumps = np.random.default_rng(0).uniform(0, 50, 400)
    low, high = growth([400.0 + float(each) for each in jumps], 3600)["growth_mb_an_hour_95"]
    assert low < 0 < high


def test_own_work_is_told_from_that_of_others() -> None:
    cores = Cores()
    until = time.process_time() + 0.5
    while time.process_time() < until:
        pass
    shares = cores.figures()
    assert shares["bench_and_browser"] > 0
    assert shares["app"] == 0.0


async def test_block_of_the_loop_is_seen_with_its_place() -> None:
    async with watched() as longest:
        await asyncio.sleep(0.1)
        time.sleep(0.3)  # noqa: ASYNC251 - what is measured
        await asyncio.sleep(0.1)
    block = longest.blocks[0]
    assert block.seconds > 0.25
    assert "test_block_of_the_loop_is_seen_with_its_place" in block.where
    assert Block.read(block.write()).where == block.where
    figures = longest.figures()
    assert figures["longest_block_s"] == round(block.seconds, 3)
    assert "test_block_of_the_loop_is_seen_with_its_place" in figures["longest_blocks"][0]
    assert memory_mb() > 10
