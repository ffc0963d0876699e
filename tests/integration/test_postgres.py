"""Postgres in place of SQLite: several processes, one killed; tables made once; a server that goes away."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from interviewlab.bench.crowd import SAYS, bench_crowd
from interviewlab.bench.postgres import PostgresServer, open_postgres
from interviewlab.bootstrap import open_interview, open_library
from interviewlab.errors import StoreUnavailable
from interviewlab.orchestrator.conversation import open_conversation
from interviewlab.settings import Settings
from interviewlab.store.schema import metadata
from interviewlab.store.sql import open_store
from interviewlab.types import InterviewRecord, Plan, UtteranceEntry

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def test_one_of_two_processes_is_killed_and_no_turn_is_lost_or_doubled(postgres: PostgresServer) -> None:
    found = await bench_crowd(postgres.create_database(), interviews=10, processes=2)
    assert (found["lost"], found["different"]) == (0, 0)
    assert found["entries"] >= 10 * 2 * len(SAYS)


async def test_processes_that_open_a_new_database_together_make_the_tables_once(postgres: PostgresServer) -> None:
    url = postgres.create_database()

    async def open_both() -> None:
        async with open_store(url), open_conversation(url):
            pass

    await asyncio.gather(*(open_both() for _ in range(6)))
    with create_engine(url.replace("postgresql:", "postgresql+psycopg:")).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, metadata) == []


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and str(name).startswith("checkpoint"))


async def test_deleting_an_interview_takes_its_working_state_along(postgres: PostgresServer, tmp_path: Path) -> None:
    # A server that was set up without a language gives such databases, whose text has no encoding.
    url = postgres.create_database("SQL_ASCII")
    settings = Settings(data_dir=tmp_path, database_url=url, embedder="scripted", sandbox="scripted")
    async with open_interview(settings, "i1", plan=Plan(type="fundamentals", seed=1)) as interview:
        await interview.start()
        await interview.reply("Yes, I'm ready – très bien.")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), connect_args={"client_encoding": "utf8"})
    with engine.connect() as connection:
        tables = [f"SELECT count(*) FROM {name}" for name in ("checkpoints", "checkpoint_blobs", "entries")]
        assert all(connection.exec_driver_sql(each).scalar_one() for each in tables)
    async with open_library(settings) as library:
        await library.delete_interview("i1")
    with engine.connect() as connection:
        assert [connection.exec_driver_sql(each).scalar_one() for each in tables] == [0, 0, 0]
    beside = [path.name for path in tmp_path.iterdir()]  # noqa: ASYNC240
    assert not [name for name in beside if "sqlite" in name], "nothing is kept beside the server"


async def test_locks_expire_by_the_servers_clock(empty_postgres: str) -> None:
    async with open_store(empty_postgres) as one, open_store(empty_postgres) as other:
        assert await one.acquire("i1", "a", 0.5)
        assert not await other.acquire("i1", "b", 0.5)
        await asyncio.sleep(0.6)
        assert await other.acquire("i1", "b", 30)


async def test_connections_that_the_server_cut_are_replaced(postgres: PostgresServer, empty_postgres: str) -> None:
    async with open_store(empty_postgres) as store:
        await store.create_interview(InterviewRecord(id="i1", owner="a", plan=Plan(), created_at=NOON, updated_at=NOON))
        with create_engine(postgres.url().replace("postgresql:", "postgresql+psycopg:")).connect() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
            connection.exec_driver_sql(cut.format(empty_postgres.rsplit("/", 1)[1]))
        assert (await store.get_interview("i1", "a")).id == "i1"


async def test_a_server_that_went_away_is_one_sentence_that_quotes_nothing() -> None:
    with open_postgres(is_durable=False) as server:
        async with open_store(server.create_database()) as store:
            record = InterviewRecord(id="i1", owner="a", plan=Plan(), created_at=NOON, updated_at=NOON)
            await store.create_interview(record)
            os.kill(server.pid, signal.SIGINT)
            await asyncio.sleep(1)
            with pytest.raises(StoreUnavailable) as refused:
                await store.append("i1", [UtteranceEntry(sequence=0, turn=0, at=NOON, text="private")])
    said = str(refused.value)
    assert "INTERVIEWLAB_DATABASE_URL" in said
    assert "private" not in said
    assert server.password not in said
