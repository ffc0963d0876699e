"""Where calls begin. The line itself, with its heavy guests, is built when someone first wants to talk."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from interviewlab.bootstrap import open_interview
from interviewlab.doctor import VOICE_EXTRA, examine_voice
from interviewlab.errors import InterviewLabError, NotFound
from interviewlab.ports import ChatModel
from interviewlab.settings import Settings
from interviewlab.ui.handlers.livekit import LiveKitDesk
from interviewlab.ui.handlers.recordings import RecordingDesk
from interviewlab.ui.handlers.views import Invitation, Trouble

if TYPE_CHECKING:
    from interviewlab.voice.fastrtc_transport import VoiceLine

_LOG = logging.getLogger(__name__)
OWN_MODEL_IN_ROOM = (
    "Your own model cannot speak in a room of the LiveKit server. Talk directly, or stop using it in Prepare."
)
FULL = "All voice places are taken at the moment. Try again in a few minutes, or go on by typing."


class VoiceDesk:
    """Lets a page call, and plays what was recorded."""

    def __init__(self, settings: Settings) -> None:
        self.app: Any = None
        """The FastAPI app that is being served; None while there is none."""
        self.recordings = RecordingDesk(settings)
        self.rooms = LiveKitDesk(settings)
        self._settings = settings
        self._lock = asyncio.Lock()
        self._line: VoiceLine | None = None

    @property
    def calls(self) -> int:
        """How many stand now, those in rooms of a LiveKit server left out."""
        return len(self._line.calls) if self._line else 0

    def mount(self, app: Any) -> None:
        """The app that is served answers for recordings, for LiveKit's client, and for calls once there are any."""
        self.app = app
        self.recordings.mount(app)
        self.rooms.mount(app)

    async def invite(
        self,
        owner: str,
        interview_id: str,
        is_recorded: bool = False,
        *,
        is_direct: bool = False,
        model: ChatModel | None = None,
    ) -> AsyncIterator[str | Invitation | Trouble]:
        """What is being done, a sentence each, then an Invitation for this owner's interview; or Trouble.

        ``is_recorded``: the candidate agreed that this call is kept as sound. Where a LiveKit server is configured the
        call goes through a room of it, unless it ``is_direct``; a room that cannot be had is Trouble that says so.
        ``model``: one that this owner brought; its key leaves this process for its endpoint alone, so for no room.
        """
        try:
            async with open_interview(self._settings, interview_id, owner=owner) as interview:
                if interview.progress.is_ended:
                    yield Trouble("This interview has ended.")
                    return
        except InterviewLabError as error:
            yield Trouble(str(error))
            return
        if self.rooms.is_configured and not is_direct and model is not None:
            yield Trouble(OWN_MODEL_IN_ROOM, can_go_direct=True)
            return
        if self.rooms.is_configured and not is_direct:
            yield "Asking an interviewer into the room…"
            yield await self._room(owner, interview_id, is_recorded)
            return
        try:
            async for step in self._prepare():
                yield step
            yield self._invitation(owner, interview_id, is_recorded, model)
        except InterviewLabError as error:
            yield Trouble(str(error))

    async def ended(self, interview_id: str) -> None:
        """The interview is over, for its room too. A server that does not answer closes it by itself."""
        try:
            await self.rooms.close(interview_id)
        except InterviewLabError as error:
            _LOG.warning("a room was not closed: %s", error)

    async def _room(self, owner: str, interview_id: str, is_recorded: bool) -> Invitation | Trouble:
        try:
            return await self.rooms.invite(owner, interview_id, is_recorded)
        except InterviewLabError as error:
            return Trouble(str(error), can_go_direct=True)

    async def admit(self, owner: str, interview_id: str, model: ChatModel | None = None) -> Invitation | Trouble:
        """A pass to talk without a call; where this owner has no such interview, only to try the microphone."""
        from interviewlab.voice.tickets import Grant

        try:
            known = await self._find(owner, interview_id) if interview_id else ""
            async for _ in self._prepare():
                pass
        except InterviewLabError as error:
            return Trouble(str(error))
        if self._line is None:
            return Trouble(FULL)
        return Invitation(json.dumps({"pass": self._line.push_to_talk.passes.mint(Grant(known, owner, model=model))}))

    async def aclose(self) -> None:
        """Hang up everyone."""
        await self.rooms.aclose()
        if self._line is not None:
            await self._line.aclose()

    async def _find(self, owner: str, interview_id: str) -> str:
        try:
            async with open_interview(self._settings, interview_id, owner=owner) as interview:
                return interview.id
        except NotFound:
            return ""

    async def _prepare(self) -> AsyncIterator[str]:
        async with self._lock:
            if self._line is None:
                yield "Preparing the voice…"
                missing = await asyncio.to_thread(_missing, self._settings)
                if missing:
                    raise InterviewLabError(f"Voice needs {', '.join(missing)}.", f"Run {VOICE_EXTRA} and start again.")
                self._line = await asyncio.to_thread(_build_line, self._settings)
                self._line.mount(self.app)
        async for step in self._line.parts.load():
            yield step

    def _invitation(
        self, owner: str, interview_id: str, is_recorded: bool, model: ChatModel | None
    ) -> Invitation | Trouble:
        from interviewlab.voice.fastrtc_transport import ice_servers

        if self._line is None or self._line.is_full:
            return Trouble(FULL)
        ticket = self._line.mint(interview_id, owner, is_recorded, model)
        call = {
            "line": "fastrtc",
            "ticket": ticket,
            "iceServers": ice_servers(self._settings),
            "is_recorded": is_recorded,
        }
        return Invitation(json.dumps(call))


def _missing(settings: Settings) -> list[str]:
    """Packages of the voice extra that are not installed."""
    return [part.name for part in examine_voice(settings) if part.remedy == VOICE_EXTRA]


def _build_line(settings: Settings) -> VoiceLine:
    from interviewlab.voice.fastrtc_transport import VoiceLine

    return VoiceLine(settings)
