"""Landlock where nothing can be mounted, as for a server that is not root: disks are filled without a name in vain."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from interviewlab.sandbox.attacks import read_attacks
from tests.walls import open_sandlock, opened

NAMELESS = (
    "disk fill under a name that is gone",
    "disk fill by files that never had a name",
    "disk fill mapped under a name that is gone",
    "disk fill on its way over a socket",
    "disk fill by many children under names that are gone",
    "disk fill in a thread with files of its own",
)
WITHOUT_MOUNTS = ("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")
SERVER = """
import asyncio, sys
from interviewlab.sandbox.attacks import read_attacks
from interviewlab.sandbox.contract import attack_once
from interviewlab.types import Submission
from tests.walls import open_sandlock

HARMLESS = '''
import socket, tempfile, time
one, other = socket.socketpair()
with tempfile.TemporaryFile(dir=".") as file:
    file.write(b"x" * 4_000_000)
    socket.send_fds(one, [b"x"], [file.fileno()])
    received = socket.recv_fds(other, 1, 1)[1]
    time.sleep(0.5)
    print("unharmed")
'''

async def main():
    sandbox = open_sandlock()
    for one in read_attacks():
        if one.name == sys.argv[1]:
            found = await attack_once(sandbox, one, look_after=True)
            print(found.held, found.outcome, found.note)
    result = await sandbox.run(Submission(code=HARMLESS, language="python"))
    print(result.outcome, result.stdout, result.stderr)
    await sandbox.aclose()

asyncio.run(main())
"""


@pytest.mark.sandlock
@pytest.mark.parametrize("name", NAMELESS)
def test_file_without_a_name_counts_where_nothing_can_be_mounted(name: str) -> None:
    with opened(open_sandlock, 1) as sandbox:
        language = next(one.language for one in read_attacks() if one.name == name)
        if language not in sandbox.health().languages:
            pytest.skip(f"there is no toolchain for {language} here")
    before = WITHOUT_MOUNTS if os.geteuid() == 0 else ()
    command = [*before, sys.executable, "-c", SERVER, name]
    found = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert found.stdout.split() == ["True", "output_limit", "ok", "unharmed"], found.stdout + found.stderr
