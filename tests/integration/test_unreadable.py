"""What this version cannot read is left out of the lists, told to the log by its id, and can be deleted."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from interviewlab.bootstrap import delete_old, open_library
from interviewlab.settings import Settings
from interviewlab.store.recordings import RecordingShelf
from interviewlab.store.sql import open_store
from interviewlab.ui.handlers.progress import History, get_history
from tests.contract.store_records import NOON, cv, job, record, report, utterance

BODIES = {"interviews": "plan", "resumes": "body", "jobs": "body"}


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """A readable and an unreadable one of everything; both interviews were made from the unreadable papers."""
    settings = Settings(data_dir=tmp_path, retention_days=30.0)
    async with open_store(settings.store_url) as store:
        for one in ("good", "bad"):
            plan = record().plan.model_copy(update={"resume_id": "r-bad", "job_id": "j-bad"})
            await store.create_interview(record(one).model_copy(update={"plan": plan}))
            await store.append(one, [utterance(0)])
            await store.end_interview(one, report(one))
            await store.add_resume(cv(f"r-{one}"))
            await store.add_job(job(f"j-{one}"))
            RecordingShelf(settings.recordings_dir).new(one, 0.0).write_bytes(b"sound")
    with sqlite3.connect(tmp_path / "interviewlab.sqlite") as raw:
        for table, column in BODIES.items():
            for key, body in raw.execute(f"SELECT id, {column} FROM {table} WHERE id LIKE '%bad'").fetchall():
                strange = json.dumps(json.loads(body) | {"a_later_word": "private"}, separators=(",", ":"))
                raw.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (strange, key))
        raw.execute("UPDATE interviews SET report = '{\"private\": 1}' WHERE id = 'bad'")
    raw.close()
    return settings


async def left(settings: Settings) -> set[str]:
    """Every id that is kept, and every interview of which a recording is kept."""
    async with open_store(settings.store_url) as store:
        ids = [one for kind in ("interviews", "resumes", "jobs") for one in await store.list_ids(kind, "ada")]
    return {*ids, *(f"{path.parent.name}.ogg" for path in settings.recordings_dir.rglob("*.ogg"))}


ALL = {"good", "bad", "r-good", "r-bad", "j-good", "j-bad", "good.ogg", "bad.ogg"}


async def test_lists_give_what_can_be_read_and_the_page_is_told_of_the_rest(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_library(settings, owner="ada") as library:
        assert [each.id for each in await library.list_interviews()] == ["good"]
        assert [each.interview_id for each in await library.list_reports()] == ["good"]
        assert [each.id for each in await library.list_resumes()] == ["r-good"]
        assert [each.id for each in await library.list_jobs()] == ["j-good"]
    history = await get_history(settings, "ada")
    assert isinstance(history, History)
    assert (len(history.records), history.unread) == (1, 1)
    assert "bad is left out" in caplog.text
    assert "private" not in caplog.text


async def test_one_is_deleted_by_its_id(settings: Settings) -> None:
    async with open_library(settings, owner="ada") as library:
        await library.delete_interview("bad")
    assert await left(settings) == ALL - {"bad", "bad.ogg"}


@pytest.mark.parametrize("paper", ["r-bad", "j-bad"])
async def test_a_paper_takes_the_interviews_made_from_it_along(settings: Settings, paper: str) -> None:
    async with open_library(settings, owner="ada") as library:
        await (library.delete_resume(paper) if paper.startswith("r") else library.delete_job(paper))
    assert await left(settings) == ALL - {"good", "bad", "good.ogg", "bad.ogg", paper}


async def test_what_is_old_goes(settings: Settings) -> None:
    assert await delete_old(settings, NOON + timedelta(days=31)) == 2
    assert await left(settings) == set()


async def test_everything_goes(settings: Settings) -> None:
    async with open_library(settings, owner="ada") as library:
        await library.delete_everything()
    assert await left(settings) == set()
