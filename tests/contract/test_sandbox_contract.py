"""Every backend signs the contract: hostile programs are stopped, the host is as it was, the next run is unharmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.contract import attack
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


@pytest.fixture(params=BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    opener: Callable[[], Sandbox] = request.param
    try:
        opened = opener()
    except SandboxUnavailable as error:
        need(opener.__name__.removeprefix("open_"), False, str(error))
        raise
    yield opened
    asyncio.run(opened.aclose())


async def test_every_attack_is_held(sandbox: Sandbox) -> None:
    results = await attack(sandbox)
    assert [f"{one.name}: {one.note} ({one.outcome})" for one in results if not one.held] == []
    assert len(results) == len(read_attacks())


async def test_self_test_holds(sandbox: Sandbox) -> None:
    results = await sandbox.check()
    assert len(results) == sum(one.quick for one in read_attacks())
    assert all(one.held for one in results)
