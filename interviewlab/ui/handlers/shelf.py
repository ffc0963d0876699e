"""What a person keeps: past interviews, their feedback and files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Literal

from interviewlab.bootstrap import open_library
from interviewlab.errors import InterviewLabError
from interviewlab.reports import to_csv, to_html, to_json, to_markdown, to_pdf, to_webvtt
from interviewlab.settings import Settings
from interviewlab.types import InterviewRecord, Transcript
from interviewlab.ui.handlers.views import FeedbackView, Trouble, trouble_of

FileName = Literal[
    "report.pdf", "report.html", "report.md", "report.json", "report.csv", "transcript.vtt", "transcript.jsonl"
]
LONGEST_NAME = 80
"""Characters of what somebody calls an interview, a CV or a job."""
_WRITERS: dict[FileName, Callable[[FeedbackView], str | bytes]] = {
    "report.pdf": lambda view: to_pdf(view.report),
    "report.html": lambda view: to_html(view.report, view.transcript),
    "report.md": lambda view: to_markdown(view.report),
    "report.json": lambda view: to_json(view.report),
    "report.csv": lambda view: to_csv(view.report),
    "transcript.vtt": lambda view: to_webvtt(view.transcript),
    "transcript.jsonl": lambda view: view.transcript.to_jsonl(),
}


async def list_interviews(settings: Settings, owner: str) -> tuple[InterviewRecord, ...] | Trouble:
    """Newest first."""
    try:
        async with open_library(settings, owner=owner) as library:
            return await library.list_interviews()
    except InterviewLabError as error:
        return Trouble(str(error))


async def get_feedback(settings: Settings, owner: str, interview_id: str) -> FeedbackView | Trouble | None:
    """The report of an interview with its transcript; None while it has not ended."""
    try:
        async with open_library(settings, owner=owner) as library:
            report = await library.get_report(interview_id)
            return FeedbackView(report, await library.get_transcript(interview_id)) if report else None
    except InterviewLabError as error:
        return trouble_of(error)


async def get_transcript(settings: Settings, owner: str, interview_id: str) -> Transcript | Trouble:
    """What was recorded of an interview, ended or not."""
    try:
        async with open_library(settings, owner=owner) as library:
            return await library.get_transcript(interview_id)
    except InterviewLabError as error:
        return Trouble(str(error))


async def get_file(settings: Settings, owner: str, interview_id: str, name: FileName) -> bytes | Trouble:
    """One file of a finished interview."""
    feedback = await get_feedback(settings, owner, interview_id)
    match feedback:
        case Trouble():
            return feedback
        case None:
            return Trouble("This interview has no report yet. End it first.")
    try:
        written = await asyncio.to_thread(_WRITERS[name], feedback)
    except InterviewLabError as error:
        return Trouble(str(error))
    return written.encode() if isinstance(written, str) else written


async def list_gone(settings: Settings, owner: str, interview_ids: Iterable[str]) -> frozenset[str]:
    """Which of these interviews are not there any more; none of them where that cannot be told."""
    gone = set()
    for interview_id in interview_ids:
        found = await get_feedback(settings, owner, interview_id)
        if isinstance(found, Trouble) and found.is_gone:
            gone.add(interview_id)
    return frozenset(gone)


async def get_title(settings: Settings, owner: str, interview_id: str) -> str | Trouble:
    """The name that was given to an interview; empty where none was."""
    try:
        async with open_library(settings, owner=owner) as library:
            return (await library.get_interview(interview_id)).title
    except InterviewLabError as error:
        return trouble_of(error)


async def rename_interview(settings: Settings, owner: str, interview_id: str, title: str) -> Trouble | None:
    """Give an interview a name; an empty one takes it away."""
    try:
        async with open_library(settings, owner=owner) as library:
            await library.rename_interview(interview_id, title.strip()[:LONGEST_NAME])
            return None
    except InterviewLabError as error:
        return trouble_of(error)


async def delete_interview(settings: Settings, owner: str, interview_id: str) -> Trouble | None:
    """Delete an interview with all that belongs to it."""
    try:
        async with open_library(settings, owner=owner) as library:
            await library.delete_interview(interview_id)
            return None
    except InterviewLabError as error:
        return Trouble(str(error))
