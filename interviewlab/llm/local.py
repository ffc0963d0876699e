"""An embedded model: llama.cpp in a process of its own on this machine, asked by the same client as any endpoint."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path

from pydantic import BaseModel

from interviewlab.errors import ModelFailed, to_install
from interviewlab.llm.openai import Endpoint, OpenAIChat, Remedies
from interviewlab.ports import Form, PartialForm
from interviewlab.types import Chat, Usage

CONTEXT_TOKENS = 4096
LOAD_S = 180.0
"""How long loading may take; a warm 1.5B model is there in a few seconds."""
MOST_THREADS = 4
_REMEDIES = Remedies(time="Allow it more time with INTERVIEWLAB_LOCAL_FIRST_S, or choose a smaller model.")


class LocalChat:
    """The model of a GGUF file. Its process begins with the first question, or with ``check``; it ends with ours."""

    def __init__(self, path: Path, name: str, threads: int = 0, first_s: float = 30.0, pause_s: float = 10.0) -> None:
        if find_spec("xllamacpp") is None:
            what = "The package that runs a local language model is not installed."
            raise ModelFailed(what, to_install("local"), cause="not installed")
        self.name = f"local:{name}"
        self._path, self._model = path, name
        self._threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        self._first_s, self._pause_s = first_s, pause_s
        self._loading: asyncio.Task[OpenAIChat] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._client: OpenAIChat | None = None

    async def stream(self, chat: Chat, form: type[BaseModel]) -> AsyncGenerator[PartialForm, None]:
        """The answer as it grows. Raises ModelFailed, also while the model is still loaded, which goes on."""
        until = asyncio.get_running_loop().time() + self._first_s
        client = await self._served_by(until)
        async with aclosing(client.stream(chat, form, until)) as growing:
            async for growth in growing:
                yield growth

    async def ask(self, chat: Chat, form: type[Form]) -> tuple[Form, Usage]:
        """The answer at once."""
        return await (await self.served()).ask(chat, form)

    async def expect_digit(self, chat: Chat, most: int) -> float:
        """As ``OpenAIChat.expect_digit``."""
        return await (await self.served()).expect_digit(chat, most)

    async def check(self) -> str:
        """Whether it can be loaded."""
        await self.served()
        return f"{self._model}, {self._threads} threads"

    async def aclose(self) -> None:
        """End its process."""
        loading, self._loading = self._loading, None
        if loading is not None:
            loading.cancel()
            await asyncio.wait([loading])
        await self._end()

    async def served(self) -> OpenAIChat:
        """The client before the process, which is started where there is none, or where it died.

        Loading goes on when who asked for it waits no longer.
        """
        if self._loading is None or (self._loading.done() and not self._is_running):
            self._loading = asyncio.create_task(self._start())
            self._loading.add_done_callback(_take_note)
        return await asyncio.shield(self._loading)

    async def _served_by(self, until: float) -> OpenAIChat:
        try:
            async with asyncio.timeout_at(until):
                return await self.served()
        except TimeoutError:
            what = f"The local language model {self._model} is still being loaded."
            raise ModelFailed(what, _REMEDIES.time, cause="timeout", retryable=True) from None

    @property
    def _is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def _end(self) -> None:
        process, client = self._process, self._client
        self._process = self._client = None
        if client is not None:
            await client.aclose()
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    async def _start(self) -> OpenAIChat:
        await self._end()
        key = secrets.token_urlsafe(16)
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "interviewlab.llm.local_server"),
            *(str(self._path), str(self._threads), str(CONTEXT_TOKENS)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        address = await self._address(self._process, key)
        where = Endpoint(
            model=self._model,
            url=f"{address}/v1",
            key=key,
            first_s=self._first_s,
            pause_s=self._pause_s,
            usd_in=0.0,
            usd_out=0.0,
            name=self.name,
            remedies=_REMEDIES,
        )
        self._client = OpenAIChat(where)
        return self._client

    async def _address(self, process: asyncio.subprocess.Process, key: str) -> str:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("both ends of the process are pipes")
        process.stdin.write(f"{key}\n".encode())
        try:
            async with asyncio.timeout(LOAD_S):
                line = await process.stdout.readline()
        except TimeoutError:
            line = b""
        if not line.startswith(b"http"):
            await self._end()
            remedy = f"Check that {self._path.name} is a GGUF file and that the machine has the memory for it."
            what = f"The local language model {self._model} could not be loaded."
            raise ModelFailed(what, remedy, cause="not loaded")
        return line.decode().strip()


def _take_note(loading: asyncio.Task[OpenAIChat]) -> None:
    """A failure that nobody waited for is no error of the loop."""
    if not loading.cancelled():
        loading.exception()
