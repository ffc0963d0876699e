"""How long somebody worked and with what: months of entries, and when each skill was last used. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from interviewlab.resume.documents import items_of, strings_of
from interviewlab.resume.skills import find_skills

_DATE = re.compile(r"^([12]\d{3})(?:-(0[1-9]|1[0-2]))?")
Document = Mapping[str, Any]


def months_of(entry: Mapping[str, Any], today: date) -> int | None:
    """Months from start to end, both counted; to ``today`` while it lasts; None without a start."""
    start = _month(entry.get("startDate"), 1)
    if start is None:
        return None
    end = _month(entry.get("endDate"), 12) if entry.get("endDate") else _index(today)
    return max(0, min(end or start, _index(today)) - start + 1)


def last_used(document: Document, today: date) -> dict[str, date | None]:
    """When each skill of work and projects was last used; None where no entry that names it has a date."""
    used: dict[str, date | None] = {}
    for entry in (*items_of(document.get("work")), *items_of(document.get("projects"))):
        ended = _ended(entry, today)
        for skill in find_skills("\n".join(strings_of(entry))):
            before = used.get(skill)
            used[skill] = max(filter(None, (before, ended)), default=None)
    return used


def _ended(entry: Mapping[str, Any], today: date) -> date | None:
    if not entry.get("startDate") and not entry.get("endDate"):
        return None
    month = _month(entry.get("endDate"), 12)
    return today if month is None else min(today, date((month - 1) // 12, (month - 1) % 12 + 1, 1))


def _month(text: object, default: int) -> int | None:
    match = _DATE.match(text) if isinstance(text, str) else None
    return int(match.group(1)) * 12 + int(match.group(2) or default) if match else None


def _index(day: date) -> int:
    return day.year * 12 + day.month
