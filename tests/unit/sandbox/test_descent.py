"""Processes counted together: CPU time of children, memory that two of them share, orphans."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

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
