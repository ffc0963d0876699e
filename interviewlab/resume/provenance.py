"""Where each field of a Resume stands in its text, on which page, and how sure the reading is."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviewlab.resume.dates import find_dates
from interviewlab.resume.lines import Line, text_from_lines
from interviewlab.resume.parts import TITLE
from interviewlab.resume.schools import DEGREE, names_school
from interviewlab.resume.skills import canonical_skill

UNSURE = 0.7
"""Fields below this are marked for the candidate to check."""
NOT_FOUND = 0.3
TOLD = 0.6
"""How much of its confidence a field keeps that was read from running text and not from under a heading."""
AROUND = 2000
"""Characters before and after a position that are searched first: in most CVs a value stands with its entry."""
_DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})
_TITLES = ("name", "institution", "organization", "title", "position", "language")
_SURE = {"email": 0.99, "phone": 0.95, "url": 0.95, "label": 0.8, "summary": 0.85, "location": 0.8}

Fields = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Page:
    """The text of a CV with the places at which its lines begin."""

    text: str
    starts: tuple[int, ...]
    pages: tuple[int, ...]
    dates: tuple[tuple[int, int, str], ...]
    """In the order of the text."""

    def page_at(self, position: int) -> int:
        """Counted from 1; 0 where the source has no pages."""
        return self.pages[max(0, bisect.bisect_right(self.starts, position) - 1)] if self.pages else 0

    def find(self, value: str, near: int) -> tuple[int, int] | None:
        """The occurrence of the words nearest to a position, whatever white space is between them."""
        words = [re.escape(word) for word in value.split()]
        if not words:
            return None
        pattern = re.compile(r"\s+".join(words))
        around = pattern.finditer(self.text, max(0, near - AROUND), near + AROUND)
        found = [match.span() for match in around] or [match.span() for match in pattern.finditer(self.text)]
        return min(found, key=lambda span: abs(span[0] - near), default=None)

    def find_rewritten(self, key: str, value: str) -> tuple[int, int] | None:
        """A number or an address that the text writes in another form."""
        last = key.rsplit(".", 1)[-1]
        if last == "phone":
            digits = re.sub(r"\D", "", value)[-8:]
            match = re.search(r"\D{0,3}".join(digits), self.text) if digits else None
        else:
            address = re.sub(r"^https?://(?:www\.)?", "", value).rstrip("/")
            match = re.search(re.escape(address), self.text) if last == "url" and address else None
        return match.span() if match else None

    def find_date(self, value: str, near: int) -> tuple[int, int] | None:
        """The date nearest to a position that comes to the same month or year."""
        first = bisect.bisect_left(self.dates, (near - AROUND,))
        last = bisect.bisect_right(self.dates, (near + AROUND,))
        around = [(start, end) for start, end, date in self.dates[first:last] if date == value]
        found = around or [(start, end) for start, end, date in self.dates if date == value]
        return min(found, key=lambda span: abs(span[0] - near), default=None)


def trace_fields(document: Mapping[str, Any], lines: Sequence[Line], told: frozenset[str] = frozenset()) -> Fields:
    """``{"work.0.name": {"page", "start", "end", "confidence"}}``: characters of ``text_from_lines(lines)``.

    ``told`` names the sections that were read from running text. A value that was put together from several places
    has no place of its own.
    """
    page = _open(lines)
    fields: Fields = {}
    for section, value in document.items():
        if section == "basics":
            fields |= _trace(page, section, value, 0, 1.0)
        elif isinstance(value, list):
            near = 0
            for number, item in enumerate(value):
                anchor = _anchor(page, item, near)
                fields |= _trace(page, f"{section}.{number}", item, anchor, TOLD if section in told else 1.0)
                near = anchor
    return fields


def unsure_fields(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The paths of fields whose reading is doubtful, in the document's order."""
    ours = (document.get("meta") or {}).get("interviewlab") or {}
    return tuple(path for path, field in (ours.get("fields") or {}).items() if field["confidence"] < UNSURE)


def _open(lines: Sequence[Line]) -> _Page:
    text, starts, pages = text_from_lines(lines), list[int](), list[int]()
    position = 0
    for line in lines:
        position = max(text.find(line.whole, position), position)
        starts.append(position)
        pages.append(line.page)
        position += len(line.whole)
    return _Page(text, tuple(starts), tuple(pages) if any(pages) else (), tuple(sorted(find_dates(text))))


def _anchor(page: _Page, item: Mapping[str, Any], near: int) -> int:
    for key in _TITLES:
        if isinstance(value := item.get(key), str) and value:
            ahead = page.text.find(value, near)
            found = (ahead, ahead) if ahead >= 0 else page.find(value, near)
            if found:
                return found[0]
    return near


def _trace(page: _Page, path: str, item: Mapping[str, Any], near: int, share: float) -> Fields:
    fields: Fields = {}
    for key, value in _leaves(item):
        name = key.split(".")[0]
        span = (
            page.find_date(value, near) if name in _DATES else page.find(value, near) or page.find_rewritten(key, value)
        )
        confidence = _confidence(path.split(".")[0], name, value, item) * share
        place = {"page": page.page_at(span[0]), "start": span[0], "end": span[1]} if span else {}
        fields[f"{path}.{key}"] = {**place, "confidence": round(confidence if span else _unplaced(name, confidence), 2)}
    return fields


def _leaves(item: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        if isinstance(value, str):
            yield f"{prefix}{key}", value
        elif isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            for number, one in enumerate(value):
                where = f"{prefix}{key}.{number}." if isinstance(one, dict) else f"{prefix}{key}."
                yield from _leaves(one if isinstance(one, dict) else {str(number): one}, where)


def _unplaced(name: str, confidence: float) -> float:
    """Numbers and addresses are rewritten on purpose; of other words it is a bad sign not to stand in the text."""
    return confidence if name in {"phone", "url", "profiles", "summary"} else min(confidence, NOT_FOUND)


def _confidence(section: str, name: str, value: str, item: Mapping[str, Any]) -> float:
    if name in _DATES:
        return 0.95 if "-" in value else 0.85
    if name == "keywords":
        return 0.95 if canonical_skill(value) else 0.75
    if name == "position":
        return 0.92 if TITLE.search(value) else 0.5
    if section == "work" and name == "name":
        return 0.9 if TITLE.search(str(item.get("position", ""))) and not TITLE.search(value) else 0.55
    if name == "institution":
        return 0.95 if names_school(value) else 0.6
    if name == "studyType":
        return 0.92 if DEGREE.search(value) else 0.5
    if section == "basics" and name == "name":
        return 0.95 if 2 <= len(value.split()) <= 4 else 0.75
    return _SURE.get(name, 0.85)
