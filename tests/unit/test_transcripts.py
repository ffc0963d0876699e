"""Transcripts and reports from elsewhere: read, or refused in one sentence that names line and field."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interviewlab.errors import BadInput, BadTranscript
from interviewlab.reports import to_webvtt
from interviewlab.transcripts import read_transcript
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
        (spoken(1.5).replace("hi", "hi \\ud83d"), "field 'text': half of a surrogate pair"),
        (line("note", topic="x", data={"a": [{"b": "\udc00"}]}), "field 'data.a.0.b': half of a surrogate pair"),
        (line("note", topic="x", data={"a": {"\ud83d": 1}}), "field 'data.a': half of a surrogate pair"),
        (line("note", topic="x", data={"a": 0}).replace("0}}", "[" * 900 + "]" * 900 + "}}"), "field 'note.data.a."),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line_and_field(broken: str, told: str) -> None:
    with pytest.raises(BadTranscript, match=re.escape(f"talk.jsonl, line 2: {told}")) as caught:
        read(line("utterance", text="hello"), broken)
    assert len(str(caught.value)) < 300


def test_a_whole_pair_of_surrogates_is_a_character() -> None:
    assert read(line("utterance", text="\U0001f600")).utterances()[0].text == "\U0001f600"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_transcript_is_read_packed_or_not_with_a_byte_order_mark_or_without(
    tmp_path: Path, mark: bytes, packed: bool
) -> None:
    raw = mark + line("utterance", text="hello").encode()
    path = tmp_path / ("talk.jsonl.gz" if packed else "talk.jsonl")
    path.write_bytes(gzip.compress(raw) if packed else raw)
    talk = read_transcript(path)
    assert (talk.interview_id, talk.utterances()[0].text) == ("talk", "hello")


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("talk.jsonl", b"{}\n\xff", "talk.jsonl, line 2: not UTF-8 at byte 4 of the file"),
        ("talk.jsonl.gz", b"no gzip", "talk.jsonl.gz cannot be read"),
        ("talk.jsonl.gz", gzip.compress(b"{}" * 999)[:-9], "talk.jsonl.gz cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, raw: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(BadInput, match=re.escape(told)):
        read_transcript(tmp_path / name)


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
