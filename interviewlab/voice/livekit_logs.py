"""What LiveKit's libraries say of every piece of sound of every room, said once in a while.

A worker whose event loop is late is told so by each search for a voice in each room, thirty times a second: to write
that down made it later still.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

RARELY_S = 30.0
_OFTEN_SAID = ("VAD inference is slower than realtime",)


class Rarely(logging.Filter):
    """Lets what is in ``often_said`` pass once in ``every_s``, all else always."""

    def __init__(
        self,
        often_said: tuple[str, ...] = _OFTEN_SAID,
        every_s: float = RARELY_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._often_said, self._every_s, self._clock = often_said, every_s, clock
        self._again_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it may be written."""
        said = record.msg
        if said not in self._often_said:
            return True
        if self._clock() < self._again_at.get(said, 0.0):
            return False
        self._again_at[said] = self._clock() + self._every_s
        return True


def calm_logs() -> None:
    """Have repetitions dropped from now on, before anything else is done with them; may be called again."""
    logger = logging.getLogger("livekit.agents")
    if not any(isinstance(each, Rarely) for each in logger.filters):
        logger.filters.insert(0, Rarely())
