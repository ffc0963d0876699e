"""Sound as arrays, pure: levels in dBFS, silence, conversion, WAV. Audio is mono; float32 lies in [-1, 1]."""

from __future__ import annotations

import io
import wave

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int16]

EARS_RATE = 16_000
"""What SpeechToText takes, Hz."""
QUIET_DBFS = -90.0
"""What a level is at least said to be: about the last bit of 16."""
_FRAME_S = 0.01
_FLOOR_DBFS = -50.0
_FAR_BELOW_DB = -40.0
_TURN_DOWN_S = 0.02
"""How long it takes to turn a loud peak down, and up again."""
_PASSES = 3


def to_float(samples: Ints | bytes) -> Floats:
    """int16, or its little-endian bytes, to float32."""
    ints = np.frombuffer(samples, "<i2") if isinstance(samples, bytes) else samples
    return ints.astype(np.float32) / np.float32(32768.0)


def to_int16(audio: Floats) -> Ints:
    """float32 to int16; what lies beyond [-1, 1] is held at the edge."""
    return np.clip(np.round(audio * 32767.0), -32768, 32767).astype(np.int16)


def to_pcm(audio: Floats) -> bytes:
    """float32 to int16 little-endian bytes."""
    return to_int16(audio).astype("<i2").tobytes()


def rms_dbfs(audio: Floats) -> float:
    """Root mean square in dB below a full-scale square wave; QUIET_DBFS at least."""
    return _decibels(float(np.sqrt(np.mean(np.square(audio, dtype=np.float64))))) if audio.size else QUIET_DBFS


def peak_dbfs(audio: Floats) -> float:
    """The loudest sample in dBFS; QUIET_DBFS at least."""
    return _decibels(float(np.max(np.abs(audio)))) if audio.size else QUIET_DBFS


def loudest_dbfs(audio: Floats, rate: int) -> float:
    """The level of the loudest tenth of a second: a short word in a long silence still counts."""
    size = max(1, rate // 10)
    return max((rms_dbfs(audio[start : start + size]) for start in range(0, audio.size, size)), default=QUIET_DBFS)


def clipped(audio: Floats) -> int:
    """How many samples stand at full scale beside another such: a flat top, as clipping leaves it."""
    full = np.abs(audio) >= 32766 / 32768
    return int(np.sum(full[1:] & full[:-1]))


def set_level(audio: Floats, rate: int, rms: float, peak: float) -> Floats:
    """What sounds in it brought to ``rms`` dBFS, its peaks held at ``peak`` dBFS; silence stays silence."""
    if peak_dbfs(audio) <= QUIET_DBFS:
        return audio
    for _ in range(_PASSES):  # what is turned down at its peaks is a little quieter as a whole
        gain = rms - rms_dbfs(_sounding(audio, rate))
        audio = _hold_peaks(audio * np.float32(10 ** (gain / 20)), rate, peak)
    return audio


def trim_silence(
    audio: Floats, rate: int, *, before_s: float, after_s: float, floor_dbfs: float = _FLOOR_DBFS
) -> Floats:
    """What sounds above ``floor_dbfs``, with at most so much of the quiet around it, its ends faded; empty if none."""
    loud = _loud_frames(audio, rate, floor_dbfs)
    if not loud.size:
        return audio[:0]
    frame = round(rate * _FRAME_S)
    start = max(0, loud[0] * frame - round(before_s * rate))
    return _fade(audio[start : (loud[-1] + 1) * frame + round(after_s * rate)], rate)


def pauses_s(audio: Floats, rate: int, floor_dbfs: float = _FLOOR_DBFS) -> list[float]:
    """The lengths of the quiet stretches between sounds, in seconds, in order."""
    loud = _loud_frames(audio, rate, floor_dbfs)
    return [float(gap - 1) * _FRAME_S for gap in np.diff(loud) if gap > 1]


def to_wav(audio: Floats, rate: int) -> bytes:
    """A 16-bit mono WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(to_pcm(audio))
    return buffer.getvalue()


def from_wav(data: bytes) -> tuple[Floats, int]:
    """Samples and rate of a 16-bit PCM WAV file, channels averaged. Raises ValueError for anything else."""
    try:
        with wave.open(io.BytesIO(data), "rb") as opened:
            if opened.getsampwidth() != 2:
                raise ValueError(f"16-bit samples expected, not {8 * opened.getsampwidth()}-bit ones")
            channels, rate = opened.getnchannels(), opened.getframerate()
            frames = opened.readframes(opened.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"no PCM WAV file: {error}") from error
    return to_float(frames).reshape(-1, channels).mean(axis=1, dtype=np.float32), rate


def _loud_frames(audio: Floats, rate: int, floor_dbfs: float) -> NDArray[np.intp]:
    frame = round(rate * _FRAME_S)
    padded = np.pad(audio, (0, -audio.size % frame)).reshape(-1, frame)
    levels = np.sqrt(np.mean(np.square(padded, dtype=np.float64), axis=1))
    return np.flatnonzero(levels > 10 ** (floor_dbfs / 20))


def _sounding(audio: Floats, rate: int) -> Floats:
    """Without the frames that are far below its loudest one."""
    frames = audio[: audio.size - audio.size % round(rate * _FRAME_S)].reshape(-1, round(rate * _FRAME_S))
    levels = np.max(np.abs(frames), axis=1, initial=0)
    loud: Floats = frames[levels > levels.max(initial=0) * 10 ** (_FAR_BELOW_DB / 20)].ravel()
    return loud if loud.size else audio


def _hold_peaks(audio: Floats, rate: int, peak: float) -> Floats:
    """Turned down for a moment wherever ``peak`` dBFS would be passed."""
    size = round(rate * _TURN_DOWN_S)
    peaks = np.max(np.abs(np.pad(audio, (0, -audio.size % size)).reshape(-1, size)), axis=1)
    wanted = np.minimum(1, 10 ** (peak / 20) / np.maximum(peaks, 1e-9))
    edges = np.minimum(np.append(wanted, 1), np.insert(wanted, 0, 1))  # so a line from edge to edge never passes it
    gains: Floats = np.interp(np.arange(audio.size), np.arange(edges.size) * size, edges).astype(np.float32)
    return audio * gains


def _fade(audio: Floats, rate: int) -> Floats:
    """Ends that do not click: 5 ms."""
    size = min(round(rate * 0.005), audio.size // 2)
    ramp = np.ones(audio.size, np.float32)
    ramp[:size] = np.linspace(0, 1, size, dtype=np.float32)
    ramp[audio.size - size :] = ramp[:size][::-1]
    return audio * ramp


def _decibels(amplitude: float) -> float:
    return max(QUIET_DBFS, 20 * float(np.log10(max(amplitude, 1e-9))))
