"""What is wrong with the machine or the input: one clear sentence, and nothing left behind."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewlab.errors import SandboxFailed, SandboxUnavailable
from interviewlab.types import Submission
from tests.integration.terminal import interviewlab
from tests.parts import need
from tests.walls import open_docker, open_sandlock, wait_for_spares

PRINT = Submission(code="print(1)", language="python")
SELECT = Submission(code="SELECT 1", language="sql")
SLEEP = Submission(code="import time; time.sleep(60)", language="python")


class Gateway:
    """Stands before the Docker engine at a socket of its own, and can be shut as if the engine had stopped."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "docker.sock"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                ours = self._listener.accept()[0]
                theirs = socket.socket(socket.AF_UNIX)
                theirs.connect("/var/run/docker.sock")
                self._open += [ours, theirs]
                for one, other in ((ours, theirs), (theirs, ours)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def shut(self) -> None:
        """Nobody answers any more, and who was connected is cut off."""
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.path.unlink(missing_ok=True)


@pytest.mark.docker
async def test_engine_that_stops_in_mid_run_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from interviewlab.sandbox.containers import LABEL, connect, remove_leftovers

    gateway = Gateway(tmp_path)
    monkeypatch.setenv("DOCKER_HOST", f"unix://{gateway.path}")
    try:
        sandbox = open_docker()
    except SandboxUnavailable as error:
        need("docker", False, str(error))
        raise
    assert (await sandbox.run(PRINT)).outcome == "ok"
    run = asyncio.create_task(sandbox.run(SLEEP))
    await asyncio.sleep(1)
    gateway.shut()
    with pytest.raises(SandboxFailed, match=r"engine no longer answers\. Start Docker") as caught:
        await run
    assert "\n" not in str(caught.value)
    with pytest.raises(SandboxFailed, match="did not start a container"):
        await sandbox.run(PRINT)
    await sandbox.aclose()
    monkeypatch.delenv("DOCKER_HOST")
    client = connect()
    remove_leftovers(client, os.getpid())
    assert client.api.containers(all=True, filters={"label": f"{LABEL}={os.getpid()}"}) == []


@pytest.mark.docker
def test_missing_image_is_named_with_what_makes_it() -> None:
    from interviewlab.sandbox.containers import connect, find_image

    try:
        client = connect()
    except SandboxUnavailable as error:
        need("docker", False, str(error))
        raise
    with pytest.raises(SandboxUnavailable, match=r"no image interviewlab-sandbox:none\. Run scripts/sandbox-image"):
        find_image(client, "interviewlab-sandbox:none")


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # Not below the folder of the tests, which the candidate's user may not pass through.
    disk = Path(tempfile.mkdtemp(prefix="interviewlab-disk-"))
    disk.chmod(0o755)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400m,nr_inodes=20k", "tmpfs", disk], check=False, capture_output=True
    )
    if made.returncode:
        disk.rmdir()
        pytest.skip("only root may mount a small disk")
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    yield disk
    subprocess.run(["umount", disk], check=True)
    disk.rmdir()


def list_names(folder: Path, pattern: str) -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


@pytest.mark.sandlock
async def test_full_disk_is_one_sentence_and_the_next_run_is_unharmed(small_disk: Path) -> None:
    try:
        sandbox = open_sandlock()
    except SandboxUnavailable as error:
        need("sandlock", False, str(error))
        raise
    assert (await sandbox.run(PRINT)).outcome == "ok"
    # What waits for the next program has its place already.
    await asyncio.to_thread(wait_for_spares, sandbox)
    before = list_names(small_disk, "*/run-*")
    filling = small_disk / "filling"
    filling.mkdir()
    with contextlib.suppress(OSError):
        for number in itertools.count():
            (filling / str(number)).touch()
    with pytest.raises(SandboxFailed, match=r"disk with the temporary folder is full\. Make room"):
        await sandbox.run(SELECT)
    assert list_names(small_disk, "*/run-*") == before
    shutil.rmtree(filling)
    assert (await sandbox.run(PRINT)).outcome == "ok"
    await sandbox.aclose()
    assert not [name for name in list_names(small_disk, "*") if not name.startswith("interviewlab-kits-")]


@pytest.mark.parametrize(
    ("code", "options", "sentence"),
    [
        (b"print(1)", ("--language", "perl"), "'perl' is not a language we run. Choose one of python, javascript"),
        (b" \n", ("--language", "go"), "There is no code. Write some"),
        (b"x" * 2**20, ("--language", "java"), "The code has 1024 KB. At most 256 KB"),
        (b"print('\xff')", ("--language", "python"), "this program is not UTF-8 text. Save it as UTF-8"),
        (b"SELECT 1", ("--language", "sql", "--tests", "TESTS"), "cases: is missing"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_status_2(
    tmp_path: Path, code: bytes, options: tuple[str, ...], sentence: str
) -> None:
    program, tests = tmp_path / "program", tmp_path / "tests.json"
    program.write_bytes(code)
    tests.write_text(json.dumps({"kind": "stdin"}))
    given = [tests if option == "TESTS" else option for option in options]
    done = interviewlab("run", program, *given, data_dir=tmp_path / "data", sandbox="scripted")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
