"""How much one person may ask for in a while. Counted in memory, by the hour or the minute."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from interviewlab.errors import LimitReached

_FORGET_AT = 10_000


@dataclass
class Allowance:
    """So many of one kind in ``window_s`` for each name."""

    most: int
    window_s: float
    sentence: str
    """What happened, where there is no more."""
    clock: Callable[[], float] = time.monotonic
    _spent: dict[str, deque[float]] = field(default_factory=dict)

    def spend(self, name: str) -> None:
        """One of them. Raises LimitReached, saying when to come again."""
        now = self.clock()
        times = self._spent.setdefault(name, deque())
        while times and times[0] <= now - self.window_s:
            times.popleft()
        if len(times) >= self.most:
            wait_s = max(1, round(times[0] + self.window_s - now))
            again = f"{wait_s} s" if wait_s < 120 else f"{round(wait_s / 60)} minutes"
            raise LimitReached(self.sentence, f"Try again in {again}.")
        times.append(now)
        self._forget_the_quiet(now)

    def _forget_the_quiet(self, now: float) -> None:
        if len(self._spent) > _FORGET_AT:
            self._spent = {
                name: times for name, times in self._spent.items() if times and times[-1] > now - self.window_s
            }
