"""What the keeper is told to start under Landlock: which files, which addresses, which system calls, which limits."""

from __future__ import annotations

import os
import resource
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewlab.sandbox.kits import SHELL_PROGRAMS, find_program
from interviewlab.sandbox.toolbox import Toolbox
from interviewlab.sandbox.walls import Job
from interviewlab.types import Limits

NOBODY = 65534
"""Who the candidate is when the server is root: Landlock does not stop root from changing modes and owners."""
GATE = ("/bin/sh", "-c", 'IFS= read -r go && exec "$@"', "sh")
"""What is behind it starts when the first line of its input has come: by then its limits are set from outside."""
GO = "go\n"
EARLY = "early"
"""Said behind a command to a driver that is itself what waits for that line."""
EARLY_CPU_S = 1.0
"""What a runtime may use before its program comes: measured 0.1 s to start, and 0.7 s in each hour that it waits."""
NOWHERE = "tcp://127.255.255.254:1"
"""The one address that may be connected to, of this machine and with nobody at it. With no address allowed sandlock
leaves connecting to Landlock, and TCP fast open and multipath TCP go past that; with one it looks at every address."""
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


def to_order(job: Job, tools: Tools) -> dict[str, Any]:
    """What the keeper is told, but for the work folder: a program that waits at the gate.

    Where we are root there are two: who is no longer root can be given no limits, and is let go no sooner. Where the
    program's runtime starts early it is the second.
    """
    first, *words = job.command(str(tools.kits))
    command = [tools.toolbox.programs.get(first, first), *words]
    second = [*command, EARLY] if job.early_folder else [*GATE, *command]
    has_two = bool(job.early_folder) or os.geteuid() == 0
    denied = list(DENIED_SYSCALLS)
    if job.entry.asks_limits:
        # The keeper sets a filter of its own, that looks at arguments as Landlock's does not.
        denied.remove("prlimit64")
    helpers = [find_program(name) for name in (SHELL_PROGRAMS if job.step == "compile" else SHELL_PROGRAMS[:1])]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv") or "/usr/bin/setpriv"
        second = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--", *second]
        helpers.append(setpriv)
    sandbox = {
        "fs_readable": [*tools.toolbox.readable, *tools.readable, *helpers, "/dev/null", "/dev/urandom"],
        "fs_writable": ["/dev/null"],
        "clean_env": True,
        "env": {"PATH": tools.path(job), "PYTHONHOME": str(tools.toolbox.root), **job.entry.environment},
        "max_memory": (job.limits.memory_mb + MEMORY_RESERVE_MB) * 2**20,
        "max_processes": job.limits.processes,
        "net_allow": [NOWHERE],
        "no_coredump": True,
        "extra_deny_syscalls": denied,
    }
    return {
        "sandbox": sandbox,
        "command": [*GATE, *second] if has_two else second,
        "limits": to_kernel_limits(job.limits, EARLY_CPU_S if job.early_folder else 0.0),
        "said": GO if has_two else "",
        "asks_limits": job.entry.asks_limits,
    }


def in_folder(order: dict[str, Any], work: Path) -> dict[str, Any]:
    """The order with the work folder, the one place that its program may write to."""
    sandbox = order["sandbox"]
    seen = {name: [*sandbox[name], str(work)] for name in ("fs_readable", "fs_writable")}
    return {**order, "sandbox": {**sandbox, **seen, "cwd": str(work)}}


def to_kernel_limits(limits: Limits, early_cpu_s: float) -> list[tuple[int, int, int]]:
    """What the kernel holds the program and its descendants to: kind, soft, hard.

    It also counts the CPU time before the program came, which the cell that watches it does not.
    """
    cpu_s = max(1, round(limits.cpu_s + early_cpu_s))
    size = limits.file_size_mb * 2**20
    return [
        (resource.RLIMIT_CPU, cpu_s, cpu_s + 1),
        (resource.RLIMIT_FSIZE, size, size),
        # Who asks for too much is refused and can say so; sandlock, behind it, counts all processes and kills.
        (resource.RLIMIT_DATA, limits.memory_mb * 2**20, limits.memory_mb * 2**20),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_CORE, 0, 0),
    ]
