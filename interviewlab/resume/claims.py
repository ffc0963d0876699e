"""What in a CV is worth asking about: projects, work and skills by name, the most telling first; never contact data."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from interviewlab.resume.basics import EMAIL, PHONE, URL
from interviewlab.resume.careers import is_earlier_career
from interviewlab.resume.documents import items_of, strings_of, text_of, texts_of
from interviewlab.resume.markup import LINK, STRONG
from interviewlab.resume.skill_levels import is_none, is_weak, label_level, word_level
from interviewlab.resume.skills import canonical_skill, find_skills
from interviewlab.types import Claim, Resume

Kind = Literal["project", "work", "skill", "education"]
MAX_DETAIL = 600
MOST_ENTRIES = 200
"""Of a kind; where a CV has more, the others are not looked at."""
MAX_NAME = 80
WORTH: dict[Kind, float] = {"project": 3.0, "work": 2.7, "skill": 1.0, "education": 0.4}
FADE: dict[Kind, float] = {"project": 0.4, "work": 0.35, "skill": 0.05, "education": 0.1}
"""How much less each further claim of a kind is worth, so that one kind does not fill the list."""
FEWEST_AT_HOME = 7
"""Digits of a telephone number without its country."""
TRIVIAL = frozenset({"Git", "Jira", "Agile", "Excel", "HTML", "CSS", "Jupyter", "Postman", "Bootstrap"})
STILL = frozenset({"", "present", "now", "today", "current"})
_AMOUNT = (
    r"(?!(?:19|20)\d\d\b)\d[\d.,]*(?:\s?(?:ms|s|secs?|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|[KMGT]B)\b)?"
)
FIGURE = re.compile(
    rf"\bfrom {_AMOUNT}%? (?:down |up )?to {_AMOUNT}%?|"
    r"(?:[$€£]|(?<!\d))\d[\d,.]{0,20}\s?(?:%|percent\b|[xX]\b|×(?!\w)|[kKMB]\+?(?!\w)|\+|ms\b|million\b|billion\b)|\d{1,3},\d{3}"
)


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: Kind
    name: str
    role: str
    texts: tuple[str, ...]
    skills: tuple[str, ...]
    bonus: float
    level: str = ""
    is_current: bool = False
    is_used: bool = False
    is_earlier_career: bool = False


def claims_from_resume(resume: Resume, limit: int = 12) -> tuple[Claim, ...]:
    """At most ``limit`` claims, most worth asking about first; the same CV always gives the same claims.

    A name appears word for word in ``resume.text``; e-mail, phone, address and links are in no field.
    """
    private = tuple(contact_strings(resume.document.get("basics")))
    ranked: list[tuple[float, int, _Draft]] = []
    seen: set[tuple[str, str]] = set()
    rank: dict[Kind, int] = {"project": 0, "work": 0, "skill": 0, "education": 0}
    for draft in _drafts(resume):
        key = (draft.kind, draft.name.casefold())
        if key in seen or not _is_usable(draft.name, resume.text, private):
            continue
        seen.add(key)
        ranked.append((WORTH[draft.kind] + draft.bonus - FADE[draft.kind] * rank[draft.kind], -len(ranked), draft))
        rank[draft.kind] += 1
    ranked.sort(key=lambda item: (-item[0], -item[1]))
    return tuple(_with_ids([draft for _, _, draft in ranked[: max(limit, 0)]], private))


def _drafts(resume: Resume) -> Iterator[_Draft]:
    entries = {kind: items_of(resume.document.get(kind))[:MOST_ENTRIES] for kind in ("projects", "work", "education")}
    yield from map(_project, entries["projects"])
    yield from (_job(item, entries["work"]) for item in entries["work"])
    yield from itertools.islice(_skills(resume.document), MOST_ENTRIES)
    yield from map(_school, entries["education"])


def _project(item: dict[str, Any]) -> _Draft:
    texts = (text_of(item.get("description")), text_of(item.get("summary")), *texts_of(item.get("highlights")))
    known = find_skills("\n".join((*texts_of(item.get("keywords")), *texts)))
    return _Draft("project", plain(text_of(item.get("name"))), "", texts, known, _bonus(item, texts))


def _job(item: dict[str, Any], work: Sequence[dict[str, Any]]) -> _Draft:
    texts = (text_of(item.get("summary")), *texts_of(item.get("highlights")))
    company, position = text_of(item.get("name") or item.get("company")), text_of(item.get("position"))
    known = find_skills("\n".join((position, *texts)))
    bonus = _bonus(item, texts)
    return _Draft(
        "work",
        plain(company),
        plain(position),
        texts,
        known,
        bonus,
        is_current=_is_current(item),
        is_earlier_career=is_earlier_career(item, work),
    )


def _school(item: dict[str, Any]) -> _Draft:
    degree = " in ".join(part for part in (text_of(item.get("studyType")), text_of(item.get("area"))) if part)
    institution, texts = plain(text_of(item.get("institution"))), texts_of(item.get("highlights"))
    return _Draft("education", institution, degree, texts, (), 0.0)


def _skills(document: dict[str, Any]) -> Iterator[_Draft]:
    """Every listed skill once; those that work and projects speak of are worth more, everyday tools less."""
    used = set(find_skills("\n".join(strings_of([document.get("work"), document.get("projects")]))))
    drafts: list[_Draft] = []
    for group in items_of(document.get("skills")):
        keywords = texts_of(group.get("keywords")) or (text_of(group.get("name")),)
        drafts.extend(_skill(plain(word), group, used) for word in keywords)
    drafts = [draft for draft in drafts if not is_none(draft.level)]
    yield from sorted(drafts, key=lambda draft: -draft.bonus)


def _skill(name: str, group: dict[str, Any], used: set[str]) -> _Draft:
    label = text_of(group.get("name"))
    canonical = canonical_skill(name)
    level = word_level(name) or text_of(group.get("level")) or label_level(label)
    is_used = canonical in used
    bonus = (0.8 if canonical else 0.0) + (0.5 if is_used else 0.0) - (0.9 if canonical in TRIVIAL else 0.0)
    bonus -= 0.9 if is_weak(level) else 0.0
    texts = (label,) if label != name else ()
    return _Draft("skill", name, "", texts, (canonical or name,), bonus, level, is_used=is_used)


def _bonus(item: dict[str, Any], texts: Sequence[str]) -> float:
    """Figures to question, substance to go into, and that it still goes on."""
    figures = sum(bool(FIGURE.search(text)) for text in texts)
    return 0.15 * min(figures, 3) + 0.08 * min(sum(map(bool, texts)), 4) + (0.3 if _is_current(item) else 0.0)


def _is_current(item: dict[str, Any]) -> bool:
    return bool(item.get("startDate")) and text_of(item.get("endDate")).casefold() in STILL


def _is_usable(name: str, text: str, private: Sequence[str]) -> bool:
    if not 1 <= len(name) <= MAX_NAME or "\n" in name or without_contact(name, private) != name:
        return False
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _with_ids(drafts: Iterable[_Draft], private: Sequence[str]) -> Iterator[Claim]:
    taken: dict[str, int] = {}
    for draft in drafts:
        slug = f"{draft.kind}-{slugify(draft.name)}"
        taken[slug] = taken.get(slug, 0) + 1
        name = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        skills = tuple(skill for skill in draft.skills if without_contact(skill, private) == skill)
        role, detail = without_contact(draft.role, private), _detail(draft.texts, private)
        yield Claim(
            id=name,
            kind=draft.kind,
            name=draft.name,
            role=role[:MAX_NAME],
            detail=detail,
            skills=skills,
            level=draft.level,
            is_current=draft.is_current,
            is_used=draft.is_used,
            is_earlier_career=draft.is_earlier_career,
        )


def _detail(texts: Sequence[str], private: Sequence[str]) -> str:
    """The CV's sentences one a line, as many whole ones as fit."""
    kept: list[str] = []
    for text in texts:
        line = without_contact(plain(text), private)
        if line and sum(map(len, kept)) + len(line) <= MAX_DETAIL:
            kept.append(line)
    return "\n".join(kept)


def slugify(text: str) -> str:
    """Lower-case ASCII words with hyphens; names in other scripts get a short digest."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text.replace("++", "pp").replace("#", "sharp")).strip("-")[:40].strip("-")
    return slug or hashlib.sha256(text.encode()).hexdigest()[:8]


def plain(text: str) -> str:
    """Text without Markdown links and emphasis, on one line."""
    text = STRONG.sub(lambda match: match.group(1) or match.group(2), LINK.sub(r"\1", text))
    return re.sub(r"\s+", " ", text).strip(" *")


def contact_strings(basics: Any) -> Iterator[str]:
    """Contact strings of the CV itself, name and label aside."""
    if not isinstance(basics, dict):
        return
    location = basics.get("location")
    profiles = [profile.get(key) for profile in items_of(basics.get("profiles")) for key in ("url", "username")]
    address = [location.get("address"), location.get("postalCode")] if isinstance(location, dict) else []
    for value in (*(basics.get(key) for key in ("email", "phone", "url", "website")), *profiles, *address):
        if isinstance(value, str) and len(value.strip()) > 3:
            yield value.strip()


def without_contact(text: str, private: Sequence[str]) -> str:
    """The text without these strings, e-mail addresses, numbers of telephones and web addresses.

    A number that ends as one of these strings does is that one, as it is written at home.
    """
    numbers = tuple(_digits(value) for value in private if PHONE.fullmatch(value))
    for value in private:
        if value in text:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "", text)
    text = URL.sub(_address, EMAIL.sub("", text))
    text = PHONE.sub(lambda match: "" if _is_phone(match.group(), numbers) else match.group(), text)
    return re.sub(r"\(\s*\)", "", re.sub(r"\s+", " ", text)).strip()


def _is_phone(text: str, numbers: Sequence[str]) -> bool:
    digits = _digits(text)
    at_home = digits.lstrip("0")
    return len(digits) >= 9 or (len(at_home) >= FEWEST_AT_HOME and any(each.endswith(at_home) for each in numbers))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _address(match: re.Match[str]) -> str:
    """A web address is taken out; a product that only looks like one (Socket.io, ASP.NET) stays."""
    word = match.group()
    is_product = "/" not in word and word.count(".") == 1 and (word[0].isupper() or canonical_skill(word) is not None)
    return word if is_product else ""
