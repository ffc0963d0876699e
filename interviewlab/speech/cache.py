"""Spoken sentences that are kept, so that greetings and questions of the bank sound at once.

Replies may quote a CV, so the disk keeps only what the caller says is public; all else is remembered in memory alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from threading import Lock

from interviewlab.speech.audio import Floats, from_wav, to_wav

MAKE = 2
"""One more whenever sentences are made to sound otherwise, so that what older releases kept is made again."""


class SpeechCache:
    """Audio by (voice, pace, text): ``memory_mb`` of the last used in memory, ``disk_mb`` of public ones in ``folder``.

    Safe from any thread and shared by processes; a spoilt file counts as none. No folder: memory alone.
    """

    def __init__(self, folder: Path | None = None, *, memory_mb: float = 12.0, disk_mb: float = 256.0) -> None:
        self._folder = folder
        self._memory_bytes, self._disk_bytes = memory_mb * 1e6, disk_mb * 1e6
        self._memory: OrderedDict[str, tuple[Floats, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, voice: str, pace: float, text: str) -> tuple[Floats, int] | None:
        """Samples and rate, or None; the samples must not be written into."""
        key = _key(voice, pace, text)
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
        found = self._read(key)
        if found is not None:
            self._remember(key, *found)
        return found

    def put(self, voice: str, pace: float, text: str, audio: Floats, rate: int, *, is_public: bool = False) -> None:
        """Keep ``audio``; on disk only where ``text`` ``is_public``. A disk that refuses only costs time later."""
        key = _key(voice, pace, text)
        self._remember(key, audio, rate)
        if is_public and self._folder is not None:
            with suppress(OSError):
                self._write(self._folder, key, to_wav(audio, rate))

    def has_on_disk(self, voice: str, pace: float, text: str) -> bool:
        """Whether a later process will find it."""
        return self._folder is not None and (self._folder / f"{_key(voice, pace, text)}.wav").is_file()

    def _remember(self, key: str, audio: Floats, rate: int) -> None:
        with self._lock:
            self._memory[key] = (audio, rate)
            self._memory.move_to_end(key)
            while len(self._memory) > 1 and sum(kept.nbytes for kept, _ in self._memory.values()) > self._memory_bytes:
                self._memory.popitem(last=False)

    def _read(self, key: str) -> tuple[Floats, int] | None:
        if self._folder is None:
            return None
        path = self._folder / f"{key}.wav"
        with suppress(OSError):
            data = path.read_bytes()
            os.utime(path)  # the least recently used go first
            try:
                return from_wav(data)
            except ValueError:
                path.unlink(missing_ok=True)
        return None

    def _write(self, folder: Path, key: str, data: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.replace(name, folder / f"{key}.wav")
        finally:
            Path(name).unlink(missing_ok=True)
        self._sweep(folder)

    def _sweep(self, folder: Path) -> None:
        files = sorted((path.stat().st_mtime_ns, path.stat().st_size, path) for path in folder.glob("*.wav"))
        total = sum(size for _, size, _ in files)
        for _, size, path in files[:-1]:
            if total <= self._disk_bytes:
                return
            path.unlink(missing_ok=True)
            total -= size


def _key(voice: str, pace: float, text: str) -> str:
    return hashlib.sha256(json.dumps([MAKE, voice, round(pace, 3), text]).encode()).hexdigest()
