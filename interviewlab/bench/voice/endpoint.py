"""Ears, brain and mouth at OpenAI-compatible endpoints that answer as late as real ones do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

import numpy as np

from interviewlab.bench.voice.turns import measure_turns
from interviewlab.llm.scripted_endpoint import MODEL, listen, serve_scripted
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.settings import Settings
from interviewlab.speech.audio import to_pcm

TRANSCRIPTION_S = 0.4
"""Of a short clip, the network included."""
FIRST_SOUND_S = 0.35
FIRST_TOKEN_S = 0.4
"""Of a small model that is far away, the prompt read and the network included."""
TOKENS_A_SECOND = 80.0
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
    first_token_s: float = FIRST_TOKEN_S
    tokens_a_second: float = TOKENS_A_SECOND


async def measure_endpoint(settings: Settings, turns: int = 20) -> dict[str, Any]:
    """``turns`` answers. Every one is heard as the same words, whatever was said: only the times count.

    The brain is a language model that words what the rules decided, led in with a sentence of its own.
    """
    delays = Delays()
    model = serve_scripted(answer=word_as_told, delay_s=delays.first_token_s, tokens_a_second=delays.tokens_a_second)
    with serve_speech(delays) as url, model as endpoint:
        speech = {"EARS": "openai", "MOUTH": "openai", "SPEECH_URL": url, "SPEECH_KEY": "scripted"}
        brain = {"BRAIN": "llm", "LLM_URL": endpoint.url, "LLM_MODEL": MODEL}
        figures = await measure_turns(settings, turns, **speech, **brain)
        told = {**asdict(delays), "model_calls": endpoint.calls}
    return figures | {"endpoint": told, "brain": f"llm:{MODEL}"}


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

    with listen(Handler) as address:
        yield f"{address}/v1"


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
