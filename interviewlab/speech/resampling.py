"""From one sample rate to another."""

from __future__ import annotations

import numpy as np
import soxr

from interviewlab.speech.audio import Floats


def resample(audio: Floats, rate: int, to_rate: int) -> Floats:
    """``audio`` at ``to_rate``, whole and at once; live streams keep a resampler of their own."""
    if rate == to_rate:
        return audio
    return np.asarray(soxr.resample(audio, rate, to_rate, quality="HQ"), np.float32)
