"""Text to a Resume: sections, entries, fields, and an honest list of what was not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from interviewlab.resume.basics import EMAIL, find_contact, find_late_name
from interviewlab.resume.contact_lines import with_contact_apart
from interviewlab.resume.contents import kind_of_content
from interviewlab.resume.dates import take_span
from interviewlab.resume.education import read_education
from interviewlab.resume.fields import Fields, read_publications, read_work
from interviewlab.resume.forms import told_entries
from interviewlab.resume.headings import Section, section_by_words, section_of, section_of_label, split_sections
from interviewlab.resume.lines import Line, join_wrapped, text_from_lines
from interviewlab.resume.lists import (
    LABEL,
    read_awards,
    read_certificates,
    read_interests,
    read_languages,
    read_references,
    split_items,
)
from interviewlab.resume.markup import lines_from_text
from interviewlab.resume.parts import DEED, TITLE
from interviewlab.resume.projects import TECHNOLOGIES, read_projects
from interviewlab.resume.prose import read_story, sentences_of, told_skills
from interviewlab.resume.provenance import trace_fields
from interviewlab.resume.schools import DEGREE, names_school
from interviewlab.resume.skill_lists import parted, read_skills, without_licences
from interviewlab.resume.skills import canonical_skill, find_skills
from interviewlab.resume.unheaded import lines_outside, read_blocks

if TYPE_CHECKING:
    from interviewlab.types import Resume

Source = Literal["pdf", "docx", "odt", "rtf", "text", "json"]
SCHEMA_URL = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_ORDER = "work volunteer education awards certificates publications skills languages interests references projects"
ORDER = tuple(_ORDER.split())
OPEN = frozenset({"basics", "summary", "other", "languages", "interests"})
"""Sections in which contact data may stand; that of referees is not the candidate's."""
CERTIFIED = re.compile(r"certif|zertifi", re.IGNORECASE)
HEADED = {"work": "name", "education": "institution"}
"""Of an entry, what may stand above it as a title."""
LONGEST_STUDY = 120
LEAST_NAMED = 0.5
"""Of a contractor's projects, those whose customer is named."""
FEWEST_USED = 4
"""Tools in the lines ``Stack: Go, Kafka`` of jobs that stand for a list of skills."""
OVERRULED = frozenset({"work", "education", "skills", "projects", "languages", "summary", "interests", "other"})
"""What a telling word in a title says, and what stands below it may say otherwise."""
TOLD = frozenset({"work", "education", "projects"})
LISTED = frozenset({"skills", "languages", "interests"})
"""Sections without entries of their own: a job with its dates may stand below one where it has no heading."""
READERS: dict[str, Callable[[Sequence[Line]], list[Fields]]] = {
    "work": read_work,
    "volunteer": lambda lines: read_work(lines, "organization"),
    "education": read_education,
    "projects": read_projects,
    "publications": read_publications,
    "awards": read_awards,
    "certificates": read_certificates,
    "languages": read_languages,
    "interests": read_interests,
    "references": read_references,
}


def resume_from_text(text: str, source: Source = "text") -> Resume:
    """Plain text or Markdown as a Resume; pure. Its text is the given one, tidied into logical lines."""
    from interviewlab.types import Resume

    return Resume.model_validate(understand_text(text, source))


def understand_text(text: str, source: Source) -> dict[str, Any]:
    """As ``understand``, of plain text or Markdown."""
    return understand(join_wrapped(lines_from_text(text)), source)


def understand(lines: Sequence[Line], source: Source, unread: Sequence[str] = ()) -> dict[str, Any]:
    """The fields of a Resume: a JSON Resume 1.0 document with our additions under ``meta.interviewlab``, and the text.

    ``unread`` are sentences about what the lines lack; they come first among the gaps. Plain, as the child that reads
    an upload does not pay for importing the types.
    """
    split = split_sections(lines)
    parts = [(section, _sorted_out(section)) for section in with_contact_apart(split)]
    sections = [part for _, its_parts in parts for part in its_parts]
    if not any(section.kind == "work" for section in sections):
        sections = [replace(one, kind="work") if _tells_customers(one) else one for one in sections]
    basics = _read_basics(sections)
    if not basics.get("name") and (name := find_late_name(_unknown_titles(split), lines)):
        basics = {"name": name, **basics}
    found = {kind: items for kind in ORDER if (items := _read_kind(kind, sections))}
    told = frozenset[str]()
    if "work" not in found:
        headed = set(found)
        known = [section for section, its_parts in parts if all(part.kind in found for part in its_parts)]
        found = _with_story(found, lines, known)
        told = frozenset(set(found) - headed)
    if "skills" not in found:
        found, told = _with_skills(found, lines, basics.get("name", "")), told | {"skills"}
    other = [_as_other(section) for section in sections if section.kind == "other"]
    gaps = (*unread, *_basic_gaps(basics, found), *_entry_gaps(found), *_other_gaps(other))
    ours: dict[str, Any] = {"source": source, "gaps": list(gaps)} | ({"other": other} if other else {})
    ours["fields"] = trace_fields({"basics": basics, **found}, lines, told)
    meta = {"version": "v1.0.0", "interviewlab": ours}
    head = {"$schema": SCHEMA_URL, "basics": basics}
    document = {**head, **found, "meta": meta}
    return {"document": document, "text": text_from_lines(lines), "source": source, "gaps": list(gaps)}


def _sorted_out(section: Section) -> list[Section]:
    """A section of mixed lists, ``Technical: Python, SQL`` and ``Interests: Curling`` below it, by their labels."""
    section = _told_by_content(section)
    if section.kind == "work" and (studies := tuple(line for line in section.lines if _is_study(line))):
        jobs = tuple(line for line in section.lines if line not in studies)
        return [replace(section, lines=jobs), Section("education", section.heading, studies)]
    if section.kind == "education" and CERTIFIED.search(section.heading):
        return _without_certificates(section)
    if section.kind == "basics":
        return _without_studies(section)
    if section.kind == "skills":
        lines = tuple(parted(section.lines))
        spoken = [line for line in lines if _lists_languages(line)]
        skills = tuple(without_licences(line for line in lines if line not in spoken))
        parts = [Section("languages", "Languages", tuple(_without_label(line) for line in spoken))] if spoken else []
        return [Section("skills", section.heading, skills), *parts] if skills else parts
    labels = _labels(section.lines)
    kinds = _kinds_of(labels)
    if section.kind != "other" or not _is_mixed(kinds):
        return [section]
    return [
        Section(kind or "other", label or section.heading, (_without_label(line) if kind else line,))
        for line, label, kind in zip(section.lines, labels, kinds, strict=True)
    ]


def _without_certificates(section: Section) -> list[Section]:
    """``Degrees and certificates``: lines with a date that name neither school nor degree are the latter."""
    apart = tuple(
        line
        for line in section.lines
        if take_span(line.whole)[0] and not names_school(line.whole) and not DEGREE.search(line.whole)
    )
    is_list = all(take_span(line.whole)[0] for line in section.lines)
    if not apart or not is_list:
        return [section]
    studies = tuple(line for line in section.lines if line not in apart)
    return [replace(section, lines=studies), Section("certificates", section.heading, apart)]


def _without_studies(section: Section) -> list[Section]:
    """``Ausbildung | Diplom, Hochschule Augsburg, 2004`` in a form about the person."""
    told = tuple(
        line
        for line in section.lines
        if len(line.sides) == 1 and section_of(line.text) == "education" and DEGREE.search(line.sides[0])
    )
    rest = tuple(line for line in section.lines if line not in told)
    studies = (
        Section("education", told[0].text, tuple(replace(line, cells=line.sides) for line in told)) if told else None
    )
    return [replace(section, lines=rest), studies] if studies else [section]


def _tells_customers(section: Section) -> bool:
    """Forms of a contractor's projects: each has its customer, and who did it as what, or when."""
    told = told_entries(section.lines, "work") if section.kind == "projects" else []
    named = [values for values, _ in told if values.get("organisation") and (values.get("position") or values["span"])]
    return len(named) > 1 and len(named) >= LEAST_NAMED * len(told)


def _is_study(line: Line) -> bool:
    """One of the lines on studies in a section on the whole career: ``2004 – 2010  Universität Kassel, Diplom``."""
    is_short = len(line.whole) <= LONGEST_STUDY and not line.is_bullet and not TITLE.search(line.whole)
    return (
        is_short
        and take_span(line.whole)[0] is not None
        and names_school(line.whole)
        and bool(DEGREE.search(line.whole))
    )


def _told_by_content(section: Section) -> Section:
    """What stands below a title that is not listed tells the section's kind, but where labels part it."""
    if section.kind == "languages" and kind_of_content(section.lines) == "skills":
        return replace(section, kind="skills")
    if section.is_listed or _is_mixed(_kinds_of(_labels(section.lines))):
        return section if section.is_listed else replace(section, kind="other")
    is_open = section.kind in OVERRULED
    if section.kind == "projects" and all(line.is_bullet and DEED.match(line.text) for line in section.lines):
        return replace(section, kind="other")
    told = section.kind if section.kind in TOLD else ""
    found = kind_of_content(section.lines, told) if is_open else None
    if found in HEADED and (headed := _under_its_name(section, found)):
        return headed
    return replace(section, kind=found or section.kind)


def _under_its_name(section: Section, kind: str) -> Section | None:
    """A card with the employer, or the school, as its title: the one entry below names none."""
    missing = HEADED[kind]
    entries = READERS[kind](section.lines)
    if len(entries) != 1 or entries[0].get(missing) or section_by_words(section.heading):
        return None
    title = replace(section.lines[0], cells=(section.heading,), is_bold=True, has_gap_before=True, lead="")
    return replace(section, kind=kind, lines=(title, *(replace(line, is_bold=False) for line in section.lines)))


def _labels(lines: Sequence[Line]) -> list[str]:
    return [match.group(1) if (match := LABEL.match(line.text)) else "" for line in lines]


def _kinds_of(labels: Sequence[str]) -> list[str | None]:
    return [section_of_label(label) if label else None for label in labels]


def _is_mixed(kinds: Sequence[str | None]) -> bool:
    return sum(kind is not None for kind in kinds) >= 0.6 * len(kinds)


def _lists_languages(line: Line) -> bool:
    """``Languages: English (C1), Italian`` among skills."""
    label = match.group(1) if (match := LABEL.match(line.text)) else line.text
    if not re.search(r"\blang|\bspoken|sprach|idioma|lingu", label, re.IGNORECASE) or not (match or line.sides):
        return False
    items = split_items(", ".join([match.group(2) if match else "", *line.sides]))
    return bool(items) and not any(canonical_skill(item) for item in items)


def _without_label(line: Line) -> Line:
    return replace(line, cells=(LABEL.sub(r"\2", line.text), *line.sides) if LABEL.match(line.text) else line.sides)


def _read_basics(sections: Sequence[Section]) -> dict[str, Any]:
    contact = [line for section in sections if section.kind == "basics" for line in section.lines]
    summary = " ".join(line.whole for section in sections if section.kind == "summary" for line in section.lines)
    basics = find_contact(contact)
    if not basics.get("email") or not basics.get("phone"):
        elsewhere = find_contact([line for section in sections if section.kind in OPEN for line in section.lines])
        basics |= {key: elsewhere[key] for key in ("email", "phone") if key in elsewhere and key not in basics}
    if not basics.get("url") and not basics.get("profiles"):
        beside = find_contact([line for section in sections if section.kind in OPEN for line in _beside_mail(section)])
        basics |= {key: beside[key] for key in ("url", "profiles") if key in beside}
    return basics | ({"summary": summary} if summary else {})


def _unknown_titles(sections: Sequence[Section]) -> list[str]:
    """What is set as a title before the first whose words are known."""
    known = next((number for number, one in enumerate(sections) if one.kind not in ("basics", "other")), len(sections))
    return [section.heading for section in sections[:known] if section.kind == "other"]


def _beside_mail(section: Section) -> Sequence[Line]:
    """The lines from a mail address on: a footer of contact data may stand in any section."""
    first = next((number for number, line in enumerate(section.lines) if EMAIL.search(line.whole)), None)
    return section.lines[first:] if first is not None else ()


def _with_story(
    found: dict[str, list[Fields]], lines: Sequence[Line], known: Sequence[Section]
) -> dict[str, list[Fields]]:
    """What the headings gave, and what the other lines tell of the sections that are missing, in the schema's order.

    What stands below a heading that gave something is no job: projects have titles and dates too.
    """
    blocks = read_blocks(lines_outside(lines, [section for section in known if section.kind not in LISTED]))
    story = read_story(lines_outside(lines, known))
    both = {**story, **blocks, **found} if "work" in blocks else {**blocks, **story, **found}
    return {kind: both[kind] for kind in ORDER if kind in both}


def _with_skills(found: dict[str, list[Fields]], lines: Sequence[Line], person: str) -> dict[str, list[Fields]]:
    """Where no list of skills is: those that sentences tell, those a job's line of tools lists, or those that are named
    anywhere; Ada may be a person."""
    text = text_from_lines(lines)
    named = find_skills(
        re.sub(rf"(?<!\w){re.escape(person)}(?!\w)", " ", text, flags=re.IGNORECASE) if person else text
    )
    tools = [match.group(1) for line in lines if (match := TECHNOLOGIES.match(line.text))]
    used = list(dict.fromkeys(item for text in tools for item in split_items(text)))
    listed = used if len(used) >= FEWEST_USED else list(named)
    skills = told_skills(sentences_of(lines)) or [{"name": "Skills", "keywords": listed}]
    both = found | ({"skills": skills} if named else {})
    return {kind: both[kind] for kind in ORDER if kind in both}


def _read_kind(kind: str, sections: Sequence[Section]) -> list[Fields]:
    items: list[Fields] = []
    for section in sections:
        if section.kind == kind == "skills":
            items.extend(read_skills(section.lines, _as_name(section.heading)))
        elif section.kind == kind:
            items.extend(READERS[kind](section.lines))
    return items


def _as_name(heading: str) -> str:
    return heading.capitalize() if heading.isupper() else heading


def _as_other(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "lines": [line.whole for line in section.lines]}


def _basic_gaps(basics: dict[str, Any], found: dict[str, list[Fields]]) -> list[str]:
    gaps = []
    if not basics.get("name"):
        gaps.append("No name was found above the first heading.")
    if not basics.get("email"):
        gaps.append("No e-mail address was found.")
    if not found.get("work") and not found.get("projects"):
        gaps.append("Neither work nor projects were found; a heading such as Experience or Projects helps.")
    if not found.get("skills"):
        gaps.append("No list of skills was found.")
    return gaps


def _entry_gaps(found: dict[str, list[Fields]]) -> list[str]:
    gaps = []
    for number, job in enumerate(found.get("work", []), 1):
        what = job.get("name") or job.get("position") or f"number {number}"
        missing = [
            word
            for key, word in (("name", "employer"), ("position", "position"), ("startDate", "date"))
            if key not in job
        ]
        if missing:
            gaps.append(f'The work entry "{what}" has no {" and no ".join(missing)} that was understood.')
    for number, school in enumerate(found.get("education", []), 1):
        if not school.get("institution"):
            gaps.append(f"Education entry {number} has no institution that was understood.")
    return gaps


def _other_gaps(other: Sequence[dict[str, Any]]) -> list[str]:
    return [f'The section "{section["heading"]}" was kept as text, its kind is not known.' for section in other]
