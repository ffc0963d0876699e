"""Transcripts and reports from elsewhere: read, or refused in one sentence that names line and field."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from interviewlab.errors import BadInput, BadTranscript
from interviewlab.reports import to_webvtt
from interviewlab.types import REPORT_SCHEMA, Transcript
from interviewlab.upgrading import bring_up


def line(kind: str, sequence: int = 0, at: str = "2026-01-01T09:00:00Z", **fields: object) -> str:
    return json.dumps({"sequence": sequence, "turn": sequence, "at": at, "kind": kind, **fields})


def read(*lines: str) -> Transcript:
    return Transcript.from_jsonl(lines, interview_id="i", name="talk.jsonl")


def spoken(end_s: float) -> str:
    return line("utterance", text="hi", words=[{"text": "hi", "start_s": 0, "end_s": end_s}])


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (line("measured", growth={"verdict": "expected"}), "field 'measured.growth': the verdict 'expected' needs"),
        (
            line("measured", growth={"verdict": "not told", "sizes": [1, 2], "times_ms": [1.0]}),
            "field 'measured.growth': it has 2 sizes and 1 times",
        ),
        (
            line("measured", growth={"verdict": "slower", "sizes": [1, 2], "times_ms": [0.0, 1.0]}),
            "field 'measured.growth': the verdict 'slower' needs",
        ),
        (spoken(float("inf")), "field 'utterance.words.0.end_s': input should be a finite number"),
        (spoken(1.5).replace("1.5", "1e999"), "field 'utterance.words.0.end_s': input should be a finite number"),
        ("[" * 100_000, "not a JSON object (nested too deeply)"),
        (f'{{"turn": {"1" * 5000}}}', "not a JSON object (a number is too long)"),
        (line("note", topic="x", data={"a": 0}).replace("0}}", "[" * 900 + "]" * 900 + "}}"), "field 'note.data.a."),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line_and_field(broken: str, told: str) -> None:
    with pytest.raises(BadTranscript, match=re.escape(f"talk.jsonl, line 2: {told}")) as caught:
        read(line("utterance", text="hello"), broken)
    assert len(str(caught.value)) < 300


def test_times_without_a_zone_are_read_as_utc_and_may_stand_beside_others() -> None:
    talk = read(
        line("utterance", 1, at="2026-01-01T09:00:00", text="one"),
        line("utterance", 2, at="2026-01-01T11:00:05+02:00", text="two"),
    )
    assert talk.entries[0].at == datetime(2026, 1, 1, 9, tzinfo=UTC)
    assert "00:00:04.000 --> 00:00:05.000" in to_webvtt(talk)


@pytest.mark.parametrize("version", [0, -3])
def test_a_version_before_the_first_is_refused(version: int) -> None:
    with pytest.raises(BadInput, match=f"This report has schema {version}, and the first one is 1"):
        bring_up({"schema": version}, REPORT_SCHEMA, {}, "report")
