"""Evidence that a sentence says the contrary of what is wanted: a denial, an opposite, another number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interviewlab.scoring.polarity import count_denials, denied_part, denies, has_opposite, may_have_opposite
from interviewlab.scoring.quantities import Quantity, quantities
from interviewlab.scoring.reading import Floats, Sentence
from interviewlab.scoring.signals import Wanted

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
    """Whether surely neither denies what the other does not, nor has an opposite of its words."""
    denied = denies(one), denies(other)
    return None not in denied and denied[0] == denied[1] and not has_opposite(one.stems, other.stems)


def _says(target: Sentence, said: Sentence) -> bool:
    return _is_near(target, said) and not _contrary(target, said)


def _contrary(target: Sentence, said: Sentence) -> bool:
    if target.text == said.text or not _is_near(target, said):
        return False
    denied = denies(target), denies(said)
    if None not in denied and _differ(quantities(target.text), quantities(said.text)):
        return denied == (False, False)  # "not 5 seconds" may be 50 ms
    if denied[0] == denied[1]:
        return has_opposite(target.stems, said.stems) and count_denials(target) == count_denials(said)
    if None in denied or may_have_opposite(target.stems, said.stems):
        return False  # "not unreliable" is reliable
    one, other = (target, said) if denied[0] else (said, target)
    return max(len(one.words), len(other.words)) <= SHORT and _is_about(one, other)


def _is_about(one: Sentence, other: Sentence) -> bool:
    """Whether what ``one`` denies is what ``other`` speaks of."""
    part = list(denied_part(one))
    return _met((one.vectors[part] @ other.vectors.T).max(axis=1), one.rarity[part])


def _differ(some: Collection[Quantity], others: Collection[Quantity]) -> bool:
    """Whether each names one amount, and they are of one unit and not the same."""
    if len(some) != 1 or len(others) != 1:
        return False
    (one,), (other,) = some, others
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


SHORT = 18
"""Words of a sentence up to which a negation can be taken to deny the whole of it."""
