"""What is said to the launcher in a container, and what it says at the end."""

from __future__ import annotations

import shlex
import signal

from interviewlab.sandbox.walls import Exit, Job
from interviewlab.types import Outcome

REPORT_PARTS = 5
OF_SIGNALS = 128
"""A shell adds this to the number of the signal that ended a program."""


def to_order(job: Job, token: str) -> bytes:
    """The launcher's line and the code: token, bytes of code, CPU seconds, KiB of data, shell words to run."""
    code = job.code.encode()
    command = job.entry.command(job.mode, job.limits.memory_mb)
    words = ["env", "-i", "PATH=/usr/bin:/bin", *(f"{k}={v}" for k, v in job.entry.environment.items()), *command]
    # A shell reads one line here: what has line ends of its own is handed over by name.
    line = " ".join(f'"$(printf %b {shlex.quote(to_octal(word))})"' if "\n" in word else shlex.quote(word) for word in words)
    limits = f"{max(1, round(job.limits.cpu_s))} {job.limits.memory_mb * 1024}"
    return f"{token} {len(code)} {limits} {line}\n".encode() + code


def to_octal(word: str) -> str:
    """The word in the escapes of ``printf %b``, on one line."""
    return word.replace("\\", "\\0134").replace("\n", "\\0012")


def to_exit(report: list[str], is_cut: bool, cpu_s: float) -> Exit:
    """What the launcher's report means: status, peak in bytes, CPU in ns, refused processes, out-of-memory kills."""
    if is_cut or len(report) != 5 or not all(part.isdigit() for part in report):
        return Exit(None, 9, cpu_s=cpu_s, is_cut=is_cut, cause=None if is_cut else "killed")
    status, peak, cpu_ns, denied, oom = map(int, report)
    cause: Outcome | None = "memory_limit" if oom and status else "process_limit" if denied and status else None
    signal = status - 128 if status > 128 else None
    return Exit(
        None if signal else status, signal, round(cpu_ns / 1e9, 3), round(peak / 2**20, 1), cause, is_cut
    )


class Errors:
    """Takes the launcher's report out of the container's standard error."""

    def __init__(self, token: str) -> None:
        self._mark = b"\0" + token.encode() + b" "
        self._tail = bytearray()
        self.report: list[str] = []

    def feed(self, data: bytes) -> bytes:
        """What of this belongs to the candidate; keeps back what could be the beginning of the report."""
        self._tail += data
        before, mark, after = self._tail.partition(self._mark)
        if mark and b"\n" in after:
            self.report = bytes(after).split(b"\n")[0].decode("ascii", "replace").split()
            self._tail.clear()
            return bytes(before)
        start = self._tail.rfind(b"\0")
        is_begun = start >= 0 and len(self._tail) - start < MAX_REPORT
        ready = bytes(self._tail[:start] if is_begun else self._tail)
        del self._tail[: len(ready)]
        return ready

    def rest(self) -> bytes:
        """What was kept back, when no report came."""
        kept = bytes(self._tail)
        self._tail.clear()
        return kept
