"""A job description, thin: which role it is for and which skills it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewlab.resume.markup import lines_from_text
from interviewlab.resume.parts import TITLE
from interviewlab.resume.skills import find_skills

LABELLED = re.compile(r"^(?:job\s+title|title|role|position|job)\s*[:–—-]\s*(.{3,80})$", re.IGNORECASE)
HIRING = re.compile(
    r"\b(?:looking for|hiring|seeking|searching for|join us as|role of|position of|need)\s+(?:an?|our next|the)?\s*"
    r"((?:[\w+#./&-]+\s){0,5}?[\w+#./&-]+?)(?=\s+(?:to|who|with|for|in|at|on|that)\b|[.,;:!(\n]|$)",
    re.IGNORECASE,
)
NOISE = re.compile(r"\s*(?:\([mfwdx/|*\s]+\)|\b[mfw]/[mfwdx](?:/[mfwdx])?\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Job:
    """What the candidate applies for. ``role`` is empty where none was found; ``skills`` are canonical names."""

    role: str = ""
    skills: tuple[str, ...] = ()


def job_from_text(text: str) -> Job:
    """Role and skills of a job description in plain text or Markdown; pure."""
    return Job(_role(text), find_skills(text))


def _role(text: str) -> str:
    lines = [line.text for line in lines_from_text(text)][:40]
    labelled = [match.group(1) for line in lines if (match := LABELLED.match(line))]
    titles = [
        line for line in lines[:8] if TITLE.search(line) and len(line.split()) <= 8 and not line.endswith((".", ":"))
    ]
    hiring = [match.group(1) for match in HIRING.finditer(" ".join(lines)) if TITLE.search(match.group(1))]
    candidates = [*labelled, *titles, *hiring]
    return _tidy(candidates[0]) if candidates else ""


def _tidy(role: str) -> str:
    """The title without who may apply, the company and the place."""
    return re.split(r"\s+(?:[–—|@-]|at)\s+|,\s", NOISE.sub(" ", role).strip())[0].strip(" .,:")
