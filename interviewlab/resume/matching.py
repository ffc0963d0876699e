"""A CV against a job: what is covered, what is missing, what was last used long ago. Pure."""

from __future__ import annotations

from datetime import date

from interviewlab.resume.alternatives import find_alternatives
from interviewlab.resume.documents import items_of, text_of, texts_of
from interviewlab.resume.durations import last_used
from interviewlab.resume.skills import canonical_skill, find_skills
from interviewlab.types import Job, Match, Resume

STALE_YEARS = 4
"""A skill last used longer ago is asked about as such."""


def match_job(resume: Resume, job: Job, today: date) -> Match:
    """The skills of ``job`` against those of ``resume`` as of ``today``.

    Of skills of which the job wants any one, none is missing where the CV has another of them.
    """
    known = known_skills(resume)
    spared = {skill for group in find_alternatives(job.text) if known & set(group) for skill in group}
    used = last_used(resume.document, today)
    limit = date(today.year - STALE_YEARS, today.month, 1)
    covered = [skill for skill in job.skills if skill in known]
    stale = [skill for skill in covered if (when := used.get(skill)) is not None and when < limit]
    return Match(
        covered=tuple(skill for skill in covered if skill not in stale),
        missing=tuple(skill for skill in job.skills if skill not in known | spared),
        stale=tuple(stale),
    )


def known_skills(resume: Resume) -> frozenset[str]:
    """Canonical names of all skills that the CV names anywhere."""
    groups = items_of(resume.document.get("skills"))
    listed = [word for group in groups for word in texts_of(group.get("keywords")) or (text_of(group.get("name")),)]
    names = {name for word in listed if (name := canonical_skill(word))}
    return frozenset(names | set(find_skills(resume.text)))
