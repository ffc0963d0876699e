"""A job description understood: role, level, company, skills asked for and welcome, duties, tone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from interviewlab.resume.lines import Line
from interviewlab.resume.markup import lines_from_text
from interviewlab.resume.parts import TITLE
from interviewlab.resume.places import is_place
from interviewlab.resume.skills import find_skills
from interviewlab.types import Job, Level

MAX_TEXT = 20_000
NOT_A_COMPANY = re.compile(
    r"\b(?:remote|hybrid|full[- ]time|part[- ]time|posted|grade|permanent|contract|office|team)\b", re.I
)
LABELLED = re.compile(r"^(?:job\s+title|title|role|position|job)\s*[:–—-]\s*(.{3,80})$", re.IGNORECASE)
HIRING = re.compile(
    r"\b(?:looking for|hiring|seeking|searching for|join us as|role of|position of|need)\s+(?:an?|our next|the)?\s*"
    r"((?:[\w+#./&-]+\s){0,5}?[\w+#./&-]+?)(?=\s+(?:to|who|with|for|in|at|on|that)\b|\s*[.,;:!(\n]|$)",
    re.IGNORECASE,
)
NOISE = re.compile(r"\s*(?:\([mfwdx/|*\s]+\)|\b[mfw]/[mfwdx](?:/[mfwdx])?\b)\s*", re.IGNORECASE)
_INITIALS = r"(?:[A-Z]\.){1,3}(?:(?= [A-Z])|[A-Z](?![\w.]))"
_SAINT = r"(?:St|Mt|Dr|Ste)\.(?= [A-Z])"
_WORD = r"[A-Z0-9][\w&'’-]{0,40}(?:\.(?:[a-z0-9][\w&'’-]{0,40}|[A-Z]{2,3}(?!\w))){0,4}"
_FIRST = rf"(?:{_INITIALS}|{_SAINT}|(?=\d{{0,9}}[A-Z]){_WORD})"
_FORMS = r"(?:Inc|Ltd|Corp|Co|Cie|Bros|S\.A|B\.V|N\.V|S\.p\.A|e\.V)\."
_OTHER = (
    rf"(?!{_FORMS})(?!(?:Must|We|You|Your|Our|Requirements?|Responsibilities|Who|What|Nice|About|Remote|Location|"
    r"Apply|Salary|Skills|Full-time|Part-time|Hybrid)\b)"
)
_NAME = rf"{_FIRST}(?: +(?:(?:&|of) +)?{_OTHER}(?:{_SAINT}|{_WORD})){{0,3}}(?:,? {_FORMS}|\b)"
"""A company: dots stand inside words (``Booking.com``), behind initials, ``St.`` and legal forms; others end it."""
_KEPT_DOT = re.compile(rf"\b{_FORMS}$")
_BEHIND_LABEL = re.compile(r"\s+[|·•–—]\s+|\s*[;(]|(?<=\.)(?<!\bSt\.)(?<!\bMt\.)(?<!\bDr\.)(?<!\b[A-Z]\.)\s+(?=[A-Z])")
_IS = r"is an?(?!(?:\s+\w+){0,2}\s+(?:plus|must|bonus|advantage|asset|requirement|prerequisite|nice|part)\b)"
COMPANY = (
    re.compile(r"^(?i:company|employer)\s*:\s*(.{2,60})$", re.MULTILINE),
    re.compile(rf"^(?i:about)\s+({_NAME})\s*:?$", re.MULTILINE),
    re.compile(rf"^({_NAME})\s+(?:runs|makes|builds|develops|operates|helps|provides|{_IS})\b", re.MULTILINE),
    re.compile(rf"\b({_NAME})\s+(?:is|are)\s+(?:hiring|looking for|seeking|searching for)\b"),
    re.compile(rf"\b(?i:at|join)\s+({_NAME})(?!\w)"),
    re.compile(rf"\bWe(?:['’]re| are)\s+({_NAME}),"),
)
OPENER = re.compile(
    r"^(?!(?:We|You|Our|Your|The|All)\b)((?:[\w+#./&-]*[\w+#&] ){0,5}?[\w+#./&-]*[\w+#]) (?:at|@) [A-Z0-9]"
)
"""``Staff SRE at Northwind Payments. Must have: …`` at the start of a line."""
BESIDE_ROLE = re.compile(rf"(?:(?<!\s)\s+[@–—|·-]\s+|,\s+)({_NAME})(?=\s*(?:$|[(,–—|·-]))")
"""``Frontend Developer - Marigold - Lisbon``."""
BEFORE_TOWN = re.compile(rf"^({_NAME})\s+[·|•]\s+")
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
            r"looking for|who you are|about you|what we expect|expect from you|experience|skills|you need|must haves?|"
            r"essential|^you know",
            re.I,
        ),
    ),
    (
        "duties",
        re.compile(
            r"responsib|you(?:'|’)?\s?(?:will|ll) (?:do|be doing)|your (?:role|tasks|mission|job|work)|duties|the role|"
            r"day[- ]to[- ]day|key tasks|what you do|job description|in this role|^you will$|what you(?:'|’)ll",
            re.I,
        ),
    ),
    (
        "other",
        re.compile(r"benefit|we offer|perks|about us|about the company|why |how to apply|equal opp|salary", re.I),
    ),
)
INLINE = re.compile(r"^([^:.]{3,40}):\s+(\S.*)$")
"""``Requirements: Go, Linux``: the line alone is about them."""
SENTENCE = re.compile(r"(?<=[\w)][.!?])\s+(?=[A-Z])")
NICE = re.compile(
    r"\b(?:a plus|nice[- ]to[- ]have|bonus|preferred|preferably|ideally|desirable|an advantage|would be great|optional|"
    r"not required|familiarity|nice if|be nice|advantage|desirable|don['’]t need)\b",
    re.I,
)
_LEVELS: tuple[tuple[Level, str], ...] = (
    ("intern", r"intern(?:ship)?|working student|werkstudent|trainee|apprentice"),
    ("staff", r"staff|principal|head of|director|lead|distinguished"),
    ("senior", r"senior|sr\.?|experienced"),
    ("junior", r"junior|jr\.?|graduate|entry[- ]level|associate"),
    ("mid", r"mid(?:[- ]?level)?|intermediate|regular"),
)
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SPELLED = re.compile(rf"\b({'|'.join(_WORDS)})(?=\s+(?:or more\s+|full\s+)?years?\b)", re.IGNORECASE)
YEARS = re.compile(r"\b(\d{1,2})\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*)?\+?\s*years?\b", re.IGNORECASE)
OF_THE_COMPANY = re.compile(
    r"^(?=.*\b(?:we|our|(?-i:us)|founded|company)\b)(?!.*(?:\b(?:experience|look(?:ing)?|seek(?:ing)?|search(?:ing)?|need|"
    r"requires?|required|expect|want|ask|must|minimum|at least|you|your|bring)\b|\d\s*\+)).*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line whose years are those of the company: it speaks of the company and asks for nothing."""
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
    role = _role([line.text for line in lines][:40])
    must, nice = _skills(parts, role)
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
        inline = INLINE.match(line.text)
        if inline and (own := _part_of(inline.group(1))):
            part = "other"
            found.append((own, line.whole))
            continue
        found.extend(("nice" if NICE.search(sentence) else part, sentence) for sentence in SENTENCE.split(line.whole))
    return found


def _part_of(head: str) -> Part | None:
    return next((part for part, pattern in HEADS if pattern.search(head)), None)


def _opens(line: Line) -> Part | None:
    text = line.text
    is_head = (
        not line.is_bullet and len(text.split()) <= 7 and (text.endswith(":") or not text.endswith((".", ",", ";")))
    )
    if not is_head or line.sides or LABELLED.match(text):
        return None
    return _part_of(text)


def _skills(parts: Iterable[tuple[Part, str]], role: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Asked for and welcome. Without a list of requirements, all that is named counts as asked for.

    With one, what benefits and the company's story mention is neither.
    """
    texts: dict[Part, str] = {"must": "", "nice": "", "duties": "", "other": ""}
    for part, text in parts:
        texts[part] += f"{text}\n"
    asked = find_skills(texts["must"])
    duties = find_skills(texts["duties"])
    rest = find_skills(texts["other"])
    must = (*find_skills(role), *asked, *duties) if asked or duties else rest
    return tuple(dict.fromkeys(must)), find_skills(texts["nice"])


def _level(role: str, text: str) -> Level | None:
    for level, words in _LEVELS:
        if re.search(rf"\b(?:{words})(?!\w)", role, re.IGNORECASE):
            return level
    text = OF_THE_COMPANY.sub("", text)
    text = SPELLED.sub(lambda match: str(_WORDS.index(match.group(1).lower()) + 1), text)
    years = [int(match.group(1)) for match in YEARS.finditer(text) if int(match.group(1)) <= 20]
    if not years:
        return None
    most = max(years)
    return "junior" if most < 2 else "mid" if most < 5 else "senior" if most < 9 else "staff"


def _company(text: str, role: str) -> str:
    for pattern in COMPANY:
        for match in pattern.finditer(text):
            name = _tidy_name(match.group(1))
            if name.casefold() not in {"us", "the role", "you", "the team", "we", "our"} and name not in role:
                return name
    return next((name for line in text.split("\n")[:3] if (name := _company_beside(line.strip(), role))), "")


def _tidy_name(name: str) -> str:
    """Without what follows a sentence's end; the dot of ``Inc.`` is the name's own."""
    name = _BEHIND_LABEL.split(name)[0].strip(" ,:")
    return name if _KEPT_DOT.search(name) else name.rstrip(" .,:")


def _company_beside(line: str, role: str) -> str:
    """The company behind the role in one line, or before the town in the line below it."""
    match = BESIDE_ROLE.search(line[len(role) :]) if role and line.startswith(role) else BEFORE_TOWN.match(line)
    return "" if match is None or is_place(match.group(1)) or NOT_A_COMPANY.search(match.group(1)) else match.group(1)


def _tone(text: str) -> Literal["formal", "plain", "casual"]:
    casual, formal = len(CASUAL.findall(text)), len(FORMAL.findall(text))
    if casual >= 3 and casual > 2 * formal:
        return "casual"
    return "formal" if formal >= 2 and formal > casual else "plain"


def _role(lines: Sequence[str]) -> str:
    labelled = [match.group(1) for line in lines if (match := LABELLED.match(line))]
    titles = [
        line
        for line in lines[:8]
        if TITLE.search(line) and len(line.split()) <= 8 and not line.endswith((".", ":")) and not HIRING.search(line)
    ]
    hiring = [match.group(1) for match in HIRING.finditer(" ".join(lines)) if TITLE.search(match.group(1))]
    openers = [match.group(1) for line in lines if (match := OPENER.match(line)) and TITLE.search(match.group(1))]
    candidates = [*labelled, *titles, *hiring, *openers]
    return _tidy(candidates[0]) if candidates else ""


def _tidy(role: str) -> str:
    """The title without who may apply, the company and the place."""
    role = re.split(r"\s+(?:[–—|@-]|at)\s+|,\s", NOISE.sub(" ", role).strip())[0]
    return re.sub(r"\s*\([^()]*\)$", "", role.strip()).strip(" .,:")
