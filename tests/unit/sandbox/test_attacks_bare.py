"""The attacks really try: without a wall a sample of them gets through, and the contract says so of each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.contract import attack_once
from interviewlab.sandbox.pipes import Pipes
from interviewlab.sandbox.runner import WalledSandbox
from interviewlab.sandbox.walls import Exit, Job, Stream
from tests.walls import StandInWall

ATTACKS = {one.name: one for one in read_attacks()}
HARMLESS = (
    *("read of host files", "read of the question bank and its solutions"),
    *("change of host files", "link to a host file", "loader and opener of the interpreter"),
    *("environment of the server", "environment and command lines of every process", "packages of the server"),
    *("TCP to a local service", "TCP opened with its first data", "TCP under another protocol's name"),
    *("UDP to a local service", "UDP by other calls", "unix and abstract sockets of the host"),
    *("service for others", "descriptor handed over a socket", "web page by the standard library"),
    *("sparse file", "one large file", "files held open", "personality", "priorities"),
)
"""What a wall must stop, and what does no harm where there is none: nothing outlives the run or touches the machine."""


class BareCell:
    """A process like any other."""

    def __init__(self, job: Job) -> None:
        self.folder = tempfile.TemporaryDirectory()
        for name, data in job.lay_out().items():
            (Path(self.folder.name) / name).write_bytes(data)
        self.process = subprocess.Popen(
            [sys.executable, *job.command("")[1:]],
            cwd=self.folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        stdin, stdout, stderr = self.process.stdin, self.process.stdout, self.process.stderr
        assert stdin is not None
        assert stdout is not None
        assert stderr is not None
        self.streams = (stdin, stdout, stderr)
        self.pipes = Pipes(stdin.fileno(), {stdout.fileno(): "stdout", stderr.fileno(): "stderr"})

    def send(self, data: bytes) -> None:
        self.pipes.send(data)

    def close_input(self) -> None:
        self.pipes.close_input()

    def receive(self, timeout_s: float) -> list[tuple[Stream, bytes]] | None:
        return self.pipes.poll(timeout_s) if self.pipes.is_open else None  # type: ignore[return-value]

    def close(self, grace_s: float) -> Exit:
        try:
            return Exit(status=self.process.wait(grace_s))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return Exit(is_cut=True)
        finally:
            for stream in self.streams:
                stream.close()
            self.folder.cleanup()


class NoWall(StandInWall):
    """What the package does not have and never will."""

    name = "bare"

    def open(self, job: Job) -> BareCell:
        return BareCell(job)


@pytest.fixture
async def bare(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WalledSandbox]:
    monkeypatch.setenv("A_SECRET_OF_THE_SERVER", "kept to itself")
    sandbox = WalledSandbox(NoWall(), 1)
    yield sandbox
    await sandbox.aclose()


@pytest.mark.parametrize("name", HARMLESS)
async def test_attack_gets_through_where_there_is_no_wall(bare: WalledSandbox, name: str) -> None:
    if name == "priorities" and os.geteuid() != 0:
        pytest.skip("only root has priorities to give")
    result = await attack_once(bare, ATTACKS[name], look_after=False)
    assert not result.held
    assert result.note
