"""The app's own voice in the microphone, as laptop speakers bring it there where nothing cancels the echo."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from interviewlab.bench.speech import word_errors
from interviewlab.bench.voice.candidate import Answers
from interviewlab.bench.voice.machine import Cores
from interviewlab.bench.voice.progress import tell
from interviewlab.bench.voice.turns import (
    PLAN,
    TURNS_A_CALL,
    Stage,
    condition,
    hear_out,
    open_stage,
    take_turn,
)
from interviewlab.settings import Settings
from interviewlab.types import HeardEntry, Transcript, UtteranceEntry
from interviewlab.voice.manners import is_echo

ECHO_DB = -12.0
PAUSED_S = 0.5
"""A longer quiet inside a reply: the echo had stopped the voice."""
OTHER_WORDS = 0.5
"""An utterance with so many word errors holds other words than were said."""


@dataclass
class Echoes:
    """What the echo did."""

    turns: int = 0
    to_itself: int = 0
    """Utterances, more than there were answers, that are nothing the candidate said."""
    cut_off: int = 0
    """Answers that became two, for the pause inside them."""
    cut_itself: int = 0
    paused_itself: int = 0
    unanswered: int = 0
    other_words: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)

    def record(self, said: list[str], transcript: Transcript) -> None:
        """One interview: what was said into it and what it recorded."""
        heard = [entry.text for entry in transcript.entries if isinstance(entry, UtteranceEntry)]
        more = max(0, len(heard) - len(said))
        foreign = min(more, sum(not is_echo(text, " ".join(said)) for text in heard))
        self.to_itself += foreign
        self.cut_off += more - foreign
        if more:
            tell(f"{foreign} answers to itself, {more - foreign} cut off; said: {said}; heard: {heard}")
        self.cut_itself += sum(isinstance(entry, HeardEntry) for entry in transcript.entries)
        if len(heard) == len(said):
            errors = [word_errors(*pair) for pair in zip(said, heard, strict=True)]
            self.errors += errors
            self.other_words += sum(wrong > OTHER_WORDS * words for wrong, words in errors)

    def figures(self) -> dict[str, Any]:
        """As ``bench voice`` prints them."""
        words = sum(words for _, words in self.errors)
        return {
            "echo_db": ECHO_DB,
            "turns": self.turns,
            "answers_to_itself": self.to_itself,
            "cut_off": self.cut_off,
            "replies_cut_by_itself": self.cut_itself,
            "replies_paused_by_itself": self.paused_itself,
            "unanswered": self.unanswered,
            "utterances_of_other_words": self.other_words,
            "wer": round(sum(wrong for wrong, _ in self.errors) / words, 4) if words else None,
        }


async def measure_echo(settings: Settings, turns: int = 50) -> dict[str, Any]:
    """``turns`` answers while every word of the app comes back into its microphone 12 dB quieter.

    The browser's own echo canceller is out of the way: a stream of WebAudio is given to getUserMedia.
    """
    echoes = Echoes()
    async with open_stage(settings) as stage:
        cores = Cores(stage.app.process)
        for first in range(0, turns, TURNS_A_CALL):
            await _interview(stage, echoes, min(TURNS_A_CALL, turns - first))
        rest = condition(stage, cores)
    return echoes.figures() | rest


async def _interview(stage: Stage, echoes: Echoes, turns: int) -> None:
    interview_id = await stage.shelf.add(PLAN.model_copy(update={"seed": 100 + echoes.turns}))
    caller, answers, said = stage.caller, Answers(), list[str]()
    await caller.arrive()
    await caller.page.evaluate("gain => { window.bench.echo = gain; }", 10 ** (ECHO_DB / 20))
    await caller.open_newest()
    await caller.call()
    for _ in range(turns):
        text = answers.to(await stage.shelf.transcript(interview_id))
        audio = await stage.speaker.say(text, len(said))
        await hear_out(caller)
        turn = await take_turn(caller, audio)
        said.append(text)
        echoes.turns += 1
        echoes.unanswered += turn.is_unanswered
        echoes.paused_itself += turn.quiet_s > PAUSED_S
        tell(f"echo {echoes.turns}: {turn.describe()}; longest quiet {turn.quiet_s:.2f} s")
    await hear_out(caller)
    await caller.hang_up()
    echoes.record(said, await stage.shelf.transcript(interview_id))
