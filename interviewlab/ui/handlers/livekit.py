"""What a page needs to enter a LiveKit room: LiveKit's own client, and a ticket once an interviewer waits there."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse

from interviewlab.settings import Settings
from interviewlab.ui.handlers.views import Invitation

if TYPE_CHECKING:
    from interviewlab.voice.livekit_line import LiveKitLine

CLIENT = "livekit-client.js"
VERSION = "2.23.0"
CDN = f"https://cdn.jsdelivr.net/npm/livekit-client@{VERSION}/dist/livekit-client.umd.js"
INTEGRITY = "sha384-HkA7rQNo8H04l1p4zoXX1Cy+h9YoYp8LvKt4vfMFhv4KFk07UkrNwIUnyBum8Pw6"
"""Of the file that ``scripts/livekit-client.sh`` fetches; the CDN has the same."""


class LiveKitDesk:
    """Invites into rooms; the line itself is opened when someone first wants to talk."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._line: LiveKitLine | None = None

    def mount(self, app: Any) -> None:
        """Serve LiveKit's client by this app, where it was fetched."""
        if _client_file().is_file():
            app.add_route(f"/{CLIENT}", _serve_client, methods=["GET"])

    @property
    def is_configured(self) -> bool:
        """Whether the settings name a server."""
        return bool(self._settings.livekit_url)

    async def invite(self, owner: str, interview_id: str, is_recorded: bool) -> Invitation:
        """Leave to enter this owner's room. Raises InterviewLabError with what is missing."""
        ticket = await self._open().invite(owner, interview_id, is_recorded)
        client = {"src": CLIENT if _client_file().is_file() else CDN, "integrity": INTEGRITY}
        call = {"line": "livekit", "url": ticket.url, "token": ticket.token, "client": client}
        return Invitation(json.dumps({**call, "is_recorded": is_recorded}))

    async def close(self, interview_id: str) -> None:
        """The interview has ended: no ticket opens its room any more. Raises InterviewLabError."""
        if self.is_configured:
            await self._open().close(interview_id)

    async def aclose(self) -> None:
        """Watch over no room any more."""
        if self._line is not None:
            await self._line.aclose()

    def _open(self) -> LiveKitLine:
        from interviewlab.voice.livekit_line import LiveKitLine

        if self._line is None:
            self._line = LiveKitLine(self._settings)
        return self._line


def _client_file() -> Path:
    return Path(str(files("interviewlab.ui").joinpath("assets", "vendor", "livekit-client.umd.js")))


async def _serve_client(_: Any) -> FileResponse:
    headers = {"Cache-Control": "max-age=86400", "Access-Control-Allow-Origin": "*"}
    return FileResponse(_client_file(), media_type="text/javascript", headers=headers)
