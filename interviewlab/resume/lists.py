"""Sections that are lists to JSON Resume: skills, awards, certificates, languages, interests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from interviewlab.resume.dates import take_span
from interviewlab.resume.lines import Line, join_words
from interviewlab.resume.skills import canonical_skill

ITEMS = re.compile(r"\s*(?:[,;|•·●]|\s[–—]\s)\s*(?![^()]*\))")
LABEL = re.compile(r"^([^:,]{2,40}):\s+(.+)$")
LANGUAGE = re.compile(r"^([^\W\d_]+(?:\s[^\W\d_]+)?)\s*(?:[(:–—-]\s*|\s)(.*?)\)?\s*$")
FLUENCY = re.compile(
    r"native|mother|fluent|bilingual|proficien|professional|intermediate|basic|beginner|advanced|conversational|"
    r"elementary|working|limited|good|\b[ABC][12]\b",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"(?:expert|advanced|working(?: knowledge)?|beginner|intermediate|proficient|basic|familiar)", re.IGNORECASE
)
RATED = re.compile(
    r"(?:\s*[★☆○◯◌▪▫■□⬤●◐◑*]{2,}|\s*[(–—:-]?\s*\b\d{1,3}\s*(?:%|/\s*(?:5|10|100)|(?:\+\s*)?(?:years?|yrs?)\b)\)?|"
    r"\s*\((?:expert|advanced|beginner|intermediate|proficient|basic|familiar|fluent|native|daily)\))\s*$",
    re.IGNORECASE,
)
"""Stars, dots, shares, years and levels behind a skill."""
Fields = dict[str, Any]


def split_items(text: str) -> list[str]:
    """Items between commas, semicolons, bars and dots outside parentheses."""
    items = [re.sub(r"^(?:and|&)\s+", "", RATED.sub("", item.strip(" ."))) for item in ITEMS.split(text)]
    items = [part for item in items for part in _slashed(item)]
    return [item for item in items if len(item) <= 60 and re.search(r"\w", item) and not LEVEL.fullmatch(item)]


def _slashed(item: str) -> list[str]:
    """``C / C++`` are two, where each is known; ``TCP/IP`` is one."""
    parts = re.split(r"\s+/\s+", item)
    return parts if len(parts) > 1 and all(canonical_skill(part) for part in parts) else [item]


def read_skills(lines: Sequence[Line], heading: str) -> list[Fields]:
    """Groups of skills: ``Languages: Python, Go`` is a group of its own, loose items share the heading's name."""
    groups: dict[str, list[str]] = {}
    for label, text in _labelled(lines):
        groups.setdefault(label or heading, []).extend(split_items(text))
    return [{"name": name, "keywords": list(dict.fromkeys(items))} for name, items in groups.items() if items]


def _labelled(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Label and text of every line; a line without label goes on the one above if that one had a label."""
    found: list[tuple[str, str]] = []
    for line in lines:
        match = LABEL.match(line.text)
        if match:
            found.append((match.group(1), ", ".join([match.group(2), *line.sides])))
        elif line.sides and ("," in line.sides[0] or line.text.endswith(":")):
            found.append((line.text.rstrip(":"), ", ".join(_without_label(side) for side in line.sides)))
        elif line.text.endswith(":") or _is_subheading(line, lines):
            found.append((line.text.rstrip(": "), ""))
        elif found and found[-1][0] and _goes_on(found[-1][1], line):
            found[-1] = (found[-1][0], _join(found[-1][1], ", ".join(line.cells)))
        else:
            found.append(("", ", ".join(line.cells)))
    return found


def _without_label(side: str) -> str:
    """``Stores Snowflake, PostgreSQL`` in a second column: a word that only labels the skill behind it goes."""
    first, *rest = side.split(" ", 1)
    head = rest[0].split(",")[0] if rest else ""
    is_label = head and canonical_skill(head) and not canonical_skill(side.split(",")[0]) and not canonical_skill(first)
    return rest[0] if is_label else side


def _is_subheading(line: Line, lines: Sequence[Line]) -> bool:
    """Bold alone above plain lists."""
    return line.is_bold and not line.sides and "," not in line.text and any(not other.is_bold for other in lines)


def _goes_on(text: str, line: Line) -> bool:
    return not text or line.is_bullet or "," in text


def _join(text: str, more: str) -> str:
    if not text:
        return more
    return join_words(text, more) if text.endswith(("-", ",", "(")) or more[:1].islower() else f"{text}, {more}"


def read_awards(lines: Sequence[Line]) -> list[Fields]:
    """One award a line, with its date and, behind a dash, who gave it."""
    return [award for line in lines if (award := _dated_item(line, "title", "awarder"))]


def read_certificates(lines: Sequence[Line]) -> list[Fields]:
    """One certificate a line, with its date and issuer."""
    return [item for line in lines if (item := _dated_item(line, "name", "issuer"))]


def _dated_item(line: Line, title: str, giver: str) -> Fields:
    span, text = take_span(line.whole)
    text = re.sub(r"\s{2,}", " – ", text)
    parts = re.split(r"\s+[–—|]\s+", text, maxsplit=1)
    if not parts[0].strip():
        return {}
    fields: Fields = {title: parts[0].strip(" ,")}
    if len(parts) > 1:
        fields[giver] = parts[1].strip(" ,")
    if span:
        fields["date"] = span.end or span.start
    return fields


def read_languages(lines: Sequence[Line]) -> list[Fields]:
    """Spoken languages with their fluency, where one is written."""
    texts = [item for line in lines for cell in line.cells for item in re.split(r"\s*[,;|•·]\s*(?![^()]*\))", cell)]
    return [_language(text.strip(" .")) for text in texts if text.strip(" .")]


def _language(text: str) -> Fields:
    match = LANGUAGE.match(text)
    if match and FLUENCY.search(match.group(2)):
        return {"language": match.group(1), "fluency": match.group(2)}
    return {"language": text}


def read_interests(lines: Sequence[Line]) -> list[Fields]:
    """One interest an item."""
    return [{"name": item} for line in lines for cell in line.cells for item in split_items(cell)]


def read_references(lines: Sequence[Line]) -> list[Fields]:
    """References word for word."""
    return [{"reference": line.whole} for line in lines]
