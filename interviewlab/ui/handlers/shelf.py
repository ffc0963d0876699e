"""What a person keeps: past interviews, their feedback and files."""

from __future__ import annotations

from typing import Literal

from interviewlab.bootstrap import open_library
from interviewlab.errors import InterviewLabError
from interviewlab.reports import to_json, to_markdown
from interviewlab.settings import Settings
from interviewlab.types import InterviewRecord
from interviewlab.ui.handlers.views import FeedbackView, Trouble

FileName = Literal["report.json", "report.md", "transcript.jsonl"]


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
        return Trouble(str(error))


async def get_file(settings: Settings, owner: str, interview_id: str, name: FileName) -> str | Trouble:
    """The text of one file of a finished interview."""
    feedback = await get_feedback(settings, owner, interview_id)
    match feedback:
        case Trouble():
            return feedback
        case None:
            return Trouble("This interview has no report yet. End it first.")
    if name == "report.json":
        return to_json(feedback.report)
    return to_markdown(feedback.report) if name == "report.md" else feedback.transcript.to_jsonl()


async def delete_interview(settings: Settings, owner: str, interview_id: str) -> Trouble | None:
    """Delete an interview with all that belongs to it."""
    try:
        async with open_library(settings, owner=owner) as library:
            await library.delete_interview(interview_id)
            return None
    except InterviewLabError as error:
        return Trouble(str(error))
