"""Talking by plain HTTP, where no WebRTC gets through: a recording goes up, what was heard and the reply come back.

Every request shows a pass, minted for one owner and one interview; a pass without an interview only tries the
microphone. One request a pass at a time. Nothing that comes up is written anywhere.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

import numpy as np
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from interviewlab.bootstrap import open_interview
from interviewlab.errors import BadUpload, InterviewEnded, InterviewLabError, NotFound
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.settings import Settings
from interviewlab.speech.audio import EARS_RATE, Floats, to_float, to_wav
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Reply, Utterance
from interviewlab.voice.listening import Heard, Passage, expected_words
from interviewlab.voice.patience import LONGEST_PIECE_S
from interviewlab.voice.record import Record
from interviewlab.voice.spoken_turn import SpokenTurn
from interviewlab.voice.tickets import Grant, is_shown_by_its_owner
from interviewlab.voice.uploads import LONGEST_S, read_recording, split_at_pauses

PASS_S = 7200.0
"""A pass that nobody uses for so long is gone."""
UPLOAD_MB = 10
UPLOAD_S = 60.0
"""A recording has to be up within this time."""
SILENT = "Nothing was heard. Check the microphone, speak up and try again, or type."
_FULL = "All voice places are taken at the moment. Try again in a few minutes, or go on by typing."


class Parts(Protocol):
    """Where ears and mouth come from."""

    async def get(self) -> tuple[SpeechToText, TextToSpeech]:
        """Both, loaded if need be."""
        ...


class Line(Protocol):
    """What all calls of an app share."""

    @property
    def settings(self) -> Settings:
        """How this process is set up."""
        ...

    @property
    def parts(self) -> Parts:
        """Its ears and mouth."""
        ...


@dataclass
class Visit:
    """Who shows a pass, and what there is to play."""

    grant: Grant
    until: float
    turn: int = -1
    sentences: tuple[str, ...] = ()
    """Of the reply of ``turn``."""
    is_busy: bool = False
    trouble: str = ""
    """What went wrong since the last answer, for the next one to say."""


class Passes:
    """Reusable passes of one process; unguessable, dead after ``PASS_S`` without use."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._visits: dict[str, Visit] = {}

    def mint(self, grant: Grant) -> str:
        """The pass for this grant, the same while it lives. The caller has checked whose the interview is."""
        now = self._clock()
        self._visits = {name: visit for name, visit in self._visits.items() if visit.until > now}
        name = next((name for name, visit in self._visits.items() if visit.grant == grant), secrets.token_urlsafe(24))
        self._visits.setdefault(name, Visit(grant, 0.0)).until = now + PASS_S
        return name

    def show(self, name: str) -> Visit | None:
        """Whose it is; None for one that is unknown or out of date."""
        visit = self._visits.get(name)
        if visit is None or visit.until <= self._clock():
            return None
        visit.until = self._clock() + PASS_S
        return visit


class _Refused(InterviewLabError):
    def __init__(self, status: HTTPStatus, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.status = status


_STATUS: dict[type[InterviewLabError], HTTPStatus] = {
    BadUpload: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    InterviewEnded: HTTPStatus.CONFLICT,
}
_Answer = dict[str, Any]


class PushToTalk:
    """The doors below ``/voice/``; every refusal is JSON with one sentence as ``trouble``.

    POST ``hear`` and ``talk`` take a recording as body, POST ``last`` takes none, GET ``sentence/TURN/N`` gives WAV.
    The pass stands in the Authorization header ("Bearer …").
    """

    def __init__(self, line: Line) -> None:
        self.passes = Passes()
        self._line = line
        self._places = line.settings.voice_calls
        self._after: set[asyncio.Task[None]] = set()

    def mount(self, app: FastAPI) -> None:
        """Answer on this app."""
        app.add_route("/voice/hear", self._hear, methods=["POST"])
        app.add_route("/voice/talk", self._talk, methods=["POST"])
        app.add_route("/voice/last", self._last, methods=["POST"])
        app.add_route("/voice/sentence/{turn:int}/{number:int}", self._sentence, methods=["GET"])

    async def aclose(self) -> None:
        """Wait for what is still listened to a second time; the ears are needed until then."""
        await asyncio.gather(*self._after)

    # ---- the doors

    async def _hear(self, request: Request) -> Response:
        return await self._answer(request, self._try_microphone)

    async def _talk(self, request: Request) -> Response:
        return await self._answer(request, self._take_turn)

    async def _last(self, request: Request) -> Response:
        return await self._answer(request, self._repeat)

    async def _answer(self, request: Request, work: Callable[[Request, Visit], Awaitable[_Answer]]) -> Response:
        try:
            with self._alone(self._visit(request)) as visit:
                return JSONResponse(await work(request, visit))
        except InterviewLabError as error:
            return _trouble(error)

    async def _sentence(self, request: Request) -> Response:
        """Sound of one sentence of the last reply; nothing else is ever spoken."""
        try:
            visit = self._visit(request)
            turn, number = request.path_params["turn"], request.path_params["number"]
            if turn != visit.turn or not 0 <= number < len(visit.sentences):
                raise NotFound("That sentence is not to be played any more.", "It stands in the transcript.")
            wav = await self._speak(visit.sentences[number])
            return Response(wav, media_type="audio/wav", headers={"Cache-Control": "no-store"})
        except InterviewLabError as error:
            return _trouble(error)

    # ---- what they do

    async def _try_microphone(self, request: Request, visit: Visit) -> _Answer:
        audio = await self._recording(request)
        ears, _ = await self._line.parts.get()
        with self._place():
            return {"heard": (await listen(ears, audio, "")).text}

    async def _take_turn(self, request: Request, visit: Visit) -> _Answer:
        audio = await self._recording(request)
        ears, _ = await self._line.parts.get()
        async with self._open(visit) as interview:
            prompt = expected_words(interview)
            with self._place():
                heard = await listen(ears, audio, prompt)
            if not heard.text.strip():
                raise _Refused(HTTPStatus.UNPROCESSABLE_ENTITY, SILENT)
            reply = await interview.reply(Utterance(text=heard.text, source="voice", words=heard.words))
        self._later(self._listen_again(visit, ears, reply, heard, prompt))
        return {"heard": heard.text, **_to_play(visit, reply)}

    async def _repeat(self, request: Request, visit: Visit) -> _Answer:
        """The last reply again, or the greeting; no turn is taken."""
        async with self._open(visit) as interview:
            return _to_play(visit, await interview.start())

    async def _speak(self, sentence: str) -> bytes:
        _, mouth = await self._line.parts.get()
        pieces = [to_float(piece.pcm) async for piece in mouth.synthesize(sentence)]
        audio = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        return await asyncio.to_thread(to_wav, audio, mouth.sample_rate)

    async def _listen_again(self, visit: Visit, ears: SpeechToText, reply: Reply, heard: Heard, prompt: str) -> None:
        """As in a call, so that both are graded alike; what was heard first stays where this fails."""
        turn = SpokenTurn()
        turn.reply.set_result(reply)
        try:
            async with self._open(visit) as interview:
                record = Record(interview, ears.careful(), partial(setattr, visit, "trouble"))
                await record.heard_again(turn, heard, prompt)
        except InterviewLabError as error:
            visit.trouble = str(error)

    # ---- who may

    def _visit(self, request: Request) -> Visit:
        visit = self.passes.show(request.headers.get("authorization", "").removeprefix("Bearer "))
        if visit is None or not is_shown_by_its_owner(visit.grant, request.scope):
            raise _Refused(HTTPStatus.FORBIDDEN, "The leave to speak has run out.", "Start push to talk again.")
        return visit

    @contextmanager
    def _alone(self, visit: Visit) -> Iterator[Visit]:
        if visit.is_busy:
            raise _Refused(HTTPStatus.CONFLICT, "Your last recording is still being answered.", "Wait a moment.")
        visit.is_busy = True
        try:
            yield visit
        finally:
            visit.is_busy = False

    @contextmanager
    def _place(self) -> Iterator[None]:
        if self._places == 0:
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, _FULL)
        self._places -= 1
        try:
            yield
        finally:
            self._places += 1

    def _open(self, visit: Visit) -> Any:
        if not visit.grant.interview_id:
            raise _Refused(HTTPStatus.FORBIDDEN, "No interview is open.", "Start one in Prepare.")
        grant = visit.grant
        return open_interview(self._line.settings, grant.interview_id, owner=grant.owner, model=grant.model)

    async def _recording(self, request: Request) -> Floats:
        try:
            async with asyncio.timeout(UPLOAD_S):
                data = await _body(request)
        except TimeoutError as error:
            raise _Refused(
                HTTPStatus.REQUEST_TIMEOUT, "The recording did not arrive in time.", "Try again, or type."
            ) from error
        return await asyncio.to_thread(read_recording, data)

    def _later(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._after.add(task)
        task.add_done_callback(self._after.discard)


async def listen(ears: SpeechToText, audio: Floats, prompt: str) -> Heard:
    """Passage by passage, as in a call: ears that are quick get worse with length. Raises SpeechFailed."""
    passages, start_s = list[Passage](), 0.0
    for piece in split_at_pauses(audio, LONGEST_PIECE_S):
        end_s = start_s + piece.size / EARS_RATE
        passages.append(Passage(piece, start_s, end_s, await ears.transcribe(piece, prompt=prompt)))
        start_s = end_s
    return Heard(tuple(passages))


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > UPLOAD_MB * 1_000_000:
            raise _Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"That recording is larger than {UPLOAD_MB} MB.",
                f"Speak for at most {LONGEST_S:g} seconds at a time.",
            )
    return bytes(data)


def _to_play(visit: Visit, reply: Reply) -> _Answer:
    visit.turn, visit.sentences = reply.turn, tuple(split_sentences(reply.text))
    trouble, visit.trouble = visit.trouble, ""
    return {"turn": reply.turn, "sentences": visit.sentences, "is_ended": reply.ended, "trouble": trouble}


def _trouble(error: InterviewLabError) -> Response:
    known = error.status if isinstance(error, _Refused) else _STATUS.get(type(error), HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse({"trouble": str(error)}, status_code=known)
