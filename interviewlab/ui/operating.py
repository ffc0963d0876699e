"""For whoever runs the server: is it well, what did it do, what works. Candidates of a shared server see none of it."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from interviewlab.bootstrap import open_house, open_library
from interviewlab.doctor import examine, examine_operation
from interviewlab.errors import InterviewLabError
from interviewlab.ui import measuring
from interviewlab.ui.door.doorkeeper import OWNER, Door
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.presenters.plain_page import to_operator


@dataclass(frozen=True)
class Operating:
    """``/healthz`` for everybody; ``/metrics`` and ``/operator`` for operators."""

    door: Door
    voice: VoiceDesk

    def mount(self, app: Any) -> None:
        """Answer on this app."""
        app.add_route("/healthz", self.tell_health, methods=["GET"])
        app.add_route("/metrics", self.tell_figures, methods=["GET"])
        app.add_route("/operator", self.show, methods=["GET"])

    async def tell_health(self, request: Request) -> Response:
        """200 while visitors can be served, 503 with the sentence why not."""
        try:
            await self.door.identity()
            async with open_library(self.door.settings, owner="healthz") as library:
                await library.list_jobs()
        except InterviewLabError as error:
            return JSONResponse({"status": "down", "trouble": str(error)}, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ok"})

    async def tell_figures(self, request: Request) -> Response:
        """In the text format of Prometheus."""
        if not await self._is_operator(request):
            return _not_for_you()
        await self._look()
        return Response(generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def show(self, request: Request) -> Response:
        """The doctor's findings and the figures, on a page."""
        if not await self._is_operator(request):
            return _not_for_you()
        await self._look()
        parts = (*await examine(self.door.settings), *examine_operation(self.door.settings))
        return HTMLResponse(to_operator(parts, _figures()), headers={"Cache-Control": "no-store"})

    async def _is_operator(self, request: Request) -> bool:
        settings, identity = self.door.settings, await self.door.identity()
        names = await identity.names_of(request.scope, request.scope[OWNER])
        named = {each.strip().lower() for each in settings.operators.split(",")} - {""}
        return settings.whose == "local" or bool(names & named)

    async def _look(self) -> None:
        measuring.CALLS.set(self.voice.calls)
        measuring.PLACES.set(self.door.settings.voice_calls)
        try:
            async with open_house(self.door.settings) as house:
                measuring.tell_sandbox(house.adapters.sandbox.health())
        except InterviewLabError:
            return  # no sandbox, no figures of it; the doctor says why


class JsonLines(logging.Formatter):
    """A log line as JSON: when, how grave, from where, what, and the fields of a request."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """From now on, every line of this process that goes by ``logging``."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("interviewlab").setLevel(logging.INFO)


def _figures() -> list[tuple[str, str]]:
    found = []
    for metric in REGISTRY.collect():
        if metric.name.startswith("interviewlab"):
            for sample in metric.samples:
                if not sample.name.endswith(("_bucket", "_created")):
                    labels = " ".join(sample.labels.values())
                    found.append((f"{sample.name.removeprefix('interviewlab_')} {labels}".strip(), f"{sample.value:g}"))
    return found


def _not_for_you() -> Response:
    return JSONResponse({"detail": "Only operators of this server see this."}, HTTPStatus.FORBIDDEN)
