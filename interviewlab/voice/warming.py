"""A short interview with nobody, so that the first answer of the first candidate finds its patterns compiled.

A brain reads files and compiles what it listens for when it first needs it: seconds of work, which hold up all calls of
a worker, and of a worker that takes many rooms over at the worst moment.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from interviewlab.bootstrap import open_interview
from interviewlab.settings import Settings
from interviewlab.types import Plan

_PLAN = Plan(type="fundamentals", exercises=0, questions=1, seed=0)
_SAYS = ("Yes, I'm ready.", "First I would look at the query plan, because it shows whether an index is used.")


async def warm_brain(settings: Settings) -> None:
    """Make the brain of this process ready; what is said is kept nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        stand_ins = {"brain": "bank", "embedder": "scripted", "sandbox": "scripted"}
        own = settings.model_copy(update={"data_dir": Path(folder), "database_url": "", **stand_ins})
        await asyncio.to_thread(asyncio.run, _talk(own))


async def _talk(settings: Settings) -> None:
    async with open_interview(settings, plan=_PLAN) as interview:
        await interview.start()
        for said in _SAYS:
            await interview.reply(said)
