"""A job description understood: role, level, company, skills asked for and welcome, duties, tone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from interviewlab.resume.lines import Line
from interviewlab.resume.markup import lines_from_text
from interviewlab.resume.parts import TITLE
from interviewlab.resume.skills import find_skills
from interviewlab.types import Job, Level

MAX_TEXT = 20_000
LABELLED = re.compile(r"^(?:job\s+title|title|role|position|job)\s*[:–—-]\s*(.{3,80})$", re.IGNORECASE)
HIRING = re.compile(
    r"\b(?:looking for|hiring|seeking|searching for|join us as|role of|position of|need)\s+(?:an?|our next|the)?\s*"
    r"((?:[\w+#./&-]+\s){0,5}?[\w+#./&-]+?)(?=\s+(?:to|who|with|for|in|at|on|that)\b|[.,;:!(\n]|$)",
    re.IGNORECASE,
)
NOISE = re.compile(r"\s*(?:\([mfwdx/|*\s]+\)|\b[mfw]/[mfwdx](?:/[mfwdx])?\b)\s*", re.IGNORECASE)
_NAME = r"[A-Z][\w&'’.-]*(?:\s+[A-Z][\w&'’.-]*){0,3}"
COMPANY = (
    re.compile(r"^(?i:company|employer)\s*:\s*(.{2,60})$", re.MULTILINE),
    re.compile(rf"^(?i:about)\s+({_NAME})\s*:?$", re.MULTILINE),
    re.compile(rf"\b({_NAME})\s+(?:is|are)\s+(?:hiring|looking for|seeking|searching for)\b"),
    re.compile(rf"\b(?i:at|join)\s+({_NAME})(?=[\s,.!]|$)"),
)
Part = Literal["must", "nice", "duties", "other"]
HEADS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "nice",
        re.compile(
            r"nice[- ]to[- ]have|preferred|bonus|\bplus(?:es)?\b|good to have|desirable|would be great|extra|ideally|"
            r"not required|advantage",
            re.I,
        ),
    ),
    (
        "must",
        re.compile(
            r"requirement|required|must|qualification|you bring|your profile|your skills|you have|you(?:'|’)ll need|"
            r"looking for|who you are|about you|what we expect|expect from you|experience|skills",
            re.I,
        ),
    ),
    (
        "duties",
        re.compile(
            r"responsib|you(?:'|’)?\s?(?:will|ll) (?:do|be doing)|your (?:role|tasks|mission|job|work)|duties|the role|"
            r"day[- ]to[- ]day|key tasks|what you do|job description|in this role",
            re.I,
        ),
    ),
    (
        "other",
        re.compile(r"benefit|we offer|perks|about us|about the company|why |how to apply|equal opp|salary", re.I),
    ),
)
NICE = re.compile(
    r"\b(?:a plus|nice[- ]to[- ]have|bonus|preferred|preferably|ideally|desirable|an advantage|would be great|optional|"
    r"not required|familiarity)\b",
    re.I,
)
_LEVELS: tuple[tuple[Level, str], ...] = (
    ("intern", r"intern(?:ship)?|working student|werkstudent|trainee|apprentice"),
    ("staff", r"staff|principal|head of|director|lead|distinguished"),
    ("senior", r"senior|sr\.?|experienced"),
    ("junior", r"junior|jr\.?|graduate|entry[- ]level|associate"),
    ("mid", r"mid(?:[- ]?level)?|intermediate|regular"),
)
YEARS = re.compile(r"\b(\d{1,2})\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*)?\+?\s*years?\b", re.IGNORECASE)
CASUAL = re.compile(
    r"!|\b(?:we(?:'|’)re|you(?:'|’)ll|we(?:'|’)ve|let(?:'|’)s|love|awesome|fun|folks|hey|buddy)\b", re.IGNORECASE
)
FORMAL = re.compile(
    r"\b(?:shall|the (?:successful )?(?:candidate|applicant|incumbent)|is responsible for|must possess|pursuant|herein|"
    r"applicants|reports to|duties include)\b",
    re.IGNORECASE,
)


def job_from_text(text: str) -> Job:
    """A job description in plain text or Markdown; pure."""
    text = text[:MAX_TEXT]
    lines = lines_from_text(text)
    parts = _parts(lines)
    must, nice = _skills(parts)
    role = _role([line.text for line in lines][:40])
    return Job(
        role=role,
        level=_level(role, text),
        company=_company(text, role),
        must=must,
        nice=tuple(skill for skill in nice if skill not in must),
        responsibilities=tuple(line for part, line in parts if part == "duties" and len(line.split()) > 2)[:12],
        tone=_tone(text),
        text=text,
    )


def _parts(lines: Sequence[Line]) -> list[tuple[Part, str]]:
    """Each line with the part of the description it stands in; a line may say itself that it is only welcome."""
    part: Part = "other"
    found: list[tuple[Part, str]] = []
    for line in lines:
        if opened := _opens(line):
            part = opened
            continue
        found.append(("nice" if NICE.search(line.whole) else part, line.whole))
    return found


def _opens(line: Line) -> Part | None:
    text = line.text
    is_head = (
        not line.is_bullet and len(text.split()) <= 7 and (text.endswith(":") or not text.endswith((".", ",", ";")))
    )
    if not is_head or line.sides or LABELLED.match(text):
        return None
    return next((part for part, pattern in HEADS if pattern.search(text)), None)


def _skills(parts: Iterable[tuple[Part, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Asked for and welcome. Without a list of requirements, all that is named counts as asked for."""
    texts: dict[Part, str] = {"must": "", "nice": "", "duties": "", "other": ""}
    for part, text in parts:
        texts[part] += f"{text}\n"
    asked = find_skills(texts["must"])
    duties = find_skills(texts["duties"])
    rest = find_skills(texts["other"])
    must = asked + duties if asked or duties else rest
    nice = find_skills(texts["nice"]) + (rest if asked or duties else ())
    return tuple(dict.fromkeys(must)), tuple(dict.fromkeys(nice))


def _level(role: str, text: str) -> Level | None:
    for level, words in _LEVELS:
        if re.search(rf"\b(?:{words})(?!\w)", role, re.IGNORECASE):
            return level
    years = [int(match.group(1)) for match in YEARS.finditer(text) if int(match.group(1)) <= 20]
    if not years:
        return None
    most = max(years)
    return "junior" if most < 2 else "mid" if most < 5 else "senior" if most < 9 else "staff"


def _company(text: str, role: str) -> str:
    for pattern in COMPANY:
        for match in pattern.finditer(text):
            name = match.group(1).strip(" .,:")
            if name.casefold() not in {"us", "the role", "you", "the team", "we", "our"} and name not in role:
                return name
    return ""


def _tone(text: str) -> Literal["formal", "plain", "casual"]:
    casual, formal = len(CASUAL.findall(text)), len(FORMAL.findall(text))
    if casual >= 3 and casual > 2 * formal:
        return "casual"
    return "formal" if formal >= 2 and formal > casual else "plain"


def _role(lines: Sequence[str]) -> str:
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
