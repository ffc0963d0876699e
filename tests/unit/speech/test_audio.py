"""Levels, silence, conversion and WAV, on sounds whose answers are known."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.speech.audio import (
    QUIET_DBFS,
    Floats,
    clipped,
    from_wav,
    loudest_dbfs,
    pauses_s,
    peak_dbfs,
    rms_dbfs,
    set_level,
    to_float,
    to_int16,
    to_pcm,
    to_wav,
    trim_silence,
)
from interviewlab.speech.resampling import resample

RATE = 16_000


def tone(seconds: float, amplitude: float = 0.5, hertz: float = 440, rate: int = RATE) -> Floats:
    times = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def quiet(seconds: float) -> Floats:
    return np.zeros(round(seconds * RATE), np.float32)


def test_levels_are_those_of_a_sine() -> None:
    assert peak_dbfs(tone(1, 1.0)) == pytest.approx(0, abs=0.01)
    assert rms_dbfs(tone(1, 1.0)) == pytest.approx(-3.01, abs=0.01)
    assert rms_dbfs(tone(1, 0.1)) == pytest.approx(-23.01, abs=0.01)


def test_silence_and_nothing_have_a_lowest_level() -> None:
    for audio in (quiet(1), quiet(0)):
        assert rms_dbfs(audio) == peak_dbfs(audio) == loudest_dbfs(audio, RATE) == QUIET_DBFS


def test_a_short_word_in_a_long_silence_counts() -> None:
    audio = np.concatenate([quiet(5), tone(0.1), quiet(5)])
    assert loudest_dbfs(audio, RATE) == pytest.approx(rms_dbfs(tone(0.1)), abs=0.1)


@given(st.lists(st.integers(-32767, 32767), min_size=1, max_size=50))
def test_int16_survives_the_way_there_and_back(samples: list[int]) -> None:
    ints = np.array(samples, np.int16)
    assert np.abs(to_int16(to_float(ints)).astype(int) - ints).max() <= 1
    assert to_float(to_pcm(to_float(ints))) == pytest.approx(to_float(ints), abs=1e-4)


def test_what_is_too_loud_is_held_at_the_edge_and_never_wraps() -> None:
    assert to_int16(np.array([2.0, -2.0, 1.0], np.float32)).tolist() == [32767, -32768, 32767]


def test_flat_tops_are_counted_as_clipping_and_a_full_scale_peak_is_not() -> None:
    assert clipped(np.clip(tone(1, 2.0), -1, 1)) > 1000
    assert clipped(tone(1, 0.99)) == 0
    assert clipped(np.array([0, 1, 0, -1, 0], np.float32)) == 0


def test_level_is_that_of_what_sounds_and_a_peak_is_turned_down_alone() -> None:
    assert rms_dbfs(set_level(tone(1, 0.01), RATE, -20, -3)) == pytest.approx(-20, abs=0.05)
    spiky = quiet(1)
    spiky[100] = 0.5
    assert peak_dbfs(set_level(spiky, RATE, -20, -3)) == pytest.approx(-3, abs=0.05)
    np.testing.assert_array_equal(set_level(quiet(1), RATE, -20, -3), quiet(1))
    with_pause = set_level(np.concatenate([tone(0.5), quiet(0.5)]), RATE, -20, -3)
    assert rms_dbfs(with_pause[: RATE // 2]) == pytest.approx(-20, abs=0.05)
    knocked = tone(1, 0.1)
    knocked[8000:8200] *= 9
    held = set_level(knocked, RATE, -20, -3)
    assert peak_dbfs(held) <= -2.99
    assert rms_dbfs(held) == pytest.approx(-20, abs=0.2)
    np.testing.assert_allclose(held[:7000] / held[100], knocked[:7000] / knocked[100], rtol=1e-4, atol=1e-3)


def test_silence_around_is_cut_to_what_is_allowed() -> None:
    audio = trim_silence(np.concatenate([quiet(1), tone(0.5), quiet(2)]), RATE, before_s=0.02, after_s=0.2)
    assert audio.size / RATE == pytest.approx(0.72, abs=0.02)
    assert audio[0] == audio[-1] == 0


def test_silence_alone_is_trimmed_to_nothing() -> None:
    assert trim_silence(quiet(1), RATE, before_s=0.1, after_s=0.1).size == 0
    assert trim_silence(quiet(0), RATE, before_s=0.1, after_s=0.1).size == 0


def test_pauses_between_sounds_are_measured() -> None:
    audio = np.concatenate([quiet(1), tone(0.3), quiet(0.25), tone(0.3), quiet(0.5), tone(0.1), quiet(1)])
    assert pauses_s(audio, RATE) == pytest.approx([0.25, 0.5], abs=0.021)


def test_a_wav_file_survives_the_way_there_and_back() -> None:
    audio, rate = from_wav(to_wav(tone(0.2), 22_050))
    assert rate == 22_050
    assert audio == pytest.approx(tone(0.2), abs=1e-4)


def test_two_channels_become_their_mean() -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.array([1000, 3000] * 10, "<i2").tobytes())
    assert from_wav(buffer.getvalue())[0] == pytest.approx(np.full(10, 2000 / 32768), abs=1e-6)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"not a wav file at all", to_wav(quiet(0.1), RATE)[:20]])
def test_what_is_no_wav_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="WAV"):
        from_wav(data)


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 48_000])
def test_resampling_keeps_length_pitch_and_level(rate: int) -> None:
    audio = resample(tone(1.0, rate=rate), rate, RATE)
    assert audio.dtype == np.float32
    assert audio.size == pytest.approx(RATE, abs=2)
    assert audio[1000:-1000] == pytest.approx(tone(1.0)[1000 : 1000 + audio.size - 2000], abs=0.01)
