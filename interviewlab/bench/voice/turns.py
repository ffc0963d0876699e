"""Spoken turns in a real browser: how long from the candidate's last voiced sample to the interviewer's first."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewlab.bench.voice.browser import Caller, Said, chromium, visit
from interviewlab.bench.voice.candidate import Answers, Speaker, open_speaker
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.rooms import open_worker
from interviewlab.bench.voice.served import App, Shelf, env_from, open_shelf, served
from interviewlab.bench.voice.timing import (
    STAGES,
    Answered,
    answered,
    gaps_s,
    longest_quiet_s,
    summary,
    way_out_s,
)
from interviewlab.bench.voice.watch import memory_mb
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats
from interviewlab.types import Plan

if TYPE_CHECKING:
    from playwright.async_api import Browser

TURNS_A_CALL = 13
"""After so many turns a new interview is opened, which gives another greeting."""
REPLY_S = 40.0
"""Without a reply within it an answer was not answered; a late reply must not pass for one to the next answer."""
LATE_S = 5.0
"""After so long nobody believes any more that the interviewer is about to speak: what happened is told."""
PLAN = Plan(type="fundamentals", questions=60, exercises=0, minutes=600)


@dataclass(frozen=True)
class Stage:
    """The app, its record, a browser's page in it, and a candidate's voice."""

    app: App
    shelf: Shelf
    caller: Caller
    speaker: Speaker
    browser: Browser


@dataclass(frozen=True)
class Turn:
    """One answer and what came of it; without a ``reply`` that came after it, it was cut off."""

    reply: Answered | None = None
    latency: dict[str, Any] | None = None
    """As the app noted it."""
    way_out_s: float | None = None
    """From the server to the page's ear."""
    gaps_s: tuple[float, ...] = ()
    """Between the sentences of the reply."""
    quiet_s: float = 0.0
    """The longest quiet inside the reply."""
    is_unanswered: bool = False

    def describe(self) -> str:
        """For people."""
        if self.reply is None:
            return "not answered" if self.is_unanswered else "cut off"
        stages = ", ".join(f"{name} {self.latency[f'{name}_s']:.2f}" for name in STAGES) if self.latency else ""
        return f"{self.reply.voice_to_voice_s:.2f} s (first sound {self.reply.first_sound_s:.2f}; {stages})"


@dataclass
class Tally:
    """What the turns showed."""

    replies: list[Answered] = field(default_factory=list)
    latencies: list[dict[str, Any]] = field(default_factory=list)
    greetings_s: list[float] = field(default_factory=list)
    transport_s: list[float] = field(default_factory=list)
    way_out_s: list[float] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    cut_off: int = 0
    unanswered: int = 0

    @property
    def turns(self) -> int:
        """How many there were."""
        return len(self.replies) + self.cut_off + self.unanswered

    def add(self, turn: Turn) -> None:
        """One more."""
        self.unanswered += turn.is_unanswered
        self.cut_off += turn.reply is None and not turn.is_unanswered
        if turn.reply is None:
            return
        self.replies.append(turn.reply)
        self.gaps_s += turn.gaps_s
        if turn.latency is not None and turn.way_out_s is not None:
            self.latencies.append(turn.latency)
            self.transport_s.append(turn.reply.first_sound_s - turn.latency["total_s"])
            self.way_out_s.append(turn.way_out_s)

    def figures(self) -> dict[str, Any]:
        """As ``bench voice`` prints them."""
        stages = {name: summary([row[f"{name}_s"] for row in self.latencies]) for name in STAGES}
        return {
            "voice_to_voice_s": summary([reply.voice_to_voice_s for reply in self.replies]),
            "first_sound_s": summary([reply.first_sound_s for reply in self.replies]),
            "stages_s": stages | {"transport": summary(self.transport_s), "transport_out": summary(self.way_out_s)},
            "greeting_s": summary(self.greetings_s),
            "gap_between_sentences_s": summary(self.gaps_s),
            "stock_first": sum(reply.is_stock_first for reply in self.replies),
            "cut_off": self.cut_off,
            "unanswered": self.unanswered,
        }


async def measure_turns(settings: Settings, turns: int = 12, **env: str) -> dict[str, Any]:
    """The figures of ``turns`` answers at normal patience, each answer following from what was asked.

    ``env`` are further settings of the app, by their names in capitals.
    """
    tally = Tally()
    async with open_stage(settings, **env) as stage:
        cores = Cores(stage.app.process)
        for first in range(0, turns, TURNS_A_CALL):
            await _interview(stage, tally, min(TURNS_A_CALL, turns - first))
        rest = condition(stage, cores)
    return tally.figures() | rest


def condition(stage: Stage, cores: Cores) -> dict[str, Any]:
    """How the app fared since its first call stood, and before that; how busy the machine was."""
    app, connected = stage.app, stage.caller.notes.connections
    before, since = app.blocks(until=connected[0][0]), app.blocks(since=connected[0][0])
    return {
        "longest_block_s": max((block.seconds for block in since), default=0.0),
        "longest_blocks": [block.describe() for block in sorted(since, key=lambda b: -b.seconds)[:3]],
        "longest_block_before_first_call_s": max((block.seconds for block in before), default=0.0),
        "memory_mb": memory_mb(app.process),
        "machine": cores.figures(),
    }


@asynccontextmanager
async def open_stage(settings: Settings, **env: str) -> AsyncIterator[Stage]:
    """The app in a folder of its own, a browser before it, and the candidate's voice."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        async with (
            served(data_dir, **{**env_from(settings), **env}) as app,
            open_worker(settings, data_dir) if settings.livekit_url else nullcontext(),
            open_shelf(data_dir) as shelf,
            open_speaker(settings) as speaker,
            chromium() as browser,
        ):
            yield Stage(app, shelf, await visit(browser, app.url), speaker, browser)


async def _interview(stage: Stage, tally: Tally, turns: int) -> None:
    interview_id = await stage.shelf.add(PLAN.model_copy(update={"seed": len(tally.greetings_s)}))
    caller, answers, voice = stage.caller, Answers(), len(tally.greetings_s)
    await caller.arrive()
    await caller.open_newest()
    tally.greetings_s.append(await caller.call())
    for _ in range(turns):
        text = answers.to(await stage.shelf.transcript(interview_id))
        audio = await stage.speaker.say(text, voice)
        await hear_out(caller)
        tally.add(turn := await take_turn(caller, audio))
        tell(f"turn {tally.turns}: {turn.describe()}")
    await hear_out(caller)
    await caller.hang_up()


async def hear_out(caller: Caller, within_s: float = 60.0) -> None:
    """Wait until the interviewer has said it all; of one that never does it is told, and the bench goes on."""
    try:
        await caller.until(lambda: caller.notes.is_quiet, within_s)
    except TimeoutError:
        tell(f"the interviewer did not come to rest within {within_s:.0f} s: {caller.notes.state}")


async def take_turn(caller: Caller, audio: Floats) -> Turn:
    """Say an answer; how it was replied to, and what the app itself noted of that."""
    said = await caller.say(audio)
    try:
        await caller.until(lambda: _is_replied(caller, said), REPLY_S)
        await hear_out(caller)
    except TimeoutError:
        tell(f"not answered within {REPLY_S:.0f} s: {caller.notes.account(said.start_s)}")
        return Turn(is_unanswered=True)
    latencies = caller.notes.of_kind("latency", said.end_s)
    heard = said.end_s, caller.notes.sounds, caller.notes.lines()
    reply = answered(*heard)
    if reply is not None and reply.first_sound_s > LATE_S:
        tell(f"a late reply: {caller.notes.account(said.start_s)}")
    return Turn(
        reply=reply,
        latency=latencies[-1] if latencies else None,
        way_out_s=way_out_s(*heard),
        gaps_s=tuple(gaps_s(*heard)),
        quiet_s=longest_quiet_s(said.end_s, caller.notes.sounds),
    )


def _is_replied(caller: Caller, said: Said) -> bool:
    return bool(caller.notes.of_kind("turn", said.start_s)) and any(s.start_s > said.end_s for s in caller.notes.sounds)
