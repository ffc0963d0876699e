"""CV and job description in, Resume and claims out. Parsers run in a child process, not here.

Loaded when it is first used: the child that reads an upload needs a few of these rooms and pays for no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interviewlab.resume.claims import claims_from_resume as claims_from_resume
    from interviewlab.resume.job import job_from_text as job_from_text
    from interviewlab.resume.personal import personal_questions as personal_questions
    from interviewlab.resume.reading import read_resume as read_resume
    from interviewlab.resume.skills import canonical_skill as canonical_skill
    from interviewlab.resume.skills import find_skills as find_skills
    from interviewlab.resume.structure import resume_from_text as resume_from_text

_ROOMS = {
    "canonical_skill": "skills",
    "claims_from_resume": "claims",
    "find_skills": "skills",
    "job_from_text": "job",
    "personal_questions": "personal",
    "read_resume": "reading",
    "resume_from_text": "structure",
}


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
