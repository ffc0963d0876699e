"""Work folders that the kernel holds to a size and a number of files, and that go in one step: for who may mount."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

NOSUID, NODEV, NOEXEC = 2, 4, 8
DETACH = 2


def may_mount() -> bool:
    """Whether it is worth trying: only root may, and in many containers not even root."""
    return os.geteuid() == 0


def mount_memory(folder: Path, size_mb: int, files: int, owner: int, *, is_native: bool) -> bool:
    """Lay an empty file system of its own over a folder; False where we are not allowed to.

    What is started as a program may only be so with ``is_native``.
    """
    options = f"size={size_mb}m,nr_inodes={files},uid={owner},gid={owner},mode=700"
    flags = NOSUID | NODEV | (0 if is_native else NOEXEC)
    failed: int = _libc().mount(b"tmpfs", bytes(folder), b"tmpfs", flags, options.encode())
    return not failed


def unmount_below(folder: Path) -> None:
    """Take away what was laid over the folder or any below it, with all that is in it."""
    if not may_mount():
        return
    for line in Path("/proc/self/mounts").read_text(errors="replace").splitlines():
        place = line.split()[1]
        if place == str(folder) or place.startswith(f"{folder}/"):
            _libc().umount2(place.encode(), DETACH)


def unmount(folder: Path) -> None:
    """Take away what was laid over this very folder."""
    _libc().umount2(bytes(folder), DETACH)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
