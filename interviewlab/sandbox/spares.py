"""Processes that wait at their gate, each in an empty work folder of its own, so that a run pays only for its program.

Each is used once. Making them, and putting away what a run left, is done by one thread beside the runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.descent import look_at
from interviewlab.sandbox.folders import clear_folder, remove_folder
from interviewlab.sandbox.keeping import Keeper, Kept
from interviewlab.sandbox.limits import WORK_FILES
from interviewlab.sandbox.mounts import may_mount, mount_memory, unmount
from interviewlab.sandbox.orders import EARLY_CPU_S, NOBODY, Tools, in_folder, to_order
from interviewlab.sandbox.waiting import Waiting
from interviewlab.sandbox.walls import Job

EARLY = 1
"""How many started runtimes of one shape wait: 16 MB that a JVM has for itself, and 35 MB with what all share."""


@dataclass(frozen=True)
class Shape:
    """All that a process is started with, but for where its folder is: what waits for a job serves its equals alone."""

    order: str
    work_folder_mb: int
    is_native: bool
    early_folder: str = ""
    """What lies in the work folder of a runtime that starts before its program comes."""


def to_shape(job: Job, tools: Tools) -> Shape:
    """What a job's process is started with."""
    return Shape(json.dumps(to_order(job, tools)), job.limits.work_folder_mb, job.is_native, job.early_folder)


@dataclass(frozen=True)
class Place:
    """A started process at its gate, and the empty work folder it will find its program in."""

    folder: Path
    is_mounted: bool
    kept: Kept

    @property
    def work(self) -> Path:
        """The work folder, of the candidate's user."""
        return self.folder / "work"

    @property
    def is_waiting(self) -> bool:
        """Whether its process and the keeper are still there, and it has not waited too long."""
        seen = look_at(self.kept.pid)
        is_fit = seen is not None and not seen.is_gone and seen.cpu_s < EARLY_CPU_S
        return is_fit and not select.select([self.kept.control], [], [], 0)[0]


def open_place(root: Path, shape: Shape, keeper: Keeper) -> Place:
    """A new one below ``root``. Raises OSError, and ValueError where the order is refused; then nothing is left."""
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=root))
    work = folder / "work"
    try:
        folder.chmod(0o711)
        work.mkdir()
        is_mounted = may_mount() and mount_memory(
            work, shape.work_folder_mb, WORK_FILES, NOBODY, is_native=shape.is_native
        )
        found = [work, *([work / shape.early_folder] if shape.early_folder else [])]
        for inner in found:
            inner.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                os.chown(inner, NOBODY, NOBODY)
        return Place(folder, is_mounted, keeper.start(in_folder(json.loads(shape.order), work)))
    except BaseException:
        clear_folder(folder)
        raise


def remove_place(place: Place) -> None:
    """For one whose process has ended: its folder goes with all that is in it."""
    if place.is_mounted:
        unmount(place.work)
    remove_folder(place.folder)


def end_place(place: Place) -> None:
    """For one whose program never came."""
    # With the keeper its processes have ended.
    with contextlib.suppress(SandboxFailed):
        place.kept.end(kill=True)
    remove_place(place)


class Spares:
    """Up to ``wanted`` waiting places of each shape that was run lately. Used by several threads."""

    def __init__(self, root: Path, keeper: Keeper, wanted: int) -> None:
        self._root = root
        self._keeper = keeper
        self._waiting = Waiting[Shape, Place](lambda shape: min(wanted, EARLY) if shape.early_folder else wanted)
        self._lock = threading.Lock()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="sandbox-sandlock-spares")
        self._in_use: set[Path] = set()

    def take(self, shape: Shape) -> Place:
        """A waiting place, or a new one where none is ready; ``put_away`` must follow. Raises what opening raises."""
        while (spare := self._waiting.pop(shape)) is not None and not spare.is_waiting:
            # The keeper has gone in the meantime, and all that it kept with it.
            self._do_beside(end_place, spare)
        place = spare or open_place(self._root, shape, self._keeper)
        with self._lock:
            self._in_use.add(place.folder)
        return place

    def put_away(self, place: Place, shape: Shape) -> None:
        """After a run, whose process has ended: remove what it left, and have spares of its shape for the next.

        A second time nothing happens.
        """
        with self._lock:
            if place.folder not in self._in_use:
                return
            self._in_use.remove(place.folder)
        for spare in self._waiting.want(shape):
            self._do_beside(end_place, spare)
        self._do_beside(remove_place, place)
        self._do_beside(self._fill)

    def _do_beside(self, work: Callable[..., None], *words: object) -> None:
        try:
            self._beside.submit(work, *words)
        except RuntimeError:
            # Closed in the meantime.
            work(*words)

    def _fill(self) -> None:
        """While no run is on, which would share the processors; a failure shows again at the next run."""
        with contextlib.suppress(OSError, ValueError, SandboxFailed):
            while (shape := self._find_lacking()) is not None:
                place = open_place(self._root, shape, self._keeper)
                if not self._waiting.put(shape, place):
                    end_place(place)

    def _find_lacking(self) -> Shape | None:
        with self._lock:
            return None if self._in_use else self._waiting.find_lacking()

    def count(self) -> int:
        """How many places wait."""
        return self._waiting.count()

    def close(self) -> None:
        """End all that wait, and wait for what is still put away."""
        left = self._waiting.close()
        self._beside.shutdown(wait=True)
        for spare in left:
            end_place(spare)
