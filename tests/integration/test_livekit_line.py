"""What a page is told where there is no room to speak in: one sentence each, before any microphone is asked for."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from livekit import rtc

from interviewlab.bootstrap import open_interview
from interviewlab.doctor import examine_livekit
from interviewlab.errors import BadInput, InterviewEnded, InterviewLabError, NotFound
from interviewlab.settings import Settings
from interviewlab.store.sql import open_store
from interviewlab.types import Plan
from interviewlab.voice.livekit_job import room_of
from interviewlab.voice.livekit_lease import PRESENCE
from interviewlab.voice.livekit_line import LiveKitLine
from tests.integration.livekit_stage import free_port, livekit_server, settings_for
from tests.integration.test_livekit_security import token

PLAN = Plan(type="fundamentals", exercises=0, questions=1, seed=3)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with livekit_server() as server:
        yield settings_for(server, tmp_path_factory.mktemp("line"))


async def refusal(settings: Settings) -> str:
    """What ``invite`` says."""
    async with open_interview(settings, plan=PLAN) as interview:
        line = LiveKitLine(settings)
        with pytest.raises(InterviewLabError) as refused:
            await line.invite("local", interview.id)
        await line.aclose()
    return str(refused.value)


async def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    gone = settings.model_copy(update={"livekit_url": f"ws://127.0.0.1:{free_port()}"})
    said = await refusal(gone)
    assert "does not answer" in said
    assert "livekit-dev" in said


async def test_a_wrong_key_is_named(settings: Settings) -> None:
    said = await refusal(settings.model_copy(update={"livekit_key": "somebody"}))
    assert "does not accept our key" in said


async def test_a_worker_that_does_not_run_is_named_at_once(settings: Settings) -> None:
    async with asyncio.timeout(5):
        said = await refusal(settings)
    assert said.startswith("No interviewer is running. Start one with `interviewlab worker`")


async def test_the_doctor_says_whether_a_worker_waits(settings: Settings) -> None:
    alone = await examine_livekit(settings)
    async with open_store(settings.store_url) as store:
        await store.acquire(PRESENCE, "a worker", 30)
        waited_for = await examine_livekit(settings)
        await store.release(PRESENCE, "a worker")
    assert (alone.ok, waited_for.ok) == (True, True)
    assert alone.detail.endswith("answers; no worker waits for rooms: interviewlab worker")
    assert waited_for.detail.endswith("answers; a worker waits for rooms")


async def test_a_room_with_a_stranger_in_it_is_full(settings: Settings) -> None:
    line = LiveKitLine(settings)
    async with open_interview(settings, plan=PLAN) as interview:
        with pytest.raises(InterviewLabError, match="No interviewer"):
            await line.invite("local", interview.id)
        stranger = rtc.Room()
        room = room_of(interview.id, settings.livekit_secret.get_secret_value())
        await stranger.connect(settings.livekit_url, token(settings, room, identity="mallory"))
        with pytest.raises(InterviewLabError, match="is full"):
            await line.invite("local", interview.id)
        await stranger.disconnect()
    await line.aclose()


async def test_a_strangers_interview_and_one_that_ended_get_no_ticket(settings: Settings) -> None:
    line = LiveKitLine(settings)
    async with open_interview(settings, plan=PLAN, owner="alice") as interview:
        with pytest.raises(NotFound):
            await line.invite("mallory", interview.id)
        await interview.finish()
        with pytest.raises(InterviewEnded):
            await line.invite("alice", interview.id)
    await line.aclose()


@pytest.mark.parametrize(
    "wrong",
    [{"livekit_url": ""}, {"livekit_url": "localhost:7880"}, {"livekit_key": ""}, {"livekit_secret": "secret"}],
)
def test_settings_that_name_no_server_are_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    whole = {"livekit_url": "ws://127.0.0.1:7880", "livekit_key": "key", "livekit_secret": "0123456789abcdef" * 2}
    with pytest.raises(BadInput, match=r"LIVEKIT|LiveKit"):
        LiveKitLine(Settings(data_dir=tmp_path, **(whole | wrong)))


def test_livekit_dev_prints_the_settings_and_stops_when_asked() -> None:
    port = free_port()
    with livekit_server():  # there is one, or the test is skipped
        pass
    command = [sys.executable, "-m", "interviewlab", "livekit-dev", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(3)]
    assert lines[0] == f"INTERVIEWLAB_LIVEKIT_URL=ws://127.0.0.1:{port}"
    assert lines[1] == "INTERVIEWLAB_LIVEKIT_KEY=interviewlab"
    assert len(lines[2].removeprefix("INTERVIEWLAB_LIVEKIT_SECRET=")) >= 32
    busy = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert busy.returncode == 2
    assert f"Something answers on port {port} already." in busy.stderr
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
