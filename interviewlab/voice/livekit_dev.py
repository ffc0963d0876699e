"""A LiveKit server on this machine for development: found on the path or in a container engine, or built with Go.

It listens on loopback alone, with a secret made for this one run. Rooms are made by ``LiveKitLine`` and by nobody who
only joins (``auto_create: false``): so a ticket for an interview that has ended opens nothing.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from interviewlab.errors import InterviewLabError

VERSION = "v1.13.5"
"""The newest that ``go install`` can build: later ones carry ``replace`` lines."""
IMAGE = f"livekit/livekit-server:{VERSION}"
SOURCE = f"github.com/livekit/livekit-server/cmd/server@{VERSION}"
PORT = 7880
KEY = "interviewlab"
START_S = 20.0
STOP_S = 5.0
PULL_S = 300.0
BUILD_S = 1800.0
ENGINES = ("docker", "podman")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class DevServer:
    """A server that runs. ``process`` ends when it does."""

    url: str
    key: str
    secret: str
    process: subprocess.Popen[bytes]

    def to_env(self) -> str:
        """The settings by which app and worker find it, a line each."""
        values = {"URL": self.url, "KEY": self.key, "SECRET": self.secret}
        return "\n".join(f"INTERVIEWLAB_LIVEKIT_{name}={value}" for name, value in values.items())


@contextmanager
def open_dev_server(
    command: Sequence[str], port: int = PORT, secret: str | None = None, media_port: int | None = None
) -> Iterator[DevServer]:
    """Run ``command`` on 127.0.0.1 until the end: ``port`` and the next over TCP, ``media_port`` over UDP.

    ``secret`` is made anew unless one is given. Raises InterviewLabError where it does not come up.
    """
    if _answers(port):
        raise InterviewLabError(f"Something answers on port {port} already.", "Stop it, or choose another --port.")
    secret = secret or secrets.token_urlsafe(32)
    settings = json.dumps(_configuration(port, media_port or port + 2, secret))  # JSON is YAML
    process = subprocess.Popen(command, env={**os.environ, "LIVEKIT_CONFIG": settings}, start_new_session=True)
    try:
        _wait_until_up(process, port)
        yield DevServer(f"ws://127.0.0.1:{port}", KEY, secret, process)
    finally:
        _stop(process)


def find_server(cache_dir: Path, tell: Tell) -> list[str]:
    """The command that runs a server: from the path, built before, in a container, or built now; ``tell`` says which.

    Raises InterviewLabError where none of them can be had.
    """
    built = _built(cache_dir)
    if on_path := shutil.which("livekit-server"):
        tell(f"LiveKit server: {on_path}")
        return [on_path]
    if built.is_file():
        tell(f"LiveKit server: {built}")
        return [str(built)]
    for engine in ENGINES:
        if _has_image(engine, tell):
            tell(f"LiveKit server: {IMAGE} in {engine}")
            return [engine, "run", "--rm", "--network", "host", "--env", "LIVEKIT_CONFIG", IMAGE]
    return [str(_build(built, tell))]


def _configuration(port: int, media_port: int, secret: str) -> dict[str, object]:
    return {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "rtc": {"tcp_port": port + 1, "udp_port": media_port, "node_ip": "127.0.0.1", "use_external_ip": False},
        "keys": {KEY: secret},
        "room": {"auto_create": False},
        "logging": {"level": "error"},
    }


def _built(cache_dir: Path) -> Path:
    return cache_dir / "livekit-server" / VERSION / "server"


def _has_image(engine: str, tell: Tell) -> bool:
    """Whether ``engine`` runs and has the image, which is pulled where it can be."""
    if shutil.which(engine) is None or not _succeeds([engine, "info"], START_S):
        return False
    if _succeeds([engine, "image", "inspect", IMAGE], START_S):
        return True
    tell(f"Asking {engine} for {IMAGE}…")
    return _succeeds([engine, "pull", "--quiet", IMAGE], PULL_S)


def _succeeds(command: Sequence[str], timeout_s: float) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=timeout_s, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _build(target: Path, tell: Tell) -> Path:
    if shutil.which("go") is None:
        raise InterviewLabError(
            "There is no livekit-server on the path, no container engine that has it, and no Go to build it.",
            "Install one of the three (https://docs.livekit.io/home/self-hosting/local), or use LiveKit Cloud.",
        )
    tell(f"Building LiveKit server {VERSION} with Go; this takes minutes, once…")
    target.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "GOBIN": str(target.parent)}
    try:
        done = subprocess.run(
            ["go", "install", SOURCE], env=environment, capture_output=True, text=True, timeout=BUILD_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InterviewLabError("Building the LiveKit server took too long.", "Try again, or install one.") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason was given"]
        raise InterviewLabError(f"Go could not build the LiveKit server: {said[-1]}.", "Install a livekit-server.")
    return target


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if _answers(port):
            return
        time.sleep(0.05)
    raise InterviewLabError(
        f"The LiveKit server did not come up on port {port}.", "See what it says above; another may be running there."
    )


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
