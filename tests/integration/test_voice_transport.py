"""Calls over real WebRTC, the browser's part played by aiortc on this machine: who may speak, and where."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from interviewlab.bootstrap import open_interview
from interviewlab.errors import SpeechFailed
from interviewlab.settings import Settings
from interviewlab.speech.scripted import ScriptedMouth
from interviewlab.store.recordings import RecordingShelf
from interviewlab.types import Plan, UtteranceEntry
from interviewlab.ui.handlers.views import Invitation, Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.voice.breathing import PAUSE_S
from interviewlab.voice.fastrtc_transport import ELSEWHERE, VoiceLine, _Call
from interviewlab.voice.frames import FRAME_S, OUT_RATE
from interviewlab.voice.patience import LOST_S
from interviewlab.voice.trouble import UNFORESEEN, time_is_over

PLAN = Plan(type="fundamentals", exercises=0, questions=2, seed=3)
OFFER = "/webrtc/offer"
HELD_BACK = 10
"""More frames than aiortc's end of a call keeps back until others come."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, embedder="scripted", sandbox="scripted", ears="scripted", mouth="scripted", voice_calls=1
    )


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[VoiceLine, httpx.AsyncClient]]:
    app, line = FastAPI(), VoiceLine(settings)
    line.mount(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        yield line, client
    await line.aclose()


class Caller:
    """A browser: one track of silence, one data channel, and what came by it."""

    def __init__(self, track: AudioStreamTrack | None = None) -> None:
        self.connection = RTCPeerConnection()
        self.events: list[dict[str, Any]] = []
        self.connection.addTrack(track or AudioStreamTrack())
        self.channel = self.connection.createDataChannel("text")
        self.channel.on("message", lambda data: self.events.append(json.loads(data)))

    async def call(self, client: httpx.AsyncClient, ticket: str) -> dict[str, Any]:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        body = {"sdp": self.connection.localDescription.sdp, "type": "offer", "webrtc_id": ticket}
        told: dict[str, Any] = (await client.post(OFFER, json=body)).json()
        if "sdp" in told:
            await self.connection.setRemoteDescription(RTCSessionDescription(told["sdp"], told["type"]))
        return told

    async def until(self, kind: str, within_s: float = 15.0) -> dict[str, Any]:
        async with asyncio.timeout(within_s):
            while kind not in [event.get("kind") for event in self.events]:  # noqa: ASYNC110 - pyee tells no one else
                await asyncio.sleep(0.05)
        return next(event for event in self.events if event.get("kind") == kind)


class Tone(AudioStreamTrack):
    """A microphone beside a tuning fork."""

    async def recv(self) -> Any:
        silence: Any = await super().recv()
        times = (silence.pts + np.arange(silence.samples)) / silence.sample_rate
        tone = (8000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
        frame.pts, frame.sample_rate, frame.time_base = silence.pts, silence.sample_rate, silence.time_base
        return frame


class Vanishing(AudioStreamTrack):
    """A microphone on a line that is cut after a second."""

    left = 50

    async def recv(self) -> Any:
        if not self.left:
            await asyncio.Event().wait()
        self.left -= 1
        return await super().recv()


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    made = Caller()
    yield made
    await made.connection.close()


async def test_call_with_a_ticket_greets_in_that_interview(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        told = await caller.call(client, line.mint(interview.id, "local"))
        assert told["type"] == "answer"
        caption = await caller.until("caption")
        greeting = (await interview.transcript()).replies()[0].text
        assert caption["who"] == "interviewer"
        assert greeting.startswith(caption["text"])
        assert line.is_full
        other = await Caller().call(client, line.mint(interview.id, "local"))
        assert other["meta"]["error"] == "server_full"


async def test_what_the_caller_says_arrives_as_it_was_said(settings: Settings) -> None:
    caller = Caller(Tone())
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        await caller.until("caption")
        await asyncio.sleep(2.0)
        (call,) = line.calls
        assert call._is_led
        assert call._canceller is not None
        heard = call._canceller._heard.samples(1.0)
        await caller.connection.close()
    spectrum = np.abs(np.fft.rfft(heard))
    assert abs(np.argmax(spectrum) * 8000 / heard.size - 440) < 5
    assert 4000 < np.abs(heard).max() < 12_000


async def test_hanging_up_frees_the_place_and_the_next_call_says_the_last_reply_again(
    settings: Settings, caller: Caller
) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        first = await caller.until("caption")
        await caller.connection.close()
        async with asyncio.timeout(10):
            while line.is_full:  # noqa: ASYNC110 - aiortc tells only the server's side
                await asyncio.sleep(0.05)
        again = Caller()
        await again.call(client, line.mint(interview.id, "local"))
        assert (await again.until("caption"))["text"] == first["text"]
        await again.connection.close()
        assert sorted((await interview.transcript()).replies()) == [0]


async def test_a_call_from_another_window_ends_the_one_before_it(settings: Settings, caller: Caller) -> None:
    settings = settings.model_copy(update={"voice_calls": 3})
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        await caller.until("caption")
        (older,) = line.calls
        another = Caller()
        await another.call(client, line.mint(interview.id, "local"))
        await another.until("caption")
        assert older not in line.calls
        assert (await caller.until("trouble"))["sentence"] == ELSEWHERE
        assert caller.events[-1] == {"kind": "state", "state": "ended"}
        await another.connection.close()


async def test_a_line_that_is_lost_is_closed_without_a_goodbye_and_gives_its_place_back(settings: Settings) -> None:
    caller = Caller(Vanishing())
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        await caller.until("caption")
        async with asyncio.timeout(2 * LOST_S):
            while caller.channel.readyState != "closed":  # noqa: ASYNC110 - pyee tells no one else
                await asyncio.sleep(0.05)
            while line.calls or line.is_full:  # noqa: ASYNC110 - it is shut down by the side
                await asyncio.sleep(0.05)
        await caller.connection.close()
    assert {"kind": "state", "state": "ended"} not in caller.events


async def test_a_call_that_has_lasted_as_long_as_one_may_says_so_and_ends(settings: Settings, caller: Caller) -> None:
    brief = settings.model_copy(update={"voice_minutes": 0.02})
    async with open_interview(brief, plan=PLAN) as interview, serving(brief) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        assert (await caller.until("trouble"))["sentence"] == time_is_over(0.02)
        async with asyncio.timeout(10):
            while caller.events[-1] != {"kind": "state", "state": "ended"}:  # noqa: ASYNC110 - pyee tells no one else
                await asyncio.sleep(0.05)
        assert caller.channel.readyState == "open"


async def test_hold_by_the_data_channel_is_answered_and_nonsense_is_not(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        await caller.until("caption")
        caller.channel.send("nonsense")
        caller.channel.send('{"kind": "patience", "patience": "patient"}')
        caller.channel.send('{"kind": "hold", "is_on": true}')
        async with asyncio.timeout(5):
            while {"kind": "state", "state": "held"} not in caller.events:  # noqa: ASYNC110 - pyee tells no one else
                await asyncio.sleep(0.05)


async def test_what_is_typed_before_the_call_has_begun_is_answered_and_no_state_is_told(
    settings: Settings, caller: Caller
) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await line.parts.get()
        line.parts._mouth = SlowMouth()
        caller.channel.on("open", lambda: caller.channel.send(json.dumps({"kind": "say", "text": "I am ready."})))
        await caller.call(client, line.mint(interview.id, "local"))
        async with asyncio.timeout(20):
            while [e["turn"] for e in caller.events if e.get("kind") == "turn"] != [0, 1]:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)
        said = [e for e in (await interview.transcript()).entries if isinstance(e, UtteranceEntry)]
    assert [(entry.text, entry.source) for entry in said] == [("I am ready.", "typed")]
    assert [event["state"] for event in caller.events if event.get("kind") == "state"][:2] == ["connecting", "thinking"]


class SlowMouth(ScriptedMouth):
    """Its greeting is long in the making; then the voice breaks."""

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        if is_awaited:
            await asyncio.sleep(3.0)
            raise SpeechFailed("The voice is not there.", "Read.")


class NoMouth(ScriptedMouth):
    """Something that nobody foresaw."""

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        raise KeyError("voice")


async def test_a_call_that_cannot_begin_is_told_and_ends(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await line.parts.get()
        line.parts._mouth = NoMouth()
        await caller.call(client, line.mint(interview.id, "local"))
        assert (await caller.until("trouble"))["sentence"] == UNFORESEEN
        async with asyncio.timeout(10):
            while caller.events[-1] != {"kind": "state", "state": "ended"}:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)
        assert not line.calls


async def test_a_typed_answer_by_the_data_channel_is_one_turn(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        await caller.until("caption")
        caller.channel.send(json.dumps({"kind": "say", "text": "Yes, I am ready."}))
        caller.channel.send(json.dumps({"kind": "say", "text": ""}))
        async with asyncio.timeout(15):
            while [e["turn"] for e in caller.events if e.get("kind") == "turn"] != [0, 1]:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)
        said = [e for e in (await interview.transcript()).entries if isinstance(e, UtteranceEntry)]
    assert [(entry.text, entry.source) for entry in said] == [("Yes, I am ready.", "typed")]


@pytest.mark.parametrize("is_recorded", [True, False])
async def test_a_call_is_recorded_only_where_the_candidate_agreed(
    settings: Settings, caller: Caller, is_recorded: bool
) -> None:
    shelf = RecordingShelf(settings.recordings_dir)
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local", is_recorded))
        await caller.until("caption")
        await asyncio.sleep(2.0)
        await caller.connection.close()
        async with asyncio.timeout(10):
            while line.calls:  # noqa: ASYNC110 - aiortc tells only the server's side
                await asyncio.sleep(0.05)
        kept = shelf.of(interview.id)
    assert len(kept) == is_recorded
    assert all(2.0 < recording.duration_s < 15.0 for recording in kept)


async def test_no_ticket_no_call_and_a_used_one_is_none(settings: Settings, caller: Caller) -> None:
    async with serving(settings.model_copy(update={"voice_calls": 3})) as (line, client):
        assert (await caller.call(client, "guessed"))["meta"]["error"] == "bad_ticket"
        ticket = line.mint("any", "local")
        assert (await Caller().call(client, ticket))["type"] == "answer"
        assert (await Caller().call(client, ticket))["meta"]["error"] == "bad_ticket"


@pytest.mark.parametrize("kind", ["answer", "pranswer", "rollback", ""])
async def test_what_is_no_offer_takes_no_place(settings: Settings, caller: Caller, kind: str) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        ticket = line.mint(interview.id, "local")
        for name in ("guessed", ticket):
            told = await client.post(OFFER, json={"type": kind, "sdp": "v=0", "webrtc_id": name})
            assert told.json()["meta"]["error"] == "bad_offer"
        assert not line.is_full
        assert (await caller.call(client, ticket))["type"] == "answer"


async def test_an_offer_that_cannot_be_read_gives_its_place_back(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        ticket = line.mint(interview.id, "local")
        told = await client.post(OFFER, json={"type": "offer", "sdp": "v=0\r\nm=audio x y z\r\n", "webrtc_id": ticket})
        assert told.json()["meta"]["error"] == "bad_offer"
        assert not line.is_full
        async with asyncio.timeout(10):
            while line.calls:  # noqa: ASYNC110 - it is shut down by the side
                await asyncio.sleep(0.05)
        assert (await caller.call(client, line.mint(interview.id, "local")))["type"] == "answer"


async def test_packets_are_dated_by_the_clock_through_a_silence(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "local"))
        track = caller.connection.getReceivers()[0].track
        times = list[tuple[float, float]]()
        async with asyncio.timeout(30):
            while len(times) <= HELD_BACK or times[-1][1] - times[-2][1] < 1.0:
                frame: Any = await track.recv()
                times.append((time.monotonic(), float(frame.pts * frame.time_base)))
    (came, dated), (came_after, dated_after) = times[-1 - HELD_BACK], times[-1]
    assert dated_after - dated >= PAUSE_S
    assert abs((dated_after - dated) - (came_after - came)) < 0.3


async def test_a_held_up_loop_dates_what_it_sends_next_by_the_clock(settings: Settings) -> None:
    call = _Call(VoiceLine(settings))
    await call.emit()
    before = time.monotonic()
    time.sleep(0.5)  # noqa: ASYNC251 - this is what holds it up
    await call.emit()
    since_s = time.monotonic() - before
    (first, _), (second, _) = call.said.get_nowait(), call.said.get_nowait()
    assert abs((second - first) / OUT_RATE - since_s) <= FRAME_S


async def test_ticket_for_a_strangers_interview_hears_nothing(settings: Settings, caller: Caller) -> None:
    async with open_interview(settings, owner="alice", plan=PLAN) as interview, serving(settings) as (line, client):
        await caller.call(client, line.mint(interview.id, "mallory"))
        trouble = await caller.until("trouble")
        assert trouble["sentence"]
        assert not [event for event in caller.events if event.get("kind") == "caption"]
        assert (await interview.transcript()).entries == ()


def test_doors_that_ask_for_no_ticket_are_shut(settings: Settings) -> None:
    app = FastAPI()
    VoiceLine(settings).mount(app)
    client = TestClient(app)
    assert client.post("/telephone/incoming").status_code == 404
    for path in ("/websocket/offer", "/telephone/handler"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(path) as socket:
            socket.receive_text()


async def test_desk_invites_the_owner_and_no_one_else(settings: Settings) -> None:
    desk = VoiceDesk(settings)
    desk.app = FastAPI()
    async with open_interview(settings, owner="alice", plan=PLAN) as interview:
        steps = [step async for step in desk.invite("alice", interview.id)]
        assert isinstance(steps[-1], Invitation)
        assert json.loads(steps[-1].payload)["ticket"]
        strangers = [step async for step in desk.invite("mallory", interview.id)]
    assert len(strangers) == 1
    assert isinstance(strangers[0], Trouble)
    await desk.aclose()


async def test_missing_weights_are_named_with_their_remedy(settings: Settings, tmp_path: Path) -> None:
    bare = settings.model_copy(update={"ears": "whisper-base", "cache_dir": tmp_path / "none", "is_offline": True})
    desk = VoiceDesk(bare)
    desk.app = FastAPI()
    async with open_interview(bare, plan=PLAN) as interview:
        steps = [step async for step in desk.invite("local", interview.id)]
    assert isinstance(steps[-1], Trouble)
    assert "whisper-base" in steps[-1].sentence
    assert "weights fetch" in steps[-1].sentence
    await desk.aclose()
