"""How the page is served, and what is kept open meanwhile."""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.resources import as_file, files
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from interviewlab.bootstrap import delete_old, open_accounts, open_house, renew_house
from interviewlab.errors import InterviewLabError, SandboxUnavailable, StoreUnavailable
from interviewlab.realtime import carry_calls, settle, staying_small
from interviewlab.settings import Settings
from interviewlab.ui import api_docs
from interviewlab.ui.app import build_app
from interviewlab.ui.door.account_routes import AccountRoutes
from interviewlab.ui.door.doorkeeper import INSIDE_HEADER, Door, Doorkeeper
from interviewlab.ui.door.identity import AccountIdentity, SpaceIdentity, read_secret
from interviewlab.ui.frontend import LocalPageOnly
from interviewlab.ui.handlers.fetching import Fetching
from interviewlab.ui.handlers.forgetting import forget
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.operating import Operating, log_as_json

TIDY_S = 3600.0
LONGEST_PAUSE_S = 15.0
"""Between two tries to open what failed."""
THREADS = 16
"""For what blocks. Python's own measure, six on two cores, is too few for a first start: whoever runs code, wants to
talk or asks what works here waits in a thread for the same models; no reply would be thought out until they are here.
"""
Watch = Callable[[], AbstractAsyncContextManager[None]]
"""Something that goes on in the server's event loop as long as it serves."""


def launch(settings: Settings, open_browser: bool, watch: Watch = nullcontext) -> None:
    """Serve the page on ``settings.host`` and ``settings.port`` (0: a free one) until SIGINT or SIGTERM.

    Raises InterviewLabError where the port is taken.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    carry_calls()
    if settings.log_json:
        log_as_json()
    serving = Serving(settings, watch)
    page = build_app(settings, serving.voice, serving.fetching)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl+C does: calls are hung up, turns kept
    try:
        with as_file(files("interviewlab.ui").joinpath("assets", "favicon.svg")) as icon:
            page.launch(
                server_name=settings.host,
                server_port=find_port(settings.host, settings.port),
                inbrowser=open_browser,
                share=False,
                show_api=False,
                ssr_mode=False,
                mcp_server=settings.mcp or None,
                favicon_path=icon,
                max_file_size=int(settings.upload_mb * 1_000_000),
                prevent_thread_lock=True,
                quiet=True,
                app_kwargs=serving.app_kwargs,
                _frontend=False,  # else it gives up where its own page is not there within three seconds
            )
            # In Gradio's words, which scripts wait for, without its advice to share.
            address = f"http://{settings.host}:{page.server_port}"
            print(f"* Running on local URL:  {address} (Ctrl+C ends it)", flush=True)  # noqa: T201
            serving.up(page, str(page.local_url))
            page.block_thread()
    finally:
        serving.is_up.set()


@dataclass
class Serving:
    """The house is held open, so that no event waits for models and tables to be loaded again; calls come in by the
    app that is served, and end with it.

    A house that cannot be built does not keep the page from showing: each event then says why, and it is tried again.
    """

    settings: Settings
    watch: Watch = nullcontext
    voice: VoiceDesk = field(init=False)
    door: Door = field(init=False)
    fetching: Fetching = field(init=False)
    retry_s: float = 1.0
    """How long after a first failure the store is tried again."""
    is_up: threading.Event = field(default_factory=threading.Event)
    """Until then nothing heavy is loaded: Gradio gives up on a page of its own that does not answer within seconds."""

    def __post_init__(self) -> None:
        self.voice = VoiceDesk(self.settings)
        self.door = Door(self.settings)
        self.fetching = Fetching(self.settings)

    @property
    def app_kwargs(self) -> dict[str, Any]:
        """What Gradio is told when it makes the app to be served."""
        believed = Middleware(ProxyHeadersMiddleware, trusted_hosts=self.settings.proxies)
        middleware = [believed, Middleware(Doorkeeper, door=self.door), Middleware(LocalPageOnly)]
        return {"middleware": middleware, "lifespan": self.lifespan}

    def up(self, page: gr.Blocks, url: str) -> None:
        """``page`` answers at ``url``: load what is heavy, and let tools of MCP in by the door."""
        self.is_up.set()
        if page.mcp_server_obj is not None:
            from gradio_client import Client

            headers = {INSIDE_HEADER.decode(): self.door.inside}
            page.mcp_server_obj._client_instance = Client(url, headers=headers, download_files=False, verbose=False)

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """As long as ``app`` is served."""
        closing = asyncio.Event()
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="serving"))
        async with self.watch(), staying_small():
            holding = asyncio.create_task(self._hold(closing))
            opening = asyncio.create_task(self._open_door(closing))
            tidying = asyncio.create_task(self._tidy())
            AccountRoutes(self.door, partial(forget, self.door)).mount(app)
            Operating(self.door, self.voice).mount(app)
            api_docs.mount(app)
            self.voice.mount(app)
            yield
            tidying.cancel()
            await self.voice.aclose()
            await self.door.own_models.aclose()
            closing.set()
            await asyncio.gather(holding, opening)

    async def _open_door(self, closing: asyncio.Event) -> None:
        """Nobody is let in before it is known how to tell people apart."""
        await asyncio.to_thread(self.is_up.wait)
        settings = self.settings

        async def open_it() -> None:
            if settings.whose == "space":
                secret = await asyncio.to_thread(read_secret, settings)
                has_sign_in = bool(settings.oauth_client_secret.get_secret_value())
                self.door.open(SpaceIdentity(secret, settings.sign_in_days, has_sign_in=has_sign_in))
            elif settings.whose == "accounts":
                async with open_accounts(settings) as accounts:
                    self.door.open(AccountIdentity(accounts))
                    await closing.wait()

        await self._insist(open_it, closing, self.door.shut)

    async def _tidy(self) -> None:
        """What is older than the settings keep goes, once an hour."""
        await asyncio.to_thread(self.is_up.wait)
        while True:
            await self.door.own_models.forget_idle()
            try:
                await delete_old(self.settings, datetime.now(UTC))
            except InterviewLabError as error:
                logging.getLogger(__name__).warning("old interviews were not deleted: %s", error)
            await asyncio.sleep(TIDY_S)

    async def _hold(self, closing: asyncio.Event) -> None:
        await asyncio.to_thread(self.is_up.wait)
        # In a thread: it takes seconds, in which the loop would answer nobody.
        await asyncio.to_thread(importlib.import_module, "interviewlab.interview")

        async def hold_it() -> None:
            if self.fetching.missing:
                await self._fetch()
            async with open_house(self.settings) as house:
                # The first candidate who runs code does not wait for the sandbox's self-test; where none passes, the
                # doctor and each run say why.
                with suppress(SandboxUnavailable):
                    await house.adapters.sandbox.check()
                await asyncio.to_thread(settle)
                await closing.wait()

        await self._insist(hold_it, closing)

    async def _insist(
        self,
        what: Callable[[], Awaitable[None]],
        closing: asyncio.Event,
        tell: Callable[[StoreUnavailable], None] = lambda _: None,
    ) -> None:
        """Try again what failed, ever less often, until it is done or the server closes; ``tell`` hears of each time,
        the log of each trouble once."""
        pause_s, said = self.retry_s, ""
        while not closing.is_set():
            try:
                return await what()
            except (InterviewLabError, OSError) as error:
                trouble = error if isinstance(error, StoreUnavailable) else StoreUnavailable(str(error))
                tell(trouble)
                if str(trouble) != said:
                    said = str(trouble)
                    logging.getLogger(__name__).warning("%s", said)
            with suppress(TimeoutError):
                await asyncio.wait_for(closing.wait(), pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    async def _fetch(self) -> None:
        """What is missing. A house without it is held meanwhile, so that no event of a first start builds one of its
        own, and given up for one that has it."""
        async with AsyncExitStack() as meanwhile:
            with suppress(InterviewLabError):  # each event says why
                await meanwhile.enter_async_context(open_house(self.settings))
            await self.fetching.fetch()
            renew_house(self.settings)


def find_port(host: str, port: int) -> int:
    """``port``, or a free one for 0. Raises InterviewLabError where another program has it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what was left a moment ago is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InterviewLabError(
                f"Port {port} of {host} cannot be used: {error.strerror}.",
                "Stop what uses it, or choose another by --port or INTERVIEWLAB_PORT.",
            ) from error
        found: int = probe.getsockname()[1]
    return found
