"""Sessions of the page without a browser: the requests that a page makes, as Gradio's own client sends them."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from interviewlab.errors import InterviewLabError

if TYPE_CHECKING:
    import httpx

PATIENCE_S = 120.0
_KNOWN = re.compile(r'"interview_id": ?"([^"]+)"')
ANSWER = (
    "First I measured where the time went, because a guess would have cost us a week, and then I put a cache there."
)


@dataclass(frozen=True)
class Event:
    """What happens on a press of a button: its number and the values that the page would send."""

    number: int
    trigger: int
    inputs: tuple[int, ...]


@dataclass(frozen=True)
class Page:
    """What a page learns when it is loaded."""

    values: dict[int, Any]
    events: dict[str, Event]
    """By the id of the element that is pressed."""
    kept: int
    answer: int


def read_page(config: dict[str, Any]) -> Page:
    """The start and send buttons, the answer's box and what the browser keeps. Raises InterviewLabError."""
    parts = {part["id"]: part for part in config["components"]}
    names = {part["props"].get("elem_id"): number for number, part in parts.items() if part["props"].get("elem_id")}
    kept = next((n for n, p in parts.items() if p["props"].get("storage_key") == "interviewlab-kept"), None)
    events = {
        name: Event(each["id"], names[name], tuple(each["inputs"]))
        for each in config["dependencies"]
        for name in ("start", "send")
        if [names.get(name), "click"] in [list(target) for target in each["targets"]] and each["backend_fn"]
    }
    if kept is None or set(events) != {"start", "send"}:
        raise InterviewLabError("The page has no start or no send button.", "Mend the bench: the page has changed.")
    return Page({n: _value(part) for n, part in parts.items()}, events, kept, names["answer"])


def _value(part: dict[str, Any]) -> Any:
    """As the page sends it before anybody typed."""
    value = part["props"].get("value")
    return "" if value is None and part["type"] == "textbox" else value


@dataclass
class Session:
    """One visitor."""

    client: httpx.AsyncClient
    page: Page
    name: str = field(default_factory=lambda: secrets.token_hex(6))
    interview_id: str = ""
    replies_s: list[float] = field(default_factory=list)

    async def talk(self, wait_s: float, turns: int, every_s: float) -> None:
        """Start after ``wait_s``, then say something each ``every_s``."""
        begin = time.perf_counter() + wait_s
        await asyncio.sleep(wait_s)
        told = await self._press("start", {})
        found = _KNOWN.search(told.replace('\\"', '"'))
        if found is None:
            raise InterviewLabError("The page started no interview.", told[-400:])
        self.interview_id = found[1]
        for turn in range(1, turns + 1):
            await asyncio.sleep(max(0.0, begin + turn * every_s - time.perf_counter()))
            start = time.perf_counter()
            kept = {"interview_id": self.interview_id, "exercise_id": ""}
            await self._press("send", {self.page.answer: f"{ANSWER} ({turn})", self.page.kept: kept})
            self.replies_s.append(time.perf_counter() - start)

    async def _press(self, button: str, values: dict[int, Any]) -> str:
        """Everything the server tells until the event is over. Raises InterviewLabError where it fails."""
        event, known = self.page.events[button], {**self.page.values, **values}
        sent = {"fn_index": event.number, "trigger_id": event.trigger, "session_hash": self.name, "event_data": None}
        data = [known[part] for part in event.inputs]
        await self.client.post("gradio_api/queue/join", json={**sent, "data": data})
        told: list[str] = []
        query = {"session_hash": self.name}
        async with self.client.stream("GET", "gradio_api/queue/data", params=query, timeout=PATIENCE_S) as stream:
            async for line in stream.aiter_lines():
                told.append(line)
                if line.startswith("data:") and _is_over(line):
                    return "\n".join(told)
        raise InterviewLabError("The server told no end of an event.", "\n".join(told)[-400:])


def _is_over(line: str) -> bool:
    news = json.loads(line.removeprefix("data:"))
    if news.get("msg") == "process_completed" and not news.get("success", True):
        raise InterviewLabError("An event of the page failed.", str(news.get("output"))[:400])
    return bool(news.get("msg") == "process_completed")
