"""A CV without headings, or written as a letter: work, studies, skills and projects found sentence by sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from interviewlab.resume.dates import Span, take_span
from interviewlab.resume.lines import Line
from interviewlab.resume.lists import LABEL, split_items
from interviewlab.resume.parts import TITLE
from interviewlab.resume.places import is_place
from interviewlab.resume.schools import DEGREE, LEAVING, names_school
from interviewlab.resume.skill_levels import label_level
from interviewlab.resume.skills import canonical_skill, find_skills

Fields = dict[str, Any]
_PROPER = r"[^\W\d_a-z][\w&'’.+-]*(?:\s+(?:[^\W\d_a-z][\w&'’.+-]*|of|and|&|for|the|de|z|o\.o\.))*"
WORKED = re.compile(
    rf"(?:\bas|\bam|\bis|\bwas|\bbecame|\bbeen|^|[:;,]\s)\s*(?:(?:an?|the)\s+)?"
    rf"((?:[\w/+-]+\s+){{0,4}}[\w/+-]+)\s+(?:at|with|for)\s+(?:the\s+)?({_PROPER})",
)
EMPLOYED = re.compile(
    rf"\b(?:work(?:ed|ing)?|(?:moved|switched|changed)\s+(?:on\s+|over\s+)?to|employ(?:ed|s)?(?:\s+me)?|hired(?:\s+me)?|joined|(?:job|role|position|placement|traineeship|internship)\b[^.;:,]{{0,40}}?)\s+(?:for\s+|at\s+|by\s+|with\s+|through\s+|via\s+)?(?:the\s+)?({_PROPER})"
)
ROLE = re.compile(
    r"\b(?:as|where\s+(?:I|[Ss]he|[Hh]e|[Tt]hey)\s+(?:am|is|are|was|were|became))\s+(?:an?|the|their)\s+((?:[\w/+-]+\s+){0,4}?[\w/+-]+)"
    r"(?=\s+(?:in|on|for|of|from|since|at|with|within|and|until|to|where|who|when|through)\b|\s\(|[,.;]|$)"
)
ONGOING = re.compile(r"\b(?:present|currently|now|joined|since|today)\b", re.IGNORECASE)
PLACE = re.compile(rf"^,?\s+(?:also\s+)?in\s+({_PROPER})")
FROM = re.compile(r"\b(?:from|since|between)\s+(.{4,60})", re.IGNORECASE)
SCHOOL = re.compile(rf"{_PROPER}")
STUDIED = re.compile(
    r"^\s*(?:in|of)\s+(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"([^\W\d_][\w &-]{2,60}?)"
    r"(?=\s*(?:[,;.(]|\bin\b|\bfrom\b|\bat\b|\bbetween\b|\bwith\b|\d{4}|$))"
)
AT_SCHOOL = re.compile(r"\s+(?:at|from)\s+(?:the\s+)?[^\W\d_a-z]")
SUBJECT = re.compile(
    r"\b(?:studied|studying|read|majored in)\s+([^\W\d_a-z][\w &-]{2,60}?)(?=\s+(?:at|in|from)\b|[,;.])"
)
"""``I studied Computer Science at UCC, where I got my BSc``."""
GRADUATED = re.compile(r"(?:degree|diploma|PhD|doctorate|MSc|BSc)\s+in\s+[\w &-]{2,40}?\s+(?:from|at)\s+(?:the\s+)?")
DATED_DEGREE = re.compile(
    r"\b[Ii]n\s+((?:[^\W\d_]{3,9}\s)?(?:19|20)\d\d),?\s(?:I|[Ss]he|[Hh]e|[Tt]hey)\s(?:\w+\s)?(?:finished|completed|got|"
    r"received|graduated|earned|gained|took|obtained)\s(?:\w+\s){1,2}$"
)
"""``In June 2025 I finished my BSc``."""
BEFORE_DEGREE = 100
"""Characters before a degree within which its date is told."""
HONOURS = re.compile(r"^\s?\((?:Hons?|Honours)\.?\)", re.IGNORECASE)
SCHOOL_BEFORE = re.compile(
    rf"\bgraduated\s+from\s+(?:the\s+)?(?P<school>{_PROPER})(?:,?\s+in\s+(?P<date>(?:[^\W\d_]{{3,9}}\s)?(?:19|20)\d\d))?,?"
    r"\s+with\s+(?:an?\s+)?(?P<rest>\S.{2,120})"
)
LISTS = re.compile(
    r"\b(?:tools|skills|technologies|stack|know(?:\s+well)?|get by in|proficient in|fluent in|comfortable with|"
    r"at home (?:in|with)|best (?:at|in|with)|good (?:at|with)|started on|way around|"
    r"confident (?:in|with)|versed in|strong in|"
    r"work(?:ing)? (?:mostly )?(?:with|in)|experienced? (?:in|with))\b"
    r"(?:[^:,.]{0,20}?(?::|\bare\b|\binclude\b)|\s)\s*(.+)$",
    re.IGNORECASE,
)
MAINTAINS = re.compile(
    r"\b(?:I|[Ss]he|[Hh]e|[Tt]hey)\s+(?:also\s+)?"
    r"(?:have\s+|has\s+)?(?:maintain(?:s|ed)?|made|make|designed|launched|shipped|coded|"
    r"wrote and maintain|created|built|wrote|written|runs?|publish(?:es|ed)?|"
    r"started|developed|released)\s+"
    r"((?:[A-ZÀ-Þ][\w.-]{1,20}\s){0,2}[\w.-]{3,30}),\s+(an?\s[^.]{10,200}?)(?=,?\sand\s(?:I|[Ss]he|[Hh]e|[Tt]hey)\b|[.;]|$)"
)
THING = re.compile(
    r"(?<!\ban )(?<!\ba )(?<!\bthe )(?<!\bmy )(?<!\bour )\b([a-z][\w.-]{2,29}), (an? (?:[\w-]+ ){0,4}?(?:library|"
    r"database|"
    r"tool|framework|app|application|game|engine|plugin|extension|compiler|parser|client|server|bot|package|website|"
    r"editor|emulator|simulator|planner|dashboard|command line)\b[^.;]{0,160})"
)
"""``tund, a time zone database that fits in 90 kilobytes``."""
AND = re.compile(r"\sand\s")
ANOTHER = re.compile(r"((?:[A-ZÀ-Þ][\w.-]{1,20}\s){0,2}[A-ZÀ-Þ][\w.-]{2,29}),\s(an?\s.{10,200})$")
"""``and Lexibox, a program for words``, behind a first project."""
SAME_SCHOOL = re.compile(r"\b(?:the same (?:university|school|college|institute)|there)\b", re.IGNORECASE)
WITHIN_SCHOOL = re.compile(r"^.+\bof the (?=(?:University|College|Institute)\b)")
USES = re.compile(r"\bI\s+(?:\w+\s+)?(?:write|use|know|code|program|speak|am at home|am comfortable|work with)\b")
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Ss]he|[Hh]e|[Tt]hey)\b")
LEADING = re.compile(r"^(?:with|in|using|also|and|some|a little)\s+", re.IGNORECASE)
HELPED = re.compile(r"\bvolunteer", re.IGNORECASE)
SENTENCE = re.compile(r"(?<!\bSt\.)(?<!\bMt\.)(?<!\bFt\.)(?<=[a-z0-9)\]][.!?])\s+(?=[A-Z])|\n{2,}")


def sentences_of(lines: Iterable[Line]) -> list[str]:
    """The sentences of running text, in order."""
    text = " ".join(("\n\n" if line.has_gap_before else "") + line.whole for line in lines)
    return [" ".join(part.split()) for part in SENTENCE.split(text) if part.strip()]


def read_story(lines: Iterable[Line]) -> dict[str, list[Fields]]:
    """Sections of a JSON Resume for what the sentences tell; only those with something in them."""
    sentences = sentences_of(lines)
    found = {
        "work": [job for sentence in sentences if not HELPED.search(sentence) for job in _jobs(sentence)],
        "volunteer": [_unpaid(job) for sentence in sentences if HELPED.search(sentence) for job in _jobs(sentence)],
        "education": list(_all_schools(sentences)),
        "skills": told_skills(sentences),
        "projects": list({one["name"]: one for sentence in sentences for one in _projects(sentence)}.values()),
    }
    return {section: items for section, items in found.items() if items}


def _jobs(sentence: str) -> Iterator[Fields]:
    found = list(EMPLOYED.finditer(sentence))
    if _tells_each(found, sentence):
        starts = [0, *(match.start() for match in found[1:]), len(sentence)]
        for employed, (start, end) in zip(found, itertools.pairwise(starts), strict=True):
            yield from _told_job(employed, sentence[start:end])
        return
    for match in WORKED.finditer(sentence):
        position = _title(match.group(1))
        if not position or names_school(position):
            continue
        rest = sentence[match.end() :]
        place = PLACE.match(rest)
        span = _span_near(sentence)
        job = {"name": match.group(2).rstrip(" .,"), "position": position}
        job |= {"location": place.group(1).rstrip(" .,")} if place else {}
        yield job | (span.fields() if span else {})
        return
    for employed in found[:1]:
        yield from _told_job(employed, sentence)


def _tells_each(found: Sequence[re.Match[str]], sentence: str) -> bool:
    """Whether each employer that a sentence names stands before a position of its own."""
    ends = [*(match.start() for match in found[1:]), len(sentence)]
    return len(found) > 1 and all(_role(sentence[match.start() : end]) for match, end in zip(found, ends, strict=True))


def _role(clause: str) -> str:
    return next((title for match in ROLE.finditer(clause) if (title := _title(match.group(1)))), "")


def _told_job(employed: re.Match[str], sentence: str) -> Iterator[Fields]:
    position = _role(sentence)
    if position and not names_school(employed.group(1)) and not _is_move(employed):
        span = _span_near(sentence)
        job = {"name": _proper_name(employed.group(1)), "position": position}
        yield job | (span.fields() if span else {})


def _is_move(employed: re.Match[str]) -> bool:
    """``I moved to Berlin as a developer``, ``I switched to Python`` name no employer."""
    name = _proper_name(employed.group(1))
    return employed.group().startswith(("moved", "switched", "changed")) and (
        is_place(name) or canonical_skill(name) is not None
    )


def _unpaid(job: Fields) -> Fields:
    return {"organization": job["name"], **{key: value for key, value in job.items() if key != "name"}}


def _title(words: str) -> str:
    """The title at the end of the words before ``at``."""
    position = re.split(r"\b(?:an?|the|as|my)\s+", words)[-1].strip()
    return position if TITLE.search(position) and len(position.split()) <= 5 else ""


def _span_near(sentence: str) -> Span | None:
    for match in FROM.finditer(sentence):
        span, _ = take_span(match.group())
        if span is not None and not (
            match.group().lower().startswith("from") and span.is_single and "until" in sentence
        ):
            is_open = match.group().lower().startswith("since")
            return Span(span.start) if span.is_single and is_open else span
    span, _ = take_span(sentence)
    return Span(span.start) if span and span.is_single and ONGOING.search(sentence) else span


def _all_schools(sentences: Iterable[str]) -> Iterator[Fields]:
    """``At the same university`` is the one that the text named last."""
    named = ""
    for sentence in sentences:
        again = (
            f"{sentence} {named}." if named and SAME_SCHOOL.search(sentence) and DEGREE.search(sentence) else sentence
        )
        yield from _schools(again)
        schools = _named_schools(sentence)
        named = WITHIN_SCHOOL.sub("", _proper_name(schools[-1].group())) if schools else named


def _named_schools(sentence: str) -> list[re.Match[str]]:
    return [m for m in SCHOOL.finditer(sentence) if names_school(m.group()) and len(m.group().split()) > 1]


def _graduations(sentence: str) -> Iterator[Fields]:
    """``I graduated from Leeds University in 2020 with a BSc in Physics``."""
    for match in SCHOOL_BEFORE.finditer(sentence):
        degree = DEGREE.match(match.group("rest"))
        study = STUDIED.match(_behind(match.group("rest")[degree.end() :])) if degree else None
        if degree and study and names_school(match.group("school")):
            span, _ = take_span(match.group("date") or "")
            told = {"institution": _proper_name(match.group("school")), "studyType": degree.group().strip()}
            yield told | {"area": study.group(1).strip()} | (span.fields(single_is_end=True) if span else {})


def _schools(sentence: str) -> Iterator[Fields]:
    """One for each degree; the institution is the nearest that the sentence names before it, else behind it."""
    schools = _named_schools(sentence)
    leads = [school for lead in GRADUATED.finditer(sentence) if (school := SCHOOL.match(sentence, lead.end()))]
    starts = {school.start() for school in leads}
    schools = [*(school for school in schools if school.start() not in starts), *leads]
    if not schools:
        return
    if graduated := list(_graduations(sentence)):
        yield from graduated
        return
    degrees = list(DEGREE.finditer(sentence))
    for number, match in enumerate(degrees):
        study = STUDIED.match(_behind(sentence[match.end() :])) or SUBJECT.search(sentence[: match.start()])
        if not study and not (LEAVING.match(match.group()) and AT_SCHOOL.match(sentence, match.end())):
            continue
        stop = degrees[number + 1].start() if number + 1 < len(degrees) else len(sentence)
        clause = sentence[match.start() : stop]
        named = [school for school in leads if match.start() < school.start() < stop]
        school = min(named or schools, key=lambda school: _distance(school, match))
        span, _ = take_span(clause)
        if span is None and (
            date := DATED_DEGREE.search(sentence[max(0, match.start() - BEFORE_DEGREE) : match.start()])
        ):
            span, _ = take_span(date.group(1))
        fields = {
            "institution": _proper_name(school.group()),
            "studyType": match.group().strip(),
            "area": study.group(1).strip() if study else "",
        }
        told = {key: value for key, value in fields.items() if value}
        yield told | (span.fields(single_is_end=True) if span else {})


def _behind(text: str) -> str:
    """What follows a degree and its honours: ``BSc (Hons) in Computing``."""
    return HONOURS.sub("", text).lstrip(") ")


def _distance(school: re.Match[str], degree: re.Match[str]) -> int:
    return max(degree.start() - school.end(), school.start() - degree.end())


def _proper_name(text: str) -> str:
    return re.sub(r"\s+(?:and|for|of|the|de|&)$", "", text).rstrip(" .,:")


def told_skills(sentences: Iterable[str]) -> list[Fields]:
    """Lists behind words such as ``my daily tools are``."""
    words: list[str] = []
    groups: list[Fields] = []
    for sentence in sentences:
        if group := _rated(sentence):
            groups.append(group)
            continue
        match = LISTS.search(sentence)
        named = find_skills(sentence)
        if match and match.group(1).count(",") > 1:
            items = list(_items(match.group(1)))
            known = {canonical_skill(item) for item in items}
            words.extend([*items, *(name for name in named if FIRST_PERSON.search(sentence) and name not in known)])
        elif (match or USES.search(sentence)) and FIRST_PERSON.search(sentence) and len(named) > (0 if words else 1):
            words.extend(named)
    return [*([{"name": "Skills", "keywords": list(dict.fromkeys(words))}] if words else []), *groups]


def _rated(sentence: str) -> Fields:
    """``Rusty hands: Puppet, Perl``: a label that tells a level, and names of skills alone."""
    match = LABEL.match(sentence)
    items = split_items(match.group(2)) if match and label_level(match.group(1)) else []
    is_list = bool(items) and 2 * sum(canonical_skill(item) is not None for item in items) > len(items)
    return {"name": match.group(1), "level": match.group(1), "keywords": items} if match and is_list else {}


def _items(text: str) -> Iterator[str]:
    """Items up to the first that is no name of a thing."""
    for item in split_items(re.split(r"(?<=[a-z0-9])\.\s|\bWhat\b", text)[0]):
        for part in re.split(r"\s+and\s+", item):
            if len(part.split()) > 3 or part.split()[0] in {"I", "and", "which"}:
                return
            known = find_skills(part)
            yield known[0] if len(known) == 1 and len(part.split()) > len(known[0].split()) else LEADING.sub("", part)


def _projects(sentence: str) -> Iterator[Fields]:
    for match in (*MAINTAINS.finditer(sentence), *THING.finditer(sentence)):
        told, another = _and_another(match.group(2))
        yield {"name": match.group(1), "description": told.strip(" ,")}
        if another:
            yield {"name": another.group(1), "description": another.group(2).strip()}


def _and_another(told: str) -> tuple[str, re.Match[str] | None]:
    """What is told of a project, and the one that is told of behind it."""
    for also in AND.finditer(told):
        if another := ANOTHER.match(told, also.end()):
            return told[: also.start()], another
    return told, None
