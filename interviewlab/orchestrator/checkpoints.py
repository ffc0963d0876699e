"""Where the working state is kept: a SQLite file, or the Postgres database by URL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import aiosqlite
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from tenacity import AsyncRetrying

from interviewlab.busy import BUSY_TIMEOUT_MS, WHILE_LOCKED
from interviewlab.errors import StoreUnavailable

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

_SETUP_LOCK = 0x1A7E71EC
_POLL_S = 0.05
_OLDER = "thread_id = ? AND checkpoint_id < (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?)"
_PRUNE = tuple(f"DELETE FROM {table} WHERE {_OLDER}" for table in ("writes", "checkpoints"))  # noqa: S608 - all ours


class Checkpoints(Protocol):
    """A checkpointer, and the way to leave no word of a deleted thread behind."""

    @property
    def saver(self) -> BaseCheckpointSaver[Any]:
        """What LangGraph writes to."""

    async def prune(self, thread: str) -> None:
        """Keep the latest checkpoint of a thread alone."""

    async def wipe(self) -> None:
        """Make deleted words unreadable in the files."""

    def translating(self) -> AbstractContextManager[None]:
        """Within it a database that fails is a StoreUnavailable."""


@asynccontextmanager
async def open_checkpoints(place: Path | str, connections: int) -> AsyncIterator[Checkpoints]:
    """Open a file, made where it is missing, or the tables in Postgres. Raises StoreUnavailable."""
    opened = open_file(place) if isinstance(place, Path) else open_tables(place, connections)
    async with opened as checkpoints:
        yield checkpoints


# ---- SQLite


@dataclass(frozen=True)
class _File:
    path: Path
    saver: AsyncSqliteSaver

    async def prune(self, thread: str) -> None:
        async with self.saver.lock:
            for delete in _PRUNE:
                await self.saver.conn.execute(delete, (thread, thread))
            await self.saver.conn.commit()

    async def wipe(self) -> None:
        async with self.saver.lock:
            await self.saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def translating(self) -> AbstractContextManager[None]:
        return _translating_file(self.path)


@asynccontextmanager
async def open_file(path: Path) -> AsyncIterator[Checkpoints]:
    """The checkpoints in a SQLite file. Raises StoreUnavailable."""
    async with aiosqlite.connect(path) as connection:
        saver = AsyncSqliteSaver(connection)
        with _translating_file(path):
            await connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            await AsyncRetrying(**WHILE_LOCKED)(saver.setup)
            # WAL with NORMAL keeps every commit when the process dies, and costs no fsync a turn.
            await connection.execute("PRAGMA synchronous=NORMAL")
            await connection.execute("PRAGMA secure_delete=ON")
        yield _File(path, saver)


@contextmanager
def _translating_file(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(
            f"The working state in {path} cannot be used ({error}).",
            "Check that the disk has space. If the file is broken, move it away: interviews go on from their record.",
        ) from error


# ---- Postgres


@dataclass(frozen=True)
class _Tables:
    saver: BaseCheckpointSaver[Any]

    async def prune(self, thread: str) -> None:
        await self.saver.aprune([thread])

    async def wipe(self) -> None:
        """Nothing to do: Postgres hands deleted rows to nobody, and its own vacuum frees their place."""

    def translating(self) -> AbstractContextManager[None]:
        return _translating_tables()


@asynccontextmanager
async def open_tables(url: str, connections: int) -> AsyncIterator[Checkpoints]:
    """The checkpoints beside the record in Postgres. Raises StoreUnavailable."""
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

    with _translating_tables():
        async with _open_pool(url, connections) as pool:
            async with pool.connection() as connection, _alone(connection):
                # Over this connection, not the pool: whoever holds the lock is the one who makes the tables.
                await AsyncPostgresSaver(connection).setup()
            yield _Tables(AsyncPostgresSaver(pool))


@contextmanager
def _translating_tables() -> Iterator[None]:
    from psycopg import Error

    try:
        yield
    except Error as error:
        said = getattr(getattr(error, "diag", None), "message_primary", None) or type(error).__name__
        raise StoreUnavailable(
            f"The working state in Postgres cannot be used ({said}).",
            "Check that the server of INTERVIEWLAB_DATABASE_URL runs and lets this user in and make tables.",
        ) from error


def _open_pool(url: str, connections: int) -> AsyncConnectionPool[AsyncConnection[dict[str, Any]]]:
    from psycopg import AsyncConnection
    from psycopg.rows import dict_row
    from psycopg_pool import AsyncConnectionPool

    return AsyncConnectionPool(
        url.replace("postgresql+psycopg:", "postgresql:", 1),
        connection_class=AsyncConnection[dict[str, Any]],
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row, "client_encoding": "utf8"},
        min_size=0,
        max_size=connections,
        check=AsyncConnectionPool.check_connection,
        timeout=15,
        open=False,
    )


@asynccontextmanager
async def _alone(connection: AsyncConnection[dict[str, Any]]) -> AsyncIterator[None]:
    """One process at a time makes the tables.

    Asked for again and again rather than waited for: who waits inside a statement would hold up the
    CREATE INDEX CONCURRENTLY of the one who has it.
    """
    while True:
        answer = await connection.execute("SELECT pg_try_advisory_lock(%s) AS is_mine", (_SETUP_LOCK,))
        row = await answer.fetchone()
        if row and row["is_mine"]:
            break
        await asyncio.sleep(_POLL_S)
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock(%s)", (_SETUP_LOCK,))
