"""What a person has reached so far: their interviews, their reports, and one question tried once more."""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.bootstrap import open_interview, open_library
from interviewlab.errors import InterviewLabError
from interviewlab.planning import plan_again
from interviewlab.ports import ChatModel
from interviewlab.settings import Settings
from interviewlab.types import InterviewRecord, Report
from interviewlab.ui.handlers.interview import view_of
from interviewlab.ui.handlers.prepare import check_room
from interviewlab.ui.handlers.views import InterviewView, Trouble


@dataclass(frozen=True)
class History:
    """Every interview, newest first, the reports of those that ended, oldest first, and how many cannot be read."""

    records: tuple[InterviewRecord, ...]
    reports: tuple[Report, ...]
    unread: int = 0

    @property
    def compared(self) -> tuple[Report, ...]:
        """The reports of whole interviews: one question that was tried again is not compared with them."""
        again = {record.id for record in self.records if record.plan.is_again}
        return tuple(report for report in self.reports if report.interview_id not in again)


async def get_history(settings: Settings, owner: str) -> History | Trouble:
    """Everything there is to look back on."""
    try:
        async with open_library(settings, owner=owner) as library:
            records, reports = await library.list_interviews(), await library.list_reports()
            return History(records, reports, await library.count_unread())
    except InterviewLabError as error:
        return Trouble(str(error))


async def list_asked(settings: Settings, owner: str, interview_id: str) -> tuple[tuple[str, str], ...] | Trouble:
    """Text and id of what was asked in a finished interview, exercises among them, in order."""
    try:
        async with open_library(settings, owner=owner) as library:
            report = await library.get_report(interview_id)
    except InterviewLabError as error:
        return Trouble(str(error))
    if report is None:
        return Trouble("This interview has not ended. Open it to go on with it.")
    asked = {question.question_id: question.text for question in report.questions}
    for submission in report.submissions:
        if submission.exercise_id:
            asked.setdefault(submission.exercise_id, submission.exercise_id.replace("-", " ").capitalize())
    return tuple((text, question_id) for question_id, text in asked.items())


async def try_again(
    settings: Settings, owner: str, interview_id: str, question_id: str, model: ChatModel | None = None
) -> InterviewView | Trouble:
    """A new interview about this one question or exercise, its greeting said."""
    try:
        await check_room(settings, owner)
        async with open_library(settings, owner=owner) as library:
            record = await library.get_interview(interview_id)
        plan = plan_again(settings, record.plan, question_id)
        async with open_interview(settings, owner=owner, plan=plan, model=model) as interview:
            await interview.start()
            return await view_of(interview)
    except InterviewLabError as error:
        return Trouble(str(error))
