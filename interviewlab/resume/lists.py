"""Sections that are lists to JSON Resume: awards, certificates, languages, interests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from interviewlab.resume.dates import take_span
from interviewlab.resume.lines import Line
from interviewlab.resume.skills import canonical_skill

ITEMS = re.compile(r"\s*(?:[,;|•·●]|\s[–—]\s)\s*(?![^()]*\))")
LABEL = re.compile(r"^([^:,]{2,40}?)\s?:\s+(.+)$")
LANGUAGE = re.compile(r"^([^\W\d_]+(?:\s[^\W\d_]+)?)\s*(?:[(:–—-]\s*|\s)(.*?)\)?\s*$")
FLUENCY = re.compile(
    r"native|mother|fluent|bilingual|proficien|professional|intermediate|basic|beginner|advanced|conversational|"
    r"elementary|working|limited|good|\b[ABC][12]\b",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"(?:expert|advanced|working(?: knowledge)?|beginner|intermediate|proficient|basic|familiar|excellent|"
    r"(?:very )?good|fair|fluent|(?:sehr )?gut)",
    re.IGNORECASE,
)
RATED = re.compile(
    r"(?<!\s)(?:\s*[★☆○◯◌▪▫■□⬤●◐◑▁-▓▬▭▮▯*]{2,}|\s*(?:[(–—:-]\s*)?\b\d{1,3}\s*(?:%|/\s*(?:5|10|100)|(?:\+\s*)?(?:years?|yrs?)\b)\)?|"
    r"\s*\((?:expert|advanced|beginner|intermediate|proficient|basic|familiar|fluent|native|daily)\))\s*$",
    re.IGNORECASE,
)
"""Stars, dots, shares, years and levels behind a skill."""
USED = re.compile(
    r"\s*\((?:[^()]*\b(?:daily|weekly|monthly|yearly|rarely|occasional(?:ly)?|since|last used|every (?:day|week|month)|"
    r"(?:years?|yrs?|months?|jahren?|ans|años)|rusty|learning|basics?|day[- ]to[- ]day|production|hobby)\b[^()]*)\)$",
    re.IGNORECASE,
)
"""How often, how long or how well, in brackets behind a skill: ``(daily, 5 years)``."""
Fields = dict[str, Any]


def split_items(text: str) -> list[str]:
    """Items between commas, semicolons, bars and dots outside parentheses; also between slashes that part lists."""
    if "," in text and text.count(" / ") > 1:
        text = text.replace(" / ", ", ")
    plain = [RATED.sub("", USED.sub("", item.strip(" ."))) for item in ITEMS.split(text)]
    items = [re.sub(r"^(?:and|&)\s+", "", item) for item in plain]
    items = [part for item in items for part in _slashed(item)]
    return [item for item in items if len(item) <= 60 and re.search(r"\w", item) and not LEVEL.fullmatch(item)]


def _slashed(item: str) -> list[str]:
    """``C / C++`` and ``HTML/CSS`` are two, where each is known; ``TCP/IP`` is one."""
    apart, parts = re.split(r"\s+/\s+", item), re.split(r"\s*/\s*", item)
    if len(apart) > 2 and 2 * sum(canonical_skill(part) is not None for part in apart) >= len(apart):
        return apart
    is_list = len(parts) > 1 and not canonical_skill(item) and all(canonical_skill(part) for part in parts)
    return parts if is_list else [item]


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
