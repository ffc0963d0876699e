"""Sound for a bench, pure: where speech begins and ends, pauses put into it, coughs, rooms. Mono float32."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewlab.speech.audio import EARS_RATE, Floats, loudest_dbfs
from interviewlab.speech.resampling import resample

VOICED_DB = 30.0
"""A frame counts as voice down to so much below the loudest tenth of a second."""
ROOM_DBFS = -62.0
"""A quiet room at a good microphone."""
_FRAME_S = 0.01
_SEARCH_S = 0.1


@dataclass(frozen=True)
class Paused:
    """Speech with a pause put in: silent from ``cut_s``, it goes on at ``cut_s + pause_s`` and ends at ``end_s``."""

    audio: Floats
    cut_s: float
    pause_s: float
    end_s: float


def voiced_s(audio: Floats, rate: int) -> tuple[float, float]:
    """Where the voice begins and where its last sample lies, in seconds, to 10 ms; (0, 0) where there is none."""
    frame = round(rate * _FRAME_S)
    levels = _levels(audio, frame)
    floor = 10 ** ((loudest_dbfs(audio, rate) - VOICED_DB) / 20)
    loud = np.flatnonzero(levels > max(floor, 1e-4))
    if not loud.size:
        return 0.0, 0.0
    return float(loud[0]) * _FRAME_S, min(float(loud[-1] + 1) * _FRAME_S, audio.size / rate)


def room(seconds: float, seed: int = 0, rate: int = EARS_RATE) -> Floats:
    """The noise of a quiet room."""
    level = 10 ** (ROOM_DBFS / 20)
    return np.random.default_rng(seed).normal(0, level, round(seconds * rate)).astype(np.float32)


def with_pause(audio: Floats, at_s: float, pause_s: float, rate: int = EARS_RATE) -> Paused:
    """``audio`` up to its last voiced sample, with room noise of ``pause_s`` at the quietest place beside ``at_s``."""
    body = audio[: round(voiced_s(audio, rate)[1] * rate)]
    cut = quietest(body, at_s, rate)
    whole = np.concatenate([body[:cut], room(pause_s, rate=rate), body[cut:]])
    # What is still voiced before the cut may end earlier than the cut itself.
    falls_silent = voiced_s(body[:cut], rate)[1] if cut else 0.0
    return Paused(whole, falls_silent, cut / rate + pause_s - falls_silent, whole.size / rate)


def quietest(audio: Floats, at_s: float, rate: int) -> int:
    """The sample around ``at_s``, 100 ms each way, where 10 ms are quietest."""
    frame = round(rate * _FRAME_S)
    first = max(0, round((at_s - _SEARCH_S) * rate)) // frame
    levels = _levels(audio, frame)[first : round((at_s + _SEARCH_S) * rate) // frame]
    return audio.size if not levels.size else (first + int(np.argmin(levels))) * frame


def hum(seed: int = 0, rate: int = EARS_RATE) -> Floats:
    """A "mm-hm" with the lips closed: two hums, the second higher and longer. A mouth of text spells the letters."""
    random = np.random.default_rng(seed)
    pitch_hz = random.uniform(100, 190)
    low, high = (_hum(seconds, pitch_hz * by, rate) for seconds, by in ((0.2, 1.0), (0.3, 1.2)))
    whole = np.concatenate([low, np.zeros(round(0.05 * rate)), high])
    return np.asarray(0.15 * whole / np.abs(whole).max(), np.float32)


def _hum(seconds: float, pitch_hz: float, rate: int) -> NDArray[np.float64]:
    times = np.arange(round(seconds * rate)) / rate
    overtones = sum(np.sin(2 * np.pi * n * pitch_hz * times) / n**2 for n in range(1, 9))
    return np.asarray(overtones * np.sin(np.pi * times / seconds) ** 0.5)


def cough(seed: int = 0, rate: int = EARS_RATE) -> Floats:
    """A cough: a burst, a rush of air between 400 and 4000 Hz that dies away, and a short voiced end; 0.45 s."""
    size = round(0.45 * rate)
    times = np.arange(size) / rate
    air = np.random.default_rng(seed).normal(0, 1, size)
    spectrum = np.fft.rfft(air)
    hertz = np.fft.rfftfreq(size, 1 / rate)
    spectrum *= np.exp(-(((hertz - 1100) / 1300) ** 2)) * (hertz > 200)
    rush = np.fft.irfft(spectrum, size)
    shape = np.exp(-times / 0.05) + 0.35 * np.exp(-(((times - 0.16) / 0.07) ** 2))
    voiced = 0.5 * np.sign(np.sin(2 * np.pi * 140 * times)) * np.exp(-(((times - 0.3) / 0.05) ** 2))
    sound = rush / np.abs(rush).max() * shape + 0.25 * voiced
    return np.asarray(0.5 * sound / np.abs(sound).max(), np.float32)


def other_voice(audio: Floats, rate: int, pitch: float = 1.12) -> Floats:
    """The same words at 16 kHz, ``pitch`` times higher and quicker: nobody takes it for the first speaker."""
    return resample(audio, round(rate * pitch), EARS_RATE)


def _levels(audio: Floats, frame: int) -> NDArray[np.float64]:
    padded = np.pad(audio, (0, -audio.size % frame)).reshape(-1, frame)
    level: NDArray[np.float64] = np.sqrt(np.mean(np.square(padded, dtype=np.float64), axis=1))
    return level
