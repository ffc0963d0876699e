"""The compile step: once for a submission, in a cell of its own; what it makes is only ever given to another cell."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace

from interviewlab.sandbox.limits import get_compile_limits
from interviewlab.sandbox.trial import DRAIN_S, Trial
from interviewlab.sandbox.walls import Job, Wall
from interviewlab.types import Outcome

MADE_FILES = 500
"""How many files a compiler may make: a Java class for each class of the candidate."""
_HEAD = re.compile(rb"(\d{1,9}) ([^\n]{1,255})\n")
WORDS: dict[Outcome, str] = {
    "time_limit": "The compiler did not end within its time limit.",
    "memory_limit": "The compiler reached its memory limit.",
    "output_limit": "The compiler made more than a program may have.",
    "process_limit": "The compiler reached the limit of processes.",
    "killed": "The compiler was killed.",
}


@dataclass(frozen=True)
class Compiled:
    """What a compile step ended with: files for the run, or why there are none."""

    outcome: Outcome
    made: dict[str, bytes] = field(default_factory=dict)
    text: str = ""
    """The compiler's own words."""
    wall_s: float = 0.0


class Compiler:
    """Compiles on one wall and remembers the last few results: visible and hidden tests share one."""

    def __init__(self, wall: Wall, kept: int = 4) -> None:
        self._wall = wall
        self._kept: OrderedDict[tuple[str, ...], Compiled] = OrderedDict()
        self._room = kept
        self._lock = threading.Lock()

    def compile(self, job: Job, stop: threading.Event) -> Compiled:
        """Blocking. What is wrong with the code, and a compiler that reaches a limit, are outcome compile_error."""
        key = (job.entry.language, job.mode, job.function, job.code)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return replace(self._kept[key], wall_s=0.0)
        compiled = self._compile(job, stop)
        # A compiler that was too slow once may be quick enough the next time.
        if compiled.outcome == "ok":
            with self._lock:
                self._kept[key] = compiled
                while len(self._kept) > self._room:
                    self._kept.popitem(last=False)
        return compiled

    def _compile(self, job: Job, stop: threading.Event) -> Compiled:
        limits = get_compile_limits(job.entry.language, self._wall.name)
        trial = Trial(self._wall, replace(job, step="compile", limits=limits), stop)
        try:
            trial.close_input()
            deadline = trial.started + limits.wall_s
            trial.run_out(deadline)
            trial.finish(max(DRAIN_S, deadline - time.monotonic()))
        finally:
            trial.finish()
        if trial.outcome == "ok":
            made = split_made(bytes(trial.stdout))
            return Compiled("ok" if made else "compile_error", made, "The compiler made nothing.", trial.wall_s)
        outcome: Outcome = "killed" if stop.is_set() else "compile_error"
        text = trial.text_of(trial.stderr)
        return Compiled(outcome, text="\n".join(filter(None, (WORDS.get(trial.outcome), text))), wall_s=trial.wall_s)


def split_made(data: bytes) -> dict[str, bytes]:
    """Files by name from a compile step's output, see ``languages.EMIT``; names that lead elsewhere are left out."""
    made: dict[str, bytes] = {}
    at = 0
    while (head := _HEAD.match(data, at)) and len(made) < MADE_FILES:
        name, size = head[2].decode("utf-8", "replace"), int(head[1])
        content = data[head.end() : head.end() + size]
        at = head.end() + size
        if len(content) == size and is_inside(name):
            made[name] = content
    return made


def is_inside(name: str) -> bool:
    """Whether a file of this name stays in the folder it is put in."""
    return name.isprintable() and all(part not in ("", ".", "..") for part in name.split("/"))
