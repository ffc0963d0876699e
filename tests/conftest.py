"""The ground every test stands on: no setting of this machine or user reaches it, and nothing of it stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parts import need

# Read when langgraph is imported, hence before any test is.
os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"

# What says where parts and data are, or which of them are required; all other settings are cleared.
_KEPT = frozenset(
    f"INTERVIEWLAB_{name}" for name in ("REQUIRE", "DATA", "CACHE_DIR", "WEIGHTS_MIRROR", "IS_OFFLINE", "SCREENSHOTS")
)


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
