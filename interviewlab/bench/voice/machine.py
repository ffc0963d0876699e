"""Who used the processor while something was measured: a figure of a busy machine says little about the app."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PARENT, _USER, _CHILDREN_SYSTEM = 1, 11, 14
"""Fields of /proc/PID/stat behind the name in brackets, see proc(5)."""


@dataclass(frozen=True)
class _Process:
    parent: int
    cpu_s: float
    """Its own time and that of its children that have ended."""


class Cores:
    """Watches from its making on. Linux only: elsewhere all shares are 0."""

    def __init__(self, app: int | None = None) -> None:
        self._app = app
        self._began_at = time.monotonic()
        self._before, self._stolen = self._used(), _stolen_s()

    def figures(self) -> dict[str, float]:
        """Shares of all cores since the beginning: of the app, of bench and browser, of all other programs, and what
        the host of a virtual machine withheld (``stolen``) while somebody here had work."""
        whole = max(1e-6, (time.monotonic() - self._began_at) * (os.cpu_count() or 1))
        app, ours, all_ = (after - before for after, before in zip(self._used(), self._before, strict=True))
        shares = {
            "app": app,
            "bench_and_browser": ours - app,
            "others": all_ - ours,
            "stolen": _stolen_s() - self._stolen,
        }
        return {"cores": os.cpu_count() or 1} | {who: round(max(0.0, s) / whole, 2) for who, s in shares.items()}

    def _used(self) -> tuple[float, float, float]:
        processes = _processes()
        app = _of_family(processes, self._app) if self._app else 0.0
        return app, _of_family(processes, os.getpid()), _busy_s()


class CoresOf:
    """How many cores each of some processes, named by what they are, kept busy from its making on; of all other
    children of this process together, ``servers``. Linux only: elsewhere all are 0."""

    def __init__(self, **named: Iterable[int]) -> None:
        self._named = {name: set(processes) for name, processes in named.items()}
        self._began_at = time.monotonic()
        self._before = self._used()

    def figures(self) -> dict[str, float]:
        """Cores since the beginning, by name."""
        took_s, used = max(1e-6, time.monotonic() - self._began_at), self._used()
        return {name: round(max(0.0, used[name] - before) / took_s, 2) for name, before in self._before.items()}

    def _used(self) -> dict[str, float]:
        processes = _processes()
        named = {own for some in self._named.values() for own in some}
        others = [child for child, seen in processes.items() if seen.parent == os.getpid() and child not in named]
        used = {name: sum(_own(processes, each) for each in some) for name, some in self._named.items()}
        return used | {"servers": sum(_of_family(processes, child) for child in others)}


def _own(processes: Mapping[int, _Process], process: int) -> float:
    return processes[process].cpu_s if process in processes else 0.0


def _processes() -> dict[int, _Process]:
    return {process: seen for process in _ids() if (seen := _read(process))}


def _ids() -> Iterable[int]:
    return (int(folder.name) for folder in _PROC.glob("[0-9]*")) if _PROC.exists() else ()


def _read(process: int) -> _Process | None:
    try:
        fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return None
    spent = sum(int(field) for field in fields[_USER : _CHILDREN_SYSTEM + 1])
    return _Process(int(fields[_PARENT]), spent / os.sysconf("SC_CLK_TCK"))


def _of_family(processes: Mapping[int, _Process], root: int) -> float:
    children = [process for process, seen in processes.items() if seen.parent == root]
    return _own(processes, root) + sum(_of_family(processes, child) for child in children)


def _busy_s() -> float:
    times = _times()
    return sum(times.get(name, 0.0) for name in ("user", "nice", "system", "irq", "softirq"))


def _stolen_s() -> float:
    return _times().get("steal", 0.0)


def _times() -> dict[str, float]:
    """Seconds of all cores together since the machine was started, see proc(5)."""
    stat = _PROC / "stat"
    if not stat.exists():
        return {}
    names = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
    fields = stat.read_text().split("\n")[0].split()[1:]
    return {name: int(field) / os.sysconf("SC_CLK_TCK") for name, field in zip(names, fields, strict=False)}
