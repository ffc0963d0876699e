"""The wall of containers: each used once, its main process is the candidate's program, nothing of the host in it.

A container that is started and waits for its code is kept ready for each kind of job, so a run pays only for the
program. All talk goes over one attached socket; nothing is written to a log.
"""

from __future__ import annotations

import contextlib
import secrets
import signal
import struct
import time
from collections.abc import Callable

import docker
from docker.errors import APIError, DockerException

from interviewlab.sandbox.containers import (
    KIT,
    Container,
    Shape,
    connect,
    find_image,
    hang_up,
    remove_leftovers,
    to_failure,
    to_shape,
)
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.sandbox.launcher import Output, to_exit, to_order
from interviewlab.sandbox.pipes import Pipes
from interviewlab.sandbox.pool import Pool
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.types import Language, Outcome

HEADER = struct.Struct(">BxxxI")


class DockerWall:
    """Cells are containers of our image; raises SandboxUnavailable where there is no engine or no image."""

    name = "docker"

    def __init__(self, spares: int = 2) -> None:
        self._client = connect()
        self._image = find_image(self._client)
        self._pool = Pool(self._client, self._image, spares)
        remove_leftovers(self._client)

    def open(self, job: Job) -> DockerCell:
        """See ``Wall.open``."""
        shape = to_shape(job)
        try:
            container = self._pool.take(shape)
        except (DockerException, OSError) as error:
            raise to_failure("did not start a container", error) from error
        return DockerCell(self._client, container, job, lambda: self._put_away(container, shape))

    def _put_away(self, container: Container, shape: Shape) -> None:
        """After a run, in the background: making a spare and removing the old take the processors a run needs."""
        self._pool.remove(container)
        self._pool.want(shape)

    def spares(self) -> int:
        """See ``Wall.spares``."""
        return self._pool.count()

    def languages(self) -> tuple[Language, ...]:
        """See ``Wall.languages``; the image has them all."""
        return tuple(ENTRIES)

    def clean(self, text: str) -> str:
        """See ``Wall.clean``; a container knows no path of this machine."""
        return text

    def close(self) -> None:
        """See ``Wall.close``."""
        self._pool.close()
        self._client.close()


class DockerCell:
    """One container with its program."""

    def __init__(
        self, client: docker.DockerClient, container: Container, job: Job, when_closed: Callable[[], None]
    ) -> None:
        self._client = client
        self._when_closed = when_closed
        self._container = container
        self._pipes = Pipes(container.socket.fileno(), {container.socket.fileno(): "both"})
        self._held = bytearray()
        token = secrets.token_hex(16)
        self._streams: dict[Stream, Output] = {"stdout": Output(token), "stderr": Output(token)}
        self._pipes.send(to_order(job, token, KIT))

    def send(self, data: bytes) -> None:
        """See ``Cell.send``."""
        self._pipes.send(data)

    def close_input(self) -> None:
        """See ``Cell.close_input``."""
        self._pipes.close_input()

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        """See ``Cell.receive``."""
        if self._is_over():
            return None
        for _, data in self._pipes.poll(timeout_s):
            self._held += data
        chunks = [(stream, self._streams[stream].feed(data)) for stream, data in self._frames()]
        if not self._pipes.is_open:
            chunks += [(stream, output.rest()) for stream, output in self._streams.items()]
        return [chunk for chunk in chunks if chunk[1]]

    def _is_over(self) -> bool:
        return not self._pipes.is_open or all(output.report is not None for output in self._streams.values())

    def _frames(self) -> list[tuple[Stream, bytes]]:
        """What of the attached stream is whole."""
        found: list[tuple[Stream, bytes]] = []
        while len(self._held) >= HEADER.size:
            kind, length = HEADER.unpack_from(self._held)
            if len(self._held) < HEADER.size + length:
                break
            found.append(("stderr" if kind == 2 else "stdout", bytes(self._held[HEADER.size : HEADER.size + length])))
            del self._held[: HEADER.size + length]
        return found

    def close(self, grace_s: float) -> Exit:
        """See ``Cell.close``."""
        deadline = time.monotonic() + grace_s
        try:
            while not self._is_over() and time.monotonic() < deadline:
                self.receive(0.05)
            report = self._streams["stderr"].report
            if report is not None:
                return to_exit(report)
            return self._inspect() if self._is_over() else self._cut()
        except (DockerException, OSError) as error:
            raise to_failure("lost a container", error) from error
        finally:
            hang_up(self._container)
            self._when_closed()

    def _cut(self) -> Exit:
        """For a container that still runs."""
        # The engine waits for a reader of what was printed, and answers nothing about the container until it has one
        # or knows that there is none.
        hang_up(self._container)
        stats = self._client.api.stats(self._container.id, stream=False, one_shot=True)
        used_ns = int(stats.get("cpu_stats", {}).get("cpu_usage", {}).get("total_usage", 0))
        peak = int(stats.get("memory_stats", {}).get("max_usage", 0))
        # It may have ended in the meantime.
        with contextlib.suppress(APIError):
            self._client.api.kill(self._container.id, signal="SIGKILL")
        return Exit(cpu_s=round(used_ns / 1e9, 3), memory_mb=round(peak / 2**20, 1), is_cut=True)

    def _inspect(self) -> Exit:
        """For a container that ended without its launcher's report: the launcher was killed with the rest."""
        state = self._client.api.inspect_container(self._container.id)["State"]
        cause: Outcome = "memory_limit" if state.get("OOMKilled") else "killed"
        return Exit(signal=signal.SIGKILL, cause=cause)


class DockerSandbox(WalledSandbox):
    """Runs code in containers used once; raises SandboxUnavailable where there is no engine or no image."""

    def __init__(self, concurrency: int = 2) -> None:
        super().__init__(DockerWall(concurrency), concurrency)
