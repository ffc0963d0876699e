"""CV and job description in, Resume and claims out. Parsers run in a child process, not here."""

from __future__ import annotations

from interviewlab.resume.claims import claims_from_resume
from interviewlab.resume.job import job_from_text
from interviewlab.resume.personal import personal_questions
from interviewlab.resume.reading import read_resume
from interviewlab.resume.skills import canonical_skill, find_skills
from interviewlab.resume.structure import resume_from_text

__all__ = [
    "canonical_skill",
    "claims_from_resume",
    "find_skills",
    "job_from_text",
    "personal_questions",
    "read_resume",
    "resume_from_text",
]
