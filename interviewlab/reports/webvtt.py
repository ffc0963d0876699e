"""The transcript as WebVTT, to show beside a recording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from interviewlab.reports.plain import to_line
from interviewlab.types import ReplyEntry, Transcript, UtteranceEntry

_WORDS_PER_S = 2.5
"""How fast a reply is spoken, where nothing tells: 150 words a minute."""
_SHORTEST_S = 1.0


def to_webvtt(transcript: Transcript) -> str:
    """A cue for each reply and each utterance (as corrected), named by who speaks.

    Times run from the first entry. An utterance is written when it has been said: it ends there and began as long
    before as its word times tell, or its length suggests. A cue never begins before the last one began.
    """
    cues = [_cue(n, *row) for n, row in enumerate(_timed(transcript), 1)]
    return "\n".join(["WEBVTT", "", *cues])


def _timed(transcript: Transcript) -> Iterator[tuple[float, float, str, str]]:
    said = transcript.utterances()
    start_at = transcript.entries[0].at if transcript.entries else None
    last_s = 0.0
    for entry in transcript.entries:
        if start_at is None or not isinstance(entry, ReplyEntry | UtteranceEntry):
            continue
        text = to_line(entry.text if isinstance(entry, ReplyEntry) else said[entry.turn].text)
        if not text:
            continue
        at_s = _seconds(entry.at, start_at)
        length_s = max(_SHORTEST_S, len(text.split()) / _WORDS_PER_S)
        if isinstance(entry, UtteranceEntry):
            words = said[entry.turn].words
            length_s = max(_SHORTEST_S, words[-1].end_s - words[0].start_s) if words else length_s
            at_s -= length_s
        last_s = max(last_s, at_s)
        yield last_s, last_s + length_s, "Interviewer" if isinstance(entry, ReplyEntry) else "You", text


def _seconds(at: datetime, start_at: datetime) -> float:
    return max(0.0, (at - start_at).total_seconds())


def _cue(number: int, start_s: float, end_s: float, who: str, text: str) -> str:
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{number}\n{_clock(start_s)} --> {_clock(end_s)}\n<v {who}>{plain}\n"


def _clock(seconds: float) -> str:
    whole_ms = round(seconds * 1000)
    hours, rest = divmod(whole_ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
