"""One interview spoken in one room by one worker, from the job to the goodbye.

As long as the candidate is there one ``VoiceSession`` runs; who reloads the page comes back to a new one, which says
the last reply again. The worker stays in the room meanwhile.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress

import numpy as np

from interviewlab.bootstrap import open_interview
from interviewlab.errors import BadInput
from interviewlab.interview import Interview
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Ints
from interviewlab.voice.events import Command, StateChange, TurnTaken, VoiceEvent, VoiceTrouble
from interviewlab.voice.frames import FRAME_SAMPLES, OUT_RATE, Microphone
from interviewlab.voice.livekit_job import VoiceJob
from interviewlab.voice.livekit_room import InterviewRoom, Speaker
from interviewlab.voice.livekit_telling import Telling
from interviewlab.voice.obeying import obey
from interviewlab.voice.parts import SpeechParts
from interviewlab.voice.patience import OVERTIME_S
from interviewlab.voice.recording import Recorder, begin_recording
from interviewlab.voice.session import VoiceSession
from interviewlab.voice.trouble import time_is_over

PICK_UP = "Let's pick up where we were."
ABSENT_S = 60.0
"""A candidate who does not come (back) within so long is waited for no more."""
FLUSH_S = 2.0
OBEY_S = 8.0
"""Less than a page waits for its answer."""
GOODBYE_S = 0.7
"""What was said last is still on its way to the ear."""
_SILENCE = np.zeros(FRAME_SAMPLES, np.int16)


class RoomCall:
    """Run once by ``run``; ``leave`` ends it from outside."""

    def __init__(self, settings: Settings, parts: SpeechParts, job: VoiceJob) -> None:
        self._settings, self._parts, self._job = settings, parts, job
        self._room = InterviewRoom(self._hear, self._sound, self._obey, settings.worker_rooms)
        self._telling = Telling(self._room.room)
        self._session: VoiceSession | None = None
        self._speaker: Speaker | None = None
        """Whom the session hears."""
        self._has_session = asyncio.Event()
        self._recorder: Recorder | None = None
        self._preface = PICK_UP if job.is_resumed else ""
        self._is_leaving = False
        self._is_interview_over = False
        self.is_done = False
        """The call ended on purpose: the room is of no more use."""

    async def run(self, url: str, token: str) -> None:
        """Speak until the interview or the time is over, the candidate stays away, or ``leave``.

        Raises InterviewLabError where the interview cannot be opened or the room not be entered.
        """
        async with AsyncExitStack() as stack:
            telling = asyncio.create_task(self._telling.run())
            joining = asyncio.create_task(self._room.join(url, token))
            stack.push_async_callback(self._depart, joining, telling)
            opening = open_interview(self._settings, self._job.interview_id, owner=self._job.owner)
            interview = await stack.enter_async_context(opening)
            longest_s = self._settings.voice_minutes * 60
            stack.callback(asyncio.get_running_loop().call_later(longest_s, self._on_time_over).cancel)
            try:
                async with asyncio.timeout(longest_s + OVERTIME_S):
                    while await self._visit(interview, joining):
                        pass
            except TimeoutError:
                self.is_done = True

    def leave(self) -> None:
        """End the call here; another worker may go on."""
        self._is_leaving = True
        self._room.wake()

    def _hang_up(self) -> None:
        """End the call for good, once the last word has sounded."""
        if not self.is_done:
            self.is_done = True
            asyncio.get_running_loop().call_later(GOODBYE_S, self.leave)

    def _on_time_over(self) -> None:
        self._tell(VoiceTrouble(sentence=time_is_over(self._settings.voice_minutes)))
        self._hang_up()

    @property
    def _is_over(self) -> bool:
        return self._is_leaving or self._room.is_closed

    async def _depart(self, joining: asyncio.Task[None], telling: asyncio.Task[None]) -> None:
        """Gone from the room, all told that could be."""
        joining.cancel()
        await asyncio.wait([joining])
        if self._telling.audience.is_set() and not self._room.is_closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._telling.flush(), FLUSH_S)
        telling.cancel()
        await self._room.leave()

    # ---- as long as the candidate is there

    async def _visit(self, interview: Interview, joining: asyncio.Task[None]) -> bool:
        """One presence of the candidate, from coming to going; whether to wait for them to come back."""
        self._telling.audience.clear()
        ears, mouth = await self._parts.get()
        microphone = Microphone(EARS_RATE)
        session = VoiceSession(interview, ears, mouth, microphone, self._tell, hang_up=self._hang_up)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(session.aclose)
            await session.prepare()
            await joining
            speaker = await self._candidate_comes()
            if speaker is None:
                return False
            await self._begin(session, speaker, stack)
            try:
                await self._room.until(lambda: self._is_over or self._room.speaker != speaker)
            finally:
                self._has_session.clear()
                self._session = self._speaker = self._recorder = None
        return not self._is_over

    async def _candidate_comes(self) -> Speaker | None:
        """Who came; None where nobody does, or the call is over."""
        try:
            async with asyncio.timeout(ABSENT_S):
                await self._room.until(lambda: self._is_over or self._room.speaker is not None)
        except TimeoutError:
            return None
        speaker = self._room.speaker
        await self._room.is_heard()
        self._telling.audience.set()
        return None if self._is_over else speaker

    async def _begin(self, session: VoiceSession, speaker: Speaker, stack: AsyncExitStack) -> None:
        if speaker.is_recorded:
            folder = self._settings.recordings_dir
            self._recorder = await begin_recording(folder, self._job.interview_id, self._tell, stack)
        session.microphone.set_rate(speaker.rate)
        self._session, self._speaker = session, speaker
        self._has_session.set()
        preface, self._preface = self._preface, ""
        await session.start(preface)

    # ---- what passes between room and engine

    def _hear(self, samples: Ints) -> None:
        speaker = self._room.speaker
        if self._session is None or speaker is None or speaker != self._speaker:
            return
        self._session.microphone.push(samples)
        if self._recorder is not None:
            self._recorder.candidate(samples, speaker.rate)

    def _sound(self) -> Ints:
        if self._session is None:
            return _SILENCE
        samples = self._session.voice.next_frame()
        if self._recorder is not None:
            self._recorder.interviewer(samples, OUT_RATE)
        return samples

    async def _obey(self, command: Command) -> None:
        """Between two presences of the candidate a command waits: what was typed must not be lost."""
        try:
            async with asyncio.timeout(OBEY_S):
                await self._has_session.wait()
        except TimeoutError:
            raise BadInput("The interviewer is not here yet.", "Try again in a moment.") from None
        if self._session is not None:
            await obey(self._session, command)

    def _tell(self, event: VoiceEvent) -> None:
        if isinstance(event, StateChange):
            if event.state == "ended" and not self.is_done:
                return  # another worker goes on, or this one when the candidate is back
            if event.state == "listening" and self._is_interview_over:
                self._hang_up()
        if isinstance(event, TurnTaken) and event.is_ended:
            self._is_interview_over = True
        self._telling.put(event)
