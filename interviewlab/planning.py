"""From what a visitor asks for to a plan: type, level and length, and the questions made from their CV.

The rooms that read CVs and rubrics are imported by those who plan, not by those who only open what is kept.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from interviewlab.errors import BadInput
from interviewlab.questions.bank import load_bank
from interviewlab.questions.kinds import kind_of
from interviewlab.settings import Settings
from interviewlab.types import INTERVIEW_TYPES, InterviewType, Job, Match, Persona, Plan, Resume

if TYPE_CHECKING:
    from interviewlab.resume.agenda import Agenda

_LEAST_AGENDA_MINUTES = 8.0
"""Even a short interview has room for a question about the CV."""
_MOST_CLAIMS = 60
"""Enough that none the job asks for is left out."""
_MINUTES_A_QUESTION = 3.5
_MINUTES_AN_EXERCISE = 12
_SHORTEST_EXERCISE = 0.4
"""Share of an exercise's minutes for which it is worth setting."""
_ROLES: dict[InterviewType, str] = {
    "resume": "senior engineer",
    "coding": "senior engineer",
    "fundamentals": "senior engineer",
    "system-design": "staff engineer",
    "behavioural": "engineering manager",
    "sql": "senior data engineer",
    "machine-learning": "senior machine learning engineer",
    "frontend": "senior frontend engineer",
    "mixed": "senior engineer",
}
"""What the interviewer does, as far as the type tells."""
_MINUTES_AGAIN = {"question": 10.0, "exercise": 30.0}
"""For one question or exercise that is tried once more."""


@dataclass(frozen=True)
class PlanWishes:
    """What a visitor asks for; ``resume`` as a file or read already, ``seed`` None draws one."""

    type: str = "mixed"
    level: str = ""
    """Empty: that of the job, or mid where it tells none."""
    language: str = "python"
    minutes: float = 30.0
    seed: int | None = None
    is_practice: bool = False
    candidate: str = ""
    resume: Resume | Path | None = None
    job: Job | Path | str = ""
    """As pasted, as a file, or understood already."""
    rubric: str = "default"
    resume_id: str = ""
    job_id: str = ""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    """From which it is counted how long ago a skill was used."""
    interviewer: str = ""
    """The interviewer's name; empty for the one in the settings."""
    manner: str = "neutral"


async def build_plan(settings: Settings, wishes: PlanWishes | None = None, **more: Any) -> Plan:
    """A plan with questions made from the CV. ``more`` are fields of PlanWishes. Raises BadUpload, BadInput."""
    asked = replace(wishes or PlanWishes(), **more)
    seed = random.SystemRandom().randrange(2**31) if asked.seed is None else asked.seed
    cv = await read_cv(settings, asked.resume) if isinstance(asked.resume, Path) else asked.resume
    job = await read_job(settings, asked.job)
    plan = _plan(replace(asked, level=asked.level or job.level or "mid"), seed)
    _check_can_be_held(settings, plan)
    match, agenda = await asyncio.to_thread(_ask_about, plan, cv, job, asked.today)
    return plan.model_copy(
        update={
            "candidate": asked.candidate or (cv.name if cv else ""),
            "role": job.role,
            "persona": _persona(settings, plan, job),
            "personal": agenda.questions,
            "agenda": agenda.items,
            "match": match,
            "resume_id": asked.resume_id,
            "job_id": asked.job_id,
        }
    )


def _ask_about(plan: Plan, cv: Resume | None, job: Job, today: date) -> tuple[Match | None, Agenda]:
    """The CV against the job as of ``today``, and what is asked about both. Takes as long as they are."""
    from interviewlab.resume.agenda import build_agenda
    from interviewlab.resume.claims import claims_from_resume
    from interviewlab.resume.matching import match_job

    match = match_job(cv, job, today) if cv and job.skills else None
    kind = kind_of(plan.type)
    agenda = build_agenda(
        claims_from_resume(cv, _MOST_CLAIMS) if cv else (),
        job,
        match,
        limit=kind.cv,
        gaps=kind.gaps,
        turns=kind.cv_kinds,
        minutes=max(plan.minutes * kind.share_of("cv"), _LEAST_AGENDA_MINUTES),
        seed=plan.seed,
    )
    return match, agenda


def plan_again(settings: Settings, plan: Plan, question_id: str) -> Plan:
    """One question or exercise of a past interview once more and nothing else. Raises NotFound where it is gone."""
    bank = load_bank(settings.bank_folders)
    nothing_else = {"questions": 0, "personal": (), "allow_more": False, "agenda": (), "match": None}
    alone = {**nothing_else, "is_again": True, "is_practice": True}
    if bank.find_exercise(question_id):
        code = {"exercises": 1, "exercise_id": question_id, "question_id": "", "minutes": _MINUTES_AGAIN["exercise"]}
        return plan.model_copy(update={**alone, **code, "type": "coding"})
    talk = {"exercises": 0, "exercise_id": "", "question_id": question_id, "minutes": _MINUTES_AGAIN["question"]}
    if bank.find_question(question_id):
        return plan.model_copy(update={**alone, **talk, "questions": 1})
    own = next((question for question in plan.personal if question.id == question_id), None)
    return plan.model_copy(update={**alone, **talk, "personal": (own or bank.question(question_id),)})


def _plan(asked: PlanWishes, seed: int) -> Plan:
    try:
        return Plan.model_validate(
            {
                "type": asked.type,
                "level": asked.level,
                "language": asked.language,
                "minutes": asked.minutes,
                "questions": min(400, max(2, round(asked.minutes / _MINUTES_A_QUESTION))),
                "seed": seed,
                "is_practice": asked.is_practice,
                "rubric": asked.rubric,
                "exercises": _exercises(asked),
                "allow_more": True,
                "persona": {"manner": asked.manner, "name": asked.interviewer.strip()},
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.", "Choose another value.") from error


def _exercises(asked: PlanWishes) -> int:
    """As many as there is time for in the stages of code."""
    share = kind_of(asked.type).share_of("code") if asked.type in INTERVIEW_TYPES else 0.0
    fitting = asked.minutes * share / _MINUTES_AN_EXERCISE
    return min(20, max(round(fitting), int(fitting >= _SHORTEST_EXERCISE)))


def _persona(settings: Settings, plan: Plan, job: Job) -> Persona:
    """Who interviews: named by the visitor or the settings, of the company that the job names."""
    name = plan.persona.name or settings.interviewer
    return Persona(name=name, role=_ROLES[plan.type], company=job.company[:60], manner=plan.persona.manner)


def _check_can_be_held(settings: Settings, plan: Plan) -> None:
    """Find out now what could only fail at the end. Raises BadInput, NotFound."""
    from interviewlab.scoring.rubric import load_rubric

    load_rubric(plan.rubric)
    languages = {language for exercise in load_bank(settings.bank_folders).exercises for language in exercise.function}
    if plan.exercises and plan.language not in languages:
        raise BadInput(
            f"There is no exercise in '{plan.language}' yet.", f"Choose one of {', '.join(sorted(languages))}."
        )


async def read_cv(settings: Settings, path: Path) -> Resume:
    """Read a CV under the limits of the settings. Raises BadUpload."""
    from interviewlab.resume.reading import read_resume

    return await read_resume(
        path, max_mb=settings.upload_mb, max_pages=settings.upload_pages, timeout_s=settings.upload_s
    )


async def read_job(settings: Settings, given: Job | Path | str) -> Job:
    """A job description as pasted, or from a file of any kind that a CV may be. Raises BadUpload."""
    from interviewlab.resume.job import job_from_text

    if isinstance(given, Job):
        return given
    text = (await read_cv(settings, given)).text if isinstance(given, Path) else given
    return await asyncio.to_thread(job_from_text, text)
