"""Several interviews spoken at once: the browsers that speak share the two cores with the app."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from interviewlab.bench.voice.browser import Caller, visit
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.turns import PLAN, Stage, Tally, condition, hear_out, open_stage, take_turn
from interviewlab.bench.voice.watch import memory_mb
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats

CALLS = 4
SETTLE_S = 3.0
ANSWERS = (
    "I would measure first, because a cache only helps when the same question is asked many times.",
    "A hash function spreads the keys over the buckets, and two keys in one bucket are compared one by one.",
    "I have not used that in production, but I would read the plan and look for a full scan.",
    "It depends on how often the data changes and how old an answer may be.",
    "I would put a queue in between, so that a slow consumer does not hold up the others.",
    "The lock is taken before the read and given back after the write.",
)


async def measure_four(settings: Settings, turns: int = 24) -> dict[str, Any]:
    """``turns`` answers in all, by ``CALLS`` callers at the same time, and the memory that each further one took."""
    tally, memory = Tally(), list[float]()
    async with open_stage(settings) as stage:
        sounds = [await stage.speaker.say(text, n) for n, text in enumerate(ANSWERS)]
        memory.append(memory_mb(stage.app.process))
        callers = [stage.caller, *[await visit(stage.browser, stage.app.url) for _ in range(CALLS - 1)]]
        for number, caller in enumerate(callers):
            tally.greetings_s.append(await _enter(stage, caller, number))
            memory.append(memory_mb(stage.app.process))
            tell(f"call {number + 1}: {memory[-1]:.0f} MB")
        cores = Cores(stage.app.process)
        share = max(1, turns // CALLS)
        await asyncio.gather(*(_talk(caller, sounds, tally, n, share) for n, caller in enumerate(callers)))
        rest = condition(stage, cores)
    return tally.figures() | rest | {"calls": CALLS, "memory_mb_by_call": memory, **further(memory)}


def further(memory: Sequence[float]) -> dict[str, float]:
    """What the first call took, and each one after it on average; ``memory`` begins with the app at rest."""
    return {
        "first_call_mb": round(memory[1] - memory[0], 1),
        "further_call_mb": round((memory[-1] - memory[1]) / max(1, len(memory) - 2), 1),
    }


async def _enter(stage: Stage, caller: Caller, number: int) -> float:
    await stage.shelf.add(PLAN.model_copy(update={"seed": 200 + number}))
    await caller.arrive()
    await caller.open_newest()
    greeting_s = await caller.call()
    await caller.rest(SETTLE_S)
    return greeting_s


async def _talk(caller: Caller, sounds: Sequence[Floats], tally: Tally, number: int, turns: int) -> None:
    for turn in range(turns):
        await hear_out(caller)
        tally.add(taken := await take_turn(caller, sounds[(number + turn) % len(sounds)]))
        tell(f"caller {number + 1}, turn {turn + 1}: {taken.describe()}")
    await hear_out(caller)
