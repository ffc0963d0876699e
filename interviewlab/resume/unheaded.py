"""A CV without headings whose entries stand apart all the same: blocks told by what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from interviewlab.resume.dates import has_span, take_span
from interviewlab.resume.education import read_education
from interviewlab.resume.fields import read_work
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


def read_blocks(lines: Sequence[Line]) -> dict[str, list[Fields]]:
    """Work, education and skills among blocks of lines between gaps; only sections with something in them."""
    blocks = _blocks(lines)
    found: dict[str, list[Fields]] = {"work": [], "education": [], "certificates": [], "skills": []}
    for block in blocks[1:]:
        heads = [line.text for line in block if len(line.whole) <= LONGEST_HEAD]
        if not _has_head(block):
            found["skills"].extend(_skills(block))
            continue
        is_dated = any(has_span(line.whole) or take_span(line.whole)[0] for line in block if len(line.whole) <= 110)
        if is_dated and any(DEGREE.search(head) for head in heads) and any(map(names_school, heads)):
            found["education"].extend(read_education(block))
        elif CERTIFIED.search(block[0].text) and not has_span(block[0].whole):
            found["certificates"].extend(read_certificates(block[:1]))
        elif is_dated and any(TITLE.search(head) for head in heads):
            found["work"].extend(read_work(block))
        else:
            found["skills"].extend(_skills(block))
    return {section: items for section, items in found.items() if items}


def _has_head(block: Sequence[Line]) -> bool:
    """Whether the block begins with a few words and not in the middle of a story."""
    words = block[0].text.split()
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
            return told
        items = split_items(line.whole)
        known = sum(canonical_skill(item) is not None for item in items)
        if len(items) >= FEWEST_SKILLS and known * 2 >= len(items):
            words.extend(items)
    return [{"name": "Skills", "keywords": words}] if words else []
