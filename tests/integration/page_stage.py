"""A visitor who presses buttons of the page by the requests that Gradio's own client sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import httpx

_KNOWN = re.compile(r'"interview_id": ?"([^"]+)"')


@dataclass
class Pressing:
    """One open page."""

    client: httpx.Client
    interview: str = ""
    session: str = field(default_factory=token_hex)

    def __post_init__(self) -> None:
        assert self.client.get("/").status_code == 200
        config = self.client.get("/config").json()
        self._values = {part["id"]: _value(part) for part in config["components"]}
        self._names = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
        stored = {part["props"].get("storage_key"): part["id"] for part in config["components"]}
        self._kept = stored["interviewlab-kept"]
        self._events = {
            number: each
            for each in reversed(config["dependencies"])
            for number, what in each["targets"]
            if what == "click" and each["backend_fn"]
        }

    def press(self, button: str, **values: Any) -> str:
        """Press it with these words in these boxes; all that the server tells until the event is over."""
        event = self._events[self._names[button]]
        known = {**self._values, self._kept: {"interview_id": self.interview, "exercise_id": ""}}
        known |= {self._names[name.replace("_", "-")]: value for name, value in values.items()}
        sent = {
            "data": [known[part] for part in event["inputs"]],
            "fn_index": event["id"],
            "trigger_id": self._names[button],
            "session_hash": self.session,
            "event_data": None,
        }
        answer = self.client.post("/gradio_api/queue/join", json=sent)
        assert answer.status_code == 200, answer.text
        return self._listen()

    def begin(self) -> str:
        """Start an interview and stay in it; its id."""
        found = _KNOWN.search(self.press("start").replace('\\"', '"'))
        assert found is not None
        self.interview = found[1]
        return self.interview

    def _listen(self) -> str:
        told = []
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as stream:
            for line in stream.iter_lines():
                told.append(line)
                news = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if news.get("msg") == "process_completed":
                    assert news["success"], line
                    return "\n".join(told)
        raise AssertionError("the event told no end:\n" + "\n".join(told))


def _value(part: dict[str, Any]) -> Any:
    """As the page sends it before anybody typed."""
    value = part["props"].get("value")
    return "" if value is None and part["type"] == "textbox" else value
