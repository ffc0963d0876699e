"""The real sandboxes, each gated by what it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.ports import Sandbox
from tests.parts import need


def open_docker() -> Sandbox:
    from interviewlab.sandbox.docker import DockerSandbox

    return DockerSandbox()


def open_sandlock() -> Sandbox:
    from interviewlab.sandbox.sandlock import SandlockSandbox

    return SandlockSandbox()


BACKENDS = [
    pytest.param(open_docker, id="docker", marks=pytest.mark.docker),
    pytest.param(open_sandlock, id="sandlock", marks=pytest.mark.sandlock),
]


@contextmanager
def opened(opener: Callable[[], Sandbox]) -> Iterator[Sandbox]:
    """The sandbox until the end of the test; skips it, or fails it in CI, where it cannot be had."""
    try:
        sandbox = opener()
    except SandboxUnavailable as error:
        need(opener.__name__.removeprefix("open_"), False, str(error))
        raise
    yield sandbox
    asyncio.run(sandbox.aclose())
