"""A watchdog inside an event loop: how long was it held up, and by how much did memory grow?"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

_STEP_S = 0.01


async def watch_loop(note: Callable[[float, float], None], least_s: float = 0.03) -> None:
    """Tell ``note`` (unix time, seconds) of each time that the loop was held up for ``least_s`` or longer."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(_STEP_S)
        late_s = time.monotonic() - before - _STEP_S
        if late_s >= least_s:
            note(time.time(), late_s)


@dataclass
class Longest:
    """The longest block of the loop so far, in seconds."""

    block_s: float = 0.0

    def note(self, at: float, block_s: float) -> None:
        """One more block."""
        del at
        self.block_s = max(self.block_s, block_s)


@asynccontextmanager
async def watched() -> AsyncIterator[Longest]:
    """Watch the running loop."""
    longest = Longest()
    task = asyncio.create_task(watch_loop(longest.note, 0.0))
    try:
        yield longest
    finally:
        task.cancel()


def memory_mb(process: int | None = None) -> float:
    """Resident memory of a process, by default this one. Linux only: 0 elsewhere."""
    status = Path(f"/proc/{process or 'self'}/status")
    if not status.exists():
        return 0.0
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)
