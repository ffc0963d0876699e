"""Evidence that a sentence says the contrary of what is wanted: a denial, an opposite, another number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interviewlab.scoring.quantities import Quantity, quantities
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
_REACH = 4
"""Words after a negation that it denies."""
_NEAR = 0.62
"""Cosine from which two words speak of the same thing."""


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
