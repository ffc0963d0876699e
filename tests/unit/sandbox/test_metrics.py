"""What a sandbox counts: turns, outcomes, times, refusals; and calling off."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.sandbox.metrics import to_spread
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from interviewlab.types import Language, Submission

CODE = Submission(code="print(1)", language="python")


class HeldCell:
    """A program that ends when it is let go."""

    def __init__(self, gate: threading.Event) -> None:
        self._gate = gate

    def send(self, data: bytes) -> None:
        return

    def close_input(self) -> None:
        return

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        return None if self._gate.wait(min(timeout_s, 0.01)) else []

    def close(self, grace_s: float) -> Exit:
        return Exit(status=0)


class HeldWall:
    """Its programs wait at one gate; the code "break" breaks the wall instead."""

    name = "held"

    def __init__(self) -> None:
        self.gate = threading.Event()

    def open(self, job: Job) -> HeldCell:
        if job.code == "break":
            raise SandboxFailed("It broke.", "Try again.")
        return HeldCell(self.gate)

    def languages(self) -> tuple[Language, ...]:
        return ("python",)

    def spares(self) -> int:
        return 3

    def clean(self, text: str) -> str:
        return text

    def close(self) -> None:
        return


@pytest.fixture
def wall() -> HeldWall:
    return HeldWall()


@pytest.fixture
async def sandbox(wall: HeldWall) -> AsyncIterator[WalledSandbox]:
    sandbox = WalledSandbox(wall, concurrency=2)
    yield sandbox
    wall.gate.set()
    await sandbox.aclose()


async def settle(sandbox: WalledSandbox, running: int) -> None:
    for _ in range(500):
        if sandbox.health().running == running:
            return
        await asyncio.sleep(0.01)


async def test_those_who_wait_for_their_turn_are_shown(sandbox: WalledSandbox, wall: HeldWall) -> None:
    runs = [asyncio.create_task(sandbox.run(CODE)) for _ in range(5)]
    await settle(sandbox, running=2)
    health = sandbox.health()
    assert (health.running, health.waiting, health.concurrency, health.spares) == (2, 3, 2, 3)
    wall.gate.set()
    results = await asyncio.gather(*runs)
    assert sum(result.waited_s > 0 for result in results) >= 3
    health = sandbox.health()
    assert (health.running, health.waiting, health.outcomes) == (0, 0, {"ok": 5})
    assert (health.run_s.n, health.wait_s.n) == (5, 5)
    assert health.wait_s.p95 >= health.wait_s.p50 >= 0


async def test_who_is_called_off_waits_no_longer(sandbox: WalledSandbox, wall: HeldWall) -> None:
    runs = [asyncio.create_task(sandbox.run(CODE)) for _ in range(4)]
    await settle(sandbox, running=2)
    for run in runs:
        run.cancel()
    await asyncio.gather(*runs, return_exceptions=True)
    assert sandbox.health().waiting == 0
    await settle(sandbox, running=0)
    assert sandbox.health().running == 0


async def test_refused_and_broken_runs_are_counted_apart(sandbox: WalledSandbox) -> None:
    with pytest.raises(BadSubmission):
        await sandbox.run(Submission(code=" ", language="python"))
    with pytest.raises(SandboxFailed):
        await sandbox.run(Submission(code="break", language="python"))
    health = sandbox.health()
    assert (health.refused, health.failed, health.running, health.outcomes) == (1, 1, 0, {})


def test_spread_is_of_the_values_there_are() -> None:
    assert to_spread([]).n == 0
    spread = to_spread(float(n) for n in range(1, 101))
    assert (spread.p50, spread.p95, spread.n) == (51.0, 96.0, 100)
