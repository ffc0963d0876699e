"""A small OpenAI-compatible speech endpoint on this machine, which answers as it is told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import numpy as np

from interviewlab.llm.scripted_endpoint import listen
from interviewlab.speech.audio import to_pcm, to_wav

TONE = (0.2 * np.sin(2 * np.pi * 220 * np.arange(24_000 // 2) / 24_000)).astype(np.float32)


@dataclass
class Endpoint:
    """What it says, and what it was asked: path and body of each request."""

    url: str = ""
    text: str = "hello there"
    has_words: bool = True
    status: int = 200
    delay_s: float = 0.0
    is_wav: bool = False
    is_cut: bool = False
    kind: str = "application/json"
    answer: Any = None
    """Instead of a transcription: plain text, or JSON."""
    asked: list[tuple[str, bytes]] = field(default_factory=list)

    def transcription(self) -> bytes:
        """verbose_json with words where there are any, json elsewhere."""
        if self.answer is not None:
            return (self.answer if isinstance(self.answer, str) else json.dumps(self.answer)).encode()
        answer: dict[str, Any] = {"text": self.text}
        if self.has_words:
            words = [{"word": word, "start": n * 0.2, "end": n * 0.2 + 0.2} for n, word in enumerate(self.text.split())]
            answer |= {"language": "english", "duration": 1.0, "words": words, "segments": []}
        return json.dumps(answer).encode()

    def speech(self) -> bytes:
        """Half a second of a tone, 24 kHz; as a WAV file it has 16 kHz."""
        return to_wav(TONE[::3].repeat(2), 16_000) if self.is_wav else to_pcm(TONE)


@contextmanager
def serve_endpoint(**how: Any) -> Iterator[Endpoint]:
    """Listens until the block ends."""
    endpoint = Endpoint(**how)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            endpoint.asked.append((self.path, body))
            time.sleep(endpoint.delay_s)
            if endpoint.status != 200:
                self._answer(json.dumps({"error": {"message": "SECRET " + body[:200].decode("latin-1")}}).encode())
            elif self.path.endswith("/transcriptions"):
                self._answer(endpoint.transcription(), endpoint.kind)
            else:
                self._answer(endpoint.speech(), "audio/pcm")

        def _answer(self, data: bytes, kind: str = "application/json") -> None:
            self.send_response(endpoint.status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(BrokenPipeError):  # the caller has gone
                self.wfile.write(data[: len(data) // 2] if endpoint.is_cut else data)
            self.close_connection = endpoint.is_cut

    with listen(Handler) as address:
        endpoint.url = f"{address}/v1"
        yield endpoint
