"""Both halves of the load, one after the other."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from interviewlab.bench.figures import percentiles
from interviewlab.bench.load.browser import hold_long_interview, use_page
from interviewlab.bench.load.interviews import hold_many
from interviewlab.bench.load.memory import resident_mb
from interviewlab.bench.load.sessions import Session, read_page
from interviewlab.bench.voice.aims import compare
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.served import App, served
from interviewlab.settings import Settings


async def bench_load(
    settings: Settings, interviews: int = 200, pages: int = 25, turns: int = 3, every_s: float = 20.0
) -> dict[str, Any]:
    """Seconds of a reply and memory of each, for text interviews in this process and for sessions of the page, one of
    them a real browser; then what a page costs. Raises InterviewLabError where the app does not start."""
    many = await hold_many(settings, interviews, turns, every_s)
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        long_ones = [await hold_long_interview(own) for _ in range(2)]
        async with served(Path(folder)) as app:
            seen = await _visit(app, long_ones, pages - 1, turns, every_s)
    figures = {"interviews": many, **seen}
    return {**figures, "aims": compare("load", figures)}


async def _visit(app: App, long_ones: Sequence[str], count: int, turns: int, every_s: float) -> dict[str, Any]:
    import httpx

    alone = await use_page(app.url, long_ones[0])
    before, cores = resident_mb(app.process), Cores(app.process)
    async with httpx.AsyncClient(base_url=app.url, timeout=60.0, limits=httpx.Limits(max_connections=None)) as client:
        page = read_page((await client.get("config")).json())
        sessions = [Session(client, page) for _ in range(count)]
        talks = (one.talk(every_s * n / count, turns, every_s) for n, one in enumerate(sessions))
        _, among = await asyncio.gather(asyncio.gather(*talks), use_page(app.url, long_ones[1]))
    after = resident_mb(app.process)
    replies = [spent for session in sessions for spent in session.replies_s]
    return {
        "pages": {
            "count": count + 1,
            "every_s": every_s,
            "reply_s": percentiles(replies),
            "memory_mb": {"before": round(before), "after": round(after), "each": round((after - before) / count, 2)},
            "cores": cores.figures(),
        },
        "page_alone": alone,
        "page_among_them": among,
    }
