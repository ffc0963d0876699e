"""What is said to the launcher in a container, and what it says at the end."""

from __future__ import annotations

import shlex
import signal

from interviewlab.sandbox.walls import Exit, Job
from interviewlab.types import Outcome

REPORT_PARTS = 6
OF_SIGNALS = 128
"""A shell adds this to the number of the signal that ended a program."""


def to_order(job: Job, token: str, kit: str) -> bytes:
    """The launcher's line: token, number of files, CPU seconds, KiB of data, shell words to run; then the files.

    Before each file a line with its size, x where it is a program and - where it is not, and its name.
    """
    laid_out = job.lay_out()
    command = job.command(kit)
    words = ["env", "-i", "PATH=/usr/bin:/bin", *(f"{k}={v}" for k, v in job.entry.environment.items()), *command]
    line = " ".join(map(to_shell, words))
    limits = f"{max(1, round(job.limits.cpu_s))} {job.limits.memory_mb * 1024}"
    mode = "x" if job.is_native else "-"
    files = b"".join(f"{len(data)} {mode} {name}\n".encode() + data for name, data in laid_out.items())
    return f"{token} {len(laid_out)} {limits} {line}\n".encode() + files


def to_shell(word: str) -> str:
    """The word quoted for a shell that reads one line: line ends become escapes of ``printf %b``."""
    if "\n" not in word:
        return shlex.quote(word)
    escaped = word.replace("\\", "\\0134").replace("\n", "\\0012")
    return f'"$(printf %b {shlex.quote(escaped)})"'


def to_exit(report: list[str]) -> Exit:
    """What a report means: status, whether a signal made it, peak in bytes, CPU in ns, refused processes, OOM kills."""
    if len(report) != REPORT_PARTS or not all(part.isdigit() for part in report):
        return Exit(signal=signal.SIGKILL, cause="killed")
    status, is_signal, peak, cpu_ns, refused, starved = map(int, report)
    cause: Outcome | None = None
    if status:
        cause = "memory_limit" if starved else "process_limit" if refused else None
    by_signal = status - OF_SIGNALS if is_signal else None
    return Exit(
        status=None if by_signal else status,
        signal=by_signal,
        cpu_s=round(cpu_ns / 1e9, 3),
        memory_mb=round(peak / 2**20, 1),
        cause=cause,
    )


class Output:
    """One stream of a container; takes the launcher's last line, which bears the token, out of it."""

    def __init__(self, token: str) -> None:
        self._mark = b"\0" + token.encode() + b" "
        self._tail = bytearray()
        self.report: list[str] | None = None
        """The words of the last line, once it has come: nothing of the candidate's follows it."""

    def feed(self, data: bytes) -> bytes:
        """What of this belongs to the candidate; keeps back what could be the beginning of the last line."""
        self._tail += data
        before, mark, after = self._tail.partition(self._mark)
        if mark and b"\n" in after:
            self.report = bytes(after).split(b"\n")[0].decode("ascii", "replace").split()
            self._tail.clear()
            return bytes(before)
        start = len(before) if mark else self._tail.rfind(b"\0")
        is_begun = bool(mark) or (start >= 0 and self._mark.startswith(self._tail[start:]))
        ready = bytes(self._tail[:start] if is_begun else self._tail)
        del self._tail[: len(ready)]
        return ready

    def rest(self) -> bytes:
        """What was kept back, when the last line did not come."""
        kept = bytes(self._tail)
        self._tail.clear()
        return kept
