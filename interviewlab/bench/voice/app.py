"""The app as ``interviewlab app`` serves it, its event loop watched: ``python -m interviewlab.bench.voice.app BLOCKS``.

Each block of the loop of 30 ms or more is a line of BLOCKS.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from starlette.middleware import Middleware

from interviewlab.bench.voice.watch import watch_loop
from interviewlab.settings import read_settings
from interviewlab.ui.app import build_app, kept_open
from interviewlab.ui.frontend import LocalPageOnly
from interviewlab.ui.handlers.voice import VoiceDesk

Lifespan = Callable[[object], AbstractAsyncContextManager[None]]


def main() -> None:
    """Serve until terminated, at the settings' host and port."""
    settings = read_settings()
    voice = VoiceDesk(settings)
    build_app(settings, voice).launch(
        server_name=settings.host,
        server_port=settings.port,
        share=False,
        show_api=False,
        ssr_mode=False,
        app_kwargs={
            "middleware": [Middleware(LocalPageOnly)],
            "lifespan": _watched(kept_open(settings, voice), Path(sys.argv[1])),
        },
    )


def _watched(inner: Lifespan, blocks: Path) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        with blocks.open("a", buffering=1) as out:
            task = asyncio.create_task(watch_loop(lambda block: print(block.write(), file=out)))
            async with inner(app):
                yield
            task.cancel()

    return lifespan


if __name__ == "__main__":
    main()
