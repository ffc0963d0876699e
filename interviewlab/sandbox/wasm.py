"""The wall of WebAssembly: CPython for WASI under wasmtime, each program in a process of its own. Works where the
kernel offers nothing: what a program may ask of the system are its three streams, the clock and chance.

A process that has loaded the interpreter and waits for its program is kept ready, so a run pays only for the program.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.sandbox.pipes import Pipes
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.sandbox.wasm_host import LENGTH_BYTES
from interviewlab.sandbox.wasm_module import find_engine, open_module, to_host_command
from interviewlab.types import Language, Outcome

POLL_S = 0.002
ONLY = "The wasm sandbox runs Python alone; install Docker for the other languages."


@dataclass(frozen=True)
class Host:
    """A started process that has loaded the interpreter, or is about to, and waits for its order."""

    process: subprocess.Popen[bytes]
    control: socket.socket

    @property
    def streams(self) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
        """Standard input, output and error of its program."""
        found = self.process.stdin, self.process.stdout, self.process.stderr
        return cast("tuple[IO[bytes], IO[bytes], IO[bytes]]", found)


def start_host(engine: Path, module: int) -> Host:
    """A new process; raises OSError."""
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            process = subprocess.Popen(
                to_host_command("run", str(engine), str(theirs.fileno()), str(module)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(), module),
                env={},
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
    return Host(process, ours)


def end_host(host: Host) -> tuple[int, float]:
    """Kill what still runs, free everything; its wait status and CPU seconds."""
    try:
        if host.process.returncode is None:
            os.kill(host.process.pid, signal.SIGKILL)
            _, status, used = os.wait4(host.process.pid, 0)
            host.process.returncode = os.waitstatus_to_exitcode(status)
            return host.process.returncode, used.ru_utime + used.ru_stime
        return host.process.returncode, 0.0
    finally:
        host.control.close()
        for stream in host.streams:
            stream.close()


class WasmWall:
    """Cells are processes around one WASI program each; raises SandboxUnavailable where wasmtime is missing.

    ``interpreter`` is CPython for WASI; it is compiled into ``cache``, once.
    """

    name = "wasm"

    def __init__(self, interpreter: Path, cache: Path, spares: int = 1) -> None:
        self._engine = find_engine()
        self._module = open_module(interpreter, cache)
        self._spares: queue.SimpleQueue[Host] = queue.SimpleQueue()
        self._wanted = spares
        self._lock = threading.Lock()
        self._is_closed = False

    def open(self, job: Job) -> WasmCell:
        """See ``Wall.open``."""
        if job.entry.language != "python":
            raise BadSubmission(f"Code in {job.entry.language} cannot be run here.", ONLY)
        try:
            host = self._take() or start_host(self._engine, self._module)
        except OSError as error:
            raise SandboxFailed(f"A process for wasmtime could not be started: {error}.", "Try again.") from error
        return WasmCell(host, job, self._fill)

    def _take(self) -> Host | None:
        """A spare that still lives."""
        while True:
            try:
                host = self._spares.get_nowait()
            except queue.Empty:
                return None
            if host.process.poll() is None:
                return host
            end_host(host)

    def _fill(self) -> None:
        """Start spares, after a run; a failure here shows again at the next."""
        with self._lock:
            while not self._is_closed and self._spares.qsize() < self._wanted:
                try:
                    self._spares.put(start_host(self._engine, self._module))
                except OSError:
                    return

    def languages(self) -> tuple[Language, ...]:
        """See ``Wall.languages``."""
        return ("python",)

    def spares(self) -> int:
        """See ``Wall.spares``."""
        return self._spares.qsize()

    def clean(self, text: str) -> str:
        """See ``Wall.clean``; the program knows no path of this machine."""
        return text

    def close(self) -> None:
        """See ``Wall.close``."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        while (host := self._take()) is not None:
            end_host(host)
        os.close(self._module)


class WasmCell:
    """One process with its program."""

    def __init__(self, host: Host, job: Job, when_closed: Callable[[], None]) -> None:
        self._host = host
        self._when_closed = when_closed
        stdin, stdout, stderr = host.streams
        self._pipes = Pipes[Stream](stdin.fileno(), {stdout.fileno(): "stdout", stderr.fileno(): "stderr"})
        self._heard = bytearray()
        self._used_s = 0.0
        try:
            host.control.sendall(to_order(job))
        except OSError as error:
            end_host(host)
            raise SandboxFailed(f"The process around wasmtime ended early: {error}.", "Try again.") from error

    def send(self, data: bytes) -> None:
        """See ``Cell.send``."""
        self._pipes.send(data)

    def close_input(self) -> None:
        """See ``Cell.close_input``."""
        self._pipes.close_input()

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        """See ``Cell.receive``; the streams end with the process, whatever the program does with its own."""
        if not self._pipes.is_open:
            return None
        return self._pipes.poll(timeout_s)

    def close(self, grace_s: float) -> Exit:
        """See ``Cell.close``."""
        deadline = time.monotonic() + grace_s
        while (used_s := self._reap()) is None and time.monotonic() < deadline:
            self._pipes.poll(POLL_S)
            if not self._pipes.is_open:
                time.sleep(POLL_S)
        reports = self._listen()
        is_cut = used_s is None
        code, killed_s = end_host(self._host)
        self._when_closed()
        if len(reports) < 2 and not is_cut and code >= 0:
            raise SandboxFailed(f"The process around wasmtime ended with {code} before its program.", "Try again.")
        return to_exit(reports, code, killed_s if used_s is None else used_s, is_cut)

    def _reap(self) -> float | None:
        """CPU seconds of the ended process; None while it runs."""
        process = self._host.process
        if process.returncode is None:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if not pid:
                return None
            process.returncode = os.waitstatus_to_exitcode(status)
            self._used_s = used.ru_utime + used.ru_stime
        return self._used_s

    def _listen(self) -> list[dict[str, Any]]:
        """What the process has said of its program so far: when it began, how it ended."""
        try:
            self._host.control.setblocking(False)
            while data := self._host.control.recv(4096):
                self._heard += data
        except OSError:
            # Nothing more is there, or the cell is closed already.
            pass
        return [json.loads(line) for line in bytes(self._heard).split(b"\n")[:-1]]


def to_order(job: Job) -> bytes:
    """What the process is told, behind its length."""
    order = {
        "argv": [*job.entry.command(job.mode, job.limits.memory_mb), job.code],
        "environment": job.entry.environment,
        "memory_mb": job.limits.memory_mb,
        "cpu_s": job.limits.cpu_s,
    }
    data = json.dumps(order).encode()
    return len(data).to_bytes(LENGTH_BYTES, "big") + data


def to_exit(reports: list[dict[str, Any]], code: int, used_s: float, is_cut: bool) -> Exit:
    """How the program ended, from what its process said and how that ended itself (negative: by a signal)."""
    begun_s = reports[0]["begun_cpu_s"] if reports else 0.0
    cpu_s = round(max(0.0, used_s - begun_s), 3)
    if len(reports) < 2:
        return Exit(signal=-code if code < 0 else None, status=code if code >= 0 else None, cpu_s=cpu_s, is_cut=is_cut)
    end = reports[1]
    cause = cast("Outcome | None", end["cause"] or None)
    return Exit(status=end["status"], cpu_s=cpu_s, memory_mb=end["memory_mb"], cause=cause)


class WasmSandbox(WalledSandbox):
    """Runs Python in WebAssembly; raises SandboxUnavailable where wasmtime or the interpreter cannot be used."""

    def __init__(self, interpreter: Path, cache: Path, concurrency: int = 2) -> None:
        super().__init__(WasmWall(interpreter, cache), concurrency)
