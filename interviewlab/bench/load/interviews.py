"""Text interviews held at the same time in this process."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from interviewlab.bench.figures import percentiles
from interviewlab.bench.load.memory import resident_mb
from interviewlab.bench.voice.machine import Cores
from interviewlab.bootstrap import open_interview
from interviewlab.interview import Interview
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from interviewlab.types import Plan

WORDS = 40
"""Of each answer: something is covered, something is left to probe."""


async def hold_many(settings: Settings, count: int, turns: int, every_s: float) -> dict[str, Any]:
    """``count`` interviews, each with a turn every ``every_s``, spread evenly: seconds of a reply, memory of each."""
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        async with AsyncExitStack() as stack:
            warm = await stack.enter_async_context(open_interview(own, plan=_plan(0)))
            await warm.start()
            await warm.reply("Yes, I am ready.")
            before, cores = resident_mb(os.getpid()), Cores()
            held = [await stack.enter_async_context(open_interview(own, plan=_plan(n))) for n in range(1, count + 1)]
            waits = [every_s * n / count for n in range(count)]
            talks = (_talk(one, wait, turns, every_s) for one, wait in zip(held, waits, strict=True))
            replies = [spent for talk in await asyncio.gather(*talks) for spent in talk]
            after = resident_mb(os.getpid())
    return {
        "count": count,
        "every_s": every_s,
        "reply_s": percentiles(replies),
        "memory_mb": {"before": round(before), "after": round(after), "each": round((after - before) / count, 2)},
        "cores": cores.figures(),
    }


async def _talk(interview: Interview, wait_s: float, turns: int, every_s: float) -> list[float]:
    """A greeting, then a turn each ``every_s``; only replies to answers are timed."""
    answers = {question.id: question.answer for question in load_bank().questions}
    begin, spent = time.perf_counter() + wait_s, []
    await asyncio.sleep(wait_s)
    reply = await interview.start()
    for turn in range(1, turns + 1):
        await asyncio.sleep(max(0.0, begin + turn * every_s - time.perf_counter()))
        answer = answers.get(reply.question_id or "", "Yes, I am ready to begin.")
        start = time.perf_counter()
        reply = await interview.reply(" ".join(answer.split()[:WORDS]))
        spent.append(time.perf_counter() - start)
    return spent


def _plan(seed: int) -> Plan:
    return Plan(seed=seed, minutes=100_000, questions=100, exercises=0)
