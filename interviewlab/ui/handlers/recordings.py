"""Recorded calls, played to their owner: each is served under an address that only the owner's page was told."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from interviewlab.bootstrap import open_library
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.store.recordings import RecordingShelf
from interviewlab.ui.door.doorkeeper import OWNER
from interviewlab.ui.handlers.views import Trouble

ADDRESS_S = 4 * 3600.0
"""An address that nobody plays for so long is gone; showing the interview again makes a new one."""


@dataclass(frozen=True)
class Playable:
    """One call: where to get it, when it began, how long it is."""

    url: str
    started_at: datetime
    duration_s: float


class RecordingDesk:
    """Hands out addresses and serves what lies behind them; ``mount`` says by which app."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._addresses: dict[str, tuple[float, Path, str]] = {}

    def mount(self, app: Any) -> None:
        """Answer ``GET /recordings/…`` on this app."""
        app.add_route("/recordings/{address}", self._serve, methods=["GET"])

    async def list_recordings(self, owner: str, interview_id: str) -> tuple[Playable, ...] | Trouble:
        """The calls of this owner's interview, in order."""
        try:
            async with open_library(self._settings, owner=owner) as library:
                await library.get_interview(interview_id)
            found = await asyncio.to_thread(RecordingShelf(self._settings.recordings_dir).of, interview_id)
        except InterviewLabError as error:
            return Trouble(str(error))
        return tuple(
            Playable(f"recordings/{self._address(each.path, owner)}", _when(each.started_at), each.duration_s)
            for each in found
        )

    def _address(self, path: Path, owner: str) -> str:
        now = self._clock()
        self._addresses = {name: kept for name, kept in self._addresses.items() if kept[0] > now}
        address = secrets.token_urlsafe(24)
        self._addresses[address] = (now + ADDRESS_S, path, owner)
        return address

    async def _serve(self, request: Request) -> Response:
        address, now = request.path_params["address"], self._clock()
        until, path, owner = self._addresses.get(address, (0.0, Path(), ""))
        if until <= now or owner != request.scope.get(OWNER) or not path.is_file():
            gone = "This recording is not here any more. Show the interview again, or it was deleted."
            return JSONResponse({"trouble": gone}, HTTPStatus.NOT_FOUND)
        self._addresses[address] = (now + ADDRESS_S, path, owner)
        return FileResponse(path, media_type="audio/ogg", headers={"Cache-Control": "no-store"})


def _when(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
