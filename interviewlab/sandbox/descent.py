"""What a process and its descendants use together, as the kernel counts it. Linux, with nobody's help."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1.0 / os.sysconf("SC_CLK_TCK")
_OWN = re.compile(r"^Rss(?:Anon|Shmem):\s+(\d+)", re.MULTILINE)
_SHARE = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)


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


def children_of(pid: int) -> list[int]:
    """Of all its threads; none where the kernel does not say."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    except OSError:
        # It ended in the meantime.
        pass
    return found


def _own_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return sum(map(int, _OWN.findall(status))) / 1024


def _share_mb(pid: int) -> float:
    try:
        found = _SHARE.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
