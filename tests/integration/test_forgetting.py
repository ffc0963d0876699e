"""What is old goes by itself, and somebody goes with all that is theirs when the operator says so."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewlab.bootstrap import delete_old, open_accounts, open_library
from interviewlab.cli.commands import app
from interviewlab.settings import Settings
from interviewlab.store.recordings import RecordingShelf
from interviewlab.store.sql import open_store
from tests.contract.store_records import NOON, cv, record, utterance

DAY_MIN = 24 * 60


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, retention_days=30.0)


async def keep(settings: Settings, **owners: tuple[str, int]) -> None:
    """An interview with a word and a recording for each, and a CV of ada's."""
    async with open_store(settings.store_url) as store:
        for one, (owner, days) in owners.items():
            await store.create_interview(record(one, owner, minutes=days * DAY_MIN))
            await store.append(one, [utterance(0)])
            RecordingShelf(settings.recordings_dir).new(one, 0.0).write_bytes(b"sound")
        await store.add_resume(cv("r1", "ada"))


async def left(settings: Settings, owner: str) -> list[str]:
    async with open_library(settings, owner=owner) as library:
        return [each.id for each in (*await library.list_interviews(), *await library.list_resumes())]


async def test_what_is_older_than_is_kept_goes_with_its_recordings(settings: Settings) -> None:
    await keep(settings, old=("ada", 0), new=("ada", 20), alone=("bob", 1))
    assert await delete_old(settings.model_copy(update={"retention_days": 0.0}), NOON + timedelta(days=900)) == 0
    assert await delete_old(settings, NOON + timedelta(days=29)) == 0
    assert await delete_old(settings, NOON + timedelta(days=31, hours=1)) == 2
    assert await left(settings, "ada") == ["new"]
    assert await left(settings, "bob") == []
    assert len(list(settings.recordings_dir.rglob("*.ogg"))) == 1


def test_forget_asks_and_then_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWLAB_DATA_DIR", str(settings.data_dir))
    asyncio.run(keep(settings, mine=("local", 0), hers=("ada", 0)))
    asked = CliRunner().invoke(app, ["forget"], input="n\n")
    assert asked.exit_code != 0
    assert asyncio.run(left(settings, "local")) == ["mine"]
    done = CliRunner().invoke(app, ["forget", "--yes"])
    assert "Everything is deleted." in done.output
    assert asyncio.run(left(settings, "local")) == []
    assert asyncio.run(left(settings, "ada")) == ["hers", "r1"]


def test_forget_takes_an_account_with_all_that_is_its_own(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWLAB_DATA_DIR", str(settings.data_dir))

    async def sign_up() -> tuple[str, str]:
        async with open_accounts(settings) as accounts:
            token = await accounts.sign_up("ada", "correct horse battery")
            return token, str(await accounts.owner_of(token))

    async def is_known(token: str) -> bool:
        async with open_accounts(settings) as accounts:
            return await accounts.owner_of(token) is not None

    token, owner = asyncio.run(sign_up())
    asyncio.run(keep(settings, hers=(owner, 0), mine=("local", 0)))
    wrong = CliRunner().invoke(app, ["forget", "--yes", "--account", "adda"])
    assert wrong.exit_code != 0
    assert asyncio.run(is_known(token))
    done = CliRunner().invoke(app, ["forget", "--yes", "--account", "ada"])
    assert done.exit_code == 0, done.output
    assert asyncio.run(left(settings, owner)) == []
    assert not asyncio.run(is_known(token))
    assert not list(settings.recordings_dir.rglob("hers/*"))
    assert asyncio.run(left(settings, "local")) == ["mine"]
