"""Who pauses to think is not cut off, who has finished is answered: both against the length of the pause, as a curve.

In this process and not through a browser, in real time: the voice engine with the ears, the voice activity detector and
the brain of the settings, and a mouth in a hurry, because only the beginning of a reply counts.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewlab.bench.voice.clips import Thought, speech_folder, think_aloud
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.timing import summary
from interviewlab.bench.voice.turns import PLAN
from interviewlab.bench.voice.watch import watched
from interviewlab.bench.voice.wire import Wire, wired
from interviewlab.bootstrap import build_ears, open_interview
from interviewlab.errors import BadInput
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText
from interviewlab.realtime import carry_calls, settle
from interviewlab.settings import Settings
from interviewlab.speech.scripted import ScriptedMouth
from interviewlab.voice.events import Caption
from interviewlab.voice.patience import DELAYS, PATIENCES, Patience

MISSED_S = 3.0
CALL = 13
"""Answers in one call."""
SETTLED_S = 1.0
"""So long nothing comes after the longest wait for more words: what was cut off is answered first."""
HURRY_S = 0.004
"""Seconds a character."""


@dataclass(frozen=True)
class Outcome:
    """What became of one answer; ``delay_s`` from its last voiced sample to the reply, None where it was cut off or no
    reply came."""

    pause_s: float
    is_cut_off: bool
    delay_s: float | None = None

    @property
    def is_missed(self) -> bool:
        """No reply within ``MISSED_S``."""
        return not self.is_cut_off and (self.delay_s is None or self.delay_s > MISSED_S)


async def measure_curves(settings: Settings, turns: int = 65) -> dict[str, Any]:
    """``turns`` cases for each patience. Raises BadInput where the human speech is missing."""
    folder = speech_folder()
    carry_calls()
    ears = build_ears(settings)
    careful = ears.careful()
    if careful is None:
        raise BadInput(f"The ears '{settings.ears}' give no times of words.", "Measure with whisper-base.")
    figures: dict[str, Any] = {}
    try:
        tell("the careful ears find the gaps between the words")
        thoughts = await think_aloud(folder, careful, turns)
        await asyncio.to_thread(settle)
        cores = Cores()
        async with watched() as longest:
            for patience in PATIENCES:
                figures[patience] = to_figures(await _outcomes(settings, ears, thoughts, patience))
    finally:
        await ears.aclose()
    rest = {**longest.figures(), "machine": cores.figures()}
    return {"cases": len(thoughts), **figures, **rest, "transport": "none: in process"}


async def _outcomes(
    settings: Settings, ears: SpeechToText, thoughts: Sequence[Thought], patience: Patience
) -> list[Outcome]:
    """In calls of ``CALL`` answers; one that the interviewer takes for the wish to stop ends its call before."""
    outcomes = list[Outcome]()
    while len(outcomes) < len(thoughts):
        first = len(outcomes)
        with tempfile.TemporaryDirectory() as folder:
            own = settings.model_copy(update={"data_dir": Path(folder)})
            async with (
                open_interview(own, plan=PLAN.model_copy(update={"seed": first})) as interview,
                wired(interview, ears, ScriptedMouth(HURRY_S), patience) as wire,
            ):
                for thought in thoughts[first : first + CALL]:
                    before = len(wire.events)
                    outcomes.append(outcome := await _try(wire, thought, patience))
                    tell(f"{patience} {len(outcomes)}: {outcome} after '{thought.after}' of clip {thought.clip}")
                    if outcome.is_missed or interview.progress.is_ended:
                        tell(f"{wire.state}, the interview {_standing(interview)}; said: {_captions(wire, before)}")
                    if interview.progress.is_ended:
                        break
    return outcomes


def _standing(interview: Interview) -> str:
    return "has ended" if interview.progress.is_ended else "goes on"


def _captions(wire: Wire, since: int) -> str:
    return " | ".join(f"{e.who}: {e.text}" for e in wire.events[since:] if isinstance(e, Caption) and e.is_final)


async def _try(wire: Wire, thought: Thought, patience: Patience) -> Outcome:
    paused, before = thought.paused, len(wire.sounds)
    saying = await wire.say(paused.audio)
    ended_at = saying.at(paused.end_s)
    is_cut_off = any(sound.start_s < ended_at for sound in wire.sounds[before:])
    delay_s = None if is_cut_off else await _delay_s(wire, before, ended_at)
    await _settle(wire, DELAYS[patience].unsure_s + SETTLED_S)
    return Outcome(thought.inserted_s, is_cut_off, delay_s)


async def _delay_s(wire: Wire, before: int, ended_at: float) -> float | None:
    try:
        await wire.until(lambda: len(wire.sounds) > before, 2 * MISSED_S)
    except TimeoutError:
        return None
    return wire.sounds[before].start_s - ended_at


async def _settle(wire: Wire, settled_s: float) -> None:
    """Until nothing more comes, so that the next answer is an answer of its own."""
    seen = -1
    while seen != len(wire.events):
        seen = len(wire.events)
        try:
            await wire.until(lambda: wire.is_quiet, 60)
        except TimeoutError:
            return tell(f"the interviewer did not come to rest: {wire.state}")
        await asyncio.sleep(settled_s)


def to_figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """One patience: cut-offs for each length of pause, the delay, missed ends."""
    lengths = sorted({outcome.pause_s for outcome in outcomes})
    whole = [outcome for outcome in outcomes if not outcome.is_cut_off]
    return {
        "cut_off": {str(length): _share([o for o in outcomes if o.pause_s == length]) for length in lengths},
        "cut_off_up_to_1s": _share([o for o in outcomes if o.pause_s <= 1.0])["share"],
        "cut_off_up_to_2s": _share([o for o in outcomes if o.pause_s <= 2.0])["share"],
        "missed": round(sum(o.is_missed for o in whole) / len(whole), 4) if whole else None,
        "delay_s": summary([o.delay_s for o in whole if o.delay_s is not None]),
    }


def _share(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    cut = sum(outcome.is_cut_off for outcome in outcomes)
    return {"share": round(cut / len(outcomes), 4) if outcomes else None, "n": len(outcomes)}
