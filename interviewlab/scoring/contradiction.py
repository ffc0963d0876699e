"""Evidence that a sentence says the contrary of what is wanted: a denial, an opposite, another number."""

from __future__ import annotations

from collections.abc import Sequence

from interviewlab.scoring.quantities import Quantity, quantities
from interviewlab.scoring.reading import Floats, Sentence
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
_NEAR = 0.62
"""Cosine from which two words speak of the same thing."""


def contradictions(wanted: Wanted, answer: Sequence[Sentence]) -> tuple[tuple[str, str], ...]:
    """Each sentence of the answer that says the contrary of one wanted, with what it is the contrary of.

    Only where it speaks of that sentence more than of any other, nearly word for word, and no other sentence of the
    answer says it right: a wrong accusation is worse than a missed one.
    """
    found = []
    for said in answer:
        nearest = wanted.sentences[int((wanted.means @ said.mean).argmax())]
        if _contrary(nearest, said) and not any(_says(nearest, other) for other in answer if other is not said):
            found.append((said.text, nearest.text))
    return tuple(found)


def is_said_alike(one: Sentence, other: Sentence) -> bool:
    """Whether neither denies what the other does not, nor has an opposite of its words."""
    return _denies(one.words) == _denies(other.words) and not _has_opposite(one.stems, other.stems)


def _says(target: Sentence, said: Sentence) -> bool:
    return _is_near(target, said) and not _contrary(target, said)


def _contrary(target: Sentence, said: Sentence) -> bool:
    if target.text == said.text or not _is_near(target, said):
        return False
    if _has_opposite(target.stems, said.stems):
        return True
    if _denies(target.words) != _denies(said.words) and max(len(target.words), len(said.words)) <= SHORT:
        return True
    asked = quantities(target.text)
    given = quantities(said.text)
    return len(asked) == 1 and len(given) == 1 and _differ(next(iter(asked)), next(iter(given)))


def _differ(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and abs(one.value - other.value) > 0.02 * max(abs(one.value), abs(other.value))


def _is_near(target: Sentence, said: Sentence) -> bool:
    """Whether nearly every word of weight in either has one in the other that speaks of the same thing."""
    cosines = target.vectors @ said.vectors.T
    return (
        float(target.mean @ said.mean) >= 0.75
        and _met(cosines.max(axis=1), target.rarity)
        and _met(cosines.max(axis=0), said.rarity)
    )


def _met(cosines: Floats, rarity: Floats) -> bool:
    heavy = rarity > 0
    return bool(heavy.sum() >= 2 and (cosines[heavy] >= _NEAR).mean() >= 0.75)


def _denies(words: Sequence[str]) -> bool:
    return any(w.replace("’", "'").replace("'", "") in _NEGATIONS or w.endswith(("n't", "n’t")) for w in words)


SHORT = 18
"""Words of a sentence up to which a negation can be taken to deny the whole of it."""


def _has_opposite(one: Sequence[str], other: Sequence[str]) -> bool:
    for left, right in _OPPOSITES:
        a, b = _sides(one, left, right), _sides(other, left, right)
        if sum(a) == 1 and sum(b) == 1 and a != b:
            return True
    return False


def _sides(stems: Sequence[str], left: str, right: str) -> tuple[bool, bool]:
    return any(s.startswith(left) for s in stems), any(s.startswith(right) for s in stems)
