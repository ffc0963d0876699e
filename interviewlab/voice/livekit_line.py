"""The page's side of LiveKit: a room for an interview, a ticket for its candidate, and a worker that speaks in it.

Whoever mints a ticket also keeps watch: a worker that stops proving that it lives is cleared away and another one
dispatched. Dispatching is done under the lease on the interview's voice, so that two pages never bring two workers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from livekit.protocol.models import ParticipantInfo

from interviewlab.bootstrap import open_house, open_interview
from interviewlab.errors import InterviewEnded, InterviewLabError
from interviewlab.ports import InterviewStore
from interviewlab.settings import Settings
from interviewlab.types import Frozen
from interviewlab.voice.events import VoiceTrouble
from interviewlab.voice.livekit_job import CANDIDATE, JOB_S, LATE_S, VoiceJob, room_of, sign_job
from interviewlab.voice.livekit_lease import is_worker_running, lease_of
from interviewlab.voice.livekit_redaction import redact_logs
from interviewlab.voice.livekit_server import RoomServer
from interviewlab.voice.livekit_telling import TOPIC

WATCH_S = 1.0
JOIN_S = 4.0
"""A worker that neither joined by then nor is at it will not. Whether it is, the server is asked as often."""
POLL_S = 0.2
RESTORE_S = 1.0
"""Who closes a room on purpose has given its voice up by then."""
TRIES = 2
WANTED_S = 60.0
"""So long after a ticket was given out a room is kept ready for its candidate."""
_AGENT = ParticipantInfo.Kind.AGENT
_LOG = logging.getLogger(__name__)
BY_TYPING = "Go on by typing, or try again in a moment."


class RoomTicket(Frozen):
    """What a page needs to enter a room, and must not keep."""

    url: str
    token: str
    room: str
    identity: str = CANDIDATE


@dataclass(frozen=True)
class _Wanted:
    """What a room is for."""

    interview_id: str
    owner: str
    room: str


class LiveKitLine:
    """All rooms of one app. Raises BadInput where the settings name no server."""

    def __init__(self, settings: Settings) -> None:
        redact_logs()
        self._settings = settings
        self._server = RoomServer(settings)
        self._keepers: dict[str, RoomKeeper] = {}

    async def check(self) -> None:
        """Raises InterviewLabError where the server does not answer, or does not know our key."""
        await self._server.check()

    async def invite(self, owner: str, interview_id: str, is_recorded: bool = False) -> RoomTicket:
        """A ticket for this owner's interview, once a worker waits in its room; asked again it gives a new ticket.
        ``is_recorded``: the candidate agreed that the call of this ticket is kept as sound.

        Raises NotFound, InterviewEnded, and InterviewLabError with what is missing: server, key, worker, a free
        worker, or the place in the room.
        """
        async with open_interview(self._settings, interview_id, owner=owner) as interview:
            if interview.progress.is_ended:
                raise InterviewEnded("This interview has ended.", "Open its report, or start a new interview.")
        room = room_of(interview_id, self._server.secret)
        await self._server.open_room(room)
        await self._refuse_strangers(room)
        self._keepers = {name: keeper for name, keeper in self._keepers.items() if not keeper.is_over}
        keeper = self._keepers.get(room)
        if keeper is None:
            wanted = _Wanted(interview_id, owner, room)
            keeper = self._keepers[room] = RoomKeeper(self._settings, self._server, wanted)
        await keeper.wait_for_agent()
        return RoomTicket(url=self._server.browser_url, token=self._server.mint(room, is_recorded), room=room)

    async def close(self, interview_id: str) -> None:
        """The interview has ended, or the candidate hung up for good: its room closes, and no ticket opens it."""
        room = room_of(interview_id, self._server.secret)
        keeper = self._keepers.pop(room, None)
        if keeper is not None:
            await keeper.aclose()
        await self._server.close_room(room)

    async def aclose(self) -> None:
        """Stop watching. Rooms and workers go on; the next app to invite watches them."""
        await asyncio.gather(*(keeper.aclose() for keeper in self._keepers.values()))
        await self._server.aclose()

    async def _refuse_strangers(self, room: str) -> None:
        for person in await self._server.list_people(room):
            if person.kind != _AGENT and person.identity != CANDIDATE:
                raise InterviewLabError("The room of this interview is full: somebody else is in it.", BY_TYPING)


class RoomKeeper:
    """Sees to it that one room has a worker, as long as its candidate is there or expected."""

    def __init__(self, settings: Settings, server: RoomServer, wanted: _Wanted) -> None:
        self._settings, self._server, self._wanted = settings, server, wanted
        self.is_over = False
        """Nobody watches any more."""
        self._holder = ""
        self._wanted_until = 0.0
        self._had_agent = False
        self._is_blind = False
        self._state = asyncio.Condition()
        self._is_spoken_for = False
        self._failure: InterviewLabError | None = None
        self._task = asyncio.create_task(self._keep())

    async def wait_for_agent(self) -> None:
        """Until a worker is there. Raises InterviewLabError that says why there is none."""
        self._wanted_until = time.monotonic() + WANTED_S
        async with self._state:
            self._is_spoken_for, self._failure = False, None
            await self._state.wait_for(lambda: self._is_spoken_for or self._failure is not None or self.is_over)
            if not self._is_spoken_for:
                raise self._failure or InterviewLabError("The room of this interview was closed.", BY_TYPING)

    async def aclose(self) -> None:
        """Stop watching."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    # ---- the watch

    async def _keep(self) -> None:
        try:
            async with open_house(self._settings) as house:
                is_wanted = True
                while is_wanted:
                    is_wanted = await self._look(house.adapters.store)
                    await asyncio.sleep(WATCH_S)
        except InterviewLabError as error:
            await self._say(failure=error)
        finally:
            self.is_over = True
            await self._say()

    async def _look(self, store: InterviewStore) -> bool:
        """One look; False where the room is of no more use."""
        try:
            if not await self._server.has_room(self._wanted.room):
                return await self._restore(store)
            async with self._voice(store) as is_free:
                if is_free:
                    return await self._bring_worker(store)
            if not self._is_spoken_for:
                await self._see_agent()
        except InterviewLabError as error:
            if not self._had_agent:
                await self._say(failure=error)
                return False
            if not self._is_blind:
                _LOG.warning("cannot look after a room: %s", error)
            self._is_blind = True
        else:
            self._is_blind = False
        return True

    async def _restore(self, store: InterviewStore) -> bool:
        """A room that is gone was closed on purpose, or its server forgot it while the worker lives on."""
        await asyncio.sleep(RESTORE_S)
        async with self._voice(store) as is_free:
            if is_free:
                return False
        await self._server.open_room(self._wanted.room)
        return True

    @asynccontextmanager
    async def _voice(self, store: InterviewStore) -> AsyncIterator[bool]:
        """Whether nobody speaks for the interview; then it is ours to bring somebody, until the end."""
        key, holder = lease_of(self._wanted.interview_id), uuid4().hex
        self._holder = holder  # another one each time: a job that was used before holds nothing
        is_free = await store.acquire(key, holder, JOB_S)
        try:
            yield is_free
        finally:
            if is_free:
                await store.release(key, holder)

    async def _bring_worker(self, store: InterviewStore) -> bool:
        people = await self._server.list_people(self._wanted.room)
        is_present = any(person.identity == CANDIDATE for person in people)
        if not is_present and time.monotonic() > self._wanted_until:
            return False
        for ghost in (person for person in people if person.kind == _AGENT):
            self._had_agent = True
            await self._server.remove(self._wanted.room, ghost.identity)
        for _ in range(TRIES if await is_worker_running(store) else 0):
            if await self._dispatch(store):
                self._had_agent = True
                await self._say(is_spoken_for=True)
                return True
        await self._fail(await _why_nobody_came(store))
        return self._had_agent

    async def _dispatch(self, store: InterviewStore) -> bool:
        """Ask for a worker and wait for it to take the interview's voice over."""
        wanted, key = self._wanted, lease_of(self._wanted.interview_id)
        await store.acquire(key, self._holder, JOB_S)
        job = VoiceJob(
            interview_id=wanted.interview_id,
            owner=wanted.owner,
            room=wanted.room,
            holder=self._holder,
            expires_at=time.time() + JOB_S,
            is_resumed=self._had_agent,
        )
        dispatch = await self._server.dispatch(wanted.room, sign_job(job, self._server.secret))
        late_at = time.monotonic() + LATE_S
        is_there = await self._has_agent_within(JOIN_S)
        while not is_there and time.monotonic() < late_at and await self._server.is_taken(wanted.room, dispatch):
            is_there = await self._has_agent_within(JOIN_S)
        if not is_there:
            await self._server.withdraw(wanted.room, dispatch)
        return is_there

    async def _has_agent_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            await asyncio.sleep(POLL_S)
            if await self._has_agent():
                return True
        return False

    async def _has_agent(self) -> bool:
        return any(person.kind == _AGENT for person in await self._server.list_people(self._wanted.room))

    async def _see_agent(self) -> None:
        if await self._has_agent():
            self._had_agent = True
            await self._say(is_spoken_for=True)

    async def _fail(self, error: InterviewLabError) -> None:
        await self._say(failure=error)
        if self._had_agent:
            trouble = VoiceTrouble(sentence=str(error))
            await self._server.tell(self._wanted.room, TOPIC, trouble.model_dump_json())

    async def _say(self, is_spoken_for: bool = False, failure: InterviewLabError | None = None) -> None:
        async with self._state:
            self._is_spoken_for, self._failure = is_spoken_for, failure or self._failure
            self._state.notify_all()


async def _why_nobody_came(store: InterviewStore) -> InterviewLabError:
    if await is_worker_running(store):
        return InterviewLabError("All interviewers are taken at the moment.", BY_TYPING)
    return InterviewLabError("No interviewer is running.", "Start one with `interviewlab worker`, or go on by typing.")
