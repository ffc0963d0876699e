"""A LiveKit server and a worker for what is measured in rooms."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import socket
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.served import env_from
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.voice.livekit_dev import find_server, open_dev_server

READY_S = 120.0
LAST_LINES = 30


@asynccontextmanager
async def open_rooms(settings: Settings) -> AsyncIterator[Settings]:
    """Settings that name a development server of LiveKit, which runs until the end. Raises InterviewLabError."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = await asyncio.to_thread(find_server, settings.cache_dir, tell)
    with open_dev_server(command, port, secrets.token_urlsafe(32)) as server:
        access = {"livekit_url": server.url, "livekit_key": server.key, "livekit_secret": SecretStr(server.secret)}
        yield settings.model_copy(update=access)


class Worker:
    """``interviewlab worker`` as a process that is registered."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process, self.pid, self.rooms = process, process.pid, 0
        """``rooms``: how many it speaks in, as it says itself."""
        self.has_ended = False
        """By itself: nobody killed it."""
        self._is_wanted = True
        self._said: deque[str] = deque(maxlen=LAST_LINES)

    async def until_registered(self) -> None:
        """Raises InterviewLabError with what it said where it ended instead."""
        said = ""
        async with asyncio.timeout(READY_S):
            while "Registered" not in said:
                if not (line := await self._read()):
                    raise InterviewLabError("The worker ended before it was up.", f"It wrote: {said[-2000:]}")
                said += line

    async def listen(self) -> None:
        """Read on, so that it is never held up, until it ends; who ends unasked is told of, with the last it said."""
        while line := await self._read():
            self._said.append(line)
            if found := re.search(r"Speaking (\d+) of", line):
                self.rooms = int(found[1])
        self.has_ended = self._is_wanted
        if self.has_ended:
            tell(f"a worker ended by itself with {await self._process.wait()}; it said last:\n{''.join(self._said)}")

    def kill(self) -> None:
        """As a crash would, if it still runs."""
        self._is_wanted = False
        if self._process.returncode is None:
            self._process.kill()

    async def _read(self) -> str:
        return (await self._process.stderr.readline()).decode(errors="replace") if self._process.stderr else ""


@asynccontextmanager
async def open_worker(settings: Settings, data_dir: Path) -> AsyncIterator[Worker]:
    """A worker for the app with this data folder, registered. Raises InterviewLabError."""
    told = {**env_from(settings), "DATA_DIR": str(data_dir), "IS_OFFLINE": "true"}
    told |= {"DATABASE_URL": settings.database_url, "WORKER_ROOMS": str(settings.worker_rooms)}
    told |= {"EMBEDDER": settings.embedder, "SANDBOX": settings.sandbox}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "interviewlab", "worker"),
        env={**os.environ, **{f"INTERVIEWLAB_{name}": value for name, value in told.items()}},
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    worker, listening = Worker(process), None
    try:
        await worker.until_registered()
        listening = asyncio.create_task(worker.listen())
        yield worker
    finally:
        worker.kill()
        await process.wait()
        if listening is not None:
            await listening
