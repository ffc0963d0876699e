"""The LiveKit server as app and worker ask it: rooms, dispatches and tickets. What it refuses is said in a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from livekit import api
from livekit.protocol.agent import JobStatus
from livekit.protocol.models import ParticipantInfo

from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.settings import Settings
from interviewlab.voice.livekit_job import AGENT_NAME, CANDIDATE, RECORDED
from interviewlab.voice.livekit_redaction import redact

TICKET_S = 120.0
"""Long enough to answer the browser's question about the microphone; a client that is connected needs no new one."""
EMPTY_S = 60
"""A room that nobody enters, or that everybody left, closes after so long."""
TIMEOUT_S = 5.0
SHORT_SECRET = 32
_AT_IT = (JobStatus.JS_PENDING, JobStatus.JS_RUNNING)


class RoomServer:
    """Asks the server of ``settings``; ``aclose`` when done. Raises BadInput where the settings name none."""

    def __init__(self, settings: Settings) -> None:
        check_settings(settings)
        self.url = settings.livekit_url
        self.browser_url = settings.livekit_browser_url or settings.livekit_url
        self.key, self.secret = settings.livekit_key, settings.livekit_secret.get_secret_value()
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        self._api = api.LiveKitAPI(self.url, self.key, self.secret, timeout=timeout)

    async def aclose(self) -> None:
        """Give up connections."""
        await self._api.aclose()

    async def check(self) -> None:
        """Raises InterviewLabError where the server does not answer or does not know the key."""
        async with self._asking():
            await self._api.room.list_rooms(api.ListRoomsRequest(names=["none"]))

    async def open_room(self, room: str) -> None:
        """Make the room, unless it is there. One candidate fits in; agents are not counted."""
        async with self._asking():
            await self._api.room.create_room(
                api.CreateRoomRequest(name=room, empty_timeout=EMPTY_S, departure_timeout=EMPTY_S, max_participants=1)
            )

    async def has_room(self, room: str) -> bool:
        """Whether the room is open."""
        async with self._asking():
            return bool((await self._api.room.list_rooms(api.ListRoomsRequest(names=[room]))).rooms)

    async def close_room(self, room: str) -> None:
        """Send everybody out and close it; a room that is closed already is left so."""
        async with self._asking(missing_ok=True):
            await self._api.room.delete_room(api.DeleteRoomRequest(room=room))

    async def list_people(self, room: str) -> list[ParticipantInfo]:
        """Who is in the room, agents too; nobody where there is no such room."""
        people: list[ParticipantInfo] = []
        async with self._asking(missing_ok=True):
            people += (await self._api.room.list_participants(api.ListParticipantsRequest(room=room))).participants
        return people

    async def remove(self, room: str, identity: str) -> None:
        """Send somebody out, or clear away the ghost of a worker that died."""
        async with self._asking(missing_ok=True):
            await self._api.room.remove_participant(api.RoomParticipantIdentity(room=room, identity=identity))

    async def dispatch(self, room: str, metadata: str) -> str:
        """Ask for a worker; gives the id. The server says yes whether there is one or not."""
        async with self._asking():
            asked = api.CreateAgentDispatchRequest(agent_name=AGENT_NAME, room=room, metadata=metadata)
            return str((await self._api.agent_dispatch.create_dispatch(asked)).id)

    async def is_taken(self, room: str, dispatch_id: str) -> bool:
        """Whether a worker took this dispatch and is at it, in the room yet or not."""
        found = None
        async with self._asking(missing_ok=True):
            found = await self._api.agent_dispatch.get_dispatch(dispatch_id, room)
        return found is not None and any(job.state.status in _AT_IT for job in found.state.jobs)

    async def withdraw(self, room: str, dispatch_id: str) -> None:
        """Take a dispatch back, and end its job."""
        async with self._asking(missing_ok=True):
            await self._api.agent_dispatch.delete_dispatch(dispatch_id, room)

    async def tell(self, room: str, topic: str, text: str) -> None:
        """Data for the candidate that bears no sender: only who has the secret can send such."""
        async with self._asking(missing_ok=True):
            await self._api.room.send_data(
                api.SendDataRequest(room=room, data=text.encode(), topic=topic, destination_identities=[CANDIDATE])
            )

    def mint(self, room: str, is_recorded: bool = False, ttl_s: float = TICKET_S) -> str:
        """A ticket for the candidate: this room, this identity, a microphone and commands, nothing else.
        ``is_recorded``: the candidate agreed that this call is kept as sound."""
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_publish_sources=["microphone"],
            can_update_own_metadata=False,
        )
        token = api.AccessToken(self.key, self.secret).with_identity(CANDIDATE)
        agreed = {RECORDED: "true"} if is_recorded else {}
        return str(token.with_attributes(agreed).with_grants(grants).with_ttl(timedelta(seconds=ttl_s)).to_jwt())

    @asynccontextmanager
    async def _asking(self, missing_ok: bool = False) -> AsyncIterator[None]:
        try:
            yield
        except api.ServerError as error:
            if missing_ok and error.status == 404:
                return
            raise self._refusal(error) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise InterviewLabError(
                f"The LiveKit server {self.url} does not answer ({type(error).__name__}).",
                "Start it (`interviewlab livekit-dev`) or correct INTERVIEWLAB_LIVEKIT_URL.",
            ) from None

    def _refusal(self, error: api.ServerError) -> InterviewLabError:
        if error.status in (401, 403):
            return InterviewLabError(
                f"The LiveKit server {self.url} does not accept our key.",
                "Correct INTERVIEWLAB_LIVEKIT_KEY and INTERVIEWLAB_LIVEKIT_SECRET.",
            )
        what = redact(error.message) or error.code
        return InterviewLabError(f"The LiveKit server {self.url} refused: {what}.", "See its log, or try again.")


@asynccontextmanager
async def open_server(settings: Settings) -> AsyncIterator[RoomServer]:
    """The server of the settings, until the end. Raises BadInput where they name none."""
    server = RoomServer(settings)
    try:
        yield server
    finally:
        await server.aclose()


def check_settings(settings: Settings) -> None:
    """Raises BadInput where the settings name no LiveKit server, or only half of one."""
    if not settings.livekit_url:
        raise BadInput(
            "No LiveKit server is named.", "Set INTERVIEWLAB_LIVEKIT_URL, or run `interviewlab livekit-dev`."
        )
    if not settings.livekit_url.startswith(("ws://", "wss://", "http://", "https://")):
        raise BadInput("INTERVIEWLAB_LIVEKIT_URL is no address.", "It begins with ws:// or wss://.")
    if not settings.livekit_key or len(settings.livekit_secret.get_secret_value()) < SHORT_SECRET:
        raise BadInput(
            f"The LiveKit key is missing, or its secret has fewer than {SHORT_SECRET} characters.",
            "Set INTERVIEWLAB_LIVEKIT_KEY and INTERVIEWLAB_LIVEKIT_SECRET.",
        )
