"""Every backend signs the contract: hostile programs are stopped, the host is as it was, the next run is unharmed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, cast

import pytest

from interviewlab.ports import Sandbox
from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.contract import AT_ONCE, LATE, attack
from interviewlab.types import AttackResult, RunResult, Submission
from tests.walls import ALL_BACKENDS, open_sandlock, opened

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


class Stalling:
    """A sandbox whose programs end late beside others, or always."""

    def __init__(self, sandbox: Sandbox, *, always: bool) -> None:
        self.name = sandbox.name
        self._sandbox, self._always, self._running = sandbox, always, 0

    async def run(self, submission: Submission, *given: Any, **more: Any) -> RunResult:
        self._running += 1
        is_late = self._always or self._running > 1
        try:
            result = await self._sandbox.run(submission, *given, **more)
        finally:
            self._running -= 1
        return result.model_copy(update={"wall_s": result.wall_s + 600.0 * is_late})


@pytest.mark.sandlock
def test_what_ended_late_beside_others_is_judged_by_itself() -> None:
    async def both(sandbox: Sandbox) -> list[tuple[AttackResult, ...]]:
        return [await attack(cast("Sandbox", Stalling(sandbox, always=it)), quick=True) for it in (False, True)]

    with opened(open_sandlock, AT_ONCE) as sandbox:
        once, always = asyncio.run(both(sandbox))
    assert all(one.held for one in once), [one.note for one in once]
    assert [one.note for one in always if not one.is_absent and LATE not in one.note] == []
