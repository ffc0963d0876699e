"""Recorded calls on the page: to their owner, by addresses nobody can guess, as long as the files are there."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.settings import Settings
from interviewlab.store.recordings import RecordingShelf
from interviewlab.types import Plan
from interviewlab.ui.door.doorkeeper import OWNER
from interviewlab.ui.handlers.recordings import ADDRESS_S, Playable, RecordingDesk
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.presenters.recordings import to_recordings

PLAN = Plan(type="fundamentals", exercises=0, questions=2, seed=3)
BEGAN = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted", is_offline=True)


def opus(seconds: float) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=48_000, layout="stereo")
        for number in range(round(seconds * 50)):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1920), np.int16), format="s16", layout="stereo")
            frame.sample_rate, frame.pts = 48_000, number * 960
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


async def recorded(settings: Settings) -> str:
    async with open_interview(settings, owner="ada", plan=PLAN) as interview:
        RecordingShelf(settings.recordings_dir).new(interview.id, BEGAN.timestamp()).write_bytes(opus(2.0))
        return interview.id


async def fetch(desk: RecordingDesk, url: str, owner: str = "ada", **headers: str) -> httpx.Response:
    app = FastAPI()
    desk.mount(app)

    async def let_in(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, OWNER: owner}, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(let_in), base_url="http://here") as client:
        return await client.get(url, headers=headers)


async def listed(desk: RecordingDesk, interview_id: str) -> Playable:
    calls = await desk.list_recordings("ada", interview_id)
    assert not isinstance(calls, Trouble)
    return calls[0]


async def test_owner_gets_an_address_that_plays_the_call_also_from_the_middle(settings: Settings) -> None:
    desk = RecordingDesk(settings)
    call = await listed(desk, await recorded(settings))
    assert call.started_at == BEGAN
    assert call.duration_s == pytest.approx(2.0, abs=0.1)
    whole = await fetch(desk, f"/{call.url}")
    assert whole.content.startswith(b"OggS")
    assert whole.headers["content-type"] == "audio/ogg"
    part = await fetch(desk, f"/{call.url}", Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])


async def test_stranger_is_told_of_no_call_and_guesses_none(settings: Settings) -> None:
    desk = RecordingDesk(settings)
    interview_id = await recorded(settings)
    assert isinstance(await desk.list_recordings("eve", interview_id), Trouble)
    call = await listed(desk, interview_id)
    assert (await fetch(desk, f"/{call.url}", owner="eve")).status_code == 404
    for guess in ("recordings/guessed", f"recordings/{interview_id}", "recordings/..%2F..%2Finterviewlab.sqlite"):
        assert (await fetch(desk, f"/{guess}")).status_code == 404


async def test_deleted_call_and_stale_address_play_nothing(settings: Settings) -> None:
    now = [0.0]
    desk = RecordingDesk(settings, lambda: now[0])
    interview_id = await recorded(settings)
    call = await listed(desk, interview_id)
    now[0] = ADDRESS_S + 1
    assert (await fetch(desk, f"/{call.url}")).status_code == 404
    fresh = await listed(desk, interview_id)
    assert (await fetch(desk, f"/{fresh.url}")).status_code == 200
    async with open_library(settings, owner="ada") as library:
        await library.delete_interview(interview_id)
    assert (await fetch(desk, f"/{fresh.url}")).status_code == 404


def test_each_call_has_a_player_with_a_name() -> None:
    shown = str(to_recordings([("recordings/a", BEGAN, 61.0), ("recordings/b", BEGAN, 5.4)]))
    assert re.findall(r'<audio[^>]*src="([^"]+)"', shown) == ["recordings/a", "recordings/b"]
    assert "Call 1, 23 Nov 2026, 09:05 UTC, 1:01 min" in shown
    assert "Call 2, 23 Nov 2026, 09:05 UTC, 0:05 min" in shown
    assert to_recordings([]) == ""
