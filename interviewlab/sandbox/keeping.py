"""The server's side of the process that starts programs under Landlock, see ``keeper.py``."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.keeper import PACKET_BYTES, REAP_S

KEEPER = Path(__file__).with_name("keeper.py")
STREAMS = 3
START_S = 30.0
"""How long a program may take to be started; measured 10 to 30 ms, and 0.2 s where the keeper starts with it."""
LOST = "The process that starts programs under Landlock ended."


@dataclass(frozen=True)
class Kept:
    """A started program that waits for its first line. ``end`` must be called."""

    pid: int
    process: int
    """A descriptor of the very process, whoever bears its number later."""
    streams: tuple[FileIO, FileIO, FileIO]
    """Standard input, output and error."""
    control: socket.socket

    def end(self, *, kill: bool) -> dict[str, Any]:
        """How the program ended: ``reason``, ``signal`` and ``status`` in sandlock's words. Frees everything.

        Its descendants are killed with it. Raises SandboxFailed when the keeper is gone, or it was ended before.
        """
        if self.control.fileno() < 0:
            raise SandboxFailed(LOST, "Try again.")
        try:
            self.control.send(b"kill" if kill else b"wait")
            return _hear(self.control)[0]
        except OSError as error:
            self._kill()
            raise SandboxFailed(LOST, "Try again.") from error
        finally:
            self.control.close()
            os.close(self.process)
            for stream in self.streams:
                stream.close()

    def wait(self, timeout_s: float) -> None:
        """Until it has ended, with all its threads, or ``timeout_s`` has passed."""
        select.select([self.process], [], [], timeout_s)

    def _kill(self) -> None:
        """Whoever watched the program is gone."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)


class Keeper:
    """Starts programs in a lean process that ends them when ours is gone, however it went. Used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._open_line()

    def start(self, order: dict[str, Any]) -> Kept:
        """A program; ``order`` has sandlock's ``sandbox``, the ``command``, its ``limits`` (kind, soft, hard) and what
        is ``said`` to it once they are set.

        Raises OSError, and ValueError where sandlock refuses the order.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._send(json.dumps(order).encode(), theirs.fileno())
            ours.settimeout(START_S)
            said, descriptors = _hear(ours)
        except BaseException:
            ours.close()
            raise
        if "error" in said:
            ours.close()
            raise OSError(said["errno"], said["error"]) if said["errno"] else ValueError(said["error"])
        ours.settimeout(2 * REAP_S)
        stdin, stdout, stderr = descriptors
        streams = (FileIO(stdin, "wb"), FileIO(stdout, "rb"), FileIO(stderr, "rb"))
        try:
            return Kept(said["pid"], os.pidfd_open(said["pid"]), streams, ours)
        except OSError:
            # The keeper, hung up on, ends it.
            ours.close()
            raise

    def _send(self, packet: bytes, descriptor: int) -> None:
        with self._lock:
            try:
                socket.send_fds(self._open_line(), [packet], [descriptor])
            except (BrokenPipeError, ConnectionResetError):
                self._hang_up()
                socket.send_fds(self._open_line(), [packet], [descriptor])

    def _open_line(self) -> socket.socket:
        if self._line is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-S", "-B", str(KEEPER), *self._words(theirs)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    # A user with a number alone has no home, and sandlock asks for one.
                    env={"HOME": "/"},
                    cwd="/",
                    # What kills our session or group leaves it alive to end the programs.
                    start_new_session=True,
                )
            self._line = ours
        return self._line

    def _words(self, line: socket.socket) -> tuple[str, str, str]:
        found = importlib.util.find_spec("sandlock")
        engine = Path(found.origin).parent.parent if found and found.origin else Path()
        return str(engine), str(line.fileno()), str(os.getpid())

    def _hang_up(self) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.wait()
            self._line = self._process = None

    def close(self) -> None:
        """End what still runs and the keeper itself; waits for it."""
        with self._lock:
            self._hang_up()


def _hear(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """One packet and the descriptors with it; raises ConnectionError when nobody is there."""
    packet, descriptors, _, _ = socket.recv_fds(control, PACKET_BYTES, STREAMS, socket.MSG_CMSG_CLOEXEC)
    if not packet:
        raise ConnectionResetError(LOST)
    said: dict[str, Any] = json.loads(packet)
    return said, descriptors
