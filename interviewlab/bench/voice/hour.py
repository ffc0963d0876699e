"""An hour of talk, compressed: what the engine, the ears, the mouth and the interview keep of it in memory.

Compressed so: in this process, no browser; the voice is taken ten times as fast as it speaks, and nobody thinks before
answering. What is said goes in at its own pace, since turns are taken by the clock. ``talked_s`` is how long the same
talk lasts at the voice's own pace, with ``THOUGHT_S`` before each answer.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import theilslopes

from interviewlab.bench.voice.candidate import open_speaker
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.turns import PLAN
from interviewlab.bench.voice.watch import memory_mb, watched
from interviewlab.bench.voice.wire import Wire, wired
from interviewlab.bootstrap import open_house, open_interview
from interviewlab.realtime import carry_calls, settle, staying_small
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats
from interviewlab.voice.events import TurnTaken
from interviewlab.voice.parts import SpeechParts
from interviewlab.voice.warming import warm_brain

SPEED = 10
THOUGHT_S = 1.0
WARM_SHARE = 0.3
"""Of the turns: while caches fill, memory may grow."""
FLOOR = 10
ANSWERS = (
    "I would measure first, and then decide.",
    "It depends on how often the data changes.",
    "Two keys in one bucket are compared one by one.",
    "I would put a queue in between.",
    "I am not sure, maybe a lock.",
)
REPLY_S = 20.0


async def measure_hour(settings: Settings, turns: int = 470) -> dict[str, Any]:
    """Resident memory of this process over ``turns`` turns; an interview that ends is followed by another."""
    carry_calls()
    parts, memory = SpeechParts(settings), list[float]()
    ears, mouth = await parts.get()
    interviews, sounded_s = 0, 0.0
    began_at, cores = time.monotonic(), Cores()
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        async with open_speaker(settings) as speaker:
            sounds = [await speaker.say(text, n) for n, text in enumerate(ANSWERS)]
        async with open_house(own):  # else the next interview would load its models anew
            await warm_brain(own)
            await asyncio.to_thread(settle)
            async with staying_small(), watched() as longest:
                while len(memory) < turns:
                    interviews += 1
                    async with (
                        open_interview(own, plan=PLAN.model_copy(update={"seed": interviews})) as interview,
                        wired(interview, ears, mouth, "brisk", SPEED) as wire,
                    ):
                        while len(memory) < turns and not interview.progress.is_ended:
                            await _turn(wire, sounds[len(memory) % len(sounds)])
                            memory.append(memory_mb())
                            if len(memory) % 10 == 0:
                                tell(f"turn {len(memory)}: {memory[-1]:.0f} MB")
                        sounded_s += wire.sounded_s
    talked_s = sounded_s + turns * (THOUGHT_S + float(np.mean([s.size for s in sounds])) / EARS_RATE)
    await parts.aclose()
    return {
        "turns": turns,
        "interviews": interviews,
        "talked_s": round(talked_s),
        "took_s": round(time.monotonic() - began_at),
        **growth(memory, talked_s),
        **longest.figures(),
        "machine": cores.figures(),
    }


async def _turn(wire: Wire, audio: Floats) -> None:
    before = sum(isinstance(event, TurnTaken) for event in wire.events)
    sounds = len(wire.sounds)
    await wire.say(audio)
    await wire.until(lambda: sum(isinstance(event, TurnTaken) for event in wire.events) > before, REPLY_S)
    await wire.until(lambda: len(wire.sounds) > sounds and wire.is_quiet, REPLY_S)


def growth(memory: Sequence[float], talked_s: float) -> dict[str, Any]:
    """Megabytes once warm, at the end and at most; the slope since then in MB an hour with its 95 % interval.

    Of each ``FLOOR`` turns the least: the second pass of the ears, which may be under way after a turn, takes a hundred
    megabytes for a moment. The slope is that of Theil and Sen, the median over all pairs
    (https://doi.org/10.1080/01621459.1968.10480934).
    """
    floor = [min(memory[start : start + FLOOR]) for start in range(0, len(memory), FLOOR)]
    rest = np.asarray(floor[int(len(floor) * WARM_SHARE) :])
    hours = np.linspace(0, talked_s / 3600 * rest.size / len(floor), rest.size)
    slope, _, low, high = theilslopes(rest, hours) if rest.size > 1 else (0.0,) * 4
    return {
        "memory_mb_warm": float(rest[0]),
        "memory_mb_last": float(rest[-1]),
        "memory_mb_most": max(memory),
        "growth_mb_an_hour": round(float(slope), 1),
        "growth_mb_an_hour_95": [round(float(low), 1), round(float(high), 1)],
    }
