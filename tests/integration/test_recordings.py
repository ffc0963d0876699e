"""What was recorded goes when its interview goes, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.errors import NotFound
from interviewlab.settings import Settings
from interviewlab.store.recordings import RecordingShelf
from interviewlab.types import Plan

PLAN = Plan(type="fundamentals", exercises=0, questions=2, seed=3)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")


async def recorded(settings: Settings, interview_id: str, owner: str = "ada") -> Path:
    """An interview that was held and finished, with one recorded call."""
    async with open_interview(settings, interview_id, owner=owner, plan=PLAN) as interview:
        await interview.start()
        await interview.reply("An index is a sorted copy of some columns.")
        await interview.finish()
    path = RecordingShelf(settings.recordings_dir).new(interview_id, 1000.0)
    path.write_bytes(b"a voice")
    return path


async def test_deleting_an_interview_deletes_its_recordings_only(settings: Settings) -> None:
    gone, kept = await recorded(settings, "gone"), await recorded(settings, "kept")
    async with open_library(settings, owner="ada") as library:
        report = await library.get_report("kept")
        await library.delete_interview("gone")
        assert report is not None
        assert await library.get_report("kept") == report
    assert not gone.exists()
    assert kept.read_bytes() == b"a voice"


async def test_a_report_needs_no_recording(settings: Settings) -> None:
    path = await recorded(settings, "mine")
    async with open_library(settings, owner="ada") as library:
        report, transcript = await library.get_report("mine"), await library.get_transcript("mine")
        path.unlink()
        assert await library.get_report("mine") == report
        assert await library.get_transcript("mine") == transcript
        await library.delete_interview("mine")


async def test_deleting_everything_of_a_person_leaves_no_recording_of_theirs(settings: Settings) -> None:
    mine = [await recorded(settings, name) for name in ("one", "../two", "Three")]
    other = await recorded(settings, "hers", owner="bea")
    async with open_library(settings, owner="ada") as library:
        await library.delete_everything()
    assert not any(path.exists() for path in mine)
    assert [path for path in settings.recordings_dir.rglob("*") if path.is_file()] == [other]


async def test_a_stranger_deletes_nobodys_recordings(settings: Settings) -> None:
    path = await recorded(settings, "mine")
    async with open_library(settings, owner="bea") as library:
        with pytest.raises(NotFound):
            await library.delete_interview("mine")
        await library.delete_everything()
    assert path.exists()
