"""Spoken turns in a real browser: how long from the candidate's last voiced sample to the interviewer's first."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interviewlab.bench.voice.browser import Caller, Said, chromium, visit
from interviewlab.bench.voice.candidate import Answers, Speaker, open_speaker
from interviewlab.bench.voice.served import App, Shelf, env_from, open_shelf, served
from interviewlab.bench.voice.timing import STAGES, Answered, answered, longest_common_silence, summary
from interviewlab.bench.voice.watch import memory_mb
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats
from interviewlab.types import Plan

TURNS_A_CALL = 13
"""After so many turns a new interview is opened, which gives another greeting."""
REPLY_S = 15.0
PLAN = Plan(type="fundamentals", questions=60, exercises=0, minutes=600)


@dataclass(frozen=True)
class Stage:
    """The app, its record, a browser's page in it, and a candidate's voice."""

    app: App
    shelf: Shelf
    caller: Caller
    speaker: Speaker


@dataclass
class Tally:
    """What the turns showed."""

    replies: list[Answered] = field(default_factory=list)
    latencies: list[dict[str, Any]] = field(default_factory=list)
    greetings_s: list[float] = field(default_factory=list)
    transport_s: list[float] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    cut_off: int = 0
    unanswered: int = 0

    def add(self, reply: Answered | None, latency: dict[str, Any] | None) -> None:
        """One turn."""
        if reply is None:
            self.cut_off += 1
            return
        self.replies.append(reply)
        if latency is not None:
            self.latencies.append(latency)
            self.transport_s.append(reply.first_sound_s - latency["total_s"])

    def figures(self) -> dict[str, Any]:
        """As ``bench voice`` prints them."""
        stages = {name: summary([row[f"{name}_s"] for row in self.latencies]) for name in STAGES}
        return {
            "voice_to_voice_s": summary([reply.voice_to_voice_s for reply in self.replies]),
            "first_sound_s": summary([reply.first_sound_s for reply in self.replies]),
            "stages_s": stages | {"transport": summary(self.transport_s)},
            "greeting_s": summary(self.greetings_s),
            "gap_between_sentences_s": summary(self.gaps_s),
            "stock_first": sum(reply.is_stock_first for reply in self.replies),
            "cut_off": self.cut_off,
            "unanswered": self.unanswered,
        }


async def measure_turns(settings: Settings, turns: int = 12) -> dict[str, Any]:
    """The figures of ``turns`` answers at normal patience, each answer following from what was asked."""
    tally = Tally()
    async with open_stage(settings) as stage:
        begun = 0.0
        for first in range(0, turns, TURNS_A_CALL):
            await _interview(stage, tally, min(TURNS_A_CALL, turns - first))
            begun = begun or stage.caller.notes.events[0][0]
        await stage.caller.look()
        blocks = stage.app.blocks_s(begun)
        rest = {"longest_block_s": max(blocks, default=0.0), "memory_mb": memory_mb(stage.app.process)}
    return tally.figures() | rest


@asynccontextmanager
async def open_stage(settings: Settings, **env: str) -> AsyncIterator[Stage]:
    """The app in a folder of its own, a browser before it, and the candidate's voice."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        async with (
            served(data_dir, **{**env_from(settings), **env}) as app,
            open_shelf(data_dir) as shelf,
            open_speaker(settings) as speaker,
            chromium() as browser,
        ):
            yield Stage(app, shelf, await visit(browser, app.url), speaker)


async def _interview(stage: Stage, tally: Tally, turns: int) -> None:
    interview_id = await stage.shelf.add(PLAN.model_copy(update={"seed": len(tally.greetings_s)}))
    caller, answers = stage.caller, Answers()
    await caller.arrive()
    await caller.open_newest()
    tally.greetings_s.append(await caller.call())
    for _ in range(turns):
        text = answers.to(await stage.shelf.transcript(interview_id))
        audio = await stage.speaker.say(text)
        await hear_out(caller)
        reply, latency = await take_turn(caller, audio)
        tally.add(reply, latency)
        tell(f"turn {len(tally.replies) + tally.cut_off}: {reply or 'cut off or unanswered'}")
    await hear_out(caller)
    await caller.hang_up()


async def hear_out(caller: Caller, within_s: float = 60.0) -> None:
    """Wait until the interviewer has said it all."""
    await caller.until(lambda: caller.notes.is_quiet, within_s)


async def take_turn(caller: Caller, audio: Floats) -> tuple[Answered | None, dict[str, Any] | None]:
    """Say an answer; how it was replied to, and what the app itself noted of that."""
    said = await caller.say(audio)
    try:
        await caller.until(lambda: _is_replied(caller, said), REPLY_S)
        await hear_out(caller)
    except TimeoutError:
        return None, None
    latencies = caller.notes.of_kind("latency", said.end_s)
    return reply_to(caller, said), latencies[-1] if latencies else None


def reply_to(caller: Caller, said: Said) -> Answered | None:
    """How an answer was replied to."""
    return answered(said.end_s, caller.notes.sounds, caller.notes.lines())


def _is_replied(caller: Caller, said: Said) -> bool:
    return bool(caller.notes.of_kind("turn", said.start_s)) and any(s.start_s > said.end_s for s in caller.notes.sounds)


def gaps_s(caller: Caller, replies: Sequence[tuple[float, float]]) -> list[float]:
    """The longest quiet inside each reply."""
    return [longest_common_silence(caller.notes.sounds, span) for span in replies]


def tell(line: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """For a quick look: three turns."""
    from interviewlab.settings import read_settings

    tell(str(asyncio.run(measure_turns(read_settings(), 3))))


if __name__ == "__main__":
    main()
