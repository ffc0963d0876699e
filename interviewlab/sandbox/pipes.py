"""Two-way pipes to a program that may neither read nor stop writing: nothing here blocks for longer than asked."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Mapping
from typing import Generic, TypeVar

CHUNK = 65536
_Name = TypeVar("_Name", bound=str)


class Pipes(Generic[_Name]):
    """One descriptor to write to, one or more to read from, each with a name. The caller keeps and closes them."""

    def __init__(self, stdin: int, outputs: Mapping[int, _Name]) -> None:
        self._stdin = stdin
        self._outputs = dict(outputs)
        self._pending = bytearray()
        self._wants_end = False
        self.is_input_over = False
        for descriptor in {stdin, *outputs}:
            os.set_blocking(descriptor, False)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be read."""
        return bool(self._outputs)

    def send(self, data: bytes) -> None:
        """Queue bytes; dropped when nobody reads any more."""
        if not self.is_input_over:
            self._pending += data

    def close_input(self) -> None:
        """End the input after what is queued."""
        self._wants_end = True

    def poll(self, timeout_s: float) -> list[tuple[_Name, bytes]]:
        """Write what can be written and read what is there, waiting up to ``timeout_s`` for either."""
        self._end_input_if_done()
        writing = [self._stdin] if self._pending and not self.is_input_over else []
        readable, writable, _ = select.select(list(self._outputs), writing, [], max(0.0, timeout_s))
        if writable:
            self._write()
        return [found for descriptor in readable if (found := self._read(descriptor))]

    def _write(self) -> None:
        try:
            written = os.write(self._stdin, self._pending[:CHUNK])
        except BlockingIOError:
            return
        except OSError:
            # The program is gone or has closed its input: no fault of ours.
            self._pending.clear()
            self.is_input_over = True
            return
        del self._pending[:written]
        self._end_input_if_done()

    def _end_input_if_done(self) -> None:
        if self._wants_end and not self._pending and not self.is_input_over:
            self.is_input_over = True
            self._shut()

    def _shut(self) -> None:
        if self._stdin in self._outputs:
            shut_down_writing(self._stdin)
        else:
            # Replaced, not closed: the number stays ours until its owner closes it.
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self._stdin, inheritable=False)
            os.close(nothing)

    def _read(self, descriptor: int) -> tuple[_Name, bytes] | None:
        try:
            data = os.read(descriptor, CHUNK)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            self._outputs.pop(descriptor)
            return None
        return self._outputs[descriptor], data


def shut_down_writing(descriptor: int) -> None:
    """Say on a socket that nothing more will be sent."""
    with socket.socket(fileno=os.dup(descriptor)) as twin:
        try:
            twin.shutdown(socket.SHUT_WR)
        except OSError:
            return
