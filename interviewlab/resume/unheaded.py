"""A CV without headings whose entries stand apart all the same: blocks told by what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.dates import has_span, take_span
from interviewlab.resume.education import read_education
from interviewlab.resume.fields import read_work
from interviewlab.resume.headings import Section
from interviewlab.resume.lines import Line
from interviewlab.resume.lists import read_certificates, split_items
from interviewlab.resume.parts import TITLE
from interviewlab.resume.prose import told_skills
from interviewlab.resume.schools import DEGREE, names_school
from interviewlab.resume.skills import canonical_skill

Fields = dict[str, Any]
FEWEST_SKILLS = 3
CERTIFIED = re.compile(r"\b(?:certified|certificate|certification|zertifi\w+|certificad[oa])\b", re.IGNORECASE)
LONGEST_HEAD = 90
MOST_HEAD_WORDS = 9


def lines_outside(lines: Sequence[Line], sections: Sequence[Section]) -> list[Line]:
    """The lines that stand in none of the ``sections``; their titles stay and stand apart, and so does what follows."""
    inside = {id(line) for section in sections for line in section.lines}
    gaps = [id(line) in inside for line in lines]
    return [
        replace(line, has_gap_before=True) if True in gaps[max(0, number - 1) : number + 2] else line
        for number, line in enumerate(lines)
        if not gaps[number]
    ]


def read_blocks(lines: Sequence[Line]) -> dict[str, list[Fields]]:
    """Work, education, certificates and skills among blocks of lines between gaps; only sections with something in
    them."""
    found: dict[str, list[Fields]] = {"work": [], "education": [], "certificates": [], "skills": []}
    for block in _blocks(lines)[1:]:
        for section, items in _read_block(block):
            found[section].extend(items)
    return {section: items for section, items in found.items() if items}


def _read_block(block: Sequence[Line]) -> Iterator[tuple[str, list[Fields]]]:
    heads = [line.text for line in block if len(line.whole) <= LONGEST_HEAD]
    is_dated = any(has_span(line.whole) or take_span(line.whole)[0] for line in block if len(line.whole) <= 110)
    if not _has_head(block):
        yield "skills", _skills(block)
    elif is_dated and any(DEGREE.search(head) for head in heads) and any(map(names_school, heads)):
        yield "education", read_education(block)
    elif _begins_with_certificate(block):
        count = 2 if _is_issuer(block[0], block[1:]) else 1
        cells = tuple(cell for line in block[:count] for cell in line.cells)
        yield "certificates", read_certificates([replace(block[0], cells=cells)])
        yield from _read_block(block[count:]) if block[count:] else ()
    elif is_dated and any(TITLE.search(head) for head in heads):
        yield "work", read_work(block)
    else:
        yield "skills", _skills(block)


def _begins_with_certificate(block: Sequence[Line]) -> bool:
    """``AWS Certified Developer, 2020``; a ``Certified Nursing Assistant`` above a span of time is a post."""
    head = block[0]
    if not CERTIFIED.search(head.text) or has_span(head.whole):
        return False
    return take_span(head.whole)[0] is not None or not any(has_span(line.whole) for line in block)


def _is_issuer(head: Line, below: Sequence[Line]) -> bool:
    """``Amazon, 2021`` right below a certificate without a date."""
    if not below or below[0].is_bullet or take_span(head.whole)[0] or CERTIFIED.search(below[0].text):
        return False
    return take_span(below[0].whole)[0] is not None and _has_head(below)


def _has_head(block: Sequence[Line]) -> bool:
    """Whether the block begins with a few words and not in the middle of a story."""
    words = take_span(block[0].text)[1].split()
    return len(words) <= MOST_HEAD_WORDS and "I" not in words and not block[0].text.endswith((".", ","))


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.has_gap_before and blocks[-1]:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _skills(block: Sequence[Line]) -> list[Fields]:
    """Lines that are lists, mostly of skills with a known name."""
    words: list[str] = []
    for line in block:
        if told := told_skills([line.whole]):
            return told_skills([each.whole for each in block]) if "level" in told[0] else told
        items = split_items(line.whole)
        known = sum(canonical_skill(item) is not None for item in items)
        if len(items) >= FEWEST_SKILLS and known * 2 >= len(items):
            words.extend(items)
    return [{"name": "Skills", "keywords": words}] if words else []
