"""How the page is served, and what is kept open meanwhile."""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.resources import as_file, files

from starlette.middleware import Middleware

from interviewlab.bootstrap import open_house
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.ui.app import build_app
from interviewlab.ui.frontend import LocalPageOnly
from interviewlab.ui.handlers.voice import VoiceDesk

Watch = Callable[[], AbstractAsyncContextManager[None]]
"""Something that goes on in the server's event loop as long as it serves."""


def launch(settings: Settings, open_browser: bool, watch: Watch = nullcontext) -> None:
    """Serve the page on ``settings.host`` and ``settings.port`` (0: a free one) until SIGINT or SIGTERM."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    serving = _Serving(settings, watch)
    page = build_app(settings, serving.voice)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl+C does: calls are hung up, turns kept
    try:
        with as_file(files("interviewlab.ui").joinpath("assets", "favicon.svg")) as icon:
            page.launch(
                server_name=settings.host,
                server_port=settings.port or _free_port(settings.host),
                inbrowser=open_browser,
                share=False,
                show_api=False,
                ssr_mode=False,
                favicon_path=icon,
                max_file_size=int(settings.upload_mb * 1_000_000),
                prevent_thread_lock=True,
                app_kwargs={"middleware": [Middleware(LocalPageOnly)], "lifespan": serving.lifespan},
            )
            serving.is_up.set()
            page.block_thread()
    finally:
        serving.is_up.set()


@dataclass
class _Serving:
    """The house is held open, so that no event waits for models and tables to be loaded again; calls come in by the
    app that is served, and end with it.

    A house that cannot be built does not keep the page from showing: each event then says why.
    """

    settings: Settings
    watch: Watch
    voice: VoiceDesk = field(init=False)
    is_up: threading.Event = field(default_factory=threading.Event)
    """Until then nothing heavy is loaded: Gradio gives up on a page of its own that does not answer within seconds."""

    def __post_init__(self) -> None:
        self.voice = VoiceDesk(self.settings)

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """As long as ``app`` is served."""
        closing = asyncio.Event()
        async with self.watch():
            holding = asyncio.create_task(self._hold(closing))
            self.voice.mount(app)
            yield
            await self.voice.aclose()
            closing.set()
            await holding

    async def _hold(self, closing: asyncio.Event) -> None:
        await asyncio.to_thread(self.is_up.wait)
        try:
            await asyncio.to_thread(importlib.import_module, "interviewlab.interview")
            async with open_house(self.settings):
                await closing.wait()
        except InterviewLabError as error:
            logging.getLogger(__name__).warning("%s", error)


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
    return port
