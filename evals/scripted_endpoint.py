"""The stand-in for a language model: a small OpenAI-compatible endpoint on this machine that counts its calls."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULTS = ("429", "500", "timeout", "garbage", "no verdict")
Answer = Callable[[str, str], str]
"""From system and user text to the text of the completion."""


def grade_by_hash(system: str, user: str) -> str:
    """A verdict that depends on the answer alone: its score, and its first word as evidence."""
    answer = str(json.loads(user)["answer"])
    score = hashlib.sha256(answer.encode()).digest()[0] / 255
    points = [{"n": 1, "quote": answer.split()[0]}] if answer.split() else []
    return json.dumps({"points": points, "score": round(score, 3) if points else 0, "reason": "by hash"})


@dataclass
class ScriptedEndpoint:
    """How it answers, and what it was asked. ``finished`` counts the questions whose completion was sent whole."""

    url: str = ""
    answer: Answer = grade_by_hash
    delay_s: float = 0.0
    fault_share: float = 0.0
    hang_s: float = 1.0
    """How long a timeout lasts; the caller must wait less."""
    status: int = 200
    retry_after: str = ""
    calls: int = 0
    most_at_once: int = 0
    finished: Counter[str] = field(default_factory=Counter)
    _now: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 which call fails
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> str:
        """Count a call and draw its fault, or none."""
        with self._lock:
            self.calls += 1
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            return self._random.choice(FAULTS) if self._random.random() < self.fault_share else ""

    def end(self, user: str, *, is_finished: bool) -> None:
        """A call is over."""
        with self._lock:
            self._now -= 1
            self.finished[user] += is_finished

    def completion(self, system: str, user: str, *, has_verdict: bool) -> bytes:
        """A chat completion with its usage, four characters a token."""
        text = self.answer(system, user) if has_verdict else "I would rather not say."
        tokens = {"prompt_tokens": len(system + user) // 4, "completion_tokens": len(text) // 4}
        message = {"role": "assistant", "content": text}
        return json.dumps(
            {
                "id": "scripted",
                "object": "chat.completion",
                "created": 0,
                "model": "scripted",
                "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                "usage": {**tokens, "total_tokens": sum(tokens.values())},
            }
        ).encode()


@contextmanager
def serve_scripted(**how: Any) -> Iterator[ScriptedEndpoint]:
    """Listens on 127.0.0.1 until the block ends."""
    endpoint = ScriptedEndpoint(**how)

    class Handler(_Handler):
        scripted = endpoint

    with _Server(("127.0.0.1", 0), Handler) as server:
        endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield endpoint
        server.shutdown()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that are killed hang up; that is what it is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scripted: ScriptedEndpoint

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_POST(self) -> None:
        """Only /chat/completions is asked for."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        system, user = (str(message["content"]) for message in body["messages"][:2])
        fault = self.scripted.begin()
        is_finished = False
        try:
            time.sleep(self.scripted.delay_s)
            is_finished = self._reply(system, user, fault)
        finally:
            self.scripted.end(user, is_finished=is_finished)

    def _reply(self, system: str, user: str, fault: str) -> bool:
        if self.scripted.status != 200 or fault in ("429", "500"):
            return self._send(b'{"error": {"message": "SECRET"}}', int(fault or self.scripted.status))
        if fault == "timeout":
            time.sleep(self.scripted.hang_s)
        if fault == "garbage":
            return self._send(b"<html>Bad gateway</html>", 200)
        has_verdict = fault != "no verdict"
        return self._send(self.scripted.completion(system, user, has_verdict=has_verdict), 200) and has_verdict

    def _send(self, data: bytes, status: int) -> bool:
        """Whether the caller was there to take it."""
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if self.scripted.retry_after:
                self.send_header("Retry-After", self.scripted.retry_after)
            self.end_headers()
            self.wfile.write(data)
            return status == 200
        return False
