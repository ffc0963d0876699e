"""A language model may fill what the rules did not find, under the same schema, and may not invent anything."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any

from interviewlab.resume.basics import SEPARATOR
from interviewlab.resume.claims import contact_strings, without_contact
from interviewlab.resume.dates import find_dates, has_span
from interviewlab.resume.headings import section_of
from interviewlab.resume.schema import SECTIONS, find_faults
from interviewlab.types import Resume

Ask = Callable[[str], Awaitable[Mapping[str, Any]]]
"""The CV's text without contact data in, a JSON Resume document out."""
_DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})
_CONTACT = frozenset({"email", "phone", "url", "profiles", "location", "image"})
MOST_CONTACT_LINES = 12
MOST_ADDRESS_WORDS = 8
COUNTED = re.compile(r"\b(?:years?|yrs?)\b|\d\s?[%+]", re.IGNORECASE)
"""What few words with a number are that are no address."""
_NAMES = ("name", "institution", "organization", "title", "language")


async def fill_with_model(resume: Resume, ask: Ask) -> Resume:
    """The Resume with what ``ask`` proposes for its gaps, as far as the text bears it out."""
    return fill_gaps(resume, await ask(text_for_model(resume)))


def text_for_model(resume: Resume) -> str:
    """The CV's text line by line without e-mail, telephone and links.

    At its top and below a heading of contact data, what has a number as an address has is left out too; an address
    elsewhere, or one without a number, is not.
    """
    private = tuple(contact_strings(resume.document.get("basics")))
    lines = _without_addresses(resume.text.splitlines())
    return "\n".join(filter(None, (without_contact(line, private) for line in lines)))


def _without_addresses(lines: Iterable[str]) -> Iterator[str]:
    left = MOST_CONTACT_LINES
    for line in lines:
        section = section_of(line)
        left = MOST_CONTACT_LINES if section == "basics" else 0 if section else left - 1
        pieces = SEPARATOR.split(line) if left > 0 else ()
        yield " | ".join(piece for piece in pieces if not _is_address(piece)) if any(map(_is_address, pieces)) else line


def _is_address(text: str) -> bool:
    """A house, a street or a postcode: few words with a number that counts nothing."""
    is_brief = len(text.split()) <= MOST_ADDRESS_WORDS and re.search(r"\d", text) is not None
    return is_brief and not has_span(text) and COUNTED.search(text) is None


def fill_gaps(resume: Resume, proposal: Mapping[str, Any]) -> Resume:
    """What is missing, taken from ``proposal`` where each value stands in the text; what is there already stays.

    A proposal that would break the schema changes nothing.
    """
    evidence = _Evidence(resume.text)
    document = dict(resume.document)
    added: list[str] = []
    for section in SECTIONS:
        given = proposal.get(section)
        if section == "basics" and isinstance(given, dict):
            before = document.get("basics") or {}
            more = {k: v for k, v in given.items() if k not in before and k not in _CONTACT and evidence.bears(k, v)}
            document["basics"] = {**before, **more}
            added += [f"basics.{key}" for key in more]
        elif isinstance(given, list):
            before = document.get(section) or []
            document[section] = [*_completed(before, given, evidence)] if before else [*_new(given, evidence)]
            added += [section] if document[section] != before else []
    document = {key: value for key, value in document.items() if value or key == "basics"}
    if not added or set(find_faults(document)) - set(find_faults(resume.document)):
        return resume
    meta = document.get("meta") or {}
    ours = {**(meta.get("interviewlab") or {}), "filled_by_model": added}
    return resume.model_copy(update={"document": {**document, "meta": {**meta, "interviewlab": ours}}})


class _Evidence:
    def __init__(self, text: str) -> None:
        self._words = _plain(text)
        self._dates = {date for _, _, date in find_dates(text)}

    def bears(self, key: str, value: Any) -> bool:
        """Whether the text holds the value word for word, dates by what they mean."""
        if isinstance(value, str):
            is_found = value in self._dates if key in _DATES else f" {_plain(value)} " in f" {self._words} "
            return bool(value.strip()) and is_found
        return isinstance(value, list) and bool(value) and all(self.bears(key, one) for one in value)


def _new(given: list[Any], evidence: _Evidence) -> list[dict[str, Any]]:
    """Entries whose name stands in the text, with those of their fields that do."""
    found = [_borne(item, evidence) for item in given if isinstance(item, dict)]
    return [item for item in found if any(key in item for key in _NAMES) or item.get("keywords")]


def _completed(before: list[Any], given: list[Any], evidence: _Evidence) -> list[Any]:
    """Known entries with the fields they lack."""
    proposed = {_name(item): _borne(item, evidence) for item in given if isinstance(item, dict) and _name(item)}
    return [{**proposed.get(_name(item), {}), **item} if isinstance(item, dict) else item for item in before]


def _borne(item: Mapping[str, Any], evidence: _Evidence) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in _CONTACT and evidence.bears(key, value)}


def _name(item: Mapping[str, Any]) -> str:
    return next((_plain(item[key]) for key in _NAMES if isinstance(item.get(key), str)), "")


def _plain(text: str) -> str:
    return re.sub(r"[^\w+#.]+", " ", text.casefold()).strip()
