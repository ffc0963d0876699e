"""From what was noted on one clock to the figures of a reply. Pure; seconds throughout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from statistics import median
from typing import Any

import yaml

from interviewlab.bench.figures import Figures, percentiles
from interviewlab.voice.manners import is_nod

STAGES = ("endpoint", "transcript", "brain", "mouth")
_NEAR_S = 0.2
_SEAM_S = 0.08
"""So much quiet lies between two sentences at least; between the words of one hardly ever."""


@dataclass(frozen=True)
class Sound:
    """A stretch without more than some hundredths of quiet; ``end_s`` is None while it sounds."""

    start_s: float
    end_s: float | None = None


@dataclass(frozen=True)
class Line:
    """A sentence of the interviewer and when its caption came, which is when it began to leave the server."""

    at_s: float
    text: str


@dataclass(frozen=True)
class Answered:
    """How long a reply took from the candidate's last voiced sample."""

    first_sound_s: float
    voice_to_voice_s: float
    """To the first words that depend on the answer."""
    is_stock_first: bool
    """It began with words that would have been said whatever the answer was."""


def answered(said_end_s: float, sounds: Sequence[Sound], lines: Sequence[Line]) -> Answered | None:
    """The first reply after ``said_end_s``; None where none came, or where it sounded before the answer had ended."""
    if any(s.start_s < said_end_s and (s.end_s is None or s.end_s > said_end_s) for s in sounds):
        return None
    later = [sound for sound in sounds if sound.start_s >= said_end_s]
    if not later:
        return None
    first = later[0].start_s
    spoken = [line for line in lines if line.at_s > said_end_s]
    depends = next((n for n, line in enumerate(spoken) if not is_stock(line.text)), None)
    if not depends:
        return Answered(first - said_end_s, first - said_end_s, False)
    expected = spoken[depends].at_s + (first - spoken[0].at_s)
    return Answered(first - said_end_s, _onset(later, expected) - said_end_s, True)


def _onset(sounds: Sequence[Sound], expected_s: float) -> float:
    """The beginning of a sentence: the sound after a seam nearest to where it is expected."""
    starts = [
        after.start_s
        for before, after in pairwise(sounds)
        if before.end_s is not None and after.start_s - before.end_s >= _SEAM_S
    ]
    near = [start for start in starts if abs(start - expected_s) <= _NEAR_S]
    return min(near, key=lambda start: abs(start - expected_s)) if near else expected_s


def is_stock(sentence: str) -> bool:
    """Whether these words may be said whatever the answer was: an acknowledgement and nothing else.

    "Okay, let's go on to something else." is none: it is said only of an answer that was enough.
    """
    plain = _plain(sentence)
    return is_nod(plain) or plain in _acknowledgements()


@lru_cache(maxsize=1)
def _acknowledgements() -> frozenset[str]:
    text = (files("interviewlab.brains") / "phrases.yaml").read_text(encoding="utf-8")
    phrases: dict[str, Any] = yaml.safe_load(text)
    return frozenset(_plain(phrase) for phrase in phrases["acknowledge"])


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z' -]", " ", text.lower()).split())


def way_out_s(said_end_s: float, sounds: Sequence[Sound], lines: Sequence[Line]) -> float | None:
    """From the server to the page's ear: a caption comes as the first sample of its sentence leaves the server."""
    first = next((sound.start_s for sound in sounds if sound.start_s > said_end_s), None)
    line = next((line.at_s for line in lines if line.at_s > said_end_s), None)
    return None if first is None or line is None else first - line


def gaps_s(said_end_s: float, sounds: Sequence[Sound], lines: Sequence[Line]) -> list[float]:
    """The quiet before each sentence of a reply but the first."""
    way_s = way_out_s(said_end_s, sounds, lines)
    if way_s is None:
        return []
    spoken = [line.at_s + way_s for line in lines if line.at_s > said_end_s][1:]
    pairs = [(b.start_s, b.start_s - a.end_s) for a, b in pairwise(sounds) if a.end_s and a.start_s > said_end_s]
    near = [min(pairs, key=lambda pair: abs(pair[0] - expected)) for expected in spoken if pairs]
    return [gap for (start, gap), expected in zip(near, spoken, strict=False) if abs(start - expected) <= _NEAR_S]


def longest_quiet_s(since_s: float, sounds: Iterable[Sound]) -> float:
    """The longest quiet between two sounds that both begin after ``since_s``."""
    inside = [sound for sound in sounds if sound.start_s >= since_s]
    return max((b.start_s - a.end_s for a, b in pairwise(inside) if a.end_s is not None), default=0.0)


def falls_silent_s(from_s: float, sounds: Sequence[Sound], for_s: float = 0.3) -> float | None:
    """How long after ``from_s`` a voice that sounds then goes quiet for ``for_s``; None where it goes on.

    A voice that pauses between two sentences just then counts from the end of what sounded last.
    """
    for number, sound in enumerate(sounds):
        if sound.end_s is None or sound.end_s < from_s - for_s:
            continue
        after = sounds[number + 1].start_s if number + 1 < len(sounds) else float("inf")
        if after - sound.end_s >= for_s and after > from_s:
            return max(0.0, sound.end_s - from_s)
    return None


def goes_on_s(silent_from_s: float, disturbed_until_s: float, sounds: Sequence[Sound]) -> float | None:
    """How long after a disturbance a voice that fell silent by it sounds again; None where it does not."""
    later = [sound.start_s for sound in sounds if sound.start_s > silent_from_s + 0.01]
    return max(0.0, later[0] - disturbed_until_s) if later else None


def to_wall(audio_s: float, clock: Sequence[tuple[float, float]], span_s: float = 1.5) -> float:
    """An audio time on the wall clock, by the median of what both showed around it: frames are rendered in bursts."""
    near = [wall - audio for audio, wall in clock if abs(audio - audio_s) <= span_s]
    offsets = near or [wall - audio for audio, wall in clock[-10:]]
    return audio_s + median(offsets)


def summary(values: Sequence[float]) -> Figures:
    """Percentiles, and for nothing at all ``n`` alone."""
    return percentiles(values) if values else {"n": 0}
