"""Real people's speech, and pauses put into it where they stop to think."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interviewlab.bench.speech import Clip, load_clips
from interviewlab.bench.voice.sounds import Paused, with_pause
from interviewlab.errors import BadInput
from interviewlab.ports import SpeechToText
from interviewlab.speech.audio import EARS_RATE, Floats, from_wav, set_level
from interviewlab.speech.resampling import resample
from interviewlab.types import Word

PAUSES_S = (0.5, 1.0, 1.5, 2.0, 2.5)
LEVEL_DBFS, PEAK_DBFS = -24.0, -3.0
FIRST_WORDS, LAST_WORDS = 2, 2
"""Nobody pauses to think before so many words, or with so few left."""


@dataclass(frozen=True)
class Thought:
    """An answer with a pause for thought in it, ``inserted_s`` longer than its speaker made it; ``after`` is the word
    before the pause."""

    clip: int
    inserted_s: float
    paused: Paused
    after: str


def speech_folder() -> Path:
    """The shared human speech. Raises BadInput."""
    folder = Path(os.environ.get("INTERVIEWLAB_DATA", "../shared/data")) / "speech"
    if not (folder / "manifest.json").exists():
        raise BadInput(f"There is no human speech in {folder}.", "Set INTERVIEWLAB_DATA to the folder with the data.")
    return folder


def load_noises(folder: Path) -> list[Floats]:
    """The noises beside the speech, at ``EARS_RATE``."""
    sounds = (from_wav(path.read_bytes()) for path in sorted(folder.glob("noise*.wav")))
    return [resample(audio, rate, EARS_RATE) for audio, rate in sounds]


async def think_aloud(folder: Path, ears: SpeechToText, cases: int) -> list[Thought]:
    """Clips with an odd number (the even ones have fitted the model), each pause in turn, each cut elsewhere."""
    odd = list(enumerate(load_clips(folder)))[1::2]
    timed = [await _timed(number, clip, ears) for number, clip in odd[:cases]]
    usable = [each for each in timed if len(each[2]) > FIRST_WORDS + LAST_WORDS]
    return [_cut(*usable[n % len(usable)], number=n, clips=len(usable)) for n in range(cases)]


async def _timed(number: int, clip: Clip, ears: SpeechToText) -> tuple[int, Clip, tuple[Word, ...]]:
    return number, clip, (await ears.transcribe(clip.audio)).words


def _cut(number_of_clip: int, clip: Clip, words: Sequence[Word], number: int, clips: int) -> Thought:
    gaps = range(FIRST_WORDS, len(words) - LAST_WORDS)
    choice = np.random.default_rng(number).permutation(list(gaps))
    before = int(choice[number // clips % len(choice)])
    pause_s = PAUSES_S[(number + number // clips) % len(PAUSES_S)]
    at_s = (words[before].end_s + words[before + 1].start_s) / 2
    audio = set_level(clip.audio, EARS_RATE, LEVEL_DBFS, PEAK_DBFS)
    return Thought(number_of_clip, pause_s, with_pause(audio, at_s, pause_s), words[before].text)
