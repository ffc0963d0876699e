"""Sections of dated entries to JSON Resume: work, volunteer, projects, publications."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.dates import Span, take_span
from interviewlab.resume.entries import Entry, group_entries, heads_apart, heads_without_bullets
from interviewlab.resume.forms import told_entries, without_columns, without_labels
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import SUFFIX, TITLE, Head, read_head, split_commas, split_strong
from interviewlab.resume.places import is_place, split_place

PLACE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s+[\w.'’-]+){0,2}(?:\s+\([Rr]emote\))?")
LEGAL = re.compile(r"\b(?:GmbH|AG|Inc|Ltd|LLC|SE|SA|S\.A|B\.V|Corp|PLC|KG|Oy|AB|ApS|S\.L|JSC|ehf)\.?$")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s(),;]+")
ITEM = re.compile(r"^(.{2,60}?)(?:\s+[–—|-]\s+|\s*:\s+)(.{8,})$")
DATED_ITEM = re.compile(
    r"^([^\s(),:;][^(),:;]{1,40}?)\s*[(\[]([^()]*\b(?:19|20)\d\d\b[^()]{0,20})[)\]]\s*[,:–—-]?\s+([^\s–—-].{12,})$"
)
"""``Fada (2016–2017) a linter for names``."""
BRACKETED = re.compile(r"(.{2,}?)\s*\(([^()]{2,40})\)")
MOST_NAME_WORDS = 6
DATE_WITHIN = 60
"""Characters behind a project's name within which its date stands."""
TECHNOLOGIES = re.compile(
    r"^(?:tech(?:nologies|nology|nical environment| stack)?(?: used)?|(?:technical )?environment|(?:tech[- ]?)?stack|tools(?: used)?|"
    r"built with|skills(?: used)?|used|technologien|umgebung|werkzeuge|technik|environnement(?: technique)?|outils|"
    r"technologies utilisées|tecnologías|tecnologias|tecnologie|entorno)\s*:\s*(.+)$",
    re.IGNORECASE,
)

Fields = dict[str, Any]


def filled(fields: Fields) -> Fields:
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value}


def read_work(lines: Sequence[Line], organisation: str = "name") -> list[Fields]:
    """Work or volunteer entries; ``organisation`` names the employer's key."""
    if told := told_entries(lines, "work"):
        return [_told_job(values, rest, organisation) for values, rest in told]
    lines = [without_labels(line) for line in heads_apart(heads_without_bullets(without_columns(lines, "work")))]
    entries = group_entries(lines)
    dated = [(entry, *entry.take_dates()) for entry in entries]
    company_first = _company_comes_first([read_head(cells, beside_date=e.beside_date) for e, _, cells in dated])
    jobs: list[Fields] = []
    house, houses = Fields(), list[Fields]()
    for entry, span, cells in dated:
        head = read_head(cells, company_first, entry.beside_date)
        if entry.is_further_post and jobs:
            pieces = [piece for cell in cells for piece in split_strong(cell) if not is_place(piece)]
            head = Head(jobs[-1].get(organisation, ""), next(iter(pieces), ""), head.place)
        if house and span and cells and _is_within(span, house) and TITLE.search(cells[0]):
            head = Head(house[organisation], cells[0], house.get("location", ""))
            houses.append(house)
        if not head.company and jobs and head.position:
            head = replace(head, company=jobs[-1].get(organisation, ""))
        jobs.append(_job(entry, span, head, organisation))
        house = jobs[-1] if head.company and not head.position and span else house
    return _with_places([job for job in jobs if job and job not in houses], organisation)


def _is_within(span: Span, house: Fields) -> bool:
    """Whether a post lies within the time that is given for the employer above, beside no position."""
    return not span.is_single and house["startDate"][:4] <= span.start[:4] <= house.get("endDate", "9999")[:4]


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
    jobs = _without_bracketed_places(jobs, organisation)
    split = [split_commas(job.get(organisation, "")) for job in jobs]
    towns = [parts for parts in split if len(parts) == 2 and PLACE.fullmatch(parts[1]) and not SUFFIX.match(parts[1])]
    if not towns or (len(towns) < 0.6 * len(jobs) and not any(LEGAL.search(parts[0]) for parts in towns)):
        return jobs
    return [
        {**job, organisation: parts[0], "location": job.get("location") or parts[1]} if parts in towns else job
        for job, parts in zip(jobs, split, strict=True)
    ]


def _without_bracketed_places(jobs: list[Fields], organisation: str) -> list[Fields]:
    """``Intercom (Dublin)`` and ``Gannet (remote)``: where one bracket behind an employer holds a place, most do."""
    split = [BRACKETED.fullmatch(job.get(organisation, "")) for job in jobs]
    inside = [match.group(2) for match in split if match]
    if not any(is_place(split_commas(text)[0]) for text in inside if split_commas(text)):
        return jobs
    return [
        {**job, organisation: match.group(1), "location": job.get("location") or match.group(2)}
        if match and (is_place(split_commas(match.group(2))[0]) or len(inside) > 0.6 * len(jobs))
        else job
        for job, match in zip(jobs, split, strict=True)
    ]


def _company_comes_first(heads: Sequence[Head]) -> bool:
    votes = Counter(head.is_company_first for head in heads if head.is_company_first is not None)
    return votes[True] >= votes[False]


def _job(entry: Entry, span: Span | None, head: Head, organisation: str) -> Fields:
    position, told = _position(head.position)
    return filled(
        {
            organisation: head.company,
            "position": position,
            "location": head.place,
            **(span.fields() if span else {}),
            "summary": " ".join(text for text in (told, *(line.text for line in entry.prose)) if text),
            "highlights": entry.highlights(),
        }
    )


def _position(text: str) -> tuple[str, str]:
    """``Web developer: a new shop`` is a position and what was done in it."""
    title, _, told = text.partition(": ")
    return (title, told) if told and TITLE.search(title) else (text, "")


def read_projects(lines: Sequence[Line]) -> list[Fields]:
    """Projects, written as entries with bullets or as one item a line."""
    if told := told_entries(lines, "projects"):
        return [project for values, rest in told if (project := _told_project(values, rest))]
    if _have_leads(lines):
        return [_led_project(part) for part in _led_parts(lines)]
    if len(lines) > 1 and all(line.sides and not line.is_bullet for line in lines):
        lines = [replace(line, has_gap_before=True) for line in lines]
        return [project for line in lines for entry in group_entries([line]) if (project := _project(entry))]
    if items := _dated_items(lines):
        return items
    if heads := _hanging_heads(lines):
        lines = [replace(line, has_gap_before=line in heads, is_bullet=line not in heads) for line in lines]
        return [project for entry in group_entries(lines) if (project := _project(entry))]
    if _is_item_list(lines):
        return [project for line in lines if (project := _project_item(line))]
    return [project for entry in group_entries(lines) if (project := _project(entry))]


def _have_leads(lines: Sequence[Line]) -> bool:
    """Whether every paragraph begins with a name in bold, or linked, and goes on in plain type."""
    heads = [line for line in lines if not line.is_bullet] or list(lines)
    apart = [line for number, line in enumerate(heads) if number == 0 or line.has_gap_before]
    return bool(heads) and (all(line.lead for line in heads) or (len(apart) > 1 and all(line.lead for line in apart)))


def _led_parts(lines: Sequence[Line]) -> list[list[Line]]:
    heads_are_bullets = all(line.is_bullet for line in lines)
    parts: list[list[Line]] = []
    for line in lines:
        if not parts or (line.lead and (heads_are_bullets or not line.is_bullet)):
            parts.append([])
        parts[-1].append(line)
    return parts


def _led_project(lines: Sequence[Line]) -> Fields:
    head = lines[0]
    behind = head.text[head.text.find(head.lead) + len(head.lead) :]
    span = next((span for text in (*head.sides, behind[:DATE_WITHIN]) if (span := take_span(text)[0])), None)
    name, story = take_span(head.lead)[1], behind.strip(" :,;–—-|")
    extra = {"highlights": [line.text for line in lines[1:]], "url": next(iter(head.urls), "")}
    return _named(name, story) | filled(extra | (span.fields() if span else {}))


def _hanging_heads(lines: Sequence[Line]) -> list[Line]:
    """The names above indented lines that tell what they are, in plain text; empty where there are none."""
    edge = min((line.x0 for line in lines), default=0.0)
    heads = [line for line in lines if line.x0 < edge + 1]
    are_short = all(len(line.text.split()) <= MOST_NAME_WORDS for line in heads)
    is_text = not any(line.page or line.is_bullet for line in lines)
    return heads if 1 < len(heads) < len(lines) and lines[0] in heads and are_short and is_text else []


def _dated_items(lines: Sequence[Line]) -> list[Fields]:
    """Paragraphs that begin with a name and its date in brackets; other lines go on the one above."""
    heads = [DATED_ITEM.match(line.text) for line in lines]
    if not heads or not heads[0] or sum(map(bool, heads)) < 0.5 * len(heads):
        return []
    found: list[Fields] = []
    for line, head in zip(lines, heads, strict=True):
        if head:
            span = take_span(head.group(2))[0]
            url = {"url": next(iter(line.urls), "")}
            found.append(_named(head.group(1), head.group(3)) | filled(url | (span.fields() if span else {})))
        else:
            found[-1]["description"] = f"{found[-1].get('description', '')} {line.whole}".strip()
    return found


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
    name = re.sub(r"\s*\((?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/[^\s()]*)?\)$", "", name)
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
    told = [line.text for line in entry.prose if not TECHNOLOGIES.match(line.text)]
    rest = [piece for piece in (*pieces[1:], *cells[1:]) if not is_place(piece)]
    rest += [line.text for line in entry.prose if TECHNOLOGIES.match(line.text)]
    keywords = [word for piece in rest if _is_tool_list(piece) for word in split_commas(_tools(piece))]
    words = [piece for piece in rest if not _is_tool_list(piece)] + told
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
