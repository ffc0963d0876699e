"""Evidence that a sentence says the contrary of what is wanted: a denial, an opposite, another number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interviewlab.scoring.reading import Sentence
from interviewlab.scoring.signals import Wanted

_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "cannot",
        "without",
        "neither",
        "nor",
        "nothing",
        "hardly",
        "dont",
        "doesnt",
        "isnt",
        "cant",
        "wont",
        "arent",
        "wasnt",
        "didnt",
    ]
)
_OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in [
        "increas/decreas",
        "more/less",
        "higher/lower",
        "faster/slower",
        "high/low",
        "fast/slow",
        "befor/after",
        "larger/smaller",
        "longer/shorter",
        "true/fals",
        "same/differ",
        "alway/never",
        "static/dynam",
        "reliabl/unreli",
        "minimum/maximum",
        "min/max",
        "best/worst",
        "grow/shrink",
        "rise/fall",
        "insert/delet",
        "lock/unlock",
        "read/write",
        "quick/slow",
        "big/small",
        "first/last",
        "left/right",
        "allow/forbid",
        "cheap/expens",
        "mutabl/immut",
        "synchron/asynchron",
        "stabl/unstabl",
        "sort/unsort",
        "connection-ori/connectionless",
        "lifo/fifo",
    ]
)
_NUMBER = re.compile(
    r"(?<![\w.])(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>%|percent|ns|us|µs|ms|sec(?:ond)?s?|s\b|min(?:ute)?s?|h(?:our)?s?\b|"
    r"[kmgt]i?b(?:ytes?)?(?:/s)?\b|bits?|bytes?|[kmg]?hz|m\b|km\b)?",
    re.IGNORECASE,
)
_UNITS = {
    "%": (0.01, ""), "percent": (0.01, ""), "ns": (1e-9, "s"), "us": (1e-6, "s"), "µs": (1e-6, "s"), "ms": (1e-3, "s"),
    "s": (1.0, "s"), "sec": (1.0, "s"), "second": (1.0, "s"), "min": (60.0, "s"), "minute": (60.0, "s"), "h": (3600.0, "s"),
    "hour": (3600.0, "s"), "bit": (0.125, "b"), "byte": (1.0, "b"), "b": (1.0, "b"), "kb": (1e3, "b"), "mb": (1e6, "b"),
    "gb": (1e9, "b"), "tb": (1e12, "b"), "kib": (1024.0, "b"), "mib": (1024.0**2, "b"), "gib": (1024.0**3, "b"),
    "hz": (1.0, "hz"), "khz": (1e3, "hz"), "mhz": (1e6, "hz"), "ghz": (1e9, "hz"), "m": (1.0, "m"), "km": (1e3, "m"),
}  # fmt: skip
_REACH = 4
"""Words after a negation that it denies."""
_NEAR = 0.62
"""Cosine from which two words speak of the same thing."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit taken in: "50 ms" and "0.05 s" are the same."""

    value: float
    unit: str


def quantities(text: str) -> frozenset[Quantity]:
    """The numbers of a text as values in base units."""
    found = set()
    for match in _NUMBER.finditer(text):
        name = (match["unit"] or "").lower()
        name = name.removesuffix("/s").removesuffix("ytes").removesuffix("yte") if name[:1] in "kmgt" else name
        factor, unit = _UNITS.get(name) or _UNITS.get(name.rstrip("s")) or (1.0, "")
        found.add(Quantity(round(float(match["value"].replace(",", ".")) * factor, 12), unit))
    return frozenset(found)


def contradictions(wanted: Wanted, answer: Sequence[Sentence]) -> tuple[tuple[str, str], ...]:
    """Each sentence of the answer that says the contrary of one wanted, with what it is the contrary of.

    Only where both speak of the same thing nearly word for word: a wrong accusation is worse than a missed one.
    """
    found = []
    for said in answer:
        for target in wanted.sentences:
            if _contrary(target, said):
                found.append((said.text, target.text))
                break
    return tuple(found)


def _contrary(target: Sentence, said: Sentence) -> bool:
    cosines = target.vectors @ said.vectors.T
    heavy = target.rarity > 0
    near = (cosines.max(axis=1) >= _NEAR) & heavy
    if heavy.sum() < 2 or near.sum() < max(2, 0.75 * heavy.sum()) or float(target.mean @ said.mean) < 0.75:
        return False
    if _has_opposite(target.stems, said.stems):
        return True
    denied, denies = _denied(target.words), _denied(said.words)
    if np.any(denied) != np.any(denies):
        return True
    asked = quantities(target.text)
    given = quantities(said.text)
    return len(asked) == 1 and len(given) == 1 and _differ(next(iter(asked)), next(iter(given)))


def _differ(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and abs(one.value - other.value) > 0.02 * max(abs(one.value), abs(other.value))


def _denied(words: Sequence[str]) -> np.ndarray:
    denied = np.zeros(len(words), bool)
    for place, word in enumerate(words):
        if word.replace("’", "'").replace("'", "") in _NEGATIONS or word.endswith(("n't", "n’t")):
            denied[place + 1 : place + 1 + _REACH] = True
    return denied


def _has_opposite(one: Sequence[str], other: Sequence[str]) -> bool:
    for left, right in _OPPOSITES:
        a, b = _sides(one, left, right), _sides(other, left, right)
        if sum(a) == 1 and sum(b) == 1 and a != b:
            return True
    return False


def _sides(stems: Sequence[str], left: str, right: str) -> tuple[bool, bool]:
    return any(s.startswith(left) for s in stems), any(s.startswith(right) for s in stems)
