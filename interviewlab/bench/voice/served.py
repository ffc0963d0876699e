"""The real app in a process of its own, and the record that it writes."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from uuid import uuid4

from interviewlab.bench.voice.watch import Block
from interviewlab.errors import InterviewLabError
from interviewlab.interview import utc_now
from interviewlab.settings import Settings
from interviewlab.store.sql import SqlStore, open_store
from interviewlab.types import InterviewRecord, Plan, Transcript
from interviewlab.ui.door.identity import LOCAL

START_S = 120.0


@dataclass(frozen=True)
class App:
    """One that is up."""

    url: str
    process: int
    blocks_file: Path

    def blocks(self, since: float = 0.0, until: float = inf) -> list[Block]:
        """How its event loop was held up between two unix times, each time by 30 ms or more."""
        found = [Block.read(line) for line in self.blocks_file.read_text().splitlines()]
        return [block for block in found if since <= block.at < until]


@dataclass(frozen=True)
class Shelf:
    """The app's record, read beside it."""

    store: SqlStore

    async def add(self, plan: Plan) -> str:
        """An interview that has not begun, newest on the shelf; gives its id."""
        now = utc_now()
        record = InterviewRecord(id=uuid4().hex, owner=LOCAL, plan=plan, created_at=now, updated_at=now)
        await self.store.create_interview(record)
        return record.id

    async def transcript(self, interview_id: str) -> Transcript:
        """What is recorded so far."""
        return Transcript(interview_id=interview_id, entries=await self.store.get_entries(interview_id))


@asynccontextmanager
async def open_shelf(data_dir: Path) -> AsyncIterator[Shelf]:
    """The record of an app with that data folder."""
    async with open_store(Settings(data_dir=data_dir).store_url) as store:
        yield Shelf(store)


@asynccontextmanager
async def served(data_dir: Path, **env: str) -> AsyncIterator[App]:
    """The app on a free port with a data folder and further settings of its own. Raises InterviewLabError."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    blocks, log = data_dir / "blocks.txt", data_dir / "app.log"
    names = {"DATA_DIR": str(data_dir), "PORT": str(port), "IS_OFFLINE": "true", **env}
    own = {f"INTERVIEWLAB_{name}": value for name, value in names.items()}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "interviewlab.bench.voice.app", str(blocks)),
            env={**os.environ, **own, "PYTHONUNBUFFERED": "1", "GRADIO_ANALYTICS_ENABLED": "False"},
            stdout=out,
            stderr=asyncio.subprocess.STDOUT,
            cwd=data_dir,
        )
    try:
        yield App(await _address(process, log), process.pid, blocks)
    finally:
        if process.returncode is None:
            process.terminate()
            await _ended(process)


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    async with asyncio.timeout(START_S):
        while process.returncode is None:
            if found := re.search(r"http://127\.0\.0\.1:\d+", _read(log)):
                return found.group()
            await asyncio.sleep(0.2)
    raise InterviewLabError("The app ended before it was up.", f"It wrote: {_read(log)[-2000:]}")


def _read(log: Path) -> str:
    return log.read_text(errors="replace")


async def _ended(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(15):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def env_from(settings: Settings) -> Mapping[str, str]:
    """What the app has to be told of these settings: where its parts are and which they are."""
    told = {"CACHE_DIR": str(settings.cache_dir), "EARS": settings.ears, "MOUTH": settings.mouth}
    mirror = {"WEIGHTS_MIRROR": str(settings.weights_mirror)} if settings.weights_mirror else {}
    secret = settings.livekit_secret.get_secret_value()
    rooms = {"LIVEKIT_URL": settings.livekit_url, "LIVEKIT_KEY": settings.livekit_key, "LIVEKIT_SECRET": secret}
    return told | mirror | (rooms if settings.livekit_url else {})
