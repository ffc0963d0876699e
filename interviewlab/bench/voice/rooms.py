"""A LiveKit server and a worker for what is measured in rooms."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
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


@asynccontextmanager
async def open_worker(settings: Settings, data_dir: Path) -> AsyncIterator[int]:
    """A worker for the app with this data folder, registered; its process id, 0 where the settings name no server."""
    if not settings.livekit_url:
        yield 0
        return
    told = {**env_from(settings), "DATA_DIR": str(data_dir), "IS_OFFLINE": "true"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "interviewlab", "worker"),
        env={**os.environ, **{f"INTERVIEWLAB_{name}": value for name, value in told.items()}},
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    reading: asyncio.Task[None] | None = None
    try:
        await _until_registered(process)
        reading = asyncio.create_task(_read_on(process))
        yield process.pid
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        if reading is not None:
            await reading


async def _until_registered(process: asyncio.subprocess.Process) -> None:
    said = b""
    async with asyncio.timeout(READY_S):
        while b"Registered" not in said and process.stderr is not None:
            if not (line := await process.stderr.readline()):
                raise InterviewLabError("The worker ended before it was up.", f"It wrote: {said[-2000:].decode()}")
            said += line


async def _read_on(process: asyncio.subprocess.Process) -> None:
    while process.stderr is not None and await process.stderr.readline():
        pass
