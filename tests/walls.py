"""The real sandboxes, each gated by what it needs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.types import Language
from tests.parts import need


def open_docker(concurrency: int = 2) -> Sandbox:
    from interviewlab.sandbox.docker import DockerSandbox

    return DockerSandbox(concurrency)


def open_sandlock(concurrency: int = 2) -> Sandbox:
    from interviewlab.sandbox.sandlock import SandlockSandbox

    return SandlockSandbox(concurrency)


def open_wasm(concurrency: int = 2) -> Sandbox:
    from interviewlab import weights
    from interviewlab.sandbox.wasm import WasmSandbox
    from interviewlab.settings import Settings

    settings = Settings()
    files = weights.find("python-wasi", settings.cache_dir, settings.weights_mirror)
    if files is None:
        raise SandboxUnavailable("The interpreter is not fetched.", "interviewlab weights fetch python-wasi")
    return WasmSandbox(files["python-3.12.0.wasm"], settings.cache_dir / "wasm", concurrency)


BACKENDS = [
    pytest.param(open_docker, id="docker", marks=pytest.mark.docker),
    pytest.param(open_sandlock, id="sandlock", marks=pytest.mark.sandlock),
]
ALL_BACKENDS = [*BACKENDS, pytest.param(open_wasm, id="wasm", marks=pytest.mark.weights)]
"""Also the one that runs Python alone."""


def wait_for_spares(sandbox: Sandbox, wanted: int = 2) -> None:
    """Until so many cells wait for a program."""
    deadline = time.monotonic() + 30
    while sandbox.health().spares < wanted:
        assert time.monotonic() < deadline, "no cells wait"
        time.sleep(0.01)


@contextmanager
def opened(opener: Callable[[int], Sandbox], concurrency: int = 2) -> Iterator[Sandbox]:
    """The sandbox until the end of the test; skips it, or fails it in CI, where it cannot be had."""
    try:
        sandbox = opener(concurrency)
    except SandboxUnavailable as error:
        need(opener.__name__.removeprefix("open_"), False, str(error))
        raise
    yield sandbox
    asyncio.run(sandbox.aclose())


class StandInWall:
    """What a stand-in for a wall has beside its cells: nothing that must be kept, cleaned or closed."""

    name = "scripted"

    def languages(self) -> tuple[Language, ...]:
        return ("python",)

    def spares(self) -> int:
        return 0

    def clean(self, text: str) -> str:
        return text

    def close(self) -> None:
        return
