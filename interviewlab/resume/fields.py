"""Sections of dated entries to JSON Resume: work, volunteer, education, projects, publications."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.dates import Span, take_span
from interviewlab.resume.entries import Entry, group_entries
from interviewlab.resume.forms import form_entries, is_form, table_entries, without_labels
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import DEGREE, INSTITUTION, SUFFIX, Head, read_head, split_commas, split_strong
from interviewlab.resume.places import cities, is_place, split_place

GPA = re.compile(
    r"\b(?:C?GPA|grade|score|note)\b\s*[:=]?\s*(\d+(?:[.,]\d+)?(?:\s*/\s*\d+(?:[.,]\d+)?)?%?)", re.IGNORECASE
)
PLACE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s+[\w.'’-]+){0,2}(?:\s+\([Rr]emote\))?")
LEGAL = re.compile(r"\b(?:GmbH|AG|Inc|Ltd|LLC|SE|SA|S\.A|B\.V|Corp|PLC|KG|Oy|AB|ApS|S\.L|JSC|ehf)\.?$")
ABBREVIATED = re.compile(r"\b((?:Bachelor|Master|Doctor|Associate)\b[^,–|·]*?) - [A-Z][\w.]{0,7}(?=,|$|\s·)")
EXPECTED = re.compile(
    r"\(?\b(?:expected|anticipated|graduated?|graduation|class of)\b(?:\s+(?:in|on))?\)?", re.IGNORECASE
)
MARK = re.compile(r",?\s*\b\d{1,2}(?:[.,]\d+)?\s?/\s?(?:4|5|10|20|100)(?:\.0+)?\b")
HONOURS = re.compile(
    r",?\s*\(?\b(?:(?:summa |magna )?cum laude|(?:with )?(?:first|second)[- ]class honou?rs|"
    r"with (?:distinction|honou?rs)|2[:.][12]|1st|(?:upper|lower) second|first class)\b\)?",
    re.IGNORECASE,
)
MOST_WORDS = 3
"""Of a further subject behind a comma."""
FOCUS = re.compile(r"^(?:speciali[sz]ation|major|focus|field|subject)\s*:\s*", re.IGNORECASE)
COURSES = re.compile(r"^(?:relevant\s+)?(?:courses?|coursework|modules?)\s*:\s*(.+)$", re.IGNORECASE)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s(),;]+")
ITEM = re.compile(r"^(.{2,60}?)(?:\s+[–—|-]\s+|\s*:\s+)(.{8,})$")
TECHNOLOGIES = re.compile(
    r"^(?:tech(?:nologies|nology| stack)?|stack|tools|built with|skills)\s*:\s*(.+)$", re.IGNORECASE
)

Fields = dict[str, Any]


def filled(fields: Fields) -> Fields:
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value}


def read_work(lines: Sequence[Line], organisation: str = "name") -> list[Fields]:
    """Work or volunteer entries; ``organisation`` names the employer's key."""
    if told := _told(lines, "work"):
        return [_told_job(values, rest, organisation) for values, rest in told]
    lines = [without_labels(line) for line in lines]
    entries = group_entries(lines)
    dated = [(entry, *entry.take_dates()) for entry in entries]
    company_first = _company_comes_first([read_head(cells, beside_date=e.beside_date) for e, _, cells in dated])
    jobs: list[Fields] = []
    for entry, span, cells in dated:
        head = read_head(cells, company_first, entry.beside_date)
        if entry.is_further_post and jobs:
            pieces = [piece for cell in cells for piece in split_strong(cell) if not is_place(piece)]
            head = Head(jobs[-1].get(organisation, ""), next(iter(pieces), ""), head.place)
        if not head.company and jobs and head.position:
            head = replace(head, company=jobs[-1].get(organisation, ""))
        jobs.append(_job(entry, span, head, organisation))
    return _with_places([job for job in jobs if job], organisation)


def _told(lines: Sequence[Line], section: str) -> list[tuple[Fields, list[Line]]]:
    """What labels or the names of columns tell of each entry; empty where the section has neither."""
    if not lines:
        return []
    found = form_entries(lines, section) if is_form(lines, section) else table_entries(lines, section)
    return [({**values, "span": take_span(values.get("dates", ""))[0]}, rest) for values, rest in found]


def _told_job(values: Fields, rest: Sequence[Line], organisation: str) -> Fields:
    company, place = split_place(values.get("organisation", ""))
    return filled(
        {
            organisation: company,
            "position": values.get("position", ""),
            "location": values.get("place") or place,
            **(values["span"].fields() if values["span"] else {}),
            "summary": " ".join(line.text for line in rest if not line.is_bullet and not line.text.endswith(":")),
            "highlights": [line.text for line in rest if line.is_bullet],
        }
    )


def _told_school(values: Fields, rest: Sequence[Line]) -> Fields:
    both = re.fullmatch(r"(.+?)\s*\(([^()]{4,})\)", values.get("degree", ""))
    degree, area = both.groups() if both else _degree(values.get("degree", ""), "", "")
    institution, place = split_place(values.get("institution", ""))
    return filled(
        {
            "institution": institution,
            "area": values.get("area") or area,
            "studyType": degree,
            "location": values.get("place") or place,
            **(values["span"].fields(single_is_end=True) if values["span"] else {}),
            "score": values.get("score", ""),
            "highlights": [line.text for line in rest],
        }
    )


def _told_project(values: Fields, rest: Sequence[Line]) -> Fields:
    texts = [re.sub(r"^(?:description|about)\s*:\s*", "", line.text, flags=re.IGNORECASE) for line in rest]
    tools = [_tools(text) for text in texts if TECHNOLOGIES.match(text)]
    story = " ".join(text for text in texts if not TECHNOLOGIES.match(text))
    extra = {"keywords": [word for text in tools for word in split_commas(text)]}
    return _named(values.get("project", ""), story) | filled(
        extra | (values["span"].fields() if values["span"] else {})
    )


def _with_places(jobs: list[Fields], organisation: str) -> list[Fields]:
    """``Bosch GmbH, Schwieberdingen``: where most employers are written so, what follows the comma is the place."""
    split = [split_commas(job.get(organisation, "")) for job in jobs]
    towns = [parts for parts in split if len(parts) == 2 and PLACE.fullmatch(parts[1]) and not SUFFIX.match(parts[1])]
    if not towns or (len(towns) < 0.6 * len(jobs) and not any(LEGAL.search(parts[0]) for parts in towns)):
        return jobs
    return [
        {**job, organisation: parts[0], "location": job.get("location") or parts[1]} if parts in towns else job
        for job, parts in zip(jobs, split, strict=True)
    ]


def _company_comes_first(heads: Sequence[Head]) -> bool:
    votes = Counter(head.is_company_first for head in heads if head.is_company_first is not None)
    return votes[True] >= votes[False]


def _job(entry: Entry, span: Span | None, head: Head, organisation: str) -> Fields:
    return filled(
        {
            organisation: head.company,
            "position": head.position,
            "location": head.place,
            **(span.fields() if span else {}),
            "summary": " ".join(line.text for line in entry.prose),
            "highlights": entry.highlights(),
        }
    )


def read_education(lines: Sequence[Line]) -> list[Fields]:
    """Schools and degrees."""
    if told := _told(lines, "education"):
        return [school for values, rest in told if (school := _told_school(values, rest))]
    lines = [without_labels(line) for line in lines]
    schools = []
    if all(line.is_bullet for line in lines):
        lines = [replace(line, is_bullet=False, is_bold=True) for line in lines]
    for entry in group_entries(lines):
        span, cells = entry.take_dates()
        notes = [line.text for line in (*entry.prose, *entry.bullets)]
        courses = next((match.group(1) for text in (*cells, *notes) if (match := COURSES.match(text))), "")
        school = _school([_plain_cell(cell) for cell in cells if not COURSES.match(cell)])
        gpa = next((match.group(1) for text in (*cells, *notes) if (match := GPA.search(text))), "")
        school |= span.fields(single_is_end=True) if span else {}
        school |= {"score": gpa, "courses": split_commas(courses.rstrip(".")), "highlights": notes}
        schools.append(filled(school))
    return [school for school in schools if school]


def _plain_cell(cell: str) -> str:
    """Without grades, honours and what is only announced."""
    plain = HONOURS.sub("", EXPECTED.sub("", MARK.sub("", GPA.sub("", cell))))
    return re.sub(r"\s*\(\s*\)", "", plain).strip(" ,;:")


def _school(cells: Sequence[str]) -> Fields:
    pieces = [piece for cell in cells for piece in split_strong(ABBREVIATED.sub(r"\1", cell))]
    place = next((piece for piece in pieces if is_place(piece) and len(pieces) > 1), "")
    institution, degree, area, rest = "", "", "", list[str]()
    if not place:
        place, pieces = _take_town(pieces)
    for part in _school_parts([piece for piece in pieces if piece != place]):
        if INSTITUTION.search(part) and not DEGREE.match(part):
            whole = [institution, part] if institution else [rest.pop(), part] if area and rest else [part]
            institution = ", ".join(whole)
        elif DEGREE.search(part):
            degree, area = (degree, area) if degree and area else _degree(part, degree, area)
        else:
            rest.append(part)
    rest = [part for part in rest if len(part) > 1]
    if degree and area and institution:
        # MSc in Robotics, Cognition, Intelligence
        own = next((split_commas(piece) for piece in pieces if DEGREE.search(piece) and institution not in piece), [])
        area = ", ".join([area, *(part for part in rest if part in own and len(part.split()) <= MOST_WORDS)])
        rest = [part for part in rest if part not in own]
    if not institution and rest:
        institution = rest.pop(-1 if degree and len(rest) > 1 and not area and DEGREE.match(pieces[0]) else 0)
    if not area and rest:
        area = ", ".join(rest)
    elif rest and not _tells_area(pieces):
        institution = ", ".join([institution, *rest])
    institution, tail = split_place(institution) if not place and not _is_campus(institution) else (institution, "")
    return {"institution": institution, "area": FOCUS.sub("", area), "studyType": degree, "location": place or tail}


def _is_campus(institution: str) -> bool:
    """``University of Nigeria, Nsukka``: behind the name of a region the town belongs to the school's name."""
    match = re.fullmatch(r"(?:the\s+)?(?:\w+\s+)?university of ([\w\s]+),\s+[\w\s]+", institution, re.IGNORECASE)
    return match is not None and match.group(1) not in cities()


def _take_town(pieces: list[str]) -> tuple[str, list[str]]:
    """``Diplôme, École Centrale, Nantes``: behind degree and school in one piece, a third name is the town."""
    for number, piece in enumerate(pieces):
        parts = split_commas(piece)
        if len(parts) > 2 and INSTITUTION.search(parts[-2]) and PLACE.fullmatch(parts[-1]) and DEGREE.search(parts[0]):
            return parts[-1], [*pieces[:number], ", ".join(parts[:-1]), *pieces[number + 1 :]]
    return "", pieces


def _school_parts(pieces: Sequence[str]) -> list[str]:
    """Comma parts, but a place at the end of a piece stays with its school."""
    parts: list[str] = []
    has_area = _tells_area(pieces)
    for piece in pieces:
        rest, place = split_place(piece)
        found = split_commas(rest)
        if has_area and INSTITUTION.search(piece) and not DEGREE.search(piece):
            found = [rest]
        if place and found and INSTITUTION.search(found[-1]):
            found[-1] = f"{found[-1]}, {place}"
        parts.extend(found)
    return parts


def _tells_area(pieces: Sequence[str]) -> bool:
    """Whether a piece names a degree and what was studied: then no part of the school's name is the subject."""
    return any(
        DEGREE.search(piece)
        and (
            re.search(r",\s|\s(?:in|en|em)\s", piece)
            or (not INSTITUTION.search(piece) and re.search(r"[^\W\d_]{4}", DEGREE.sub("", piece)))
        )
        for piece in pieces
    )


def _degree(text: str, degree: str, area: str) -> tuple[str, str]:
    """Degree and field: ``BSc (Hons) in Physics``, ``Master of Science in Physics``, ``B.Eng. Civil Engineering``."""
    match = re.match(r"^(.*?)\s+(?:in|of|en|em)\s+(.+)$", text, re.IGNORECASE) if not DEGREE.fullmatch(text) else None
    found = DEGREE.search(text)
    if found and (whole := _whole_degree(text, found)):
        return degree or whole, area or text[len(whole) :].strip(" ,-–:")
    if match and DEGREE.search(match.group(1)):
        start = re.search(r"\s+(?:in|en|em)\s+(.+)$", text, re.IGNORECASE)
        study, field = (text[: start.start()], start.group(1)) if start else (match.group(1), match.group(2))
    elif found:
        study, field = found.group(), (text[: found.start()] + text[found.end() :])
        if hons := re.match(r"^\W*\(?hons\.?\)?\W*(?=\w)", field, re.IGNORECASE):
            study, field = f"{study} (Hons)", field[hons.end() :]
        study, field = (text, "") if re.match(r"^\W*(?:\(?hons|with)", field, re.I) else (study, field)
    else:
        study, field = text, ""
    return degree or study.strip(" ,"), area or re.sub(r"^\W*(?:Hons\.?\W+|\w+\)\s*)?(?:degree\s+)?", "", field).strip(
        " ,()–—-"
    )


def _whole_degree(text: str, found: re.Match[str]) -> str:
    """``Diplom-Ingenieur (Univ.)``, ``Mestrado (M.Sc.)``, ``General Management Programme``; empty for plain ones."""
    if re.match(r"-\w", text[found.end() :]):
        match = re.match(r"-\w+(?:\s*\([^)]*\))?", text[found.end() :])
        return text[: found.end() + (match.end() if match else 0)]
    if text[: found.start()].endswith("(") and text[found.end() :].startswith((")", ".)")):
        return text[: text.index(")", found.end()) + 1]
    if re.fullmatch(r"\s*\([^)]*\)", text[found.end() :]):
        return text
    is_word = found.group().islower() or found.group()[1:].islower()
    return text if is_word and found.end() == len(text) and found.start() > 0 else ""


def read_projects(lines: Sequence[Line]) -> list[Fields]:
    """Projects, written as entries with bullets or as one item a line."""
    if told := _told(lines, "projects"):
        return [project for values, rest in told if (project := _told_project(values, rest))]
    if len(lines) > 1 and all(line.sides and not line.is_bullet for line in lines):
        lines = [replace(line, has_gap_before=True) for line in lines]
        return [project for line in lines for entry in group_entries([line]) if (project := _project(entry))]
    if _is_item_list(lines):
        return [project for line in lines if (project := _project_item(line))]
    return [project for entry in group_entries(lines) if (project := _project(entry))]


def _is_item_list(lines: Sequence[Line]) -> bool:
    """Only bullets, or only lines of the form ``Name: what it does``."""
    return all(line.is_bullet for line in lines) or all(not line.is_bullet and ITEM.match(line.text) for line in lines)


def _project_item(line: Line) -> Fields:
    span, text = take_span(line.whole)
    match = ITEM.match(text)
    name, description = (match.group(1), match.group(2)) if match else (text, "")
    if not match and len(text) > 60:
        return {}
    return _named(name, description) | filled({"url": next(iter(line.urls), "")}) | (span.fields() if span else {})


def _named(name: str, description: str) -> Fields:
    tools = re.fullmatch(r"(.+?)\s*\(([^()]*,[^()]*)\)", name)
    keywords = split_commas(tools.group(2)) if tools else []
    return filled(
        {"name": (tools.group(1) if tools else name).strip(), "description": description, "keywords": keywords}
    )


def _project(entry: Entry) -> Fields:
    span, cells = entry.take_dates()
    if not cells:
        return {}
    pieces = [piece.strip() for piece in re.split(r"\s+[–—|-]\s+|:\s+", cells[0], maxsplit=1)]
    rest = [piece for piece in (*pieces[1:], *cells[1:]) if not is_place(piece)]
    keywords = [word for piece in rest if _is_tool_list(piece) for word in split_commas(_tools(piece))]
    words = [piece for piece in rest if not _is_tool_list(piece)] + [line.text for line in entry.prose]
    project = _named(pieces[0], " ".join(dict.fromkeys(words)))
    extra = {"keywords": project.get("keywords", []) + keywords, "highlights": entry.highlights()}
    return project | filled(extra | (span.fields() if span else {}) | {"url": next(iter(entry.urls()), "")})


def _is_tool_list(text: str) -> bool:
    """``Python, Flask, React``, also behind ``Technologies:``."""
    parts = split_commas(_tools(text))
    return bool(TECHNOLOGIES.match(text)) or (len(parts) > 1 and all(len(part.split()) <= 3 for part in parts))


def _tools(text: str) -> str:
    match = TECHNOLOGIES.match(text)
    return (match.group(1) if match else text).rstrip(".")


def read_publications(lines: Sequence[Line]) -> list[Fields]:
    """Papers: title, where it appeared, when, and its DOI as a link."""
    if all(line.is_bullet for line in lines):
        return [_paper([line.whole], line.urls) for line in lines]
    found = []
    for entry in group_entries(lines):
        texts = [cell for line in (*entry.head, *entry.prose, *entry.bullets) for cell in line.cells if cell]
        urls = tuple(url for line in (*entry.head, *entry.prose, *entry.bullets) for url in line.urls)
        found.append(_paper(texts, urls))
    return [paper for paper in found if paper]


def _paper(texts: Sequence[str], urls: Sequence[str]) -> Fields:
    span, title = take_span(texts[0])
    for text in texts[1:]:
        span = span or take_span(text)[0]
    doi = next((match.group() for text in texts if (match := DOI.search(text))), "")
    venue = next((match.group(1) for text in texts[1:] if (match := re.search(r"\(([^()]{3,80})\)\s*$", text))), "")
    others = [text for text in texts[1:] if not DOI.search(text) and not take_span(text)[0]]
    url = next(iter(urls), "") or (f"https://doi.org/{doi}" if doi else "")
    released = (span.end or span.start) if span else ""
    fields = {"name": title, "publisher": venue, "releaseDate": released, "url": url, "summary": "; ".join(others)}
    return filled(fields)
