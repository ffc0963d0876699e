"""Every backend signs the contract: hostile programs are stopped, the host is as it was, the next run is unharmed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interviewlab.ports import Sandbox
from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.contract import attack
from tests.walls import BACKENDS, opened


@pytest.fixture(params=BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with opened(request.param) as sandbox:
        yield sandbox


async def test_every_attack_is_held(sandbox: Sandbox) -> None:
    results = await attack(sandbox)
    assert [f"{one.name}: {one.note} ({one.outcome})" for one in results if not one.held] == []
    assert len(results) == len(read_attacks())


async def test_self_test_holds(sandbox: Sandbox) -> None:
    results = await sandbox.check()
    assert len(results) == sum(one.quick for one in read_attacks())
    assert all(one.held for one in results)
