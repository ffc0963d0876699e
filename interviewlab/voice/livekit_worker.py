"""The worker: registers with a LiveKit server, loads ears, mouth and the house once, and speaks interviews in rooms.

LiveKit's job threads only wait: all calls of a worker run in its one event loop and share what it has loaded, as the
calls of a page do. A worker that crashes takes its calls with it; each is taken over from its record.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from functools import partial

from livekit.agents import AgentServer, JobContext, JobExecutorType, JobRequest

from interviewlab.bootstrap import open_house, open_locks
from interviewlab.errors import BadInput, InterviewLabError
from interviewlab.realtime import carry_calls, settle, staying_small
from interviewlab.settings import Settings
from interviewlab.voice.livekit_call import RoomCall
from interviewlab.voice.livekit_job import AGENT_NAME, read_job
from interviewlab.voice.livekit_lease import Lease, announce
from interviewlab.voice.livekit_logs import calm_logs
from interviewlab.voice.livekit_pulse import Pulse, open_pulse
from interviewlab.voice.livekit_redaction import redact_logs
from interviewlab.voice.livekit_server import RoomServer, open_server
from interviewlab.voice.parts import SpeechParts
from interviewlab.voice.warming import warm_brain

FULL_LOAD = 0.7
"""A server sends no jobs to a worker that reports so much."""
INITIALIZE_S = 120.0
NO_WATCH = "LIVEKIT_AGENTS_LOOP_BLOCK_WARN_MS"
"""LiveKit's watch over the event loops of job threads, 0: ours only wait there, and looked at fifty times a second each
they cost more than the calls."""
RETRIES = 1_000_000
"""A worker waits for its server as long as it is left running."""
_LOG = logging.getLogger(__name__)
Tell = Callable[[str], None]


async def run_worker(settings: Settings, tell: Tell) -> None:
    """Work until SIGTERM or SIGINT, then let the calls go on for ``worker_drain_s``; a second signal ends them at once.

    ``tell`` hears what is being done. Raises InterviewLabError where the server, the weights or the store cannot be
    used.
    """
    redact_logs()
    calm_logs()
    os.environ.setdefault(NO_WATCH, "0")
    carry_calls()
    stop = _on_signals()
    parts = SpeechParts(settings)
    try:
        async with (
            staying_small(),
            open_server(settings) as server,
            open_house(settings),
            open_pulse(partial(open_locks, settings)) as pulse,
        ):
            await server.check()
            async for step in parts.load():
                tell(step)
            tell("Making the interviewer ready…")
            try:
                await warm_brain(settings)
                await asyncio.to_thread(settle)
            except Exception as error:  # noqa: BLE001 - the first answer then waits for it, or says why
                _LOG.warning("The interviewer could not be made ready: %s", error)
            await _work(settings, Switchboard(settings, parts, server, pulse, tell), stop, tell)
    finally:
        await parts.aclose()


class Switchboard:
    """All calls of one worker."""

    def __init__(self, settings: Settings, parts: SpeechParts, server: RoomServer, pulse: Pulse, tell: Tell) -> None:
        self.settings, self.parts, self.server, self.pulse, self.tell = settings, parts, server, pulse, tell
        self._calls: set[RoomCall] = set()
        self._loop = asyncio.get_running_loop()

    async def consider(self, request: JobRequest) -> None:
        """Take a job that is ours; one that is forged or stale is refused for good."""
        try:
            read_job(request.job.metadata, request.room.name, self.server.secret)
        except BadInput as error:
            _LOG.warning("refused a job: %s", error)
            await request.reject(terminate=True)
        else:
            await request.accept(identity=f"interviewer-{request.id}", name="Interviewer")

    async def enter(self, context: JobContext) -> None:
        """In a job thread: hold the call in the loop of all calls, and wait for its end."""
        context._on_connect()  # the room is joined there, with the job's token; else LiveKit warns that nobody did
        # In a context of its own: each session of the call would have the job close it, in the job's loop.
        call = Context().run(asyncio.run_coroutine_threadsafe, self._hold(context), self._loop)
        try:
            await asyncio.wrap_future(call)
        except InterviewLabError as error:
            _LOG.error("a call failed: %s", error)
        finally:
            context.shutdown("the call is over")

    def leave_all(self) -> None:
        """End every call here; other workers take them over."""
        for call in self._calls:
            call.leave()

    async def _hold(self, context: JobContext) -> None:
        job = read_job(context.job.metadata, context.job.room.name, self.server.secret)
        call = RoomCall(self.settings, self.parts, job)
        lease = Lease(self.pulse.store, job.interview_id, self.pulse.is_alive)
        leave = partial(self._loop.call_soon_threadsafe, call.leave)
        try:
            if not await self.pulse.run(lease.take_over(job.holder, leave)):
                _LOG.warning("refused a job: another worker speaks there, or it was used before")
                return
            self._calls.add(call)
            self._tell_calls()
            await call.run(context._info.url, context._info.token)
            if call.is_done:
                await self.server.close_room(job.room)
        finally:
            self._calls.discard(call)
            self._tell_calls()
            await self.pulse.run(lease.release())

    def _tell_calls(self) -> None:
        self.tell(f"Speaking {len(self._calls)} of {self.settings.worker_rooms} interviews.")


async def _work(settings: Settings, switchboard: Switchboard, stop: asyncio.Queue[None], tell: Tell) -> None:
    agents = _build_server(settings, switchboard)
    agents.on("worker_registered", lambda *_: tell(f"Registered with {settings.livekit_url}; waiting for interviews."))
    presence = switchboard.pulse.start(announce(switchboard.pulse.store))
    running = asyncio.create_task(agents.run())
    stopping = asyncio.create_task(stop.get())
    try:
        await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            tell("Stopping: no new interviews, those under way go on. Signal again to end them now.")
            presence.cancel()
            await _drain(agents, stop, settings.worker_drain_s)
    finally:
        presence.cancel()
        stopping.cancel()
        switchboard.leave_all()
        await agents.aclose()
        await asyncio.wait([stopping])
    await running


def _build_server(settings: Settings, switchboard: Switchboard) -> AgentServer:
    agents = AgentServer(
        ws_url=settings.livekit_url,
        api_key=settings.livekit_key,
        api_secret=settings.livekit_secret.get_secret_value(),
        host="127.0.0.1",
        port=settings.worker_port,
        job_executor_type=JobExecutorType.THREAD,
        num_idle_processes=settings.worker_rooms,
        initialize_process_timeout=INITIALIZE_S,
        max_retry=RETRIES,
        drain_timeout=0,
        load_fnc=lambda agents: FULL_LOAD * len(agents.active_jobs) / settings.worker_rooms,
        load_threshold=FULL_LOAD,
    )
    agents.rtc_session(switchboard.enter, agent_name=AGENT_NAME, on_request=switchboard.consider)
    return agents


async def _drain(agents: AgentServer, stop: asyncio.Queue[None], drain_s: float) -> None:
    draining, again = asyncio.create_task(agents.drain(timeout=None)), asyncio.create_task(stop.get())
    await asyncio.wait([draining, again], timeout=drain_s, return_when=asyncio.FIRST_COMPLETED)
    for task in (draining, again):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _on_signals() -> asyncio.Queue[None]:
    """One item for each SIGTERM or SIGINT."""
    asked: asyncio.Queue[None] = asyncio.Queue()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.put_nowait, None)
    return asked
