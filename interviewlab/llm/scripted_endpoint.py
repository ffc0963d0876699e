"""The stand-in for a language model: a small OpenAI-compatible endpoint on this machine that counts its calls.

It streams where it is asked to, word by word, and it stalls, fails and lies as it is told.
"""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULTS = ("429", "500", "timeout", "garbage", "no verdict")
STREAM_FAULTS = ("401", "404", "400", "429", "500", "timeout", "stall", "half", "garbage", "no verdict")
"""``stall`` stops half way, ``half`` hangs up there; ``no verdict`` is prose in place of the form."""
MODEL = "scripted"
KEPT = 99
"""Questions that are remembered."""
Answer = Callable[[str, str], str]
"""From system and user text to the text of the completion."""


@dataclass
class ScriptedEndpoint:
    """How it answers, and what it was asked. ``finished`` counts the questions whose completion was sent whole."""

    url: str = ""
    answer: Answer = lambda system, user: "{}"
    delay_s: float = 0.0
    tokens_a_second: float = 0.0
    """Of a stream, four characters each; 0: all at once."""
    fault_share: float = 0.0
    fault_of: Callable[[str], str] | None = None
    """From user text to the fault of that call, or none: a call that is tried again fails again."""
    breaks_after: int = 25
    """Pieces of a stream after which it stalls or hangs up."""
    hang_s: float = 1.0
    """How long a timeout lasts; the caller must wait less."""
    usage: Any = None
    """What a completion that is not streamed says it used; the true count where None."""
    status: int = 200
    retry_after: str = ""
    calls: int = 0
    most_at_once: int = 0
    finished: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    """Faults of ``fault_of``, by question: tries again are not counted."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """System and user text of the last calls."""
    keys: set[str] = field(default_factory=set)
    """What callers showed to be let in."""
    _faulty: set[str] = field(default_factory=set)
    _now: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 which call fails
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, system: str = "", user: str = "") -> str:
        """Count a call and draw its fault, or none."""
        with self._lock:
            self.calls += 1
            self.asked = [*self.asked[-KEPT:], (system, user)]
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            if self.fault_of is not None:
                return self._fault_of(self.fault_of(user), user)
            return self._random.choice(FAULTS) if self._random.random() < self.fault_share else ""

    def _fault_of(self, fault: str, user: str) -> str:
        if fault and user not in self._faulty:
            self._faulty.add(user)
            self.faults[fault] += 1
        return fault

    def end(self, user: str, *, is_finished: bool) -> None:
        """A call is over."""
        with self._lock:
            self._now -= 1
            self.finished[user] += is_finished

    def completion(self, system: str, user: str, *, has_verdict: bool) -> bytes:
        """A chat completion with its usage, four characters a token."""
        text = self.text(system, user, has_verdict=has_verdict)
        tokens = _count(system + user, text) if self.usage is None else self.usage
        message = {"role": "assistant", "content": text}
        return json.dumps(
            {
                "id": "scripted",
                "object": "chat.completion",
                "created": 0,
                "model": "scripted",
                "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                "usage": tokens,
            }
        ).encode()

    def text(self, system: str, user: str, *, has_verdict: bool) -> str:
        """What the model says."""
        return self.answer(system, user) if has_verdict else "I would rather not say."

    def stream(self, system: str, user: str, *, has_verdict: bool) -> Iterator[bytes]:
        """The events of a streamed completion, a token each, and the usage last."""
        text = self.text(system, user, has_verdict=has_verdict)
        for start in range(0, len(text), CHARACTERS):
            if self.tokens_a_second:
                time.sleep(1 / self.tokens_a_second)
            yield _event([{"index": 0, "finish_reason": None, "delta": {"content": text[start : start + CHARACTERS]}}])
        yield _event([{"index": 0, "finish_reason": "stop", "delta": {}}])
        yield _event([], usage=_count(system + user, text))
        yield b"data: [DONE]\n\n"


CHARACTERS = 4
"""Of a token."""


def _count(asked: str, text: str) -> dict[str, int]:
    tokens = {"prompt_tokens": len(asked) // CHARACTERS, "completion_tokens": len(text) // CHARACTERS}
    return {**tokens, "total_tokens": sum(tokens.values())}


def _event(choices: list[dict[str, Any]], **more: Any) -> bytes:
    chunk = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": MODEL, "choices": choices}
    return b"data: " + json.dumps({**chunk, **more}).encode() + b"\n\n"


@contextmanager
def serve_scripted(**how: Any) -> Iterator[ScriptedEndpoint]:
    """Listens on 127.0.0.1 until the block ends."""
    endpoint = ScriptedEndpoint(**how)

    class Handler(_Handler):
        scripted = endpoint

    with listen(Handler) as address:
        endpoint.url = f"{address}/v1"
        yield endpoint


@contextmanager
def listen(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address at which ``handler`` answers on this machine, until the block ends."""
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
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

    def do_GET(self) -> None:
        """Only /models is asked for."""
        models = {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "scripted"}]}
        self._send(json.dumps(models).encode(), self.scripted.status)

    def do_POST(self) -> None:
        """Only /chat/completions is asked for."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        system, user = (str(message["content"]) for message in body["messages"][:2])
        self.scripted.keys.add(self.headers.get("Authorization", ""))
        fault = self.scripted.begin(system, user)
        is_finished = False
        try:
            time.sleep(self.scripted.delay_s)
            is_finished = self._reply(system, user, fault, is_streamed=bool(body.get("stream")))
        finally:
            self.scripted.end(user, is_finished=is_finished)

    def _reply(self, system: str, user: str, fault: str, *, is_streamed: bool) -> bool:
        if self.scripted.status != 200 or fault.isdigit():
            return self._send(b'{"error": {"message": "SECRET"}}', int(fault or self.scripted.status))
        if fault == "timeout":
            time.sleep(self.scripted.hang_s)
        if fault == "garbage":
            return self._send(b"<html>Bad gateway</html>", 200)
        has_verdict = fault != "no verdict"
        if is_streamed:
            events = self.scripted.stream(system, user, has_verdict=has_verdict)
            return self._stream(events, fault) and has_verdict
        return self._send(self.scripted.completion(system, user, has_verdict=has_verdict), 200) and has_verdict

    def _stream(self, events: Iterable[bytes], fault: str) -> bool:
        """Whether all of it was sent."""
        with suppress(OSError):
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for number, event in enumerate(events):
                if number == self.scripted.breaks_after and fault == "stall":
                    time.sleep(self.scripted.hang_s)
                if number == self.scripted.breaks_after and fault == "half":
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return False
                self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
            return True
        return False

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
