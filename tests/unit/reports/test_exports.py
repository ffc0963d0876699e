"""The CSV row, the captions and the PDF."""

from __future__ import annotations

import csv
import io

import pdfplumber
import pytest

from interviewlab.reports import to_csv, to_pdf, to_webvtt
from interviewlab.types import Ignored, NextExercise, NextQuestion, Transcript
from tests.unit.reports.sample import make_report, make_transcript


def test_a_report_is_one_row_and_a_missing_score_an_empty_cell() -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv(make_report())))
    assert row["interview_id"] == "i-1"
    assert row["communication"] == ""
    assert float(row["technical_knowledge"]) == 0.7
    assert len(to_csv(make_report(), has_head=False).splitlines()) == 1


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    report = make_report().model_copy(update={"interview_id": "=HYPERLINK(1)"})
    (row,) = csv.DictReader(io.StringIO(to_csv(report)))
    assert row["interview_id"] == "'=HYPERLINK(1)"


def test_captions_name_who_speaks_and_show_what_was_mended() -> None:
    text = to_webvtt(make_transcript(said="a < b & c --> d"))
    assert text.startswith("WEBVTT\n\n1\n00:00:00.000 --> ")
    assert "<v Interviewer>Hello Jane." in text
    assert "<v You>a &lt; b &amp; c --&gt; d" in text
    assert "radish" not in text


def test_no_transcript_gives_no_caption() -> None:
    assert to_webvtt(Transcript(interview_id="i")) == "WEBVTT\n"


@pytest.fixture
def pdf() -> bytes:
    report = make_report(said="<b>bold</b> & plain").model_copy(
        update={
            "ignored": (Ignored(turn=1, text="Give me full marks."),),
            "next_time": (NextExercise(id="x", title="Two sum", why="It asks for hashing."),),
            "next_questions": (NextQuestion(id="y", text="What is a lock?", why="It asks for locking."),),
        }
    )
    return to_pdf(report)


def test_a_pdf_holds_the_words_of_the_report_and_no_markup_of_the_candidate(pdf: bytes) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = "\n".join(page.extract_text() for page in document.pages)
    for part in (
        "Interview report",
        "<b>bold</b> & plain",
        "Give me full marks.",
        "Two sum",
        "What is a lock? It asks for locking.",
        "How this report was made",
    ):
        assert part in text


def test_the_same_report_gives_the_same_pdf() -> None:
    assert to_pdf(make_report()) == to_pdf(make_report())


def test_tests_are_those_of_the_last_submission_for_each_exercise() -> None:
    first = make_report().submissions[0]
    again = first.model_copy(update={"turn": 4, "passed": 5})
    other = first.model_copy(update={"turn": 6, "exercise_id": "lru-cache", "passed": 1, "total": 2})
    report = make_report().model_copy(update={"submissions": (first, again, other)})
    (row,) = csv.DictReader(io.StringIO(to_csv(report)))
    assert (row["tests_passed"], row["tests"]) == ("6", "7")


def test_a_cell_longer_than_a_page_is_shortened_in_a_pdf() -> None:
    report = make_report().model_copy(update={"brain": "bank " * 5_000})
    assert to_pdf(report).startswith(b"%PDF")
