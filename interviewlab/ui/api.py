"""The named endpoints, for programs: ``gradio_client``, plain HTTP, and MCP. The docstrings are their documentation.

Each answers for the owner of the request alone; trouble is an error with one sentence. Errors are Gradio's, which
travel to every kind of client.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import gradio as gr

from interviewlab.planning import PlanWishes
from interviewlab.reports.debug_log import to_debug_log
from interviewlab.scoring.rubric import list_rubrics
from interviewlab.types import Language, ReplyEntry
from interviewlab.ui.handlers import interview as interviewing
from interviewlab.ui.handlers import papers, prepare, progress, shelf
from interviewlab.ui.handlers.views import Invitation, Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.owner import owner_of
from interviewlab.ui.pages.shell import Shell

_Found = TypeVar("_Found")
Document = dict[str, Any]
NAMES = (
    "create_interview",
    "list_interviews",
    "get_interview",
    "reply",
    "run",
    "submit",
    "complete_interview",
    "report",
    "debug_log",
    "delete_interview",
    "add_cv",
    "list_cvs",
    "get_cv",
    "delete_cv",
    "voice_ticket",
    "progress",
    "rubrics",
)
"""The endpoints, in the order in which an interview uses them."""
_TOLD = {"reply", "heard", "utterance", "corrected", "submission", "result"}
"""Of an interview that goes on; the plan and the assessments would tell what is still to come."""


def lay_out(shell: Shell, desk: VoiceDesk) -> None:
    """Offer the endpoints inside the current Blocks."""
    api = Api(shell, desk)
    for name in NAMES:
        gr.events.api(getattr(api, name), api_name=name, concurrency_limit=None)


@dataclass(frozen=True)
class Api:
    """The endpoints of one app."""

    shell: Shell
    desk: VoiceDesk

    async def create_interview(
        self,
        request: gr.Request,
        type: str = "mixed",
        level: str = "",
        language: str = "python",
        minutes: float = 30.0,
        seed: int | None = None,
        is_practice: bool = True,
        candidate: str = "",
        job: str = "",
        cv_id: str = "",
        rubric: str = "default",
    ) -> dict:  # type: ignore[type-arg]
        """Begin an interview and hear its greeting.

        Args:
            type: resume, coding, fundamentals, system-design, behavioural, sql, machine-learning,
                frontend or mixed.
            level: intern, junior, mid, senior or staff; empty for that of the job, or mid where it tells none.
            language: Language of the exercises, such as python.
            minutes: How long, 1 to 240.
            seed: The same seed and the same words give the same interview.
            is_practice: Whether feedback comes after each answer.
            candidate: How the interviewer calls you.
            job: The job description as text.
            cv_id: A CV that was added before.
            rubric: A name from the list of rubrics.
        """
        owner = owner_of(request, "starts")
        wishes = PlanWishes(
            type, level, language, minutes, seed, is_practice, candidate, job=job.strip(), rubric=rubric
        )
        return _to_interview(_good(await prepare.start_interview(self.shell.settings, owner, wishes, cv_id)))

    async def list_interviews(self, request: gr.Request) -> list:  # type: ignore[type-arg]
        """Your interviews, newest first: id, title, type, level, when they began and whether they ended."""
        records = _good(await shelf.list_interviews(self.shell.settings, owner_of(request)))
        return [
            {
                "interview_id": record.id,
                "title": record.title,
                "type": record.plan.type,
                "level": record.plan.level,
                "created_at": record.created_at.isoformat(),
                "ended": record.is_ended,
            }
            for record in records
        ]

    async def get_interview(self, interview_id: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """An interview as it stands: its last reply, the exercise on the table and the transcript.

        Args:
            interview_id: As create_interview gave it.
        """
        return _to_interview(
            _good(await interviewing.find_interview(self.shell.settings, owner_of(request), interview_id))
        )

    async def reply(self, interview_id: str, text: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Say something and hear the interviewer's reply.

        Args:
            interview_id: As create_interview gave it.
            text: What you say.
        """
        steps = interviewing.say(self.shell.settings, owner_of(request), interview_id, text)
        return _to_reply(_good(await _last(steps)))

    async def run(self, interview_id: str, code: str, language: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Run code against the visible tests of the exercise on the table; no turn is taken.

        Args:
            interview_id: As create_interview gave it.
            code: The program.
            language: One of the exercise's languages.
        """
        owner, chosen = owner_of(request, "runs"), _language(language)
        result = _good(await interviewing.run(self.shell.settings, owner, interview_id, code, chosen))
        return _plain(result)

    async def submit(
        self, interview_id: str, code: str, language: str, request: gr.Request, own_tests: str = ""
    ) -> dict:  # type: ignore[type-arg]
        """Hand code in: hidden tests run and the interviewer replies. The result is under "result".

        Args:
            interview_id: As create_interview gave it.
            code: The program.
            language: One of the exercise's languages.
            own_tests: Tests of your own, a line each: arguments => what they should give.
        """
        owner, chosen = owner_of(request, "runs"), _language(language)
        steps = interviewing.submit(self.shell.settings, owner, interview_id, code, chosen, own_tests=own_tests)
        view: Any = _good(await _last(steps))
        return {**_to_reply(view), "result": _plain(view.result) if view.result else None}

    async def complete_interview(self, interview_id: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """End an interview and get its report; again gives the same report.

        Args:
            interview_id: As create_interview gave it.
        """
        ended = _good(await interviewing.finish(self.shell.settings, owner_of(request), interview_id))
        await self.desk.ended(interview_id)
        return _plain(ended.report)

    async def report(self, interview_id: str, format: str, request: gr.Request) -> str:
        """The report of an interview that ended, as text.

        Args:
            interview_id: As create_interview gave it.
            format: json or markdown.
        """
        names: dict[str, shelf.FileName] = {"json": "report.json", "markdown": "report.md"}
        if format not in names:
            raise gr.Error(f"There is no format '{format}'. Choose json or markdown.", print_exception=False)
        owner = owner_of(request)
        return _good(await shelf.get_file(self.shell.settings, owner, interview_id, names[format])).decode()

    async def debug_log(self, interview_id: str, with_words: bool, request: gr.Request) -> str:
        """What happened when in an interview, as JSON lines: kinds, turns, waits and lengths.

        Args:
            interview_id: As create_interview gave it.
            with_words: Whether what was said and written is in it too.
        """
        transcript = await shelf.get_transcript(self.shell.settings, owner_of(request), interview_id)
        return to_debug_log(_good(transcript), with_words=with_words)

    async def delete_interview(self, interview_id: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Delete an interview with its transcript, report and recordings.

        Args:
            interview_id: As create_interview gave it.
        """
        _good(await shelf.delete_interview(self.shell.settings, owner_of(request), interview_id), allow_none=True)
        return {"deleted": interview_id}

    async def add_cv(self, file_name: str, content_base64: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Read a CV and keep it; gives its id and what was understood as JSON Resume.

        Args:
            file_name: With its ending: .pdf, .docx, .odt, .rtf, .txt, .md or .json.
            content_base64: The bytes of the file in Base64.
        """
        owner = owner_of(request, "uploads")
        try:
            content = base64.b64decode(content_base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise gr.Error("The content is not Base64. Encode the file's bytes.", print_exception=False) from error
        with TemporaryDirectory(prefix="interviewlab-") as folder:
            path = Path(folder) / f"cv{Path(file_name).suffix[:8]}"
            path.write_bytes(content)
            view = _good(await papers.add_resume(self.shell.settings, owner, path, _to_title(file_name)))
        return _to_cv(view)

    async def list_cvs(self, request: gr.Request) -> list:  # type: ignore[type-arg]
        """Your CVs, newest first."""
        found = _good(await papers.list_papers(self.shell.settings, owner_of(request)))
        return [{"cv_id": record.id, "name": record.name, "is_default": record.is_default} for record in found.resumes]

    async def get_cv(self, cv_id: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """A CV as JSON Resume.

        Args:
            cv_id: As add_cv gave it.
        """
        return _to_cv(_good(await papers.open_resume(self.shell.settings, owner_of(request), cv_id)))

    async def delete_cv(self, cv_id: str, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Delete a CV with the interviews that were made from it.

        Args:
            cv_id: As add_cv gave it.
        """
        _good(await papers.delete_resume(self.shell.settings, owner_of(request), cv_id), allow_none=True)
        return {"deleted": cv_id}

    async def voice_ticket(self, interview_id: str, is_recorded: bool, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Leave for one call: for WebRTC at /webrtc/offer, or for a LiveKit room where one is configured.

        Args:
            interview_id: As create_interview gave it.
            is_recorded: Whether you agree that the call is kept as sound.
        """
        invitation = _good(await _last(self.desk.invite(owner_of(request, "talks"), interview_id, is_recorded)))
        return dict(json.loads(invitation.payload)) if isinstance(invitation, Invitation) else {}

    async def progress(self, request: gr.Request) -> list:  # type: ignore[type-arg]
        """The scores of your finished interviews over time, oldest first; one question tried again is none."""
        history = _good(await progress.get_history(self.shell.settings, owner_of(request)))
        return [
            {
                "interview_id": each.interview_id,
                "created_at": each.created_at.isoformat(),
                "overall": each.overall.score,
                "axes": {name: axis.score for name, axis in each.axes.items()},
            }
            for each in history.compared
        ]

    async def rubrics(self, request: gr.Request) -> list:  # type: ignore[type-arg]
        """The names of the rubrics by which an interview can be judged."""
        owner_of(request)
        return list(list_rubrics())


async def _last(steps: AsyncIterator[_Found]) -> _Found | None:
    """What it all came to."""
    last = None
    async for step in steps:
        last = step
    return last


def _good(found: _Found | Trouble | None, *, allow_none: bool = False) -> _Found:
    if isinstance(found, Trouble):
        raise gr.Error(found.sentence, print_exception=False)
    if found is None and not allow_none:
        raise gr.Error("This interview has no report yet. Complete it first.", print_exception=False)
    return found  # type: ignore[return-value]


def _to_title(file_name: str) -> str:
    """What a CV is called on the shelf."""
    return "".join(sign for sign in Path(file_name).stem if sign.isprintable())[: shelf.LONGEST_NAME].strip()


def _language(name: str) -> Language:
    return name  # type: ignore[return-value] # the interview refuses one that its exercise has not


def _plain(noun: Any) -> Document:
    return dict(noun.model_dump(mode="json"))


def _to_cv(view: papers.ResumeView) -> Document:
    return {"cv_id": view.record.id, "name": view.record.name, "resume": view.record.resume.document}


def _to_reply(view: Any) -> Document:
    last: ReplyEntry = list(view.transcript.replies().values())[-1]
    return {
        "turn": last.turn,
        "kind": "reply",
        "text": last.text,
        "move": last.move,
        "phase": last.phase,
        "question_id": last.question_id,
        "exercise_id": last.exercise_id,
        "brain": last.brain,
        "ended": view.progress.is_ended,
    }


def _to_interview(view: Any) -> Document:
    exercise, ended = view.exercise, view.progress.is_ended
    table = exercise and {
        "exercise_id": exercise.id,
        "title": exercise.title,
        "statement": exercise.statement,
        "starter": dict(exercise.starter),
    }
    return {
        "interview_id": view.interview_id,
        "type": view.plan.type,
        "level": view.plan.level,
        "reply": _to_reply(view),
        "exercise": table,
        "transcript": [_plain(entry) for entry in view.transcript.entries if ended or entry.kind in _TOLD],
        "ended": ended,
    }
