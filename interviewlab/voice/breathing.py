"""A piece of each silence is left out of what is sent, so that a browser which holds back too much runs dry.

A browser that once fell behind holds back all that follows, and catches up by a few milliseconds a second: after a busy
moment replies sounded a second late for many turns. Where nothing is sent for a while it plays what it holds back.
"""

from __future__ import annotations

from interviewlab.speech.audio import Ints
from interviewlab.voice.frames import OUT_RATE

TAIL_S = 0.3
"""So much silence is sent behind words, that no browser makes up something in its place."""
PAUSE_S = 1.5
"""So much of the silence after it is left out."""


class Breathing:
    """Counts what is left out: ``leaves_out`` is asked for each frame in turn."""

    def __init__(self) -> None:
        self._silent = 0

    def leaves_out(self, samples: Ints) -> bool:
        """Whether these samples need not be sent."""
        self._silent = 0 if samples.any() else self._silent + samples.size
        return TAIL_S < self._silent / OUT_RATE <= TAIL_S + PAUSE_S
