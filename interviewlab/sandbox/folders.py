"""Work folders of the Landlock wall: what is in them, and their removal with all that a hostile program made there."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import subprocess
from pathlib import Path

from interviewlab.sandbox.limits import WORK_FILES
from interviewlab.sandbox.mounts import unmount_below

PREFIX = "interviewlab-sandbox-"


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
