"""A real LiveKit server, workers as processes of their own, and a candidate who has LiveKit's Python client."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from livekit import rtc

from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, Ints, to_int16
from interviewlab.voice.livekit_commands import METHOD
from interviewlab.voice.livekit_dev import VERSION, DevServer, find_server, open_dev_server
from interviewlab.voice.livekit_line import RoomTicket
from interviewlab.voice.livekit_telling import CAPTIONS, STATE, TOPIC, WHO
from tests.parts import need

LOUD = 300


def free_port() -> int:
    """A port whose two neighbours are free too, so far as one can know."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def livekit_server(port: int | None = None, secret: str | None = None) -> Iterator[DevServer]:
    """A server with ports of its own, of which the test is told nothing on the terminal."""
    cache = Settings().cache_dir
    is_here = (
        bool(shutil.which("livekit-server"))
        or (cache / "livekit-server" / VERSION / "server").is_file()
        or shutil.which("go")
    )
    need("livekit", bool(is_here), "no livekit-server, and no Go to build one")
    with open_dev_server(find_server(cache, lambda text: None), port or free_port(), secret) as server:
        yield server


def settings_for(server: DevServer, data_dir: Path, **more: Any) -> Settings:
    """Settings of an app and its workers, with stand-ins for all that is heavy unless ``more`` says otherwise."""
    stand_ins = {"embedder": "scripted", "sandbox": "scripted", "ears": "scripted", "mouth": "scripted"}
    access = {"livekit_url": server.url, "livekit_key": server.key, "livekit_secret": server.secret}
    return Settings(**{"data_dir": data_dir, **stand_ins, **access, **more})


class Worker:
    """``interviewlab worker`` as a process; what it says is in ``lines``."""

    def __init__(self, settings: Settings) -> None:
        own = {
            "DATA_DIR": settings.data_dir,
            "CACHE_DIR": settings.cache_dir,
            "EMBEDDER": settings.embedder,
            "SANDBOX": settings.sandbox,
            "EARS": settings.ears,
            "MOUTH": settings.mouth,
            "LIVEKIT_URL": settings.livekit_url,
            "LIVEKIT_KEY": settings.livekit_key,
            "LIVEKIT_SECRET": settings.livekit_secret.get_secret_value(),
            "WORKER_ROOMS": settings.worker_rooms,
            "WORKER_DRAIN_S": settings.worker_drain_s,
            "VOICE_MINUTES": settings.voice_minutes,
        }
        environment = os.environ | {f"INTERVIEWLAB_{name}": str(value) for name, value in own.items()}
        self.lines: list[str] = []
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "interviewlab", "worker"], stderr=subprocess.PIPE, text=True, env=environment
        )
        threading.Thread(target=self._read, daemon=True).start()

    async def until_ready(self, within_s: float = 60.0) -> Worker:
        """Until it is registered."""
        await until(lambda: self.has_said("Registered") or self.status is not None, within_s)
        assert self.status is None, self.lines
        return self

    def has_said(self, text: str) -> bool:
        return any(text in line for line in self.lines)

    @property
    def status(self) -> int | None:
        """Its exit status, once it has one."""
        return self._popen.poll()

    def kill(self) -> None:
        """As a crash would."""
        self._popen.kill()
        self._popen.wait()

    def terminate(self) -> None:
        """Ask it to stop."""
        self._popen.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Be rid of it."""
        for _ in range(2):
            if self._popen.poll() is None:
                self.terminate()
                time.sleep(0.2)
        try:
            self._popen.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def _read(self) -> None:
        assert self._popen.stderr is not None
        for line in self._popen.stderr:
            self.lines.append(line.rstrip())


class Candidate:
    """A page in a room: a microphone, an ear, captions, states, events and commands."""

    def __init__(self) -> None:
        self.room = rtc.Room()
        self.captions: list[tuple[str, str, bool]] = []
        """Who, what, and whether for good."""
        self.states: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.heard: list[tuple[float, int]] = []
        """When a frame came, by the monotonic clock, and how loud it was."""
        self._source = rtc.AudioSource(EARS_RATE, 1, queue_size_ms=100)
        self._saying: list[Ints] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.room.on("track_subscribed", lambda track, *_: self._spawn(self._listen(track)))
        self.room.on("participant_attributes_changed", self._on_attributes)
        self.room.on("data_received", self._on_data)
        self.room.register_text_stream_handler(CAPTIONS, lambda reader, who: self._spawn(self._read(reader)))

    async def enter(self, ticket: RoomTicket, has_microphone: bool = True) -> None:
        await self.room.connect(ticket.url, ticket.token)
        for participant in self.room.remote_participants.values():
            if state := participant.attributes.get(STATE):
                self.states.append(state)
        if has_microphone:
            await self.publish()
            self._spawn(self._speak())

    async def publish(self) -> rtc.LocalTrackPublication:
        """Put the microphone into the room."""
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        return await self.room.local_participant.publish_track(track, options)

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.room.disconnect()
        await self._source.aclose()

    def say(self, audio: Floats) -> None:
        """Speak from now on."""
        samples = to_int16(audio)
        self._saying += [samples[start : start + 160] for start in range(0, samples.size - 159, 160)]

    @property
    def agent(self) -> str:
        """Who else is there."""
        return next(
            p.identity
            for p in self.room.remote_participants.values()
            if p.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        )

    async def command(self, **command: Any) -> str:
        return await self.call(json.dumps(command))

    async def call(self, payload: str, method: str = METHOD) -> str:
        agent = self.room.local_participant
        return await agent.perform_rpc(destination_identity=self.agent, method=method, payload=payload)

    def turns(self) -> list[int]:
        return [event["turn"] for event in self.events if event["kind"] == "turn"]

    def said(self, who: str) -> list[str]:
        """What was said for good."""
        return [text for speaker, text, is_final in self.captions if speaker == who and is_final]

    def first_sound_after(self, at: float) -> float | None:
        """When the voice was first heard after ``at``."""
        return next((when for when, level in self.heard if when > at and level > LOUD), None)

    @property
    def is_sounding(self) -> bool:
        """Whether the voice was heard in the last third of a second."""
        return any(when > time.monotonic() - 0.3 and level > LOUD for when, level in self.heard[-40:])

    def _spawn(self, work: Any) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    async def _listen(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream(track, sample_rate=24_000, num_channels=1)
        try:
            async for event in stream:
                level = int(np.abs(np.frombuffer(event.frame.data, np.int16)).max())
                self.heard.append((time.monotonic(), level))
        finally:
            await stream.aclose()

    async def _speak(self) -> None:
        silence = np.zeros(160, np.int16)
        while True:
            samples = self._saying.pop(0) if self._saying else silence
            await self._source.capture_frame(rtc.AudioFrame(samples.tobytes(), EARS_RATE, 1, 160))

    async def _read(self, reader: rtc.TextStreamReader) -> None:
        attributes = reader.info.attributes or {}
        try:
            text = await reader.read_all()
        except rtc.StreamError:
            return  # the worker died in the middle of a caption
        self.captions.append((attributes[WHO], text, attributes["lk.transcription_final"] == "true"))

    def _on_attributes(self, changed: dict[str, str], who: rtc.Participant) -> None:
        if STATE in changed:
            self.states.append(changed[STATE])

    def _on_data(self, packet: rtc.DataPacket) -> None:
        if packet.topic == TOPIC:
            self.events.append(json.loads(packet.data))


async def until(is_so: Callable[[], object], within_s: float = 20.0) -> None:
    """Wait until ``is_so()``; raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not is_so():  # noqa: ASYNC110 - many things are waited for
            await asyncio.sleep(0.02)
