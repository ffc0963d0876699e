"""One program in one cell, watched from its start to its end: clock, output, last words."""

from __future__ import annotations

import threading
import time

from interviewlab.sandbox.outcomes import classify, read_early_words, to_text
from interviewlab.sandbox.walls import Exit, Job, Stream, Wall
from interviewlab.types import Outcome

SLICE_S = 0.1
"""How often a waiting trial looks whether it was called off."""
DRAIN_S = 0.2
"""How long the last output of an ended program is waited for."""

WORDS: dict[str, str] = {
    "ok": "the program ended before it answered",
    "time_limit": "no answer within the time limit",
    "memory_limit": "the memory limit was reached",
    "output_limit": "the output limit was reached",
    "process_limit": "the limit of processes was reached",
    "killed": "the program was killed",
}


class Trial:
    """A started job. ``finish`` must be called; after it, ``end`` and ``outcome`` are known."""

    def __init__(self, wall: Wall, job: Job, stop: threading.Event) -> None:
        self._wall = wall
        self._limits = job.limits
        self._stop = stop
        self._cut: Outcome | None = None
        self.stdout = bytearray()
        self.stderr = bytearray()
        self._seen: dict[Stream, int] = {"stdout": 0, "stderr": 0}
        self._is_over = False
        self.end: Exit | None = None
        self._cell = wall.open(job)
        self.started = time.monotonic()
        self.wall_s = 0.0

    def send(self, data: bytes) -> None:
        """Queue standard input."""
        self._cell.send(data)

    def close_input(self) -> None:
        """End standard input."""
        self._cell.close_input()

    def pump(self, deadline: float) -> bool:
        """Wait for some output; False when none will come: the program is over, or was cut by a limit."""
        if self._is_over or self._cut is not None:
            return False
        left_s = deadline - time.monotonic()
        if self._stop.is_set() or left_s <= 0:
            self._cut = "killed" if self._stop.is_set() else "time_limit"
            return False
        chunks = self._cell.receive(min(SLICE_S, left_s))
        if chunks is None:
            self._is_over = True
            return False
        for stream, data in chunks:
            self._keep(stream, data)
        return self._cut is None

    def _keep(self, stream: Stream, data: bytes) -> None:
        limit = self._limits.output_kb * 1024
        room = limit - self._seen[stream]
        (self.stdout if stream == "stdout" else self.stderr).extend(data[: max(0, room)])
        self._seen[stream] += len(data)
        if len(data) > room:
            self._cut = "output_limit"

    def replace_stdout(self, printed: bytes) -> None:
        """Leave what the candidate printed; an answer taken out does not count against their output."""
        self.stdout[:] = printed
        self._seen["stdout"] = len(printed)

    def run_out(self, deadline: float) -> None:
        """Read until the program is over or cut."""
        while self.pump(deadline):
            pass

    def drain(self) -> None:
        """End the input and read what is still on its way."""
        self.close_input()
        self.run_out(time.monotonic() + DRAIN_S)

    def finish(self, grace_s: float = 0.0) -> Exit:
        """Wait up to ``grace_s`` for a program that closed its output, end it, and free everything."""
        if self.end is None:
            wait_s = 0.0 if self._cut is not None else grace_s
            self.end = self._cell.close(wait_s)
            if self.end.is_cut and self.end.cause is None and self._cut is None and wait_s > 0:
                self._cut = "time_limit"
            self.wall_s = time.monotonic() - self.started
        return self.end

    @property
    def outcome(self) -> Outcome:
        """How the program ended; after ``finish``."""
        end = self.end or Exit()
        if self._cut == "output_limit" and (early := read_early_words(self.text_of(self.stderr))):
            return early
        return self._cut or classify(end, self.text_of(self.stderr), self._limits.cpu_s)

    def why_over(self) -> tuple[Outcome, str]:
        """For a program that stopped answering: end it, and say how and in which words."""
        self.finish(DRAIN_S)
        outcome = self.outcome
        lines = self.text_of(self.stderr).strip().splitlines()
        last = lines[-1] if lines and outcome == "runtime_error" else WORDS.get(outcome, WORDS["ok"])
        return ("runtime_error" if outcome == "ok" else outcome), last

    def text_of(self, data: bytearray) -> str:
        """Output as text without paths of this machine."""
        return self._wall.clean(to_text(bytes(data)))
