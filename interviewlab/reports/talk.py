"""The interview word for word, as the last chapter of the HTML page, with an anchor at each turn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from interviewlab.types import (
    MeasuredEntry,
    ReplyEntry,
    ResultEntry,
    RunResult,
    SubmissionEntry,
    Transcript,
    UtteranceEntry,
)


def anchors_by_turn(transcript: Transcript) -> dict[int, int]:
    """For each turn the sequence of the entry a quote should lead to: the candidate's where there is one."""
    anchors = {each.turn: each.sequence for each in reversed(transcript.entries) if isinstance(each, ReplyEntry)}
    said = (each for each in reversed(transcript.entries) if isinstance(each, UtteranceEntry | SubmissionEntry))
    return anchors | {each.turn: each.sequence for each in said}


def to_talk(transcript: Transcript) -> str:
    """A chapter with replies, utterances (as corrected), submissions and how they ran."""
    return "\n".join(
        ["<h2>The interview, word for word</h2>", '<dl class="talk">', *_rows(transcript), "</dl>"],
    )


def _rows(transcript: Transcript) -> Iterator[str]:
    said, anchors = transcript.utterances(), anchors_by_turn(transcript)
    for entry in transcript.entries:
        anchor = f' id="turn-{entry.turn}"' if anchors.get(entry.turn) == entry.sequence else ""
        if isinstance(entry, ReplyEntry):
            yield _row(entry.turn, "Interviewer", escape(entry.text), anchor)
        elif isinstance(entry, UtteranceEntry):
            yield _row(entry.turn, "You", escape(said[entry.turn].text), anchor)
        elif isinstance(entry, SubmissionEntry):
            yield _row(entry.turn, f"Your {entry.language}", f"<pre><code>{escape(entry.code)}</code></pre>", anchor)
        elif isinstance(entry, ResultEntry):
            yield _row(entry.turn, "How it ran", _ran(entry.result), anchor)
        elif isinstance(entry, MeasuredEntry):
            told = ". ".join(each.told for each in (entry.growth, entry.tried) if each)
            yield _row(entry.turn, "Measured afterwards", escape(told), anchor)


def _row(turn: int, who: str, told: str, anchor: str) -> str:
    return f"<dt>{turn} · {who}</dt><dd{anchor}>{told}</dd>"


def _ran(result: RunResult) -> str:
    total = len(result.tests)
    tests = f", {result.passed} of {total} test{'' if total == 1 else 's'} passed" if total else ""
    return result.outcome.replace("_", " ") + tests
