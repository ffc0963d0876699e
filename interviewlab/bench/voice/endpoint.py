"""Ears and mouth at an OpenAI-compatible endpoint that answers as late as a real one does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from interviewlab.bench.voice.turns import measure_turns
from interviewlab.settings import Settings
from interviewlab.speech.audio import to_pcm

TRANSCRIPTION_S = 0.4
"""Of a short clip, the network included."""
FIRST_SOUND_S = 0.35
FASTER = 4.0
"""Speech comes so many times as fast as it sounds."""
RATE = 24_000
CHARACTER_S = 0.06
PIECE_S = 0.2
HEARD = "I would measure first, because a cache only helps when the same question is asked many times."


@dataclass(frozen=True)
class Delays:
    """Of the endpoint, in seconds."""

    transcription_s: float = TRANSCRIPTION_S
    first_sound_s: float = FIRST_SOUND_S


async def measure_endpoint(settings: Settings, turns: int = 20) -> dict[str, Any]:
    """``turns`` answers. Every one is heard as the same words, whatever was said: only the times count.

    This version has no brain behind an endpoint: replies are those of the question bank.
    """
    delays = Delays()
    with serve_speech(delays) as url:
        env = {"EARS": "openai", "MOUTH": "openai", "SPEECH_URL": url, "SPEECH_KEY": "scripted"}
        figures = await measure_turns(settings, turns, **env)
    told = {"transcription_s": delays.transcription_s, "first_sound_s": delays.first_sound_s}
    return figures | {"endpoint": told, "brain": "bank: no brain of this version speaks by an endpoint"}


@contextmanager
def serve_speech(delays: Delays) -> Iterator[str]:
    """Its address, while it listens on this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("/transcriptions"):
                time.sleep(delays.transcription_s)
                _send_text(self)
            else:
                time.sleep(delays.first_sound_s)
                _send_speech(self, json.loads(body)["input"])

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def _send_text(to: BaseHTTPRequestHandler) -> None:
    data = json.dumps({"text": HEARD}).encode()
    to.send_response(200)
    to.send_header("Content-Type", "application/json")
    to.send_header("Content-Length", str(len(data)))
    to.end_headers()
    with suppress(BrokenPipeError, ConnectionResetError):  # the caller has thrown the question away
        to.wfile.write(data)


def _send_speech(to: BaseHTTPRequestHandler, text: str) -> None:
    to.send_response(200)
    to.send_header("Content-Type", "audio/pcm")
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    with suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(max(1, round(len(text) * CHARACTER_S / PIECE_S))):
            to.wfile.write(b"%x\r\n%s\r\n" % (len(_HUM), _HUM))
            time.sleep(PIECE_S / FASTER)
        to.wfile.write(b"0\r\n\r\n")


_HUM = to_pcm((0.2 * np.sin(2 * np.pi * 220 * np.arange(round(PIECE_S * RATE)) / RATE)).astype(np.float32))
