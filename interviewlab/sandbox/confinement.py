"""A process shuts itself in: Landlock on files and signals. For parsers of hostile files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

READABLE = ("/usr/share/zoneinfo", "/etc/localtime")


def confine(readable: Sequence[str]) -> bool:
    """Let this process read ``readable`` files and folders and nothing else, write nothing, signal nobody; for ever.

    False where the kernel has no Landlock or sandlock cannot be loaded: then the caller's other limits stand alone.
    """
    try:
        import sandlock
    except (ImportError, OSError):
        return False
    if sandlock.landlock_abi_version() < 1:
        return False
    try:
        sandlock.confine(sandlock.Sandbox(fs_readable=_existing((*readable, *READABLE))))
    except sandlock.SandlockError:
        return False
    return True


def _existing(paths: Sequence[str]) -> list[str]:
    return [os.path.realpath(path) for path in paths if Path(path).exists()]
