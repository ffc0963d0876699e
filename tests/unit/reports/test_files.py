from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.errors import BadInput, StoreUnavailable
from interviewlab.reports import files, to_markdown, write_report
from interviewlab.types import Report, Transcript
from tests.unit.reports.sample import make_report, make_transcript

NAMES = ["report.csv", "report.html", "report.json", "report.md", "report.pdf", "transcript.jsonl", "transcript.vtt"]


def test_a_finished_interview_is_seven_files(tmp_path: Path):
    folder = tmp_path / "new" / "folder"
    report, transcript = make_report(), make_transcript()
    write_report(report, transcript, folder)
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    lines = (folder / "transcript.jsonl").read_text(encoding="utf-8").splitlines()
    assert Transcript.from_jsonl(lines, interview_id="i-1") == transcript
    assert Report.model_validate_json((folder / "report.json").read_text(encoding="utf-8")) == report
    assert (folder / "report.md").read_text(encoding="utf-8") == to_markdown(report)
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_writing_again_replaces_and_leaves_nothing_else(tmp_path: Path):
    write_report(make_report("first words"), make_transcript(), tmp_path)
    write_report(make_report("second words"), make_transcript(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES
    assert "first words" not in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_a_folder_that_is_a_file_gives_one_clear_sentence(tmp_path: Path):
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(StoreUnavailable, match=r"could not be written to .*out: .*Choose a folder"):
        write_report(make_report(), make_transcript(), tmp_path / "out")


def test_a_file_that_cannot_be_replaced_leaves_no_half_written_one(tmp_path: Path):
    (tmp_path / "report.json").mkdir()
    (tmp_path / "report.json" / "kept").write_text("kept")
    with pytest.raises(StoreUnavailable):
        write_report(make_report(), make_transcript(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "transcript.jsonl", "transcript.vtt"]


def test_a_pdf_that_cannot_be_made_stops_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(report: Report) -> bytes:
        raise BadInput("The report does not fit on the pages of a PDF.", "Use report.html, which holds the same.")

    assert write_report(make_report(), make_transcript(), tmp_path / "whole") == ""
    monkeypatch.setattr(files, "to_pdf", fail)
    told = write_report(make_report(), make_transcript(), tmp_path / "part")
    assert told.startswith("There is no report.pdf. The report does not fit")
    assert sorted(path.name for path in (tmp_path / "part").iterdir()) == [n for n in NAMES if n != "report.pdf"]
