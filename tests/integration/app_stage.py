"""The real app served in a thread of the tests' own process, and visitors who come by HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from gradio.routes import App

from interviewlab.settings import Settings
from interviewlab.ui.app import build_app
from interviewlab.ui.serving import Serving

PASSWORD = "correct horse battery"


@dataclass
class Stage:
    """An app that is served at ``url``."""

    url: str
    settings: Settings
    serving: Serving

    def visitor(self, **more: Any) -> httpx.Client:
        """Somebody with a cookie jar."""
        return httpx.Client(base_url=self.url, timeout=120, **more)

    def sign_up(self, name: str) -> httpx.Client:
        """Somebody with an account, signed in."""
        visitor = self.visitor()
        answer = visitor.post("/sign-up", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return visitor


@contextmanager
def on_stage(folder: Path, *, mcp: bool = False, **more: Any) -> Iterator[Stage]:
    """Serve until the end of the block."""
    parts = {"embedder": "scripted", "sandbox": "scripted", "ears": "scripted", "mouth": "scripted"}
    settings = Settings(data_dir=folder / "data", cache_dir=folder / "cache", is_offline=True, **{**parts, **more})
    serving = Serving(settings)
    page = build_app(settings, serving.voice)
    page.max_file_size = int(settings.upload_mb * 1_000_000)
    app = App.create_app(page, app_kwargs=serving.app_kwargs, mcp_server=mcp)
    page.app = app
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield _wait(server, page, Stage("", settings, serving))
    finally:
        server.should_exit = True
        serving.is_up.set()
        thread.join(60)


def _wait(server: uvicorn.Server, page: Any, stage: Stage) -> Stage:
    deadline = time.monotonic() + 120
    while not server.started:
        assert time.monotonic() < deadline, "the app did not start"
        time.sleep(0.05)
    stage.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    httpx.get(f"{stage.url}/gradio_api/startup-events", timeout=60)
    stage.serving.up(page, stage.url)
    return stage


@dataclass
class Program:
    """A visitor who calls named endpoints by plain HTTP, without a queue's stream."""

    client: httpx.Client
    session: str = "program"
    answers: list[httpx.Response] = field(default_factory=list)

    def call(self, name: str, *data: Any) -> httpx.Response:
        """One endpoint; the answer as it came."""
        body = {"data": list(data), "session_hash": self.session}
        return self.client.post(f"/gradio_api/run/{name}", json=body)

    def get(self, name: str, *data: Any) -> Any:
        """One endpoint that has to answer."""
        answer = self.call(name, *data)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"][0]

    def begin(self) -> str:
        """A new interview; its id."""
        wishes = ("fundamentals", "mid", "python", 15, 1, True, "", "", "", "default")
        return str(self.get("create_interview", *wishes)["interview_id"])
