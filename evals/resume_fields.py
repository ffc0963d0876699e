"""How much of a CV was understood: field F1 of what was read against a truth in JSON Resume.

A truth is a JSON Resume document. ``accept`` beside its sections may name, by path (``work.0.name``), every value that
is as right as the given one, null where the field, or the whole entry (``work.0``), may as well be missing; under
``skills`` and ``basics.profiles`` it lists further ones that may be named and need not be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.counts import Counts
from interviewlab.resume import canonical_skill

FIELDS = (
    *("name", "email", "phone", "links", "companies", "positions", "dates", "institutions", "degrees", "projects"),
    "skills",
)
_NAMES = {"name": "companies", "position": "positions", "institution": "institutions", "studyType": "degrees"}
_NAMES |= {"area": "degrees", "startDate": "dates", "endDate": "dates"}
_KEYS = {
    "work": ("name", "position", "startDate", "endDate"),
    "education": ("institution", "studyType", "area", "startDate", "endDate"),
    "projects": ("name", "startDate", "endDate"),
}
_ADDRESSES = {"linkedin": "linkedin.com/in/", "github": "github.com/", "gitlab": "gitlab.com/"}

Document = Mapping[str, Any]


FieldCounts = dict[str, Counts]


def count_fields(found: Document, truth: Document) -> FieldCounts:
    """The counts of each of ``FIELDS`` for one CV."""
    accept = truth.get("accept") or {}
    counts = dict.fromkeys(FIELDS, Counts())
    for field, one in (*_count_basics(found, truth, accept), *_count_entries(found, truth, accept)):
        counts[field] += one
    counts["skills"] += _count_skills(found, truth, accept.get("skills") or ())
    return counts


def add_counts(counts: Iterable[FieldCounts]) -> FieldCounts:
    """The counts of several CVs together."""
    total = dict.fromkeys(FIELDS, Counts())
    for each in counts:
        total = {field: total[field] + each[field] for field in FIELDS}
    return total


def field_f1(counts: FieldCounts, fields: Sequence[str] = FIELDS) -> float:
    """F1 over all values of ``fields`` together; 0 where there is none."""
    total = Counts()
    for field in fields:
        total += counts[field]
    return total.f1 or 0.0


def find_cv(folder: Path, name: str) -> Path:
    """The CV beside ``NAME.truth.json``."""
    return next(path for path in sorted(folder.glob(f"{name}.*")) if path.suffix != ".json")


def _count_basics(found: Document, truth: Document, accept: Document) -> Iterator[tuple[str, Counts]]:
    read, right = found.get("basics") or {}, truth.get("basics") or {}
    for field in ("name", "email", "phone"):
        plain = _digits if field == "phone" else _plain
        yield field, _compare(plain(read.get(field)), _answers(right, f"basics.{field}", field, accept, plain))
    more = [one if isinstance(one, dict) else {"url": one} for one in accept.get("basics.profiles") or ()]
    allowed = {*_links({"profiles": more}), *(_link(url) for url in accept.get("basics.url") or () if url)}
    yield "links", _count_sets(set(_links(read)), set(_links(right)), allowed)


def _count_entries(found: Document, truth: Document, accept: Document) -> Iterator[tuple[str, Counts]]:
    for section, keys in _KEYS.items():
        read, right = list(found.get(section) or ()), list(truth.get(section) or ())
        answers = [
            {
                key: _answers(entry, f"{section}.{number}.{key}", key, accept, _plain)
                | ({""} if None in (accept.get(f"{section}.{number}") or ()) else set())
                for key in keys
            }
            for number, entry in enumerate(right)
        ]
        for mine, theirs in _pair(read, answers, keys):
            for key in keys:
                field = "projects" if (section, key) == ("projects", "name") else _NAMES[key]
                yield field, _compare(_plain((mine or {}).get(key)), theirs.get(key, {""}))


def _pair(
    read: list[Document], answers: list[dict[str, set[str]]], keys: Sequence[str]
) -> Iterator[tuple[Document | None, dict[str, set[str]]]]:
    """Entries of both sides that agree in most fields together; who has no partner stands alone."""

    def agreement(mine: Document, theirs: dict[str, set[str]]) -> float:
        same = sum(2.0 if n == 0 else 1.0 for n, key in enumerate(keys) if _plain(mine.get(key)) in theirs[key] - {""})
        return same

    ranked = sorted(
        ((agreement(mine, theirs), -i, -j) for i, mine in enumerate(read) for j, theirs in enumerate(answers)),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for score, i, j in ranked:
        if score > 0 and -i not in partner and -j not in partner.values():
            partner[-i] = -j
    yield from ((mine, answers[partner[i]] if i in partner else {}) for i, mine in enumerate(read))
    yield from ((None, theirs) for j, theirs in enumerate(answers) if j not in partner.values())


def _answers(entry: Document, path: str, key: str, accept: Document, plain: Callable[[object], str]) -> set[str]:
    """Every right value of one field; the empty one among them where it may be missing."""
    return {plain(value) for value in (*(accept.get(path) or ()), entry.get(key))}


def _compare(value: str, answers: set[str]) -> Counts:
    if value in answers:
        return Counts(right=1) if value else Counts()
    return Counts(wrong=int(bool(value)), missed=int("" not in answers))


def _count_sets(read: set[str], right: set[str], allowed: set[str]) -> Counts:
    return Counts(len(read & right), len(read - right - allowed), len(right - read))


def _count_skills(found: Document, truth: Document, allowed: Iterable[str]) -> Counts:
    return _count_sets(set(_skills(found)), set(_skills(truth)), {_skill(name) for name in allowed})


def _skills(document: Document) -> Iterator[str]:
    for group in document.get("skills") or ():
        for word in group.get("keywords") or [group.get("name", "")]:
            yield _skill(word)


def _skill(name: str) -> str:
    return _plain(canonical_skill(name) or name)


def _links(basics: Document) -> Iterator[str]:
    if basics.get("url"):
        yield _link(basics["url"])
    for profile in basics.get("profiles") or ():
        address = _ADDRESSES.get(str(profile.get("network", "")).lower(), "") + str(profile.get("username", ""))
        yield _link(profile.get("url") or address)


def _link(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower()).rstrip("/")


def _digits(value: object) -> str:
    return re.sub(r"\D", "", str(value or ""))


def _plain(value: object) -> str:
    text = unicodedata.normalize("NFKC", str(value or "")).casefold().replace("’", "'")
    return re.sub(r"\s+", " ", text).strip(" .,")
