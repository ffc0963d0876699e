"""A candidate who speaks: what is answered to a reply, in another voice than the interviewer's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np

from interviewlab.bench.voice.sounds import other_voice
from interviewlab.bootstrap import build_mouth
from interviewlab.candidates.candidate import Candidate
from interviewlab.ports import TextToSpeech
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, set_level, to_float
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Reply, ReplyEntry, Transcript

PITCHES, PACE = (1.12, 0.9, 1.2, 1.04), 0.95
LEVEL_DBFS, PEAK_DBFS = -22.0, -6.0
WORDS = 24
"""An answer's first sentence, and further ones up to so many words."""


class Speaker:
    """Says texts as mono audio at 16 kHz, by one of several voices."""

    def __init__(self, mouth: TextToSpeech) -> None:
        self._mouth = mouth

    async def say(self, text: str, voice: int = 0) -> Floats:
        """The whole text, far from clipping."""
        pieces = [to_float(piece.pcm) async for piece in self._mouth.synthesize(text)]
        whole = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        shifted = other_voice(whole, self._mouth.sample_rate, PITCHES[voice % len(PITCHES)])
        return set_level(shifted, EARS_RATE, LEVEL_DBFS, PEAK_DBFS)


@asynccontextmanager
async def open_speaker(settings: Settings) -> AsyncIterator[Speaker]:
    """The embedded voice at other pitches and at a pace of its own."""
    mouth = build_mouth(settings.model_copy(update={"mouth": "piper-joe", "voice_pace": PACE}))
    try:
        yield Speaker(mouth)
    finally:
        await mouth.aclose()


class Answers:
    """A middling candidate's answers, kept short: what counts here is when they end."""

    def __init__(self) -> None:
        self._candidate = Candidate("middling", "python")

    def to(self, transcript: Transcript) -> str:
        """The answer to the last reply."""
        last = next(entry for entry in reversed(transcript.entries) if isinstance(entry, ReplyEntry))
        reply = Reply(
            turn=last.turn, text=last.text, move=last.move, phase=last.phase, question_id=last.question_id, brain="bank"
        )
        return shortened(str(self._candidate.answer(reply, None)["say"]))


def shortened(text: str) -> str:
    """Whole sentences up to ``WORDS`` words, the first in any case."""
    kept: list[str] = []
    for sentence in split_sentences(text):
        if kept and sum(len(each.split()) for each in [*kept, sentence]) > WORDS:
            break
        kept.append(sentence)
    return " ".join(kept)
