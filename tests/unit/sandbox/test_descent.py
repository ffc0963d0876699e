"""Processes counted together: CPU time of children, memory that two of them share, orphans."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewlab.sandbox.descent import Family, children_of, look_at

FAMILY = """
import os, sys, time
held = bytearray(b"x" * (60 << 20))
for _ in range(3):
    if os.fork() == 0:
        while time.process_time() < 0.1: pass
        os.write(1, b"ready\\n")
        time.sleep(60)
time.sleep(60)
"""


@pytest.fixture
def parent() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-S", "-c", FAMILY], stdout=subprocess.PIPE, start_new_session=True) as one:
        assert one.stdout is not None
        try:
            for _ in range(3):
                assert one.stdout.readline() == b"ready\n"
            yield one.pid
        finally:
            os.killpg(one.pid, 9)


def test_children_count_and_what_they_share_counts_once(parent: int) -> None:
    family = Family(parent)
    family.look()
    assert len(children_of(parent)) == 3
    assert family.cpu_s >= 0.3
    # Each of the four has the 60 MB, and none its own.
    assert family.memory_mb(limit_mb=10_000) > 200
    assert 55 < family.memory_mb(limit_mb=100) < 120


def test_orphans_are_still_of_the_family(parent: int) -> None:
    family = Family(parent)
    family.look()
    os.kill(parent, 9)
    while (found := look_at(parent)) is not None and not found.is_gone:
        time.sleep(0.01)
    family.look()
    assert family.memory_mb(limit_mb=0.0) > 55


def test_nobody_is_looked_at_under_a_number_that_nobody_has() -> None:
    assert look_at(2**22 + 1) is None
    assert children_of(2**22 + 1) == []


NAMELESS = """
import ctypes, os, socket, sys
os.chdir(sys.argv[1])
def make():
    file = os.open("gone", os.O_RDWR | os.O_CREAT)
    os.write(file, b"x" * (2 << 20))
    os.remove("gone")
    return file
held = make()
os.dup(held)
if os.fork() == 0:
    os.write(1, b"ready\\n")
    os.read(0, 1)
    os._exit(0)
if len(sys.argv) > 2:
    mapped = make()
    ctypes.CDLL(None).mmap(None, 4096, 3, 1, mapped, 0)
    os.close(mapped)
    one, other = socket.socketpair()
    sent = make()
    socket.send_fds(one, [b"x"], [sent])
    os.close(sent)
open("named", "wb").write(b"x" * (2 << 20))
named = open("named", "rb")
os.write(1, b"ready\\n")
os.read(0, 1)
"""


@pytest.mark.parametrize(("unseen", "expected_mb"), [((), 2), (("unseen",), 2 + 2 * 8)])
def test_files_without_a_name_count_once_and_at_their_most_where_nobody_can_look(
    tmp_path: Path, unseen: tuple[str, ...], expected_mb: int
) -> None:
    command = [sys.executable, "-S", "-c", NAMELESS, str(tmp_path), *unseen]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        assert [one.stdout.readline() for _ in range(2)] == [b"ready\n"] * 2
        family = Family(one.pid)
        family.look()
        found_mb = family.nameless_mb(tmp_path, file_mb=8)
        one.communicate(b"go")
    assert expected_mb <= found_mb < expected_mb + 0.1
    assert family.nameless_mb(tmp_path, file_mb=8) == 0
