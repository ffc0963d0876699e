"""Containers that wait for their code, so that a run pays only for its program; and the removal of used ones.

Making and removing a container each cost more than most programs run: both happen beside the runs, one at a time.
"""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import docker
from docker.errors import DockerException

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.containers import Container, Shape, is_waiting, remove_container, start_container
from interviewlab.sandbox.waiting import Waiting


class Pool:
    """Up to ``wanted`` waiting containers of each shape that was asked for lately. Used by several threads."""

    def __init__(self, client: docker.DockerClient, image: str, wanted: int) -> None:
        self._client = client
        self._image = image
        self._waiting = Waiting[Shape, Container](lambda _: wanted)
        self._lock = threading.Lock()
        self._filler = ThreadPoolExecutor(1, thread_name_prefix="sandbox-docker-fill")
        self._remover = ThreadPoolExecutor(1, thread_name_prefix="sandbox-docker-remove")
        self._filling: set[Shape] = set()
        self._used: list[Container] = []
        """To be removed; of the remover's thread."""
        self._is_closed = False

    def take(self, shape: Shape) -> Container:
        """A waiting container, or a new one where none is ready. Raises what the client raises."""
        while (spare := self._waiting.pop(shape)) is not None:
            # The engine may have been restarted since.
            if is_waiting(spare):
                return spare
            self.remove(spare)
        return start_container(self._client, self._image, shape)

    def want(self, shape: Shape) -> None:
        """Make spares of a shape in the background; a failure shows again at the next run."""
        with self._lock:
            if self._is_closed or shape in self._filling:
                return
            self._filling.add(shape)
        for spare in self._waiting.want(shape):
            self.remove(spare)
        self._filler.submit(self._fill, shape)

    def _fill(self, shape: Shape) -> None:
        try:
            while self._waiting.lacks(shape):
                container = start_container(self._client, self._image, shape)
                if not self._waiting.put(shape, container):
                    remove_container(self._client, container)
        except (DockerException, OSError):
            return
        finally:
            with self._lock:
                self._filling.discard(shape)

    def remove(self, container: Container) -> None:
        """Kill and remove in the background; what fails is tried again with the next."""
        try:
            self._remover.submit(self._remove, container)
        except RuntimeError:
            # Closed in the meantime.
            self._remove(container)

    def _remove(self, container: Container) -> None:
        self._used.append(container)
        with contextlib.suppress(SandboxFailed):
            while self._used:
                remove_container(self._client, self._used[-1])
                self._used.pop()

    def count(self) -> int:
        """How many containers wait."""
        return self._waiting.count()

    def close(self) -> None:
        """Remove all, and wait for it."""
        with self._lock:
            self._is_closed = True
        left = self._waiting.close()
        self._filler.shutdown(wait=True, cancel_futures=True)
        for spare in left:
            self.remove(spare)
        self._remover.shutdown(wait=True)
