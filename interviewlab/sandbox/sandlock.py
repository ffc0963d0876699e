"""The wall of Landlock and seccomp: no root, no container, Linux 6.12 or newer (Landlock ABI 6)."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import resource
import shutil
import stat
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewlab.errors import BadSubmission, SandboxFailed, SandboxUnavailable
from interviewlab.sandbox.descent import Family, look_at
from interviewlab.sandbox.keeping import Keeper, Kept
from interviewlab.sandbox.kits import SHELL_PROGRAMS, Kits, find_program, list_missing
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.limits import WORK_FILES
from interviewlab.sandbox.mounts import may_mount, mount_memory, unmount, unmount_below
from interviewlab.sandbox.outcomes import CPU_SLACK_S
from interviewlab.sandbox.pipes import Pipes
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.toolbox import REMEDIES, Toolbox, build_toolbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.types import Language, Limits, Outcome

LANDLOCK_ABI = 6
PREFIX = "interviewlab-sandbox-"
NOBODY = 65534
"""Who the candidate is when the server is root: Landlock does not stop root from changing modes and owners."""
GATE = ("/bin/sh", "-c", 'IFS= read -r go && exec "$@"', "sh")
"""The program starts when the first line of its input has come: by then its limits are set from outside."""
NO_ROOM = "Make room there, or name another folder with TMPDIR."
NOWHERE = "tcp://127.255.255.254:1"
"""The one address that may be connected to, of this machine and with nobody at it. With no address allowed sandlock
leaves connecting to Landlock, and TCP fast open and multipath TCP go past that; with one it looks at every address."""
HOUSEKEEPING_S = 0.1
MEMORY_RESERVE_MB = 32
"""Sandlock also counts what is mapped and shared: an idle CPython 18 MB, an idle Node 30 MB."""

DENIED_SYSCALLS = (
    # Landlock knows nothing of modes, owners, times and attributes: the files of our own user could be changed.
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "utimensat", "futimesat", "setxattr", "lsetxattr", "fsetxattr"),
    *("removexattr", "lremovexattr", "fremovexattr", "mknod", "mknodat"),
    # Reach processes of the same user that are not the candidate's, or lift the limits set from outside.
    *("prlimit64", "setrlimit", "sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr"),
    *("setpriority", "ioprio_set", "migrate_pages", "move_pages", "process_madvise"),
    *("pidfd_open", "pidfd_getfd", "pidfd_send_signal", "memfd_create"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "io_submit"),
    # Outlive the program, whose queue stays behind where Landlock refuses only to open it.
    *("mq_open", "mq_unlink"),
    # Make the whole machine write to its disks, for everybody else to wait for.
    *("sync", "syncfs"),
    # Newer twins of what is denied above, and memory that no limit counts.
    *("setxattrat", "removexattrat", "file_setattr", "file_getattr", "open_tree_attr", "memfd_secret"),
    # No candidate's program needs them, and the kernel's holes have been in such.
    *("modify_ldt", "fsconfig", "fspick", "open_tree", "mount_setattr", "statmount", "listmount", "quotactl_fd"),
    *("adjtimex", "clock_adjtime", "clock_settime", "settimeofday", "kcmp", "vhangup", "remap_file_pages"),
    *("lsm_get_self_attr", "lsm_set_self_attr", "lsm_list_modules", "ustat", "sysfs", "process_mrelease"),
    *("fanotify_init", "fanotify_mark", "set_mempolicy", "mbind", "get_mempolicy", "set_mempolicy_home_node"),
)


class SandlockWall:
    """Cells are processes under Landlock and seccomp, each with a work folder below one private folder."""

    name = "sandlock"

    def __init__(self) -> None:
        check_kernel()
        remove_leftovers(Path(tempfile.gettempdir()))
        try:
            self._root = Path(os.path.realpath(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")))
            self._kits = Kits()
        except (OSError, SandboxFailed) as error:
            raise SandboxUnavailable(f"sandlock has no place to work: {error}.", NO_ROOM) from error
        self._root.chmod(0o711)
        self._toolbox: Toolbox | None = None
        self._keeper = Keeper()
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
        folder = self._make_folder()
        try:
            return SandlockCell(job, Tools(toolbox, self._kits.root, readable), folder, self._keeper)
        except OSError as error:
            clear_folder(folder)
            raise to_failure(error) from error
        except ValueError as error:
            clear_folder(folder)
            raise SandboxFailed(f"Landlock did not start a program: {error}.", "Try again.") from error

    def _make_folder(self) -> Path:
        try:
            return Path(tempfile.mkdtemp(prefix="run-", dir=self._root))
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
        """See ``Wall.spares``; a process is started when it is needed."""
        return 0

    def clean(self, text: str) -> str:
        """See ``Wall.clean``."""
        return (
            self._private.sub("/work", text)
            .replace(f"{self._root}/toolbox", "/usr")
            .replace(str(self._kits.root), "/usr")
        )

    def close(self) -> None:
        """See ``Wall.close``."""
        self._keeper.close()
        clear_folder(self._root)


@dataclass(frozen=True)
class Tools:
    """What a cell's program is started with."""

    toolbox: Toolbox
    kits: Path
    readable: tuple[str, ...]
    """What its language reads beside the toolbox."""

    def path(self, job: Job) -> str:
        """Where its programs are found."""
        found = [os.path.dirname(shutil.which(name) or "") for name in job.entry.programs]
        return ":".join(dict.fromkeys((str(self.toolbox.root / "bin"), *filter(None, found), "/usr/bin", "/bin")))


class SandlockCell:
    """One process and its descendants."""

    def __init__(self, job: Job, tools: Tools, folder: Path, keeper: Keeper) -> None:
        self._limits = job.limits
        self._folder = folder
        self._work = folder / "work"
        self._is_mounted = False
        self._prepare(job)
        self._kept: Kept = keeper.start(to_order(job, tools, self._work))
        self._pid = self._kept.pid
        self._family = Family(self._pid)
        stdin, stdout, stderr = (stream.fileno() for stream in self._kept.streams)
        self._pipes = Pipes(stdin, {stdout: "stdout", stderr: "stderr"})
        self._pipes.send(b"go\n")
        self._cause: Outcome | None = None
        self._kept_house = time.monotonic()
        self._cpu_s = 0.0
        self._memory_mb = 0.0

    def _prepare(self, job: Job) -> None:
        self._folder.chmod(0o711)
        self._work.mkdir()
        if may_mount():
            size_mb = self._limits.work_folder_mb
            self._is_mounted = mount_memory(self._work, size_mb, WORK_FILES, NOBODY, is_native=job.is_native)
        places = [self._work]
        for name, data in job.lay_out().items():
            path = self._work / name
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True)
                places.append(path.parent)
            path.write_bytes(data)
            path.chmod(0o700 if job.is_native else 0o600)
            places.append(path)
        if os.geteuid() == 0:
            for path in places:
                os.chown(path, NOBODY, NOBODY)

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
        return chunks if chunks or not is_gone else None  # type: ignore[return-value]

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
        self._cpu_s = max(self._cpu_s, found.cpu_s if found else 0.0)
        peak = re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)
        # The kernel's own high-water mark; before the program is started it is still that of our process.
        self._memory_mb = int(peak[1]) / 1024 if peak else self._memory_mb

    def _keep_house(self) -> Outcome | None:
        """From time to time: which limit its processes have passed together that no kernel holds them to together."""
        if time.monotonic() - self._kept_house < HOUSEKEEPING_S:
            return None
        self._kept_house = time.monotonic()
        self._family.look()
        self._cpu_s = max(self._cpu_s, self._family.cpu_s)
        allowed_mb = self._limits.memory_mb + MEMORY_RESERVE_MB
        if self._cpu_s > self._limits.cpu_s + CPU_SLACK_S:
            return "time_limit"
        if self._family.memory_mb(allowed_mb) > allowed_mb:
            return "memory_limit"
        count, size = measure_folder(self._work)
        return "output_limit" if count > WORK_FILES or size > self._limits.work_folder_mb * 2**20 else None

    def close(self, grace_s: float) -> Exit:
        """See ``Cell.close``."""
        deadline = time.monotonic() + grace_s
        while self._cause is None and not (is_gone := self._is_gone()) and time.monotonic() < deadline:
            self._pipes.poll(0.005)
            if not self._pipes.is_open:
                time.sleep(0.005)
            self._measure()
            self._cause = self._keep_house()
        is_cut = self._cause is not None or not is_gone
        try:
            found = self._kept.end(kill=is_cut)
        finally:
            if self._is_mounted:
                unmount(self._work)
            remove_folder(self._folder)
        return self._to_exit(found, is_cut)

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
        super().__init__(SandlockWall(), concurrency)


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


def to_order(job: Job, tools: Tools, work: Path) -> dict[str, Any]:
    """What the keeper is told: a program that waits at the gate."""
    command = job.command(str(tools.kits))
    drop: tuple[str, ...] = ()
    denied = list(DENIED_SYSCALLS)
    if job.entry.asks_limits:
        # The keeper sets a filter of its own, that looks at arguments as Landlock's does not.
        denied.remove("prlimit64")
    helpers = [find_program(name) for name in (SHELL_PROGRAMS if job.step == "compile" else SHELL_PROGRAMS[:1])]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv") or "/usr/bin/setpriv"
        drop = (setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")
        helpers.append(setpriv)
    sandbox = {
        "fs_readable": [*tools.toolbox.readable, *tools.readable, *helpers, "/dev/null", "/dev/urandom", str(work)],
        "fs_writable": ["/dev/null", str(work)],
        "cwd": str(work),
        "clean_env": True,
        "env": {"PATH": tools.path(job), "PYTHONHOME": str(tools.toolbox.root), **job.entry.environment},
        "max_memory": (job.limits.memory_mb + MEMORY_RESERVE_MB) * 2**20,
        "max_processes": job.limits.processes,
        "net_allow": [NOWHERE],
        "no_coredump": True,
        "extra_deny_syscalls": denied,
    }
    program = [*GATE, *drop, tools.toolbox.programs.get(command[0], command[0]), *command[1:]]
    limits = to_kernel_limits(job.limits)
    return {"sandbox": sandbox, "command": program, "limits": limits, "asks_limits": job.entry.asks_limits}


def to_kernel_limits(limits: Limits) -> list[tuple[int, int, int]]:
    """What the kernel holds the program and its descendants to: kind, soft, hard."""
    cpu_s = max(1, round(limits.cpu_s))
    size = limits.file_size_mb * 2**20
    return [
        (resource.RLIMIT_CPU, cpu_s, cpu_s + 1),
        (resource.RLIMIT_FSIZE, size, size),
        # Who asks for too much is refused and can say so; sandlock, behind it, counts all processes and kills.
        (resource.RLIMIT_DATA, limits.memory_mb * 2**20, limits.memory_mb * 2**20),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_CORE, 0, 0),
    ]


def measure_folder(folder: Path) -> tuple[int, int]:
    """(files and folders, bytes on disk) below ``folder``, links not followed; stops counting at the limit."""
    count = size = 0
    waiting = [str(folder)]
    while waiting and count <= WORK_FILES:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    count += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError as error:
            # What went away in the meantime does not count; a tree so deep that it cannot be named counts as full.
            if error.errno == errno.ENAMETOOLONG:
                return WORK_FILES + 1, size
    return count, size


def clear_folder(folder: Path) -> None:
    """Remove everything, and what is mounted below."""
    unmount_below(folder)
    remove_folder(folder)


def remove_folder(folder: Path) -> None:
    """Remove everything, links not followed; ``rm`` for trees that are too deep for Python."""
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        open_folders(folder)
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, capture_output=True)


def open_folders(folder: Path) -> None:
    """Let their owner, who we are, into folders below that were made with a mode that shuts everybody out."""
    with contextlib.suppress(OSError, RecursionError):
        for parent, names, _ in os.walk(folder):
            for name in names:
                path = os.path.join(parent, name)
                if not os.path.islink(path):
                    os.chmod(path, stat.S_IRWXU)


def remove_leftovers(folder: Path) -> None:
    """Remove what servers left that are no more."""
    for left in folder.glob(f"{PREFIX}[0-9]*-*"):
        pid = left.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and left.stat().st_uid == os.geteuid():
            clear_folder(left)
