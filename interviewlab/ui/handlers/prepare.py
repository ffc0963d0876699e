"""Setting an interview up, and what works here."""

from __future__ import annotations

from interviewlab.bootstrap import open_interview
from interviewlab.doctor import examine
from interviewlab.errors import InterviewLabError
from interviewlab.planning import PlanWishes, build_plan
from interviewlab.settings import Settings
from interviewlab.types import Part
from interviewlab.ui.handlers.interview import view_of
from interviewlab.ui.handlers.views import InterviewView, Trouble


async def start_interview(settings: Settings, owner: str, wishes: PlanWishes) -> InterviewView | Trouble:
    """A new interview with its greeting said."""
    try:
        plan = await build_plan(settings, wishes)
        async with open_interview(settings, owner=owner, plan=plan) as interview:
            await interview.start()
            return await view_of(interview)
    except InterviewLabError as error:
        return Trouble(str(error))


async def look_around(settings: Settings) -> tuple[Part, ...] | Trouble:
    """What works on this machine."""
    try:
        return await examine(settings)
    except InterviewLabError as error:
        return Trouble(str(error))
