"""The database file: made, migrated, refused, emptied."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import interviewlab.store.engine
from interviewlab.errors import DataTooNew, StoreUnavailable
from interviewlab.store.engine import begin, migrate, open_bare_engine
from interviewlab.store.schema import HEAD, REVISIONS, metadata, to_text
from interviewlab.store.sql import open_store
from interviewlab.types import InterviewRecord, Plan, Resume, ResumeRecord, UtteranceEntry

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOBODY = 65534


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def files_with(folder: Path, words: str) -> list[str]:
    return [file.name for file in folder.iterdir() if words.encode() in file.read_bytes()]


def record(interview_id: str = "i1") -> InterviewRecord:
    return InterviewRecord(id=interview_id, owner="ada", plan=Plan(), created_at=NOON, updated_at=NOON)


async def make(path: Path) -> None:
    async with open_store(url(path)) as store:
        await store.create_interview(record())


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_the_listed_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(interviewlab.store.engine.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert tuple(one.revision for one in reversed(list(script.walk_revisions()))) == REVISIONS
    assert script.get_current_head() == HEAD


async def test_the_migrations_leave_the_tables_of_the_schema(tmp_path: Path) -> None:
    await make(tmp_path / "a.sqlite")
    with create_engine(f"sqlite:///{tmp_path / 'a.sqlite'}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("revision", REVISIONS[:-1])
@pytest.mark.parametrize("into", ["sqlite", "postgres"])
async def test_a_database_of_each_earlier_version_opens_with_its_papers(
    tmp_path: Path, into: str, revision: str, request: pytest.FixtureRequest
) -> None:
    address = url(tmp_path / "a.sqlite") if into == "sqlite" else request.getfixturevalue("postgres").create_database()
    resume = Resume(document={}, text="Ada", source="text")
    row = {"id": "r1", "owner": "ada", "name": "cv", "body": resume.model_dump_json(), "created_at": to_text(NOON)}
    async with open_bare_engine(address) as engine, begin(engine, "BEGIN IMMEDIATE") as connection:
        await connection.run_sync(migrate, revision)
        columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        await connection.execute(text(f"INSERT INTO resumes ({columns}) VALUES ({values})"), row)
    async with open_store(address) as store:
        assert [(one.id, one.resume) for one in await store.list_resumes("ada")] == [("r1", resume)]
        later = NOON + timedelta(days=1)
        assert await store.list_ids("resumes", "ada", later) == ("r1",)
        await store.choose_resume("r1", "ada")
        assert await store.list_ids("resumes", "ada", later) == ()


async def test_a_missing_folder_is_made_and_what_was_kept_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep er" / "a%b.sqlite"
    await make(path)
    async with open_store(url(path)) as store:
        assert await store.get_interview("i1", "ada") == record()


async def test_sqlite_runs_with_a_log_and_keeps_its_promises(tmp_path: Path) -> None:
    async with open_store(url(tmp_path / "a.sqlite")) as store, store._engine.connect() as connection:
        found = {}
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete"):
            found[pragma] = (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one()
    expected = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 15_000, "secure_delete": 1}
    assert found == expected


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    await make(path)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(DataTooNew) as refused:
        async with open_store(url(path)):
            pytest.fail("opened")
    assert "9999" in refused.value.what
    assert "INTERVIEWLAB_DATA_DIR" in refused.value.remedy
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT count(*) FROM interviews").fetchone() == (1,)
    raw.close()


@pytest.mark.parametrize("garbage", [b"this is not a database" * 400, b"SQLite format 3\x00" + b"\xff" * 8000])
async def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(garbage)
    with pytest.raises(StoreUnavailable, match=r"a\.sqlite cannot be used") as refused:
        async with open_store(url(path)):
            pytest.fail("opened")
    assert refused.value.remedy
    assert path.read_bytes() == garbage


async def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="file") as refused:
        async with open_store(url(tmp_path / "file" / "a.sqlite")):
            pytest.fail("opened")
    assert "INTERVIEWLAB_DATA_DIR" in refused.value.remedy


@pytest.mark.parametrize("address", ["no url", "mysql+nodriver://host/db", "sqlite+pysqlite:///x.sqlite"])
async def test_an_unusable_url_is_refused_in_one_sentence(address: str) -> None:
    with pytest.raises(StoreUnavailable) as refused:
        async with open_store(address):
            pytest.fail("opened")
    assert refused.value.remedy


async def test_a_password_in_the_url_is_not_in_the_error() -> None:
    with pytest.raises(StoreUnavailable) as refused:
        async with open_store("postgresql://me:s3cret@127.0.0.1:9/db?connect_timeout=2"):
            pytest.fail("opened")
    assert "s3cret" not in str(refused.value)


def _open_as_nobody(path: Path, answer: Connection) -> None:
    """Root may write anywhere, so a read-only folder needs another user."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)

    async def attempt() -> str:
        try:
            async with open_store(url(path)):
                return "opened"
        except StoreUnavailable as error:
            return str(error)

    answer.send(asyncio.run(attempt()))


@pytest.mark.parametrize("is_new", [True, False])
async def test_a_read_only_folder_is_refused_with_what_to_do(open_to_all: Path, is_new: bool) -> None:
    path = open_to_all / "data" / "a.sqlite"
    path.parent.mkdir()
    if not is_new:
        await make(path)
    path.parent.chmod(0o555)
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_open_as_nobody, args=(path, theirs))
    await asyncio.to_thread(process.start)
    assert await asyncio.to_thread(mine.poll, 30)
    said = mine.recv()
    process.join()
    path.parent.chmod(0o755)
    assert said.startswith(f"Interviews cannot be kept in {path.parent}: it is read-only.")
    assert "INTERVIEWLAB_DATA_DIR" in said


async def test_what_an_owner_deletes_is_gone_from_the_files(tmp_path: Path) -> None:
    secret = "xylophone-bramble-confession"
    async with open_store(url(tmp_path / "a.sqlite")) as store:
        await store.create_interview(record())
        entries = [UtteranceEntry(sequence=n, turn=n, at=NOON, text=secret * 20) for n in range(50)]
        await store.append("i1", entries)
        resume = Resume(document={}, text=secret, source="text")
        await store.add_resume(ResumeRecord(id="r", owner="ada", name="cv", resume=resume, created_at=NOON))
        assert files_with(tmp_path, secret)
        await store.delete_owner("ada")
        assert not files_with(tmp_path, secret)


async def test_an_entry_this_version_cannot_read_is_an_error_that_quotes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    await make(path)
    with sqlite3.connect(path) as raw:
        raw.execute('INSERT INTO entries VALUES (\'i1\', 0, 0, \'sung\', \'{"kind": "sung", "text": "private"}\')')
    raw.close()
    async with open_store(url(path)) as store:
        with pytest.raises(StoreUnavailable) as refused:
            await store.get_entries("i1")
    assert "private" not in str(refused.value)


async def test_a_full_database_says_so_without_quoting_what_was_said(tmp_path: Path) -> None:
    async with open_store(url(tmp_path / "a.sqlite")) as store:
        await store.create_interview(record())
        async with store._engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count=20")
        with pytest.raises(StoreUnavailable, match="full") as refused:
            await store.append("i1", [UtteranceEntry(sequence=0, turn=0, at=NOON, text="private " * 50_000)])
        assert "private" not in f"{refused.value}{refused.value.__cause__}"
        assert await store.get_entries("i1") == ()
