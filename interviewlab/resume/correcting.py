"""A Resume as a form that the candidate corrects, and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviewlab.resume.basics import find_phone, sort_links
from interviewlab.resume.dates import normalise_date
from interviewlab.resume.documents import items_of, text_of, texts_of, words_of
from interviewlab.resume.places import location_fields
from interviewlab.resume.provenance import unsure_fields
from interviewlab.types import Resume

Row = tuple[str, ...]
Fields = dict[str, Any]
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "work": (
        ("name", "Employer"),
        ("position", "Position"),
        ("startDate", "From"),
        ("endDate", "To"),
        ("highlights", "What you did"),
    ),
    "education": (
        ("institution", "Institution"),
        ("studyType", "Degree"),
        ("area", "Subject"),
        ("startDate", "From"),
        ("endDate", "To"),
    ),
    "projects": (("name", "Project"), ("description", "What it is"), ("startDate", "From"), ("endDate", "To")),
}
"""The columns of each table: the field of JSON Resume and its heading."""
LINES = ("name", "label", "email", "phone", "url")
_DATES = frozenset({"startDate", "endDate"})
_LISTED = frozenset({"highlights"})
JOINT = "; "
OTHER_SKILLS = "Skills"
"""The group of what the candidate adds."""


@dataclass(frozen=True)
class Form:
    """What the candidate sees and changes. Skills are joined by commas; ``unsure`` are paths as ``work.0.name``."""

    name: str = ""
    label: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    location: str = ""
    summary: str = ""
    skills: str = ""
    work: tuple[Row, ...] = ()
    education: tuple[Row, ...] = ()
    projects: tuple[Row, ...] = ()
    unsure: tuple[str, ...] = ()


def form_from_resume(resume: Resume) -> Form:
    """The form of what was read; empty where nothing was."""
    document = resume.document
    basics = document.get("basics") or {}
    line = {key: text_of(basics.get(key)) for key in (*LINES, "summary")}
    table = {section: tuple(_row(item, section) for item in items_of(document.get(section))) for section in COLUMNS}
    return Form(
        name=line["name"],
        label=line["label"],
        email=line["email"],
        phone=line["phone"],
        url=line["url"],
        location=_place(basics.get("location")),
        summary=line["summary"],
        skills=", ".join(_skills(document)),
        work=table["work"],
        education=table["education"],
        projects=table["projects"],
        unsure=unsure_fields(document),
    )


def resume_from_form(resume: Resume, form: Form) -> Resume:
    """The Resume as the candidate left it: what the form does not show stays, an emptied row is gone.

    Nothing is doubtful any more, and each word of the form is found in the text, as the questions need it.
    """
    document = dict(resume.document)
    document["basics"] = _basics(document.get("basics") or {}, form)
    for section in COLUMNS:
        rows: Sequence[Row] = getattr(form, section)
        document[section] = _entries(items_of(document.get(section)), rows, section)
    if form.skills != ", ".join(_skills(document)):
        document["skills"] = _groups(items_of(document.get("skills")), words_of(form.skills))
    document = {key: value for key, value in document.items() if value or key == "basics"}
    document["meta"] = _checked(document.get("meta") or {})
    text = _with_words(resume.text, document)
    return resume.model_copy(update={"document": document, "text": text, "gaps": ()})


def _basics(basics: Mapping[str, Any], form: Form) -> Fields:
    kept = {key: value for key, value in basics.items() if key not in (*LINES, "summary", "location")}
    written = {key: getattr(form, key).strip() for key in (*LINES, "summary")}
    if written["phone"] and written["phone"] != basics.get("phone"):
        written["phone"] = find_phone(written["phone"]) or written["phone"]
    if written["url"] and "://" not in written["url"]:
        written["url"] = sort_links([written["url"]], ())[0] or written["url"]
    place = (
        basics.get("location") if form.location == _place(basics.get("location")) else location_fields(form.location)
    )
    return {
        key: value for key, value in {**written, "location": place if form.location else None, **kept}.items() if value
    }


def _entries(items: Sequence[Fields], rows: Sequence[Row], section: str) -> list[Fields]:
    """Rows that stayed keep what the table does not show."""
    written = {number: row for number, row in enumerate(rows) if any(cell.strip() for cell in row)}
    places = _places_before(written, [_row(item, section) for item in items], is_same_length=len(rows) == len(items))
    return [_entry(items[places[n]] if n in places else {}, row, section) for n, row in written.items()]


def _places_before(rows: Mapping[int, Row], before: Sequence[Row], *, is_same_length: bool) -> dict[int, int]:
    """Where each row stood: as it is, else under its first cell, else in the same place of as many rows."""
    places = {n: n for n, row in rows.items() if n < len(before) and before[n] == row}
    free = set(range(len(before))) - places.keys()
    for cells in (None, 1):
        for n, row in rows.items():
            if n not in places and (found := [m for m in free if before[m][:cells] == row[:cells]]):
                places[n] = max(found, key=lambda m: (_likeness(row, before[m]), -abs(n - m)))
                free.remove(places[n])
    unmoved = {n: n for n in rows if is_same_length and n not in places and n in free}
    return places | unmoved


def _likeness(row: Row, other: Row) -> int:
    """How many cells are the same."""
    return sum(a == b for a, b in zip(row, other, strict=False))


def _entry(before: Fields, row: Row, section: str) -> Fields:
    entry = dict(before)
    for (key, _), cell in zip(COLUMNS[section], row, strict=False):
        cell = cell.strip()
        if cell == _cell(before, key):
            continue
        entry.pop(key, None)
        if cell and key in _LISTED:
            entry[key] = [part.strip() for part in re.split(r";\s|\n", cell) if part.strip()]
        elif cell and not (key == "endDate" and re.fullmatch(r"now|present|today", cell, re.IGNORECASE)):
            entry[key] = (normalise_date(cell) or cell) if key in _DATES else cell
    return entry


def _row(item: Mapping[str, Any], section: str) -> Row:
    return tuple(_cell(item, key) for key, _ in COLUMNS[section])


def _cell(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return JOINT.join(part for part in value if isinstance(part, str)) if isinstance(value, list) else text_of(value)


def _checked(meta: Mapping[str, Any]) -> Fields:
    ours = {**(meta.get("interviewlab") or {}), "is_corrected": True, "gaps": []}
    ours.pop("fields", None)
    return {**meta, "interviewlab": ours}


def _with_words(text: str, document: Mapping[str, Any]) -> str:
    """The text and, below it, those names of the form that it does not hold."""
    keys = {"work": ("name", "position"), "projects": ("name",), "education": ("institution",)}
    names = [
        text_of(item.get(key))
        for section, wanted in keys.items()
        for item in items_of(document.get(section))
        for key in wanted
    ]
    missing = [name for name in (*names, *_skills(document)) if name and name not in text]
    return "\n".join((text, *dict.fromkeys(missing))) if missing else text


def _skills(document: Mapping[str, Any]) -> list[str]:
    return [word for group in items_of(document.get("skills")) for word in _words(group)]


def _words(group: Mapping[str, Any]) -> tuple[str, ...]:
    return texts_of(group.get("keywords")) or texts_of([group.get("name")])


def _groups(groups: Sequence[Fields], written: Sequence[str]) -> list[Fields]:
    """The groups with those of their words that are still written; new ones stand with other skills of no level."""
    kept, known, wanted = list[Fields](), set[str](), set(written)
    for group in groups:
        words = _words(group)
        left = [word for word in words if wanted.issuperset(words_of(word))]
        known.update(piece for word in left for piece in words_of(word))
        if left:
            kept.append(group if len(left) == len(words) else {**group, "keywords": left})
    new = [word for word in dict.fromkeys(written) if word not in known]
    other = next((group for group in kept if group.get("name") == OTHER_SKILLS and "level" not in group), None)
    if new and other is None:
        kept.append({"name": OTHER_SKILLS, "keywords": new})
    elif new and other is not None:
        kept[kept.index(other)] = {**other, "keywords": [*_words(other), *new]}
    return kept


def _place(location: Any) -> str:
    parts = (location.get("city"), location.get("region")) if isinstance(location, dict) else ()
    return ", ".join(part for part in parts if isinstance(part, str) and part)
