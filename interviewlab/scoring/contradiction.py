"""Evidence that a sentence says the contrary of what is wanted: a denial, an opposite, another number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from interviewlab.scoring.polarity import count_denials, denied_part, denies, has_opposite, may_have_opposite, poles
from interviewlab.scoring.quantities import Quantity, quantities
from interviewlab.scoring.reading import Floats, Sentence
from interviewlab.scoring.signals import Wanted
from interviewlab.scoring.text import stem, stems, words

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


def said_both_ways(answer: Sequence[Sentence]) -> dict[str, str]:
    """Each sentence of the answer that another one turns round word by word, with that: "X is fast and Y is slow", and
    "Y is fast and X is slow". What holds both ways ("the client checks the server, and waits") has the same clauses."""
    known: dict[tuple[str, ...], Sentence] = {}
    found: dict[str, str] = {}
    for said in answer:
        if len(said.words) < LEAST_TURNED:
            continue
        other = known.setdefault(tuple(sorted(said.stems)), said)
        if _clauses(other) != _clauses(said):
            found |= {other.text: said.text, said.text: other.text}
    return found


def _clauses(sentence: Sentence) -> list[list[str]]:
    """The words of each clause, whatever the order of either."""
    return sorted(sorted(stems(clause)) for clause in _PART.split(sentence.text.lower()))


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


LEAST_TURNED = 8
"""Words of two sentences of which one turns the other round; "reads don't block writes" holds both ways."""
_PART = re.compile(r"[,;:.!?]|\b(?:and|but|while|whereas|though)\b")
SHORT = 18
"""Words of a sentence up to which a negation can be taken to deny the whole of it."""

REACH = 5
"""Words on either side of an opposite that tell what it is said of."""
BESIDE = 3
"""Words on either side of which one must stand beside both."""
CLOSE = 0.7
"""Cosine from which a word beside it stands for another; the same stem counts in full."""
BOTH = 12
"""Words within which both opposites may be said of one thing."""
SURELY_TURNED = 5.0
"""Rarity of the words beside both, from which two opposites are said of the same thing."""
MOST_OF = 0.5
"""Share of those words that both must have."""
IN_TIME = frozenset(pair for word in ("first", "before") for pair, _ in poles(stem(word)))
"""Opposites that one and the same course of things has both of."""
_CLAUSE = re.compile(r"[,;:.()]")
_BLURRED = re.compile(
    r"\b(?:not|never|no|none|nothing|cannot|nor|neither|without|unless|until|except|instead|rather|otherwise|whether|avoid\w*|"
    r"hardly|dont|doesnt|isnt|cant|wont|\w+n't|unlike|compared|versus|either|both)\b"
)


_DEGREES = frozenset(words("more less much very too far so quite rather even most least always never often only"))


@dataclass(frozen=True)
class Pole:
    """A word that has an opposite, with the words beside it that tell what it is said of."""

    pair: int
    is_first: bool
    is_plain: bool
    """Whether nothing beside it denies it, and its opposite does not stand near."""
    stems: tuple[str, ...]
    rarity: Floats
    vectors: Floats
    beside: tuple[bool, ...]
    """Which of the words stand nearest."""
    head: int | None
    """Which of the words it is said of, as far as can be told: the one that follows at once, or else the last before."""
    sides: tuple[frozenset[str], frozenset[str]] | None
    """What stands before and behind "than", where it compares."""
    sentence: Sentence


def find_poles(sentences: Sequence[Sentence]) -> tuple[Pole, ...]:
    """All words of some sentences that have an opposite, with what stands beside them."""
    return tuple(pole for sentence in sentences for pole in _poles(sentence))


def turned(
    known: Sequence[Pole], answer: Sequence[Sentence], *, compares_only: bool = False
) -> tuple[tuple[str, str], ...]:
    """Each sentence of the answer that says the opposite of one wanted of the same thing, with that one.

    ``known``: what is wanted. None where the answer says elsewhere what is wanted. ``compares_only``: where things are
    contrasted, what is said of one may be the opposite of what is said of the other; then only comparisons count, as
    they do for opposites that both are wanted.
    """
    sides = [{pole.pair for pole in known if pole.is_first is is_first} for is_first in (True, False)]
    pairs, on_both = sides[0] | sides[1], sides[0] & sides[1]
    given = [pole for pole in find_poles(answer) if pole.pair in pairs] if pairs else []
    found: dict[str, str] = {}
    for pole in given:
        counts = pole.sides or not (compares_only or pole.pair in on_both)
        target = _opposed(pole, known) if counts else None
        if target is not None and not any(_agrees(each, target) for each in given):
            found.setdefault(pole.sentence.text, target.sentence.text)
    return tuple(found.items())


def _agrees(pole: Pole, target: Pole) -> bool:
    return pole.pair == target.pair and _is_same_way(pole, target) is True and _shared(pole, target)[0] >= SURELY_TURNED


def _poles(sentence: Sentence) -> Iterator[Pole]:
    places = [(n, *side) for n, each in enumerate(sentence.stems) for side in poles(each)]
    for n, pair, is_first in places:
        low, high = max(0, n - REACH), min(len(sentence.stems), n + REACH + 1)
        around = [m for m in range(low, high) if m != n and sentence.rarity[m] > 0]
        yield Pole(
            pair,
            is_first,
            not any(each == pair and first != is_first and abs(m - n) <= BOTH for m, each, first in places)
            and not _is_blurred(sentence, n),
            tuple(sentence.stems[m] for m in around),
            sentence.rarity[around],
            sentence.vectors[around],
            tuple(abs(m - n) <= BESIDE for m in around),
            _head(sentence, n, around),
            _compared(sentence, n),
            sentence,
        )


def _head(sentence: Sentence, place: int, around: Sequence[int]) -> int | None:
    start, end = sentence.places[place]
    said = [m for m in around if sentence.words[m] not in _DEGREES]
    for n in [*(m for m in said if place < m <= place + 2), *reversed([m for m in said if m < place])]:
        a, b = sentence.places[n]
        between = sentence.text[end:a] if n > place else sentence.text[b:start]
        if not _CLAUSE.search(between):
            return around.index(n)
    return None


def _compared(sentence: Sentence, place: int) -> tuple[frozenset[str], frozenset[str]] | None:
    after = sentence.words[place + 1 : place + 1 + REACH]
    if "than" not in after:
        return None
    than = place + 1 + after.index("than")
    rare = [each if weight > 0 else "" for each, weight in zip(sentence.stems, sentence.rarity, strict=True)]
    before = frozenset(rare[max(0, place - 2 * REACH) : place]) - {""}
    behind = frozenset(rare[than + 1 : than + 1 + REACH]) - {""}
    return before, behind


def _is_same_way(one: Pole, other: Pole) -> bool | None:
    """Whether two of one pair say it the same way round; None where that cannot be told."""
    same = one.is_first == other.is_first
    if one.sides is None and other.sides is None:
        return same
    if one.sides is None or other.sides is None:
        return None
    (a, b), (c, d) = one.sides, other.sides
    straight, crossed = len(a & c) + len(b & d), len(a & d) + len(b & c)
    return None if straight == crossed else same == (straight > crossed)


def _is_blurred(sentence: Sentence, place: int) -> bool:
    start, end = sentence.places[place]
    before = _CLAUSE.split(sentence.text[:start])[-1]
    after = _CLAUSE.split(sentence.text[end:])[0]
    near = f"{' '.join(before.split()[-4:])} {' '.join(after.split()[:3])}"
    return _BLURRED.search(near.lower().replace("’", "'")) is not None


def _opposed(pole: Pole, known: Sequence[Pole]) -> Pole | None:
    """What says the opposite of the same thing; None where that is not sure."""
    if not pole.is_plain or not pole.stems:
        return None
    others = [
        (weight, each)
        for each in known
        if each.pair == pole.pair
        and each.is_plain
        and _is_same_way(pole, each) is False
        and (pole.sides or _has_head(pole, each))
        for weight, share in (_shared(pole, each),)
        if share >= MOST_OF
    ]
    if not others:
        return None
    weight, best = max(others, key=lambda pair: pair[0])
    alike = [each for each in known if each.pair == pole.pair and _is_same_way(pole, each) is not False]
    same = max((_shared(pole, each, 0.5)[0] for each in alike), default=0.0)
    least = SURELY_TURNED * (1.5 if alike or pole.pair in IN_TIME else 1.0)
    return best if weight >= least and same < 0.3 * weight else None


def _has_head(pole: Pole, other: Pole) -> bool:
    """Whether what it is said of stands beside the other too."""
    if pole.head is None or not other.stems:
        return False
    cosines = other.vectors @ pole.vectors[pole.head]
    head = pole.stems[pole.head]
    return any(
        is_beside and (each == head or cosine >= CLOSE)
        for each, is_beside, cosine in zip(other.stems, other.beside, cosines, strict=True)
    )


def _shared(one: Pole, other: Pole, close: float = CLOSE) -> tuple[float, float]:
    """The rarity of the words that both have around them, and which share of the fewer it is."""
    if not one.stems or not other.stems:
        return 0.0, 0.0
    same = np.array([[a == b for b in other.stems] for a in one.stems])
    near = np.where(same, 1.0, np.where(one.vectors @ other.vectors.T >= close, 0.6, 0.0))
    weight = float((near.max(axis=1) * one.rarity).sum())
    return weight, weight / max(1e-9, min(float(one.rarity.sum()), float(other.rarity.sum())))
