"""The interviewer's own voice in the microphone: a loudspeaker brings it there, and not every browser takes it out.

WebRTC's canceller takes it out. Where there is no echo it takes who cuts in for one, and swallows the first half
second, and it costs a call a fifth of all that it costs. So there is none until an echo is found; then it is told the
last seconds again, and knows the echo at once. The way back gets longer and shorter as the browser's buffer does, and
the canceller needs a second to see it: what is no louder than the echo can be is left out, so that who cuts in must be
louder.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import islice

import numpy as np
from livekit import rtc
from scipy.signal import correlate

from interviewlab.speech.audio import EARS_RATE, Floats, Ints
from interviewlab.voice.frames import OUT_RATE

LATEST_S = 0.6
"""An echo comes back within it: the way to the browser, its buffer and the way back. WebRTC's canceller follows half a
second."""
LOOK_S = 1.0
"""So much of the microphone is compared with what was said before it, every ``LOOK_EVERY_S``."""
LOOK_EVERY_S = 0.25
ALIKE = 0.33
"""Correlation from which the microphone brings the voice. Of 800 seconds in which somebody else spoke at the same time
none came to 0.26; of seconds with an echo, 12 dB or 30 dB below the voice, 95 % come to 0.8, to 0.38 in a room that
reverberates for 0.7 s."""
GONE_S = 20.0
"""After so much of the voice without an echo there is none any more: headphones were put on."""
AGAIN_S = 3.0
"""So much of both sounds a new canceller is told again."""
SURELY = 0.6
"""Correlation from which it also shows how loud and how late the echo is."""
SLOWLY = 0.95
"""How loud it was is forgotten by so much at each look."""
LOUDER = 1.5
"""So many times as loud as the echo can be is somebody else."""
LATER_S = 0.15
"""By so much later than the last it may come."""
QUIET = 30.0
"""Of 32768, root mean square: what is softer is not compared."""
_RATE = 8000
_BLOCK = EARS_RATE // 100
_OUT_BLOCK = OUT_RATE // 100


class EchoCanceller:
    """Of one call: ``played`` is told the voice at ``OUT_RATE`` as it goes out, ``cleaned`` the microphone at
    ``EARS_RATE`` as it comes in; both take whole seconds of the same clock."""

    def __init__(self) -> None:
        self._module: rtc.AudioProcessingModule | None = None
        self._said, self._heard = _Last(AGAIN_S, OUT_RATE), _Last(AGAIN_S, EARS_RATE)
        self._rest: Ints | None = None
        self._levels = deque([0.0], round((LATEST_S + LATER_S) * 100))
        self._unlooked = self._without = 0
        """Hundredths of a second of the voice since an echo was last found."""
        self._gain, self._lag_s = 0.0, LATEST_S
        self.is_needed = False
        """Whether there is an echo."""

    def played(self, samples: Ints) -> None:
        """The next of the voice, silence too: whole hundredths of a second."""
        blocks = samples.reshape(-1, _OUT_BLOCK)
        if self._module is not None:
            _tell(self._module, blocks)
        levels = [_loudness(block) for block in blocks] if samples.any() else [0.0] * len(blocks)
        self._levels.extend(levels)
        self._without += sum(level >= QUIET for level in levels)
        if self._without > GONE_S * 100:
            self._module, self._gain, self.is_needed = None, 0.0, False
        self._said.add(samples)

    def cleaned(self, samples: Ints) -> Ints:
        """The next of the microphone, without the echo where there is one; less than a hundredth of a second waits."""
        if self._rest is None:
            self._rest = np.zeros(-samples.size % _BLOCK, np.int16)  # so that nothing of equal pieces ever waits
        waiting = np.concatenate([self._rest, samples])
        whole = waiting.size - waiting.size % _BLOCK
        self._rest, raw = waiting[whole:], waiting[:whole]
        if not whole:
            return raw
        self._heard.add(raw)
        self._unlooked += whole
        if self._unlooked >= LOOK_EVERY_S * EARS_RATE:
            self._look()
            self._unlooked = 0
            if self.is_needed and self._module is None:
                self._module = self._taught(before=whole)
        if self._module is None:
            return raw
        return np.concatenate([self._process(self._module, block) for block in raw.reshape(-1, _BLOCK)])

    def _process(self, module: rtc.AudioProcessingModule, block: Ints) -> Ints:
        left = _clean(module, block)
        voice = max(islice(reversed(self._levels), round((self._lag_s + LATER_S) * 100)))
        return left if _loudness(left) >= LOUDER * self._gain * voice else np.zeros_like(left)

    def _look(self) -> None:
        said = self._said.samples(LOOK_S + LATEST_S)
        if _loudness(said) < QUIET:
            return
        alike, gain, lag_s = compare(said, self._heard.samples(LOOK_S))
        self._gain *= SLOWLY
        if alike >= SURELY:
            self._gain, self._lag_s = max(gain, self._gain), lag_s
        if alike >= ALIKE:
            self._without, self.is_needed = 0, True

    def _taught(self, before: int) -> rtc.AudioProcessingModule:
        """A canceller that was told the last seconds; of the microphone not the last ``before`` samples."""
        module = rtc.AudioProcessingModule(echo_cancellation=True)
        heard = self._heard.blocks(_BLOCK)
        for n, block in enumerate(self._said.blocks(_OUT_BLOCK)):
            _tell(module, block[None])
            if n < len(heard) - before // _BLOCK:
                _clean(module, heard[n])
        return module


def _tell(module: rtc.AudioProcessingModule, blocks: Ints) -> None:
    for block in blocks:
        module.process_reverse_stream(rtc.AudioFrame(block.tobytes(), OUT_RATE, 1, _OUT_BLOCK))


def _clean(module: rtc.AudioProcessingModule, block: Ints) -> Ints:
    frame = rtc.AudioFrame(block.tobytes(), EARS_RATE, 1, _BLOCK)
    module.process_stream(frame)
    return np.frombuffer(frame.data, np.int16)


class _Last:
    """The last ``seconds`` of a sound at ``rate``."""

    def __init__(self, seconds: float, rate: int) -> None:
        self._rate, self._size = rate, round(seconds * rate)
        self._pieces = deque([np.zeros(self._size, np.int16)])
        self._held = self._size

    def add(self, samples: Ints) -> None:
        """The next of it."""
        self._pieces.append(samples)
        self._held += samples.size
        while self._held - self._pieces[0].size >= self._size:
            self._held -= self._pieces.popleft().size

    def blocks(self, size: int) -> Ints:
        """All of it, cut into pieces of ``size``."""
        return np.concatenate(self._pieces)[-self._size :].reshape(-1, size)

    def samples(self, seconds: float) -> Floats:
        """The last ``seconds``, at ``_RATE``."""
        whole = np.concatenate(self._pieces)[-round(seconds * self._rate) :].reshape(-1, self._rate // _RATE)
        fewer: Floats = whole.mean(axis=1, dtype=np.float32)
        return fewer


def compare(said: Floats, heard: Floats) -> tuple[float, float, float]:
    """The highest correlation, in [0, 1], of ``heard`` with a piece of ``said``, which is longer; how many times as
    loud as that piece the part that goes with it is; and how many seconds that piece ends before ``said`` does."""
    if _loudness(heard) < QUIET:
        return 0.0, 0.0, 0.0
    found = np.abs(correlate(said, heard, "valid", "fft"))
    energy = np.concatenate([[0.0], np.cumsum(np.square(said, dtype=np.float64))])
    energies = np.maximum(energy[heard.size :] - energy[: -heard.size], 1.0)
    alike = found / np.sqrt(energies * np.square(heard, dtype=np.float64).sum())
    best = int(alike.argmax())
    return float(alike[best]), float(found[best] / energies[best]), (alike.size - 1 - best) / _RATE


def _loudness(samples: Floats | Ints) -> float:
    plain = samples.astype(np.float32, copy=False)
    return math.sqrt(float(np.dot(plain, plain)) / plain.size)
