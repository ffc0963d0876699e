"""What an earlier release kept opens in this one and goes on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.errors import DataTooNew
from interviewlab.settings import Settings
from interviewlab.types import REPORT_SCHEMA, Report, Transcript
from interviewlab.upgrading import bring_up

OLD = Path(__file__).parents[1] / "data" / "release-0.1"


def unpack(name: str) -> bytes:
    return gzip.decompress((OLD / f"{name}.gz").read_bytes())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("interviewlab.sqlite", "checkpoints.sqlite"):
        (tmp_path / name).write_bytes(unpack(name))
    return Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")


async def test_an_old_database_opens_with_its_interviews_and_reports(settings: Settings) -> None:
    async with open_library(settings) as library:
        assert {each.id: each.is_ended for each in await library.list_interviews()} == {"old-1": True, "old-2": False}
        kept = (await library.get_transcript("old-1")).entries
        report = await library.get_report("old-1")
    assert kept == Transcript.from_jsonl(unpack("transcript.jsonl").decode().splitlines(), interview_id="old-1").entries
    assert report is not None
    assert report == Report.model_validate_json(unpack("report.json"))
    assert report.overall.level == 3


@pytest.mark.parametrize("has_working_state", [True, False])
async def test_an_old_interview_goes_on_where_it_stopped(settings: Settings, has_working_state: bool) -> None:
    if not has_working_state:
        (settings.data_dir / "checkpoints.sqlite").unlink()
    async with open_interview(settings, "old-2") as interview:
        last = await interview.start()
        assert last.turn == 2
        reply = await interview.reply("They check the certificate and agree on a key for the session.")
        assert reply.turn == 3
        assert (await interview.finish()).interview_id == "old-2"


def test_a_report_of_a_newer_release_is_refused_with_what_to_do() -> None:
    newer = json.loads(unpack("report.json")) | {"schema": REPORT_SCHEMA + 1}
    with pytest.raises(DataTooNew, match="Upgrade InterviewLab"):
        Report.model_validate(newer)


def test_a_document_takes_every_step_from_its_version_to_the_present() -> None:
    steps = {1: lambda old: {"said": old["text"]}, 2: lambda old: {"words": old["said"].split()}}
    assert bring_up({"text": "a b"}, 3, steps, "document") == {"words": ["a", "b"], "schema": 3}
    assert bring_up({"schema": 2, "said": "c"}, 3, steps, "document") == {"words": ["c"], "schema": 3}
