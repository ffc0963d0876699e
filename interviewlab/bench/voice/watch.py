"""A watchdog inside an event loop: how long was it held up, and where? By how much did memory grow?"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

_STEP_S = 0.01
_LOOK_AFTER_S = 0.06
_FRAMES = 4
_TOLD = 3


@dataclass(frozen=True)
class Block:
    """A time that an event loop was held up; ``where`` names the innermost functions if it lasted long enough."""

    at: float
    """Unix time of its end."""
    seconds: float
    where: str = ""

    def write(self) -> str:
        """As one line."""
        return f"{self.at:.3f} {self.seconds:.3f} {self.where}"

    @classmethod
    def read(cls, line: str) -> Block:
        """What ``write`` wrote."""
        at, seconds, where = [*line.split(" ", 2), "", "", ""][:3]
        return cls(float(at), float(seconds), where)

    def describe(self) -> str:
        """For people."""
        return (
            f"{self.seconds:.3f} s in {self.where or 'something that kept all threads out, or no processor was free'}"
        )


async def watch_loop(note: Callable[[Block], None], least_s: float = 0.03) -> None:
    """Tell ``note`` of each time that the loop was held up for ``least_s`` or longer."""
    witness = _Witness(threading.get_ident())
    witness.start()
    try:
        while True:
            before = witness.beat()
            await asyncio.sleep(_STEP_S)
            late_s = time.monotonic() - before - _STEP_S
            if late_s >= least_s:
                note(Block(time.time(), late_s, witness.where))
    finally:
        witness.is_over = True


class _Witness(threading.Thread):
    """Looks from outside what a loop that has not beaten for long is doing."""

    def __init__(self, loop_thread: int) -> None:
        super().__init__(name="witness", daemon=True)
        self.is_over = False
        self.where = ""
        self._loop_thread = loop_thread
        self._beaten_at = time.monotonic()

    def beat(self) -> float:
        """The loop is alive; gives the time."""
        self.where, self._beaten_at = "", time.monotonic()
        return self._beaten_at

    def run(self) -> None:
        while not self.is_over:
            time.sleep(_STEP_S)
            if not self.where and time.monotonic() - self._beaten_at > _LOOK_AFTER_S:
                self.where = _where(sys._current_frames().get(self._loop_thread))


def _where(frame: FrameType | None) -> str:
    """The innermost functions with their files; no values."""
    calls = traceback.extract_stack(frame)[-_FRAMES:] if frame else []
    return " < ".join(f"{Path(call.filename).stem}:{call.name}:{call.lineno}" for call in reversed(calls))


@dataclass
class Longest:
    """The longest blocks of the loop so far, longest first."""

    blocks: list[Block] = field(default_factory=list)

    def note(self, block: Block) -> None:
        """One more."""
        self.blocks = sorted([*self.blocks, block], key=lambda each: -each.seconds)[:_TOLD]

    def figures(self) -> dict[str, Any]:
        """How long the longest was, and for people where the longest were."""
        return {
            "longest_block_s": round(max((block.seconds for block in self.blocks), default=0.0), 3),
            "longest_blocks": [block.describe() for block in self.blocks],
        }


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
