"""What the interviewer does when nobody speaks: wait, check gently, offer to move on, hang up until later."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from interviewlab.voice.patience import CODING, SILENCES, Patience

Step = Literal["check", "offer", "pause"]
LINES: dict[Step, str] = {
    "check": "Take your time. If it helps, say repeat, and I will ask again.",
    "offer": "We can also move on. Just say next question, or keep thinking, both are fine.",
    "pause": "I will stop here for now. Nothing is lost: start the voice again whenever you are ready.",
}
STEPS: tuple[Step, ...] = ("check", "offer", "pause")


@dataclass
class Silence:
    """Counts the quiet since somebody spoke or typed, or a reply ended, and says which step is due; each once."""

    clock: Callable[[], float] = time.monotonic
    taken: int = 0
    since: float = field(init=False)

    def __post_init__(self) -> None:
        self.broken()

    def broken(self) -> None:
        """Begin anew."""
        self.since, self.taken = self.clock(), 0

    def due(self, patience: Patience, is_coding: bool) -> Step | None:
        """The step to take now, if one is due."""
        if self.taken == len(STEPS):
            return None
        waits = SILENCES[patience]
        limits = (waits.check_s, waits.offer_s, waits.pause_s)
        quiet_s = self.clock() - self.since
        if quiet_s < limits[self.taken] * (CODING if is_coding else 1.0):
            return None
        self.taken += 1
        return STEPS[self.taken - 1]
