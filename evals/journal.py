"""The journal of a run: one JSON line for each finished sample, written the moment it is finished.

A run that was killed reads it and goes on. A last line that was cut in the middle is cut off again, and its sample
counts as not finished. Any other line that cannot be read is named on standard error and stays; its sample is not
finished either, the lines after it are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import typer
from filelock import FileLock, Timeout

from evals.sources import say_place
from interviewlab.errors import BadInput

Line = dict[str, Any]
_MADE_ALIKE = "go on with it with the version, bank and sentence model that began it"


class Journal:
    """Finished samples by key, on disk. A folder holds one run: ``header`` says which, and another is refused."""

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        self.path = path
        self.done: dict[str, Line] = {}
        self._header = dict(header)
        self._lock = FileLock(str(path) + ".lock")
        self._file = -1

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise BadInput(
                f"Another run writes to {self.path.parent}.", "Wait for it, or choose another --out."
            ) from error
        try:
            whole = self._read()
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            os.ftruncate(self._file, whole)
            os.lseek(self._file, 0, os.SEEK_END)
            if not whole:
                self._append(self._header)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)
        self._lock.release()

    def peek(self) -> dict[str, Line]:
        """What is finished, without taking part in the run."""
        self._read()
        return self.done

    def write(self, key: str, line: Line) -> None:
        """Keep one finished sample; when this returns, killing the process loses nothing of it."""
        self.done[key] = line
        self._append({"key": key, **line})

    def _append(self, line: Mapping[str, Any]) -> None:
        os.write(self._file, (json.dumps(line, ensure_ascii=False) + "\n").encode())

    def _read(self) -> int:
        """What is finished; returns how many bytes of the file are whole lines."""
        if not self.path.exists():
            return 0
        whole = 0
        with self.path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                if not raw.endswith(b"\n"):
                    break
                whole += len(raw)
                self._take(number, _parse(raw))
        return whole

    def _take(self, number: int, line: Line | None) -> None:
        if number == 1:
            self._check(line)
        elif line is None or "key" not in line:
            typer.echo(f"{say_place(str(self.path), number)}: cannot be read, so its row is done again.", err=True)
        else:
            self.done[str(line.pop("key"))] = line

    def _check(self, header: Line | None) -> None:
        if header is None:
            what = f"{say_place(str(self.path), 1)}: cannot be read, so nobody knows which run it holds."
            raise BadInput(what, "Put its first line back, or choose another --out.")
        if other := [name for name, value in self._header.items() if header.get(name) != value]:
            same = _MADE_ALIKE if other[0] == "made_with" else "give the same data and options to go on with it"
            what = f"{self.path.parent} holds another run: its {other[0]} was {header.get(other[0])!r}."
            raise BadInput(what, f"Choose another --out, or {same}.")


def _parse(raw: bytes) -> Line | None:
    """One JSON object, or None."""
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
