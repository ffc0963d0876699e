"""The app as ``interviewlab app`` serves it, its event loop watched: ``python -m interviewlab.bench.voice.app BLOCKS``.

Each block of the loop of 30 ms or more is a line of BLOCKS.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from interviewlab.bench.voice.watch import watch_loop
from interviewlab.settings import read_settings
from interviewlab.ui import launch


def main() -> None:
    """Serve until terminated, at the settings' host and port."""
    with Path(sys.argv[1]).open("a", buffering=1) as blocks:

        @asynccontextmanager
        async def watched() -> AsyncIterator[None]:
            task = asyncio.create_task(watch_loop(lambda block: print(block.write(), file=blocks)))
            yield
            task.cancel()

        launch(read_settings(), open_browser=False, watch=watched)


if __name__ == "__main__":
    main()
