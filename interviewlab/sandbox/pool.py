"""Containers that wait for their code, so that a run pays only for its program; and the removal of used ones.

Making and removing a container each cost more than most programs run: both happen beside the runs, one at a time.
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor

import docker
from docker.errors import DockerException

from interviewlab.errors import SandboxFailed
from interviewlab.sandbox.containers import Container, Shape, is_waiting, remove_container, start_container

KEPT_SHAPES = 6
"""For how many kinds of jobs containers wait: four kinds of programs and two of compilers have shapes of their own."""


class Pool:
    """Up to ``wanted`` waiting containers of each shape that was asked for lately. Used by several threads."""

    def __init__(self, client: docker.DockerClient, image: str, wanted: int) -> None:
        self._client = client
        self._image = image
        self._wanted = wanted
        self._spares: OrderedDict[Shape, deque[Container]] = OrderedDict()
        self._lock = threading.Lock()
        self._filler = ThreadPoolExecutor(1, thread_name_prefix="sandbox-docker-fill")
        self._remover = ThreadPoolExecutor(1, thread_name_prefix="sandbox-docker-remove")
        self._filling: set[Shape] = set()
        self._used: list[Container] = []
        """To be removed; of the remover's thread."""
        self._is_closed = False

    def take(self, shape: Shape) -> Container:
        """A waiting container, or a new one where none is ready. Raises what the client raises."""
        while (spare := self._pop(shape)) is not None:
            # The engine may have been restarted since.
            if is_waiting(spare):
                return spare
            self.remove(spare)
        return start_container(self._client, self._image, shape)

    def _pop(self, shape: Shape) -> Container | None:
        with self._lock:
            spares = self._spares.get(shape)
            return spares.popleft() if spares else None

    def want(self, shape: Shape) -> None:
        """Make spares of a shape in the background; a failure shows again at the next run."""
        with self._lock:
            if self._is_closed or shape in self._filling:
                return
            self._filling.add(shape)
            self._spares.setdefault(shape, deque())
            self._spares.move_to_end(shape)
            old = [self._spares.popitem(last=False)[1] for _ in range(len(self._spares) - KEPT_SHAPES)]
        for spares in old:
            for spare in spares:
                self.remove(spare)
        self._filler.submit(self._fill, shape)

    def _fill(self, shape: Shape) -> None:
        try:
            while self._lacks(shape):
                self._put(shape, start_container(self._client, self._image, shape))
        except (DockerException, OSError):
            return
        finally:
            with self._lock:
                self._filling.discard(shape)

    def _lacks(self, shape: Shape) -> bool:
        with self._lock:
            return not self._is_closed and shape in self._spares and len(self._spares[shape]) < self._wanted

    def _put(self, shape: Shape, container: Container) -> None:
        with self._lock:
            if shape in self._spares and not self._is_closed:
                self._spares[shape].append(container)
                return
        remove_container(self._client, container)

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
        with self._lock:
            return sum(map(len, self._spares.values()))

    def close(self) -> None:
        """Remove all, and wait for it."""
        with self._lock:
            self._is_closed = True
        self._filler.shutdown(wait=True, cancel_futures=True)
        for spares in self._spares.values():
            for spare in spares:
                self.remove(spare)
        self._spares.clear()
        self._remover.shutdown(wait=True)
