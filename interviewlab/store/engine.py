"""From a URL to a usable, migrated database, or one clear sentence why not."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from tenacity import Retrying

from interviewlab.busy import BUSY_TIMEOUT_MS, WHILE_LOCKED
from interviewlab.errors import DataTooNew, StoreUnavailable, to_install
from interviewlab.store.schema import HEAD, REVISIONS

CONNECTIONS = 5
"""Connections that a process opens to Postgres at most."""
BEGIN = "interviewlab_begin"
"""Execution option: the statement that opens a transaction on SQLite; empty opens none."""
_MIGRATION_LOCK = 0x1A7E71EB
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    # What a person deletes must not stay readable in free pages.
    "PRAGMA secure_delete=ON",
)


@asynccontextmanager
async def open_engine(
    url: str, connections: int = CONNECTIONS, *, is_snapshot: bool = False
) -> AsyncIterator[AsyncEngine]:
    """A migrated engine, disposed of at the end; on Postgres it opens up to ``connections``.

    With ``is_snapshot`` each transaction sees the database as it was when it began; SQLite always does that. Raises
    StoreUnavailable, DataTooNew.
    """
    async with open_bare_engine(url, connections) as engine:
        async with begin(engine, "BEGIN") as connection:
            revision = await connection.run_sync(_read_revision)
        if revision != HEAD:
            async with begin(engine, "BEGIN IMMEDIATE") as connection:
                await connection.run_sync(migrate, HEAD)
        is_server = engine.dialect.name != "sqlite"
        yield engine.execution_options(isolation_level="REPEATABLE READ") if is_snapshot and is_server else engine


@asynccontextmanager
async def open_bare_engine(url: str, connections: int = CONNECTIONS) -> AsyncIterator[AsyncEngine]:
    """An engine whose database may have any revision or none. Raises StoreUnavailable."""
    # At DEBUG the driver logs every statement with its values: what was said, and whole CVs.
    logging.getLogger("aiosqlite").setLevel(logging.INFO)
    address = _to_async_url(url)
    if address.get_backend_name() == "sqlite":
        _prepare_folder(address)
    engine = _build_engine(address, connections)
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def begin(engine: AsyncEngine, statement: str) -> AsyncIterator[AsyncConnection]:
    """One transaction, committed at the end; a database that fails is a StoreUnavailable."""
    try:
        async with engine.execution_options(**{BEGIN: statement}).begin() as connection:
            yield connection
    except (DBAPIError, PoolTimeout) as error:
        raise _unusable(engine.url, error) from error


def _unusable(address: URL, error: DBAPIError | PoolTimeout) -> StoreUnavailable:
    if address.get_backend_name() == "sqlite":
        cause = error.orig if isinstance(error, DBAPIError) else error
        return StoreUnavailable(
            f"The database {address.database} cannot be used: {cause}.",
            "Check that the disk has space and the file is whole and writable, "
            "or name another folder with INTERVIEWLAB_DATA_DIR.",
        )
    return StoreUnavailable(
        f"The database {address.database} on {address.host or 'this machine'} cannot be used: {_server_words(error)}.",
        "Check that the server of INTERVIEWLAB_DATABASE_URL runs, has space and lets this user in, and that it allows "
        "INTERVIEWLAB_DATABASE_CONNECTIONS for each process.",
    )


def _server_words(error: DBAPIError | PoolTimeout) -> str:
    """The server's own sentence without its DETAIL, which quotes the row, and the driver's first line without it."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    said = getattr(getattr(cause, "diag", None), "message_primary", None)
    return str(said or cause or "no connection was free in time").split("\n")[0].rstrip(".")


def _to_async_url(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(
            "The database URL is not one SQLAlchemy understands.", "Correct or unset INTERVIEWLAB_DATABASE_URL."
        ) from error
    return address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))


def _build_engine(address: URL, connections: int) -> AsyncEngine:
    try:
        # Parameters hold what was said: they must not travel in an error's text.
        engine = create_async_engine(address, hide_parameters=True, **_engine_options(address, connections))
    except (ArgumentError, InvalidRequestError, ImportError) as error:
        raise StoreUnavailable(
            f"There is no asynchronous driver here for a {address.drivername} database: {error}.",
            f"For Postgres: {to_install('scale')}.",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _engine_options(address: URL, connections: int) -> dict[str, Any]:
    """For SQLite: no transactions of the driver's own making, so that ``_begin`` alone decides.

    For Postgres: a bounded pool that tries a connection before it lends it, so that a restarted server is no error.
    Text is UTF-8 even where the server was set up with no encoding (SQL_ASCII), whose text the driver gives as bytes.
    """
    if address.get_backend_name() == "sqlite":
        return {"connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000}}
    text = {"client_encoding": "utf8"}
    return {"pool_size": connections, "max_overflow": 0, "pool_pre_ping": True, "connect_args": text}


def _set_pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        Retrying(**WHILE_LOCKED)(cursor.execute, pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers take the write lock at once: one that began by reading could not wait for it."""
    if statement := connection.get_execution_options().get(BEGIN, "BEGIN"):
        connection.exec_driver_sql(statement)


def _prepare_folder(address: URL) -> None:
    if not address.database or address.database == ":memory:":
        return
    path = Path(address.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path.parent, error.strerror or str(error)) from error
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _unwritable(path.parent, "it is read-only")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise _unwritable(path, "it is read-only")


def _unwritable(path: Path, why: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"Interviews cannot be kept in {path}: {why}.",
        "Make it writable, or name another folder with INTERVIEWLAB_DATA_DIR.",
    )


def _read_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if revision is not None and revision not in REVISIONS:
        raise DataTooNew(
            f"The database was written by a newer version of InterviewLab (revision {revision}).",
            "Upgrade InterviewLab or name another INTERVIEWLAB_DATA_DIR.",
        )
    return revision


def migrate(connection: Connection, revision: str) -> None:
    """Upgrade to ``revision`` inside the one open transaction; whoever comes second finds the work done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    if _read_revision(connection) == revision:
        return
    # Half a second to import, needed once in the life of a database.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
