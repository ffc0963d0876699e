"""The wall of Landlock and seccomp: no root, no container, Linux 6.12 or newer (Landlock ABI 6)."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from interviewlab.errors import BadSubmission, SandboxFailed, SandboxUnavailable
from interviewlab.sandbox.descent import Family, look_at
from interviewlab.sandbox.folders import PREFIX, clear_folder, measure_folder, remove_folder, remove_leftovers
from interviewlab.sandbox.keeping import Keeper
from interviewlab.sandbox.kits import Kits, list_missing
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import WORK_FILES
from interviewlab.sandbox.orders import GO, MEMORY_RESERVE_MB, NOBODY, Tools
from interviewlab.sandbox.outcomes import CPU_SLACK_S
from interviewlab.sandbox.pipes import Pipes
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.spares import Place, Spares, to_shape
from interviewlab.sandbox.toolbox import REMEDIES, Toolbox, build_toolbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.types import Language, Outcome

LANDLOCK_ABI = 6
NO_ROOM = "Make room there, or name another folder with TMPDIR."
HOUSEKEEPING_S = 0.1
REST_S = 0.005
"""Between two looks at a program that is about to end."""


class SandlockWall:
    """Cells are processes under Landlock and seccomp, each with a work folder below one private folder."""

    name = "sandlock"

    def __init__(self, spares: int = 2) -> None:
        check_kernel()
        remove_leftovers(Path(tempfile.gettempdir()))
        try:
            self._kits = Kits()
            self._root = Path(os.path.realpath(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")))
        except (OSError, SandboxFailed) as error:
            raise SandboxUnavailable(f"sandlock has no place to work: {error}.", NO_ROOM) from error
        self._root.chmod(0o711)
        self._toolbox: Toolbox | None = None
        self._keeper = Keeper()
        self._spares = Spares(self._root, self._keeper, spares)
        self._lock = threading.Lock()
        root = re.escape(str(self._root))
        self._private = re.compile(rf"{root}/run-[a-z0-9_]+/work|{root}/run-[a-z0-9_]+")

    def open(self, job: Job) -> SandlockCell:
        """See ``Wall.open``."""
        toolbox = self._get_toolbox()
        missing = list_missing(job.entry.programs, toolbox.programs)
        if missing:
            remedy = REMEDIES.get(job.entry.language, "Use the Docker sandbox.")
            raise BadSubmission(f"There is no {missing[0]} for code in {job.entry.language} here.", remedy)
        readable = self._kits.get_readable(job.entry.language)
        try:
            shape = to_shape(job, Tools(toolbox, self._kits.root, readable))
            place = self._spares.take(shape)
        except OSError as error:
            raise to_failure(error) from error
        except ValueError as error:
            raise SandboxFailed(f"Landlock did not start a program: {error}.", "Try again.") from error
        try:
            return SandlockCell(job, place, lambda: self._spares.put_away(place, shape))
        except OSError as error:
            raise to_failure(error) from error

    def languages(self) -> tuple[Language, ...]:
        """See ``Wall.languages``."""
        programs = self._get_toolbox().programs
        return tuple(one for one, entry in ENTRIES.items() if not list_missing(entry.programs, programs))

    def _get_toolbox(self) -> Toolbox:
        with self._lock:
            if self._toolbox is None:
                try:
                    self._toolbox = build_toolbox(self._root / "toolbox")
                except (OSError, shutil.Error) as error:
                    remove_folder(self._root / "toolbox")
                    raise to_failure(error) from error
            return self._toolbox

    def spares(self) -> int:
        """See ``Wall.spares``."""
        return self._spares.count()

    def clean(self, text: str) -> str:
        """See ``Wall.clean``."""
        return (
            self._private.sub("/work", text)
            .replace(f"{self._root}/toolbox", "/usr")
            .replace(str(self._kits.root), "/usr")
        )

    def close(self) -> None:
        """See ``Wall.close``."""
        self._spares.close()
        self._keeper.close()
        clear_folder(self._root)


class SandlockCell:
    """One process and its descendants."""

    def __init__(self, job: Job, place: Place, put_away: Callable[[], None]) -> None:
        self._limits = job.limits
        self._work = place.work
        self._kept = place.kept
        self._pid = self._kept.pid
        # A file system of its own also counts what has no name.
        self._is_held_to_size = place.is_mounted
        self._put_away = put_away
        self._cause: Outcome | None = None
        self._cpu_s = 0.0
        waiting = look_at(self._pid)
        self._early_cpu_s = waiting.cpu_s if waiting else 0.0
        limit_s = job.limits.cpu_s
        # The kernel ends others at their limit, in whole seconds, and leaves a runtime that started early to us.
        self._allowed_cpu_s = max(1.0, limit_s) if job.early_folder else limit_s + CPU_SLACK_S
        self._memory_mb = 0.0
        try:
            lay_out(job, self._work)
        except OSError:
            self._leave(kill=True)
            raise
        self._family = Family(self._pid)
        stdin, stdout, stderr = (stream.fileno() for stream in self._kept.streams)
        self._pipes = Pipes[Stream](stdin, {stdout: "stdout", stderr: "stderr"})
        self._pipes.send(GO.encode())
        self._kept_house = time.monotonic()

    def send(self, data: bytes) -> None:
        """See ``Cell.send``."""
        self._pipes.send(data)

    def close_input(self) -> None:
        """See ``Cell.close_input``."""
        self._pipes.close_input()

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        """See ``Cell.receive``."""
        if not self._pipes.is_open:
            return None
        is_gone = self._is_gone()
        chunks = self._pipes.poll(0.0 if is_gone else min(timeout_s, HOUSEKEEPING_S))
        self._measure()
        self._cause = self._cause or self._keep_house()
        if self._cause is not None:
            return None
        # A descendant may hold the pipes open for as long as it likes: the program is over when its first process is.
        return chunks if chunks or not is_gone else None

    def _is_gone(self) -> bool:
        found = look_at(self._pid)
        return found is None or found.is_gone

    def _measure(self) -> None:
        """Take what the kernel counts; after the end there is nothing to take any more."""
        found = look_at(self._pid)
        try:
            status = Path(f"/proc/{self._pid}/status").read_text()
        except OSError:
            return
        self._cpu_s = max(self._cpu_s, found.cpu_s - self._early_cpu_s if found else 0.0)
        peak = re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)
        # The kernel's own high-water mark; before the program is started it is still that of our process.
        self._memory_mb = int(peak[1]) / 1024 if peak else self._memory_mb

    def _keep_house(self) -> Outcome | None:
        """From time to time: which limit its processes have passed together that no kernel holds them to together."""
        if time.monotonic() - self._kept_house < HOUSEKEEPING_S:
            return None
        self._kept_house = time.monotonic()
        self._family.look()
        self._cpu_s = max(self._cpu_s, self._family.cpu_s - self._early_cpu_s)
        allowed_mb = self._limits.memory_mb + MEMORY_RESERVE_MB
        if self._cpu_s > self._allowed_cpu_s:
            return "time_limit"
        if self._family.memory_mb(allowed_mb) > allowed_mb:
            return "memory_limit"
        count, size = measure_folder(self._work)
        size_mb = size / 2**20
        if not self._is_held_to_size:
            size_mb += self._family.nameless_mb(self._work, self._limits.file_size_mb)
        return "output_limit" if count > WORK_FILES or size_mb > self._limits.work_folder_mb else None

    def close(self, grace_s: float) -> Exit:
        """See ``Cell.close``."""
        deadline = time.monotonic() + grace_s
        while self._cause is None and not (is_gone := self._is_gone()) and time.monotonic() < deadline:
            if self._pipes.is_open:
                self._pipes.poll(REST_S)
            else:
                self._kept.wait(REST_S)
            self._measure()
            self._cause = self._keep_house()
        is_cut = self._cause is not None or not is_gone
        return self._to_exit(self._leave(kill=is_cut), is_cut)

    def _leave(self, *, kill: bool) -> dict[str, Any]:
        """End the program; what it left is put away beside what comes next."""
        try:
            return self._kept.end(kill=kill)
        finally:
            self._put_away()

    def _to_exit(self, found: dict[str, Any], is_cut: bool) -> Exit:
        cause = self._cause
        if cause is None and not is_cut and found["reason"] == "KILLED":
            cause = self._why_killed()
        signal = found["signal"] if found["reason"] == "SIGNALED" else None
        status = found["status"] if found["reason"] == "EXITED" else None
        return Exit(status, signal, round(self._cpu_s, 3), round(self._memory_mb, 1), cause, is_cut)

    def _why_killed(self) -> Outcome:
        """The kernel kills for CPU time and sandlock for memory; a program's own SIGKILL looks like the latter."""
        return "time_limit" if self._cpu_s >= self._limits.cpu_s - CPU_SLACK_S else "memory_limit"


class SandlockSandbox(WalledSandbox):
    """Runs code under Landlock and seccomp; raises SandboxUnavailable where the kernel has not enough of them."""

    def __init__(self, concurrency: int = 2) -> None:
        super().__init__(SandlockWall(concurrency), concurrency)


def lay_out(job: Job, work: Path) -> None:
    """Put what a job starts with into the work folder, for the candidate's user. Raises OSError."""
    laid = []
    for name, data in job.lay_out().items():
        path = work / name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            laid.append(path.parent)
        path.write_bytes(data)
        path.chmod(0o700 if job.is_native else 0o600)
        laid.append(path)
    if os.geteuid() == 0:
        for path in laid:
            os.chown(path, NOBODY, NOBODY)


def check_kernel() -> None:
    """Raises SandboxUnavailable, naming what is missing."""
    try:
        from sandlock import landlock_abi_version
    except (ImportError, OSError) as error:
        raise SandboxUnavailable(f"sandlock cannot be loaded: {error}.", "Use Linux on x86-64 or ARM64.") from error
    found = landlock_abi_version()
    if found < LANDLOCK_ABI:
        raise SandboxUnavailable(
            f"The kernel has Landlock ABI {found}, and {LANDLOCK_ABI} is needed.", "Use Linux 6.12 or newer, or Docker."
        )
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        raise SandboxUnavailable("setpriv is missing.", "Install util-linux, or run as a user who is not root.")


def to_failure(error: OSError) -> SandboxFailed:
    """One sentence on a folder or process that could not be had; ``shutil.Error`` is a list of many such."""
    if error.errno == errno.ENOSPC or "No space left" in str(error):
        return SandboxFailed("The disk with the temporary folder is full.", NO_ROOM)
    return SandboxFailed(f"Landlock did not start a program: {error.strerror or error}.", "Try again.")
