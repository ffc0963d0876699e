"""Several rooms shared by two workers, the busier of which dies; ``interviewlab bench rooms`` does it with twenty."""

from __future__ import annotations

import shutil

import pytest

from interviewlab.bench.rooms import bench_rooms
from interviewlab.settings import Settings
from interviewlab.voice.livekit_dev import VERSION
from tests.parts import need

pytestmark = pytest.mark.timeout(600)


async def test_rooms_of_a_worker_that_is_killed_are_taken_over_and_nothing_is_lost_or_said_twice() -> None:
    built = Settings().cache_dir / "livekit-server" / VERSION / "server"
    is_here = built.is_file() or shutil.which("livekit-server") or shutil.which("go")
    need("livekit", bool(is_here), "no livekit-server, and no Go to build one")
    found = await bench_rooms(Settings(), rooms=3, workers=2, hears_out=False)
    assert found["killed_with"] > 0
    assert found["completed"] == 3
    assert (found["lost"], found["different"], found["said_twice"]) == (0, 0, 0)
