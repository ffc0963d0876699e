"""The server is killed in the middle of a run: nothing of the program goes on."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from interviewlab.sandbox.bait import find_marked
from tests.walls import open_sandlock, opened

SERVER = """
import asyncio, sys
from interviewlab.types import Submission
from tests.walls import open_sandlock
asyncio.run(open_sandlock().run(Submission(code=sys.argv[1], language="python")))
"""
PROGRAM = """
import ctypes, os, time
ctypes.CDLL(None).prctl(15, b"@MARK@", 0, 0, 0)
if os.fork() == 0: os.setsid()
time.sleep(120)
"""


@pytest.mark.sandlock
def test_program_under_landlock_ends_with_the_server_that_was_killed() -> None:
    with opened(open_sandlock):
        mark = "il" + secrets.token_hex(6)
        server = subprocess.Popen([sys.executable, "-c", SERVER, PROGRAM.replace("@MARK@", mark)])
        try:
            assert is_soon(lambda: len(find_marked(mark)) == 2)
        finally:
            server.kill()
            server.wait()
        assert is_soon(lambda: not find_marked(mark))


def is_soon(look: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 15
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(found)
