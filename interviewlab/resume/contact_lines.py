"""Contact data that stands below the first heading: in a footer, or at the top of a column that has no title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from interviewlab.resume.basics import BARE, EMAIL, PHONE, URL
from interviewlab.resume.dates import has_span, take_span
from interviewlab.resume.headings import Section
from interviewlab.resume.lines import Line

_LABELS = "mail email phone tel telephone telefon mobile mob web website github linkedin gitlab in"
LABELS = frozenset(_LABELS.split())
WORD = re.compile(r"[^\W\d_]{2,}")
MOST_OTHER_WORDS = 2
"""Words beside an address or a number, such as a town or a country."""


def with_contact_apart(sections: Sequence[Section]) -> list[Section]:
    """The sections without such lines, and a section ``basics`` of them behind; referees keep theirs."""
    apart: list[Line] = []
    kept: list[Section] = []
    for section in sections:
        taken = list(_contact(section.lines)) if section.kind not in ("basics", "references") else []
        apart += taken
        rest = tuple(line for line in section.lines if line not in taken)
        if rest or not taken:
            kept.append(replace(section, lines=rest))
    return [*kept, Section("basics", "", tuple(apart))] if apart else kept


def _contact(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of an address or a number alone, and those of links right below."""
    was_contact = False
    for line in lines:
        is_below = was_contact and not line.has_gap_before and _is_link(line)
        was_contact = is_below or _is_address(line)
        if was_contact:
            yield line


def _is_address(line: Line) -> bool:
    text = line.whole
    if not (EMAIL.search(text) or PHONE.search(text)) or has_span(text) or take_span(text)[0]:
        return False
    rest = URL.sub(" ", PHONE.sub(" ", EMAIL.sub(" ", text)))
    return len([word for word in WORD.findall(rest) if word.casefold() not in LABELS]) <= MOST_OTHER_WORDS


def _is_link(line: Line) -> bool:
    """An address of a page, or the linked names of some."""
    is_short = len(line.urls) > 0 and len(line.text.split()) <= len(line.urls) * 2
    return is_short or URL.fullmatch(line.text) is not None or BARE.fullmatch(line.text) is not None
