"""Setting an interview up, and what works here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewlab.bootstrap import build_plan, open_interview
from interviewlab.doctor import examine
from interviewlab.errors import InterviewLabError
from interviewlab.settings import Settings
from interviewlab.types import InterviewType, Language, Level, Part
from interviewlab.ui.handlers.interview import view_of
from interviewlab.ui.handlers.views import InterviewView, Trouble


@dataclass(frozen=True)
class Wish:
    """What the candidate asked for on the Prepare page; ``resume`` is the uploaded file."""

    type: InterviewType
    level: Level
    language: Language
    minutes: float
    is_practice: bool
    candidate: str = ""
    resume: Path | None = None
    job: str = ""
    seed: int | None = None


async def start_interview(settings: Settings, owner: str, wish: Wish) -> InterviewView | Trouble:
    """A new interview with its greeting said."""
    try:
        plan = await build_plan(
            settings,
            type=wish.type,
            level=wish.level,
            language=wish.language,
            minutes=wish.minutes,
            seed=wish.seed,
            is_practice=wish.is_practice,
            candidate=wish.candidate.strip(),
            resume=wish.resume,
            job=wish.job.strip(),
        )
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
