"""Two wordings of the same interviews are measured and paired by interview."""

from __future__ import annotations

from datetime import UTC, datetime

from evals.what_if import compare_talks
from interviewlab.types import ReplyEntry, Transcript


def test_a_difference_is_paired_by_interview() -> None:
    before = [talk("a", "Okay. Why?"), talk("b", "Right. How so, then?")]
    after = [talk("a", "Thank you for that. Why?"), talk("b", "Thank you for that. How so, then?")]
    figures = {figure.name: figure for figure in compare_talks(before, after)}
    words = figures["words a reply"]
    assert (words.first, words.second, words.difference) == (3.0, 6.0, 3.0)
    assert words.interval == (3.0, 3.0)
    assert figures["replies that ask"].interval == (0.0, 0.0)


def test_one_interview_alone_has_no_interval() -> None:
    figures = compare_talks([talk("a", "Why?")], [talk("a", "And why?")])
    assert {figure.interval for figure in figures} == {None}


def talk(name: str, text: str) -> Transcript:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    reply = ReplyEntry(sequence=0, turn=0, at=at, text=text, move="ask", phase="exploration", brain="bank")
    return Transcript(interview_id=name, entries=(reply,))
