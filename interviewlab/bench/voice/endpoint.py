"""Ears, brain and mouth at OpenAI-compatible endpoints that answer as late as real ones do."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

import numpy as np

from interviewlab.bench.voice.turns import measure_turns
from interviewlab.bootstrap import build_ears
from interviewlab.llm.scripted_endpoint import MODEL, listen, serve_scripted
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.ports import SpeechToText
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, from_wav, to_pcm
from interviewlab.speech.resampling import resample

TRANSCRIPTION_S = 0.4
"""Of a short clip, the network included."""
FIRST_SOUND_S = 0.35
FIRST_TOKEN_S = 0.4
"""Of a small model that is far away, the prompt read and the network included."""
TOKENS_A_SECOND = 80.0
FASTER = 4.0
"""Speech comes so many times as fast as it sounds."""
SLOW_S = 30.0
RATE = 24_000
CHARACTER_S = 0.06
PIECE_S = 0.2


@dataclass(frozen=True)
class Delays:
    """Of the endpoint, in seconds."""

    transcription_s: float = TRANSCRIPTION_S
    first_sound_s: float = FIRST_SOUND_S
    first_token_s: float = FIRST_TOKEN_S
    tokens_a_second: float = TOKENS_A_SECOND


async def measure_endpoint(settings: Settings, turns: int = 20) -> dict[str, Any]:
    """``turns`` answers. They are heard by the ears of the settings, within the delay but for the slowest.

    The brain is a language model that words what the rules decided, led in with a sentence of its own where the app
    has not begun the reply.
    """
    delays = Delays()
    model = serve_scripted(answer=word_as_told, delay_s=delays.first_token_s, tokens_a_second=delays.tokens_a_second)
    ears = build_ears(settings)
    try:
        with serve_speech(delays, _hearing(ears)) as url, model as endpoint:
            speech = {"EARS": "openai", "MOUTH": "openai", "SPEECH_URL": url, "SPEECH_KEY": "scripted"}
            brain = {"BRAIN": "llm", "LLM_URL": endpoint.url, "LLM_MODEL": MODEL}
            figures = await measure_turns(settings, turns, **speech, **brain)
            told = {**asdict(delays), "model_calls": endpoint.calls}
    finally:
        await ears.aclose()
    return figures | {"endpoint": told, "brain": f"llm:{MODEL}"}


def _hearing(ears: SpeechToText) -> Callable[[bytes], str]:
    """Transcribes a form with a WAV file in it, for the thread of a request."""
    loop = asyncio.get_running_loop()

    def hear(form: bytes) -> str:
        audio = resample(*from_wav(form[form.index(b"RIFF") :]), EARS_RATE)
        return asyncio.run_coroutine_threadsafe(ears.transcribe(audio), loop).result(SLOW_S).text

    return hear


@contextmanager
def serve_speech(delays: Delays, hear: Callable[[bytes], str]) -> Iterator[str]:
    """Its address, while it listens on this machine; ``hear`` reads the form of a question for a transcript."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("/transcriptions"):
                due = time.monotonic() + delays.transcription_s
                text = hear(body)
                time.sleep(max(0.0, due - time.monotonic()))
                _send_text(self, text)
            else:
                time.sleep(delays.first_sound_s)
                _send_speech(self, json.loads(body)["input"])

    with listen(Handler) as address:
        yield f"{address}/v1"


def _send_text(to: BaseHTTPRequestHandler, text: str) -> None:
    data = json.dumps({"text": text}).encode()
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
