"""Several processes on one database: migrating, contending, dying."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from interviewlab.store.sql import open_store
from interviewlab.types import InterviewRecord, Plan

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPENINGS = 60
"""New files; before openers waited for each other, two of them failed."""
HEAD = """
import asyncio, sys, time
from datetime import UTC, datetime
from interviewlab.store.sql import open_store
from interviewlab.types import UtteranceEntry, InterviewRecord, Plan
url, me, start = sys.argv[1], sys.argv[2], float(sys.argv[3])
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""
CONTEND = """
async def main():
    time.sleep(max(0.0, start - time.time()))
    async with open_store(url) as store:
        won = [str(n) for n in range(100) if await store.acquire(f"i{n}", me, 60)]
    print(" ".join(won))
asyncio.run(main())
"""
APPEND = """
async def main():
    async with open_store(url) as store:
        for n in range(100_000):
            await store.append("i1", [UtteranceEntry(sequence=n, turn=n, at=NOON, text=f"said {n}")])
            print(n, flush=True)
asyncio.run(main())
"""
SHARE = """
async def main():
    async with open_store(url) as store:
        for n in range(50):
            one = f"{me}-{n % 10}"
            if n < 10:
                record = InterviewRecord(id=one, owner=me, plan=Plan(), created_at=NOON, updated_at=NOON)
                await store.create_interview(record)
            await store.append(one, [UtteranceEntry(sequence=n, turn=n, at=NOON, text=f"{one} said {n}")])
asyncio.run(main())
"""


def start(body: str, path: Path, me: str, at: float = 0.0) -> subprocess.Popen[str]:
    code = textwrap.dedent(HEAD + body)
    arguments = [f"sqlite+aiosqlite:///{path}", me, str(at)]
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said


async def test_processes_that_open_a_new_database_together_all_succeed_and_share_the_locks(tmp_path: Path) -> None:
    at = datetime.now(UTC).timestamp() + 4
    racing = [start(CONTEND, tmp_path / "a.sqlite", me, at) for me in ("one", "two", "three")]
    won = [said.split() for said in await asyncio.gather(*(asyncio.to_thread(finish, one) for one in racing))]
    assert sorted(int(n) for each in won for n in each) == list(range(100))


def test_threads_that_open_a_new_database_at_the_same_moment_all_succeed(tmp_path: Path) -> None:
    for file in range(OPENINGS):
        together = threading.Barrier(4)

        async def open_it(url: str, together: threading.Barrier) -> None:
            together.wait()
            async with open_store(url) as store:
                assert await store.list_interviews("nobody") == ()

        with ThreadPoolExecutor(together.parties) as pool:
            url = f"sqlite+aiosqlite:///{tmp_path / str(file)}.sqlite"
            opened = [pool.submit(asyncio.run, open_it(url, together)) for _ in range(together.parties)]
        assert [one.result() for one in opened] == [None] * together.parties


async def test_sigkill_between_appends_loses_and_doubles_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    async with open_store(f"sqlite+aiosqlite:///{path}") as store:
        await store.create_interview(InterviewRecord(id="i1", owner="a", plan=Plan(), created_at=NOON, updated_at=NOON))
    process = start(APPEND, path, "writer")
    assert process.stdout is not None
    acknowledged = -1
    while acknowledged < 40:
        acknowledged = int(await asyncio.to_thread(process.stdout.readline))
    os.kill(process.pid, signal.SIGKILL)
    rest = await asyncio.to_thread(process.stdout.read)
    acknowledged = max([acknowledged, *(int(line) for line in rest.split("\n")[:-1] if line)])
    process.wait()
    async with open_store(f"sqlite+aiosqlite:///{path}") as store:
        kept = [entry.sequence for entry in await store.get_entries("i1")]
    assert kept in (list(range(acknowledged + 1)), list(range(acknowledged + 2)))


async def test_two_processes_write_their_interviews_into_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    both = [start(SHARE, path, me) for me in ("ada", "bob")]
    await asyncio.gather(*(asyncio.to_thread(finish, one) for one in both))
    async with open_store(f"sqlite+aiosqlite:///{path}") as store:
        for me in ("ada", "bob"):
            mine = await store.list_interviews(me)
            assert len(mine) == 10
            for one in mine:
                said = [entry.text for entry in await store.get_entries(one.id)]  # type: ignore[union-attr]
                assert len(said) == 5
                assert all(text.startswith(f"{one.id} said") for text in said)
