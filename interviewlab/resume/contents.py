"""What a section of a CV is about, told by what stands in it, where its title is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewlab.resume.dates import has_span, take_span
from interviewlab.resume.entries import Entry, group_entries, heads_apart, heads_without_bullets
from interviewlab.resume.lines import Line
from interviewlab.resume.lists import split_items
from interviewlab.resume.parts import TITLE
from interviewlab.resume.projects import DATED_ITEM, ITEM
from interviewlab.resume.prose import sentences_of
from interviewlab.resume.schools import DEGREE, names_school
from interviewlab.resume.skills import canonical_skill, find_skills

FEWEST_SKILLS = 3
LEAST_KNOWN = 1 / 3
"""Of the items of a plain list of short names: no taxonomy knows every trade's tools."""
LONGEST_HEAD = 110
FEWEST_LOGGED = 3
"""Entries of a log that gives each only the year of its beginning."""
LEAST_SHARE = 0.5
"""Of its entries that a section must have of one kind to be of it."""
THING = re.compile(r"[a-zà-ÿ][\w-]*(?:\s+[^\s,]+){2,}")
"""``Ledgerly: a library for double-entry books`` tells what was made."""
LED_THING = re.compile(r"(?:[a-zà-ÿ\d]|An?\b|The\b)\S*(?:\s+\S+){3,}")
"""The same behind a name in bold."""
MOST_NAME_WORDS = 4
BRACKETS = re.compile(r"\(([^()]+)\)")


def kind_of_content(lines: Sequence[Line], told: str = "") -> str | None:
    """``skills``, ``education``, ``work`` or ``projects``, or None where the lines do not tell.

    ``told`` is what the title says, if it says something: names with a date are no projects below a title that tells of
    work or studies, and sentences about skills do not say better than any title.
    """
    may_make = told in ("", "projects")
    if may_make and len(_led_things(lines)) > 1:
        return "projects"
    dated = [
        entry
        for entry in group_entries(heads_apart(heads_without_bullets(lines)))
        if any(map(_is_dated_head, entry.head))
    ]
    kind = _kind_of_entries(dated) if dated else None
    if kind == "work" or (kind and not _lists_skills(lines)):
        return kind
    if _lists_skills(lines):
        return "skills"
    if _names_things(lines, may_make) or (may_make and _shows_things(dated)):
        return "projects"
    return "skills" if not told and _tells_skills(lines) else None


def _lists_skills(lines: Sequence[Line]) -> bool:
    items = [item for line in lines for cell in line.cells for item in split_items(cell)]
    known = sum(canonical_skill(item) is not None for item in items)
    is_terse = all(len(item.split()) <= MOST_NAME_WORDS for item in items) and not any(map(_is_dated_head, lines))
    return known >= FEWEST_SKILLS and known >= (LEAST_KNOWN if is_terse else LEAST_SHARE) * len(items)


def _is_dated_head(line: Line) -> bool:
    """A date in a few words, not in a sentence."""
    return len(line.whole) <= LONGEST_HEAD and not line.text.endswith(".") and take_span(line.whole)[0] is not None


def _kind_of_entries(entries: Sequence[Entry]) -> str | None:
    heads = [" | ".join(cell for line in entry.head for cell in line.cells)[:LONGEST_HEAD] for entry in entries]
    is_log = len(entries) >= FEWEST_LOGGED and not any(map(_lasts, entries))
    schools = sum(bool(DEGREE.search(head)) or (names_school(head) and not TITLE.search(head)) for head in heads)
    posts = sum(
        bool(TITLE.search(head)) and (is_log or _lasts(entry)) and not (DEGREE.search(head) and names_school(head))
        for entry, head in zip(entries, heads, strict=True)
    )
    if schools >= LEAST_SHARE * len(entries) and schools > posts:
        return "education"
    return "work" if posts >= LEAST_SHARE * len(entries) else None


def _lasts(entry: Entry) -> bool:
    """Whether an entry has a beginning and an end, or goes on."""
    return any(
        has_span(cell) or ((span := take_span(cell)[0]) is not None and not span.is_single)
        for line in entry.head
        for cell in line.cells
    )


def _tells_skills(lines: Sequence[Line]) -> bool:
    """Sentences that nearly all name something one can work with."""
    told = [len(find_skills(sentence)) for sentence in sentences_of(lines)]
    return sum(told) >= FEWEST_SKILLS and sum(map(bool, told)) > LEAST_SHARE * len(told)


def _led_things(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs that begin with a name in bold and go on with what it is."""
    return [line for line in lines if _is_name(line.lead) and _tells_thing(_behind_lead(line))]


def _tells_thing(text: str) -> bool:
    return bool(LED_THING.match(text)) and 2 * len(find_skills(text)) < len(text.split())


def _behind_lead(line: Line) -> str:
    behind = line.text.partition(line.lead)[2]
    if behind.startswith(":"):
        return ""
    span, rest = take_span(behind)
    return rest.strip(" ,;:()[]–—-|" if span else " ,;()–—-|")


def _is_name(text: str) -> bool:
    is_known = bool(canonical_skill(text) or TITLE.search(text) or names_school(text) or DEGREE.search(text))
    return bool(text) and len(text.split()) <= MOST_NAME_WORDS and not text.endswith(":") and not is_known


def _shows_things(entries: Sequence[Entry]) -> bool:
    """Short names with a date, and below them what was made."""
    named = [entry for entry in entries if _is_name(take_span(entry.head[0].whole)[1]) and entry.has_body]
    return len(named) > 1 and len(named) >= LEAST_SHARE * len(entries)


def _names_things(lines: Sequence[Line], with_dates: bool) -> bool:
    """Mostly names with what they are behind them: ``a planner``, or what it is made with, in brackets."""
    named = [match.groups() for line in lines if (match := ITEM.match(line.text))]
    named += [(line.text, line.sides[0]) for line in lines if line.sides]
    if with_dates:
        named += [match.group(1, 3) for line in lines if (match := DATED_ITEM.match(line.text))]
    things = [
        told
        for name, told in named
        if len(name.split()) <= MOST_NAME_WORDS
        and not canonical_skill(name)
        and (THING.match(told) or any(map(find_skills, BRACKETS.findall(told))))
    ]
    return bool(things) and len(things) >= LEAST_SHARE * len(lines)
