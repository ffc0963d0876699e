"""Recorded calls as files beside the database: a folder for each interview, an Ogg Opus file for each call.

Named by when they began, so the files need no table: what was deleted from the disk by hand is gone from here too.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from interviewlab.errors import StoreUnavailable

OPUS_RATE = 48_000
"""The clock of Opus in Ogg, Hz, whatever was recorded (RFC 7845)."""
PAGE_S = 255 * 0.12
"""A page brings at most so much sound: it holds 255 packets, and a packet 120 ms (RFC 3533, RFC 6716)."""
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FILE = re.compile(r"(\d+)-\d+\.ogg")
_PAGE_BYTES = 27


@dataclass(frozen=True)
class Recording:
    """One call as it was recorded: ``started_at`` in Unix seconds, ``duration_s`` of what can be played."""

    path: Path
    started_at: float
    duration_s: float


class RecordingShelf:
    """The recordings under ``folder``. Methods block on the disk; call them in a thread. Raise StoreUnavailable."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self, interview_id: str, started_at: float) -> Path:
        """An empty file for a call that begins, readable by this user alone; no other call is given the same."""
        folder = self._of(interview_id)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return _touch_new(folder, round(started_at * 1000))
        except OSError as error:
            raise _unusable("cannot be written", error) from error

    def of(self, interview_id: str) -> list[Recording]:
        """The calls of an interview in order; one that holds no sound yet is left out."""
        try:
            files = sorted(self._of(interview_id).glob("*.ogg"))
            found = [_read(path, match[1]) for path in files if (match := _FILE.fullmatch(path.name))]
        except OSError as error:
            raise _unusable("cannot be read", error) from error
        return sorted((each for each in found if each.duration_s > 0), key=lambda each: each.started_at)

    def delete(self, interview_id: str) -> None:
        """Every recording of an interview, one under way included: what it still writes has no name any more."""
        try:
            shutil.rmtree(self._of(interview_id))
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unusable("cannot be deleted", error) from error

    def _of(self, interview_id: str) -> Path:
        """An id is somebody's own choice: one that is no plain file name on every system is named by its hash."""
        if _PLAIN.fullmatch(interview_id):
            return self._folder / interview_id
        return self._folder / f"_{hashlib.sha256(interview_id.encode('utf-8', 'surrogatepass')).hexdigest()}"


def opus_seconds(path: Path) -> float:
    """How long an Ogg Opus file plays, up to where it is whole; 0 for one that holds no sound. Raises OSError."""
    skip = last = 0
    with path.open("rb") as file:
        size = path.stat().st_size
        while (page := _next_page(file, size)) is not None:
            granule, head = page
            if granule > last + PAGE_S * OPUS_RATE:
                break  # what stands here is no page of this sound
            if head.startswith(b"OpusHead"):
                skip = int.from_bytes(head[10:12], "little")
            last = max(last, granule)
    return max(0, last - skip) / OPUS_RATE


def _next_page(file: BinaryIO, size: int) -> tuple[int, bytes] | None:
    """The granule position of the page that begins here and its first bytes; None where no whole page does."""
    header = file.read(_PAGE_BYTES)
    if len(header) < _PAGE_BYTES or not header.startswith(b"OggS"):
        return None
    body = sum(file.read(header[26]))
    head = file.read(min(body, 19))
    end = file.tell() - len(head) + body
    if end > size:
        return None
    file.seek(end)
    # A page on which no packet ends says -1.
    return int.from_bytes(header[6:14], "little", signed=True), head


def _touch_new(folder: Path, started_ms: int) -> Path:
    number = 0
    while True:
        path = folder / f"{started_ms}-{number}.ogg"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path


def _read(path: Path, started_ms: str) -> Recording:
    return Recording(path, int(started_ms) / 1000, opus_seconds(path))


def _unusable(what: str, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"The recordings {what}: {error.strerror or type(error).__name__}.",
        "Free space in the data folder or make it writable, or name another with INTERVIEWLAB_DATA_DIR.",
    )
