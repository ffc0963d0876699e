"""Sections of dated entries to JSON Resume: work, volunteer, publications."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.dates import Span, take_span
from interviewlab.resume.entries import Entry, group_entries, heads_apart, heads_without_bullets, told_posts
from interviewlab.resume.forms import told_entries, without_columns, without_labels
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import SUFFIX, TITLE, Head, read_head, split_commas, split_strong
from interviewlab.resume.places import is_place, split_place
from interviewlab.resume.schools import names_school
from interviewlab.resume.skills import canonical_skill

PLACE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s+[\w.'’-]+){0,2}(?:\s+\([Rr]emote\))?")
LEGAL = re.compile(r"\b(?:GmbH|AG|Inc|Ltd|LLC|SE|SA|S\.A|B\.V|Corp|PLC|KG|Oy|AB|ApS|S\.L|JSC|ehf)\.?$")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s(),;]+")
BRACKETED = re.compile(r"(.{2,}?)\s*\(([^()]{2,40})\)")
FEWEST_ALIKE = 3
LEAST_ALIKE = 0.74
"""The share of heads that name employer and position in one order, from which on that is the order of all."""
Fields = dict[str, Any]


def filled(fields: Fields) -> Fields:
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value}


def read_work(lines: Sequence[Line], organisation: str = "name") -> list[Fields]:
    """Work or volunteer entries; ``organisation`` names the employer's key."""
    if told := told_entries(lines, "work"):
        return [_told_job(values, rest, organisation) for values, rest in told]
    heads = heads_apart(heads_without_bullets(told_posts(without_columns(lines, "work"))))
    lines = [_tools(line) if _are_tools(line) else without_labels(line) for line in heads]
    entries = group_entries(lines)
    dated = [(entry, *entry.take_dates()) for entry in entries]
    named = [read_head(cells, beside_date=e.beside_date) for e, _, cells in dated]
    company_first, order = _company_comes_first(named), _usual_order(named)
    jobs: list[Fields] = []
    house, houses = Fields(), list[Fields]()
    for entry, span, cells in dated:
        head = _in_order(read_head(cells, company_first, entry.beside_date), order)
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


def _are_tools(line: Line) -> bool:
    """Chips below a job: ``Kotlin``, ``Compose`` side by side."""
    return len(line.cells) > 1 and not line.is_bold and all(map(canonical_skill, line.cells))


def _tools(line: Line) -> Line:
    return replace(line, cells=(", ".join(line.cells),), is_bullet=True)


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


def _with_places(jobs: list[Fields], organisation: str) -> list[Fields]:
    """``Bosch GmbH, Schwieberdingen``: where most employers are written so, what follows the comma is the place."""
    jobs = _without_bracketed_places(_without_bracketed_places(jobs, organisation), "position")
    split = [split_commas(job.get(organisation, "")) for job in jobs]
    towns = [parts for parts in split if len(parts) == 2 and _is_town(parts[1])]
    located = sum(bool(job.get("location")) for job in jobs)
    is_usual = len(towns) >= 0.6 * len(jobs) or (located and len(towns) + located >= len(jobs))
    if not towns or (not is_usual and not any(LEGAL.search(parts[0]) for parts in towns)):
        return jobs
    return [
        {**job, organisation: parts[0], "location": job.get("location") or parts[1]} if parts in towns else job
        for job, parts in zip(jobs, split, strict=True)
    ]


def _is_town(text: str) -> bool:
    return bool(PLACE.fullmatch(text)) and not SUFFIX.match(text) and not names_school(text)


def _without_bracketed_places(jobs: list[Fields], key: str) -> list[Fields]:
    """``Intercom (Dublin)`` and ``Gannet (remote)``: where one bracket behind a name holds a place, most do."""
    split = [BRACKETED.fullmatch(job.get(key, "")) for job in jobs]
    inside = [match.group(2) for match in split if match]
    if not any(is_place(split_commas(text)[0]) for text in inside if split_commas(text)):
        return jobs
    return [
        {**job, key: match.group(1), "location": job.get("location") or match.group(2)}
        if match
        and (is_place(split_commas(match.group(2))[0]) or (key != "position" and len(inside) > 0.6 * len(jobs)))
        else job
        for job, match in zip(jobs, split, strict=True)
    ]


def _company_comes_first(heads: Sequence[Head]) -> bool:
    votes = Counter(head.is_company_first for head in heads if head.is_company_first is not None)
    return votes[True] >= votes[False]


def _usual_order(heads: Sequence[Head]) -> bool | None:
    """Whether the company comes first in nearly all heads whose words tell; None where they differ or tell little."""
    votes = Counter(head.is_company_first for head in heads if head.is_company_first is not None)
    usual, count = votes.most_common(1)[0] if votes else (None, 0)
    return usual if count >= FEWEST_ALIKE and count >= LEAST_ALIKE * votes.total() else None


def _in_order(head: Head, usual: bool | None) -> Head:
    """``Consultora Andina, Socia`` among heads with the company first: the word of a title is in the company's name."""
    is_other_way = usual is not None and head.is_company_first is not None and head.is_company_first != usual
    if not is_other_way or not head.company or not head.position:
        return head
    return replace(head, company=head.position, position=head.company, is_company_first=usual)


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
