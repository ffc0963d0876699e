"""A server that is killed in mid-run: what it ran under Landlock ends with it, and so does who watches over that."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interviewlab.errors import SandboxFailed
from interviewlab.ports import Sandbox
from interviewlab.sandbox.bait import find_marked
from interviewlab.types import Submission
from tests.walls import open_sandlock, opened

GONE_WITHIN_S = 15.0
BEGUN_WITHIN_S = 60.0
SERVER = """
import asyncio, sys
from interviewlab.types import Submission
from tests.walls import open_sandlock
asyncio.run(open_sandlock().run(Submission(code=sys.stdin.read(), language="python")))
"""
SURVIVOR = """
import ctypes, os, signal, time
ctypes.CDLL(None).prctl(15, b"{mark}", 0, 0, 0)
for session in range(2):
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 32):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        os.chdir("/")
        for number in (0, 1, 2): os.close(number)
        time.sleep(120)
time.sleep(120)
"""
PROCESSES = 3

pytestmark = pytest.mark.sandlock


@pytest.fixture
def mark() -> Iterator[str]:
    """The name that a test's processes bear."""
    chosen = "il" + secrets.token_hex(5)
    yield chosen
    for left in find_marked(chosen):
        os.kill(left, signal.SIGKILL)


@pytest.fixture(scope="module", autouse=True)
def sandbox() -> Iterator[Sandbox]:
    with opened(open_sandlock) as sandbox:
        yield sandbox


def wait_for(look: Callable[[], object], seconds: float = GONE_WITHIN_S) -> bool:
    deadline = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(found)


def keepers_of(server: int) -> list[int]:
    """The processes that start programs for a server."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[-2:] == [str(server).encode(), b""] and any(word.endswith(b"/keeper.py") for word in words):
            found.append(int(process.name))
    return found


def test_programs_in_sessions_of_their_own_end_with_the_server_that_was_killed(mark: str) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, start_new_session=True)
    assert server.stdin is not None
    server.stdin.write(SURVIVOR.format(mark=mark).encode())
    server.stdin.close()
    assert wait_for(lambda: len(find_marked(mark)) == PROCESSES, BEGUN_WITHIN_S)
    assert keepers_of(server.pid)
    # The whole of its group, as a supervisor or a terminal would.
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    assert wait_for(lambda: not find_marked(mark))
    assert wait_for(lambda: not keepers_of(server.pid))


async def test_killed_keeper_is_one_sentence_and_the_next_run_is_unharmed(sandbox: Sandbox, mark: str) -> None:
    code = f"import ctypes, time\nctypes.CDLL(None).prctl(15, b'{mark}', 0, 0, 0)\ntime.sleep(120)"
    run = asyncio.create_task(sandbox.run(Submission(code=code, language="python")))
    assert await asyncio.to_thread(wait_for, lambda: find_marked(mark), BEGUN_WITHIN_S)
    for keeper in keepers_of(os.getpid()):
        os.kill(keeper, signal.SIGKILL)
    with pytest.raises(SandboxFailed, match="starts programs under Landlock ended"):
        await run
    assert await asyncio.to_thread(wait_for, lambda: not find_marked(mark))
    assert (await sandbox.run(Submission(code="print(1)", language="python"))).stdout == "1\n"
