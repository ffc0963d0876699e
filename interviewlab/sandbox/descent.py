"""What a process and its descendants use together, as the kernel counts it. Linux, with nobody's help."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1.0 / os.sysconf("SC_CLK_TCK")
_OWN = re.compile(r"^Rss(?:Anon|Shmem):\s+(\d+)", re.MULTILINE)
_SHARE = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)
_IN_FLIGHT = re.compile(r"^scm_fds:\s+(\d+)", re.MULTILINE)
GONE = " (deleted)"
"""Ends the name of a mapped file that no longer has one."""


@dataclass(frozen=True)
class Process:
    """One line of ``/proc/PID/stat``: a number is given again, with its beginning it is not."""

    pid: int
    state: str
    cpu_s: float
    """Its own, and that of the children it has waited for."""
    began: str

    @property
    def is_gone(self) -> bool:
        """Ended, perhaps not yet buried."""
        return self.state in ("Z", "X")


def look_at(pid: int) -> Process | None:
    """The process; None where there is none."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return Process(pid, words[0], sum(map(int, words[11:15])) * TICK_S, words[19])


class Family:
    """A process and those that descend from it, also such as lost their parent since they were last looked for."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._known: dict[int, Process] = {}

    @property
    def cpu_s(self) -> float:
        """Of all that were there when they were last looked for, seconds; what was waited for is in its parent's."""
        return sum(one.cpu_s for one in self._known.values())

    def look(self) -> None:
        """Look for all of them again; costs next to nothing for a process without children."""
        waiting, found = [self._pid, *self._known], dict[int, Process]()
        while waiting:
            pid = waiting.pop()
            seen = None if pid in found else look_at(pid)
            known = self._known.get(pid)
            if seen is None or (known is not None and known.began != seen.began):
                continue
            found[pid] = seen
            waiting += children_of(pid)
        self._known = found

    def memory_mb(self, limit_mb: float) -> float:
        """What they have, where it may be over the limit with shared pages counted once; otherwise an upper bound.

        Only the bound is cheap: resident pages that are not of a file, in each process that has them.
        """
        bound_mb = sum(map(_own_mb, self._known))
        return bound_mb if bound_mb <= limit_mb else sum(map(_share_mb, self._known))

    def nameless_mb(self, folder: Path, file_mb: float) -> float:
        """On disk, of files that they hold and that have no name any more; each counted once.

        What is mapped from below ``folder`` or on its way over a socket cannot be looked at: it counts as ``file_mb``,
        the most that a file may have.
        """
        held, mapped, in_flight = dict[tuple[int, int], int](), set[str](), 0
        for pid in self._known:
            for thread in _threads_of(pid):
                # A thread may have a table of its own.
                for name in _names_in(f"{thread}/fd"):
                    found = _look_into(f"{thread}/fd/{name}")
                    if found is not None and stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        held[found.st_dev, found.st_ino] = found.st_blocks * 512
                    elif found is not None and stat.S_ISSOCK(found.st_mode):
                        in_flight += _in_flight(f"{thread}/fdinfo/{name}")
            mapped |= _mapped_from(pid, folder)
        return sum(held.values()) / 2**20 + (len(mapped) + in_flight) * file_mb


def children_of(pid: int) -> list[int]:
    """Of all its threads; none where the kernel does not say."""
    return [int(child) for thread in _threads_of(pid) for child in _read(f"{thread}/children").split()]


def _threads_of(pid: int) -> list[str]:
    """Their folders, the first thread's first."""
    return [f"/proc/{pid}/task/{name}" for name in _names_in(f"/proc/{pid}/task")]


def _names_in(folder: str) -> list[str]:
    """None where it ended in the meantime; so do the next two."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _read(path: str) -> str:
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return ""


def _look_into(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


def _in_flight(path: str) -> int:
    """How many descriptors wait in a socket to be received."""
    return sum(map(int, _IN_FLIGHT.findall(_read(path))))


def _mapped_from(pid: int, folder: Path) -> set[str]:
    """Device and number of each file below ``folder`` that it has mapped and that has no name any more."""
    # A first thread that has ended before the others shows nothing.
    maps = next(filter(None, (_read(f"{thread}/maps") for thread in _threads_of(pid))), "")
    gone = [line for line in maps.splitlines() if line.endswith(GONE) and f" {folder}/" in line]
    return {" ".join(line.split()[3:5]) for line in gone}


def _own_mb(pid: int) -> float:
    return sum(map(int, _OWN.findall(_read(f"/proc/{pid}/status")))) / 1024


def _share_mb(pid: int) -> float:
    found = _SHARE.search(_read(f"/proc/{pid}/smaps_rollup"))
    return int(found[1]) / 1024 if found else 0.0
