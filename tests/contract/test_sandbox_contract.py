"""Every backend signs the contract: hostile programs are stopped, the host is as it was, the next run is unharmed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interviewlab.ports import Sandbox
from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.contract import AT_ONCE, attack
from tests.walls import ALL_BACKENDS, opened

AT_LEAST = {"docker": 120, "sandlock": 120, "wasm": 60}
OF_THE_CONTRACT_ITSELF = 2
"""Attacks of several runs at once, which are no programs of the list."""


@pytest.fixture(params=ALL_BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with opened(request.param, AT_ONCE) as sandbox:
        yield sandbox


@pytest.mark.timeout(900)
async def test_every_attack_is_held(sandbox: Sandbox) -> None:
    results = await attack(sandbox)
    assert [f"{one.name}: {one.note} ({one.outcome})" for one in results if not one.held] == []
    assert len(results) == len(read_attacks()) + OF_THE_CONTRACT_ITSELF
    assert sum(not one.is_absent for one in results) >= AT_LEAST[sandbox.name]
    assert all(one.note for one in results if one.is_absent)


async def test_self_test_holds(sandbox: Sandbox) -> None:
    results = await sandbox.check()
    assert len(results) == sum(one.quick and sandbox.name not in one.not_on for one in read_attacks())
    assert all(one.held for one in results)
