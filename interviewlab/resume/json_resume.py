"""JSON Resume in: the document is kept as it came, what breaks the schema is named. Ours goes under ``meta``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from interviewlab.errors import BadUpload
from interviewlab.resume.documents import words_of
from interviewlab.resume.schema import SECTIONS, find_faults
from interviewlab.types import Resume

NOT_TEXT = frozenset({"$schema", "meta"})
NAMES = frozenset({"keywords", "roles"})
LISTS = NAMES | {"courses", "highlights"}
"""Fields of an entry that are lists of texts."""


def resume_from_json(text: str) -> Resume:
    """A Resume whose document is the given one plus ``meta.interviewlab``; raises BadUpload for JSON that is none.

    What has a shape that nobody could read (work or its highlights that are no list) is set aside under ``meta``; where
    a list of texts is wanted, a text alone is one: names are parted at their commas.
    """
    document = _load(text)
    gaps = tuple(_gaps(document))
    words = "\n".join(_words(document)).strip()
    aside = {key: value for key, value in document.items() if _is_misshapen(key, value)}
    kept = {key: value for key, value in document.items() if key not in aside}
    aside |= dict(_misshapen_lists(kept))
    kept = {key: [*map(_with_lists, value)] if _is_section(key) else value for key, value in kept.items()}
    ours = {"source": "json", "gaps": list(gaps)} | ({"set_aside": aside} if aside else {})
    meta = {**kept.get("meta", {}), "interviewlab": ours}
    return Resume(document={**kept, "meta": meta}, text=words, source="json", gaps=gaps)


def _is_misshapen(key: str, value: Any) -> bool:
    shape = dict if key in {"basics", "meta"} else list
    return key in {*SECTIONS, "meta"} and not isinstance(value, shape)


def _is_section(key: str) -> bool:
    return key in SECTIONS and key != "basics"


def _misshapen_lists(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What can be read as no list of texts, by its path as ``work.0.highlights``."""
    for section in filter(_is_section, document):
        for number, entry in enumerate(document[section]):
            for key, value in entry.items() if isinstance(entry, dict) else ():
                if key in LISTS and not isinstance(value, (list, str)) and value is not None:
                    yield f"{section}.{number}.{key}", value


def _with_lists(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {key: _as_list(key, value) if key in LISTS else value for key, value in entry.items()}


def _as_list(key: str, value: Any) -> list[Any]:
    """A list as it is; of a text its names or the text alone, of anything else nothing."""
    if isinstance(value, str):
        return words_of(value) if key in NAMES else [value]
    return value if isinstance(value, list) else []


def _load(text: str) -> dict[str, Any]:
    remedy = "Check it with a JSON validator and upload it again."
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadUpload(
            f"The JSON is broken at line {error.lineno}, column {error.colno}: {error.msg}.", remedy
        ) from error
    except (RecursionError, ValueError) as error:
        raise BadUpload("The JSON is nested too deeply or has a number too long to be a CV.", remedy) from error
    if not isinstance(document, dict):
        raise BadUpload("The JSON is not an object with the fields of a JSON Resume.", "See jsonresume.org/schema.")
    return document


def _gaps(document: dict[str, Any]) -> Iterator[str]:
    if not any(document.get(section) for section in SECTIONS):
        yield "No field of a JSON Resume has anything in it."
        return
    unknown = sorted(set(document) - set(SECTIONS) - NOT_TEXT)
    if unknown:
        yield f"Fields that JSON Resume does not know were kept but not read: {', '.join(map(repr, unknown[:6]))}."
    if not _words_of(document):
        yield "All fields are empty."
        return
    yield from find_faults(document)


def _words(document: dict[str, Any]) -> Iterator[str]:
    """Every string of the document, a section's name before its strings."""
    for key, value in document.items():
        words = [] if key in NOT_TEXT else _words_of(value)
        if words:
            yield f"\n{key.title()}"
            yield from words


def _words_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        return [word for item in value.values() for word in _words_of(item)]
    return [word for item in value for word in _words_of(item)] if isinstance(value, list) else []
