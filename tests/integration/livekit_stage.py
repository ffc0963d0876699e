"""A real LiveKit server, workers as processes of their own, and a candidate who has LiveKit's Python client."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interviewlab.settings import Settings
from interviewlab.voice.livekit_candidate import HeadlessCandidate as Candidate
from interviewlab.voice.livekit_candidate import until
from interviewlab.voice.livekit_dev import VERSION, DevServer, find_server, open_dev_server
from tests.parts import need

__all__ = ["Candidate", "until"]


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
