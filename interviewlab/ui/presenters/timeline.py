"""When everything of an interview happened, on one line that can be played: sound as it ran, silences cut short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from interviewlab.types import Entry, Transcript

LONGEST_SILENCE_S = 20.0
"""A longer time in which nothing happens and nothing is recorded takes this long."""


@dataclass(frozen=True)
class Call:
    """One recorded call: where to get it, when it began, how long it is."""

    url: str
    started_at: datetime
    duration_s: float

    @property
    def ended_at(self) -> datetime:
        """When it was over."""
        return self.started_at + timedelta(seconds=self.duration_s)


@dataclass(frozen=True)
class Moment:
    """An entry and its place on the line, seconds."""

    at_s: float
    entry: Entry


@dataclass(frozen=True)
class Timeline:
    """Moments in order, and where each call lies on the same line."""

    moments: tuple[Moment, ...]
    calls: tuple[tuple[float, Call], ...]
    length_s: float


def lay_on_line(transcript: Transcript, calls: Sequence[Call]) -> Timeline:
    """Entries and calls on one line that begins with the first of them. An entry never goes before the last one."""
    instants = [entry.at for entry in transcript.entries]
    instants += [instant for call in calls for instant in (call.started_at, call.ended_at)]
    places = _places(sorted(set(instants)), calls)
    moments, last_s = [], 0.0
    for entry in transcript.entries:
        last_s = max(last_s, places[entry.at])
        moments.append(Moment(last_s, entry))
    laid = tuple((places[call.started_at], call) for call in calls)
    return Timeline(tuple(moments), laid, max(places.values(), default=0.0))


def _places(instants: Sequence[datetime], calls: Sequence[Call]) -> dict[datetime, float]:
    places = dict.fromkeys(instants[:1], 0.0)
    for before, after in pairwise(instants):
        passed_s = (after - before).total_seconds()
        is_recorded = any(call.started_at <= before and after <= call.ended_at for call in calls)
        places[after] = places[before] + (passed_s if is_recorded else min(passed_s, LONGEST_SILENCE_S))
    return places
