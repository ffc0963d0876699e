"""Recorded calls to be played."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, tag


def to_recordings(calls: Iterable[tuple[str, datetime, float]], zone: tzinfo = UTC) -> Html:
    """A player for each call (address, beginning, seconds); nothing where there are none."""
    players = [_player(number, *call, zone) for number, call in enumerate(calls, 1)]
    if not players:
        return Html()
    note = tag("p", "Your voice is the left channel, the interviewer's the right one.", class_="il-soft")
    return tag("section", tag("h2", "Recorded calls"), note, *players, class_="il-recordings")


def _player(number: int, url: str, started_at: datetime, seconds: float, zone: tzinfo) -> Html:
    minutes, rest = divmod(int(seconds), 60)
    name = f"Call {number}, {labels.moment(started_at, zone)}, {minutes}:{rest:02d} min"
    sound = tag("audio", controls=True, preload="none", src=url, aria_label=name)
    return tag("figure", tag("figcaption", name), sound)
