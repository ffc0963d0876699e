"""The ground every test stands on: no setting of this machine or user reaches it, and nothing of it stays."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

from interviewlab.bench.postgres import PostgresServer, find_binaries, open_postgres
from tests.parts import need

# Read when langgraph is imported, hence before any test is.
os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"

settings.register_profile("no clock", deadline=None)  # machines are noisy, and no test is of speed
settings.load_profile("no clock")

# What says where parts and data are, or which of them are required; all other settings are cleared.
_KEPT = frozenset(
    f"INTERVIEWLAB_{name}"
    for name in (
        "REQUIRE",
        "DATA",
        "CACHE_DIR",
        "WEIGHTS_MIRROR",
        "IS_OFFLINE",
        "SCREENSHOTS",
        "NOTEBOOKS_FAST",
    )
)

_ALONE = (
    "tests/browser/",
    "tests/contract/test_sandbox_contract",
    "tests/integration/test_killed_",
    "tests/integration/test_livekit_",
    "tests/integration/test_manners",
    "tests/integration/test_push_to_talk",
    "tests/integration/test_rooms",
    "tests/integration/test_resume_child_limits",
    "tests/integration/test_voice_",
    "tests/unit/bench/test_voice_",
    "tests/unit/voice/",
)
"""Tests in which a voice or a browser has the time that a candidate's machine gives it: nothing may run beside them;
and bombs of processes, which would starve what runs beside them.
The others share the processors (see ``scripts/test.sh``)."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what must run alone, by its path."""
    for item in items:
        if item.path.relative_to(config.rootpath).as_posix().startswith(_ALONE):
            item.add_marker("alone")


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings of the process that runs the tests are put away, and interviews go to a folder of their own."""
    from interviewlab.settings import Settings

    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.startswith("INTERVIEWLAB_") and each not in _KEPT]:
            patch.delenv(name)
        patch.setenv("INTERVIEWLAB_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The shared benchmark data, which no user has: ``INTERVIEWLAB_DATA`` says where it is."""
    folder = Path(os.environ.get("INTERVIEWLAB_DATA") or "/nonexistent")
    need("data", (folder / "short_answers").is_dir(), "INTERVIEWLAB_DATA names no folder with the benchmark data")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A Postgres server for the whole run, started by the first test that asks."""
    need("postgres", find_binaries() is not None, "no initdb; install the package postgresql")
    with open_postgres(is_durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def migrated(postgres: PostgresServer) -> str:
    """The URL of a database with all tables, shared by the tests that empty it first."""
    from interviewlab.store.sql import open_store

    url = postgres.create_database()

    async def migrate() -> None:
        async with open_store(url):
            pass

    # In a thread: the test that asks has a loop of its own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, migrate()).result()
    return url


@pytest.fixture
def empty_postgres(migrated: str) -> str:
    """The URL of that database with nothing in its tables."""
    import psycopg

    with psycopg.connect(migrated, autocommit=True) as connection:
        connection.execute(
            "DELETE FROM interviews; DELETE FROM locks; DELETE FROM resumes; DELETE FROM jobs; DELETE FROM accounts"
        )
    return migrated
