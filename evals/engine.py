"""Where the work of a batch is done: in this process, in several on this machine, or on the workers of a Ray cluster.

``begin`` makes the worker's tool (a grader, a judge) once in each process; ``items`` are pulled as they are needed and
results come back in their order, so memory holds a bounded window of them.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from interviewlab.errors import BadInput, to_install

ENGINES = ("local", "ray")
WINDOW = 3
"""Items under way for each worker, one of which it works on."""
RETRIES = 5
"""How often an item is given to another worker when its own is lost."""
STORE_MB = 128
"""Memory for items that travel between processes, where this process starts the cluster."""
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Begin = Callable[[], Callable[[_Item], _Result]]


class Engine(Protocol):
    """Who does the work."""

    def map(self, begin: _Begin[_Item, _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """The result of each item, in order. What a tool raises is raised here."""


class LocalEngine:
    """This process, one item after another."""

    def map(self, begin: _Begin[_Item, _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """The tool is made when the first result is asked for."""
        work = begin()
        yield from (work(item) for item in items)


@dataclass(frozen=True)
class PoolEngine:
    """Processes on this machine, each with a tool of its own."""

    workers: int

    def map(self, begin: _Begin[_Item, _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """A process that is lost ends the run with BrokenProcessPool; what was written stays."""
        spawned = get_context("spawn")
        with ProcessPoolExecutor(self.workers, spawned, initializer=_begin_here, initargs=(begin,)) as pool:
            begun = (pool.submit(_work_here, item) for item in items)
            for done in _windowed(begun, WINDOW * self.workers):
                yield done.result()


def _windowed(begun: Iterable[_Item], size: int) -> Iterator[_Item]:
    """What was begun, in order, each as late as ``size`` things under way allow."""
    under_way: deque[_Item] = deque()
    for each in begun:
        under_way.append(each)
        if len(under_way) >= size:
            yield under_way.popleft()
    yield from under_way


def _begin_here(begin: _Begin[Any, Any]) -> None:
    _tools[""] = begin()


def _work_here(item: Any) -> Any:
    return _tools[""](item)


@dataclass(frozen=True)
class RayEngine:
    """A Ray cluster that is connected."""

    workers: int

    def map(self, begin: _Begin[_Item, _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """A worker that is lost costs its items a retry on another."""
        import ray
        from ray import cloudpickle

        packed = cloudpickle.dumps(begin)
        task = ray.remote(max_retries=RETRIES)(_work)
        shared = ray.put(packed)
        key = hashlib.sha256(packed).hexdigest()
        begun = (task.remote(key, shared, item) for item in items)
        yield from map(ray.get, _windowed(begun, WINDOW * self.workers))


_tools: dict[str, Callable[[Any], Any]] = {}


def _work(key: str, packed: bytes, item: Any) -> Any:
    """One item in a worker's process, which keeps its tool for the next."""
    if key not in _tools:
        from ray import cloudpickle

        _tools[key] = cloudpickle.loads(packed)()
    return _tools[key](item)


@contextmanager
def open_engine(name: str, workers: int | None = None) -> Iterator[Engine]:
    """``local`` is this process, or ``workers`` of them; ``ray`` joins the cluster of RAY_ADDRESS, or starts one here
    with ``workers`` (one a core). Raises BadInput."""
    if name == "local":
        yield LocalEngine() if (workers or 1) == 1 else PoolEngine(workers or 1)
        return
    if name != "ray":
        raise BadInput(f"There is no engine '{name}'.", f"Choose one of {', '.join(ENGINES)}.")
    with open_ray(workers):
        import ray

        yield RayEngine(max(1, int(ray.cluster_resources().get("CPU", 1))))


@contextmanager
def open_ray(workers: int | None) -> Iterator[None]:
    """A connection to Ray, closed at the end by whoever opened it. Raises BadInput."""
    # Nobody is told that we run.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise BadInput("Ray is not installed.", f"Install it: {to_install('scale')}.") from error
    if ray.is_initialized():
        yield
        return
    here = {"num_cpus": workers, "object_store_memory": STORE_MB * 2**20, "include_dashboard": False}
    try:
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **({} if _has_address() else here))
    except (ConnectionError, RuntimeError, ValueError) as error:
        said = str(error).split("\n")[0]
        raise BadInput(f"Ray cannot be used ({said}).", "Correct or unset RAY_ADDRESS.") from error
    try:
        yield
    finally:
        ray.shutdown()


def _has_address() -> bool:
    """Ray reads the variable itself; a cluster that is there takes no sizes from us."""
    return bool(os.environ.get("RAY_ADDRESS"))
