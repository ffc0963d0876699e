"""Who speaks while the interviewer speaks: how soon it falls silent, and whether it goes on after a cough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from interviewlab.bench.voice.browser import Caller, Said
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.sounds import cough, hum
from interviewlab.bench.voice.timing import falls_silent_s, goes_on_s, summary
from interviewlab.bench.voice.turns import PLAN, Stage, condition, hear_out, open_stage
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats
from interviewlab.types import HeardEntry, UtteranceEntry

REPEAT = ("Sorry, could you repeat the question?", "Could you say that again, please?")
BARGES = ("Sorry, before you go on, I would like to hear the question again.", "Wait, could you repeat the question?")
NODS = ("", "Uh-huh.", "Yeah.", "Okay.")
"""What a listener says; the first is a hum, which a mouth of text cannot say."""
INTO_S = 1.2
"""So long the interviewer has been speaking when somebody cuts in."""
LEFT_S = 2.0
"""And so long it would have gone on."""
CHARACTERS_A_SECOND = 15.0
"""Of the embedded voice."""
TRIES = 4


@dataclass
class Disturbed:
    """Replies into which somebody coughed, or said "mm-hm"."""

    trials: int = 0
    never_paused: int = 0
    never_resumed: int = 0
    turns_taken: int = 0
    goes_on_s: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """For the bench."""
        return {
            "trials": self.trials,
            "never_paused": self.never_paused,
            "never_resumed": self.never_resumed,
            "turns_taken": self.turns_taken,
            "goes_on_s": summary(self.goes_on_s),
        }


@dataclass
class Cuts:
    """All trials."""

    silent_s: list[float] = field(default_factory=list)
    went_on: int = 0
    barge_ins: int = 0
    unanswered: int = 0
    recorded: int = 0
    cough: Disturbed = field(default_factory=Disturbed)
    nod: Disturbed = field(default_factory=Disturbed)

    def figures(self) -> dict[str, Any]:
        """For the bench."""
        return {
            "falls_silent_s": summary(self.silent_s),
            "barge_ins": self.barge_ins,
            "went_on": self.went_on,
            "unanswered": self.unanswered,
            "recorded_as_cut_short": self.recorded,
            "cough": self.cough.figures(),
            "nod": self.nod.figures(),
        }


async def measure_barge_in(settings: Settings, turns: int = 20) -> dict[str, Any]:
    """``turns`` replies are cut into: every other one by words, the others by a cough or a nod.

    Silence is that of the page's own ears, from the candidate's first voiced sample; going on counts from the end of
    the cough, so the wait for words after it is part of it.
    """
    cuts = Cuts()
    async with open_stage(settings) as stage:
        cores = Cores(stage.app.process)
        interview_id = await stage.shelf.add(PLAN)
        await stage.caller.open_newest()
        await stage.caller.call()
        for number in range(turns):
            await _trial(stage, cuts, number, interview_id)
        await stage.caller.hang_up()
        entries = (await stage.shelf.transcript(interview_id)).entries
        cuts.recorded = sum(isinstance(entry, HeardEntry) for entry in entries)
        rest = condition(stage, cores)
    return cuts.figures() | rest


async def _trial(stage: Stage, cuts: Cuts, number: int, interview_id: str) -> None:
    if not await _long_reply(stage, number):
        tell(f"trial {number + 1}: no reply was long enough")
        return
    if number % 2 == 0:
        await _barge_in(stage, cuts, number)
    elif number % 4 == 1:
        await _disturb(stage, cuts.cough, cough(number), f"cough {number}", interview_id)
    else:
        said = NODS[number // 4 % len(NODS)]
        audio = await stage.speaker.say(said, number) if said else hum(number)
        await _disturb(stage, cuts.nod, audio, f"nod {number} ({said or 'a hum'})", interview_id)


async def _long_reply(stage: Stage, number: int) -> bool:
    """Ask for the question again until a reply that will go on for a while has been sounding for ``INTO_S``."""
    caller = stage.caller
    for attempt in range(TRIES):
        await hear_out(caller)
        asked = await caller.say(await stage.speaker.say(REPEAT[(number + attempt) % len(REPEAT)], number))
        is_sounding = await _is_so(caller, partial(_has_sounded, caller, asked), 15)
        if is_sounding and len(await _last_reply(caller)) / CHARACTERS_A_SECOND - INTO_S > LEFT_S:
            return True
    return False


async def _last_reply(caller: Caller) -> str:
    """As the page shows it; all of it is there as soon as the turn is taken."""
    replies = caller.page.locator("#transcript [data-reply] .il-words")
    return (await replies.last.inner_text()) if await replies.count() else ""


def _has_sounded(caller: Caller, asked: Said) -> bool:
    """Whether a reply that began after that question is sounding, and has been for ``INTO_S``."""
    sounds = [sound for sound in caller.notes.sounds if sound.start_s > asked.end_s]
    return bool(sounds) and caller.notes.state == "speaking" and caller.notes.now - sounds[0].start_s > INTO_S


async def _is_so(caller: Caller, is_so: Callable[[], bool], within_s: float) -> bool:
    try:
        await caller.until(is_so, within_s)
    except TimeoutError:
        return False
    return True


async def _barge_in(stage: Stage, cuts: Cuts, number: int) -> None:
    caller = stage.caller
    said = await caller.say(await stage.speaker.say(BARGES[number // 2 % len(BARGES)], number))
    await caller.rest(0.5)
    silent_s = falls_silent_s(said.start_s, caller.notes.sounds)
    cuts.barge_ins += 1
    if silent_s is None or silent_s > said.end_s - said.start_s:
        cuts.went_on += 1
    else:
        cuts.silent_s.append(silent_s)
    is_answered = await _is_so(caller, lambda: any(s.start_s > said.end_s for s in caller.notes.sounds), 15)
    cuts.unanswered += not is_answered
    tell(f"barge-in {number + 1}: silent after {silent_s}, {'answered' if is_answered else 'not answered'}")


async def _disturb(stage: Stage, tally: Disturbed, audio: Floats, name: str, interview_id: str) -> None:
    caller = stage.caller
    before = await _utterances(stage, interview_id)
    said = await caller.say(audio)
    await caller.rest(2.5)
    tally.trials += 1
    _note(tally, said, caller, name)
    await hear_out(caller)
    if taken := await _utterances(stage, interview_id) - before:
        tell(f"{name}: taken for an answer: {caller.notes.account(said.start_s)}")
    tally.turns_taken += taken


def _note(tally: Disturbed, said: Said, caller: Caller, name: str) -> None:
    sounds = caller.notes.sounds
    silent_s = falls_silent_s(said.start_s, sounds)
    if silent_s is None or silent_s > said.end_s - said.start_s + 0.5:
        tally.never_paused += 1
        tell(f"{name}: went on")
        return
    after_s = goes_on_s(said.start_s + silent_s, said.end_s, sounds)
    tell(f"{name}: silent after {silent_s:.2f}, goes on after {after_s}")
    if after_s is None:
        tally.never_resumed += 1
    else:
        tally.goes_on_s.append(after_s)


async def _utterances(stage: Stage, interview_id: str) -> int:
    entries = (await stage.shelf.transcript(interview_id)).entries
    return sum(isinstance(entry, UtteranceEntry) for entry in entries)
