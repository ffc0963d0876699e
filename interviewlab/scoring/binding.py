"""Of which of the contrasted subjects a clause says what it says: "UDP is connection oriented" holds of TCP.

A question that contrasts subjects (TCP and UDP, an array and a linked list) has a reference that says one thing of the
one and another of the other. A clause of an answer that says of the one what the reference says of the other, in its
rare words, is reversed, however fitting its words are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from interviewlab.scoring.reading import Floats, Sentence
from interviewlab.scoring.text import stem, words

_CUT = re.compile(
    r"[,;:()–—]|\s-\s|\b(?:and|but|while|whereas|because|since|so|although|though|which|that|when|whilst|however)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:unlike|in contrast (?:to|with)|contrary to|opposed to|compar\w+ (?:to|with)|comparison (?:to|with)|than|"
    r"instead of|over|like|from|besides|of|with|to|by|between|through|via|inside|within)(?:\s+(?:an?|the|in|that|"
    r"those|of|with|each|every|its|their|one|some|same|other|another|all|whole|normal|plain|usual|two|several|this|"
    r"for))*$",
    re.IGNORECASE,
)
"""Where it stands before a subject, the clause is about another one."""
_UNTOLD = re.compile(
    r"\b(?:not|never|no|none|nothing|cannot|nor|neither|without|lack\w*|hardly|rarely|instead|\w+n['’]t|dont|doesnt|"
    r"isnt|cant|wont|arent|unlike|avoid\w*|prevent\w*|free of|fewer|less|absence|rather|unless|except|opposed|than|if|"
    r"both|too|the same (?:holds|goes|is|applies|as|for)|similar\w*|compar\w*|whether|respectively|alternative\w*|"
    r"differen\w*|either|fail\w*|problem\w*)\b",
    re.IGNORECASE,
)
"""Beside these it cannot be told what is said of the subject."""
_POINTED = re.compile(
    r"(?:in |with |for )?the (?:(?P<former>former|first one)|(?P<latter>latter|second one)|"
    r"(?P<other>other(?: one)?(?! \w+ )))\b",
    re.IGNORECASE,
)
_LINKS = frozenset(
    words(
        "a an the of in on at for with by from to as is are was were be been being has have had do does did can could "
        "will would should may might must that which who it its they their them this these there then than and or but "
        "not no each every all any some one two both so if when while because also"
    )
)
_CARRIES = frozenset(
    words("it they its their this these that those he she here both also is are has have can may must")
)
"""With these a sentence goes on about what the one before was about."""
_LISTED = re.compile(
    r"\s*(?:,\s*(?:and\s|or\s)?|\b(?:and|or|vs\.?|versus|to|with)\s)\s*(?:(?:an?|the|of|for|in|one)\s+){0,3}",
    re.IGNORECASE,
)
_SET_APART = re.compile(
    r"\b(?:or|versus|vs|rather than|instead of|differ\w*(?: \w+)? from|compared (?:to|with))\b|, and where|"
    r"\band sometimes\b",
    re.IGNORECASE,
)
_ALSO_APART = re.compile(r"\band\b", re.IGNORECASE)
_CONTRASTS = re.compile(r"\b(?:differ\w*|compar\w*|distinguish\w*|between)\b", re.IGNORECASE)
"""What stands between two subjects that a question contrasts; "and" where it says that it does."""
_EMPTY = frozenset(
    map(
        stem,
        words(
            "use used using make made need needs want way kind type data information thing case example different "
            "difference differ advantage disadvantage main called name known mean means much many get set take given "
            "work first second more less most least better best new old good bad typical usual usually always never "
            "often sometimes possible system program time number value able allow help same other only just very well "
            "another it they say says include hold store keep provide give there what which how you one"
        ),
    )
)
"""Words that say too little of a subject to tell it from another."""
_NEAR, _SAME = 0.6, 0.9
"""Cosines of two words at which one begins to say what the other says and does so wholly."""
LEAST = 2.5
"""Rarity of what a clause says that holds of another subject, from which it counts."""
OUTWEIGHS = 3.0
"""How many times as much of it must hold of the other as of its own."""
SURE = 11.0
"""Rarity from which a clause is reversed whatever else the answer says."""
CLEAR = 5.0
"""Rarity from which a clause can be shown as reversed where many together are."""
REVERSED, TIMES = 12.0, 2.0
"""Rarity of all such clauses from which an answer is reversed, if it is so many times what is said rightly."""
PAIR = 2.0
"""What two words that stand close together weigh beside each alone."""
WINDOW = 3
"""Words within which they do."""
HEAD = 5
"""Words at the beginning of a clause among which its subject is looked for first."""
APART = 8
"""Words of a question that may stand between two subjects that it joins."""


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence with the subjects that it is about, and its words that say something of them."""

    text: str
    about: frozenset[int]
    is_told: bool
    """Whether it says plainly, with no denial and no comparison, what holds of one subject."""
    stems: tuple[str, ...]
    rarity: Floats
    vectors: Floats
    pairs: frozenset[frozenset[str]]
    """Stems that stand close together."""


@dataclass(frozen=True)
class Reversal:
    """A clause that says of one subject what holds of another."""

    sentence: str
    quote: str
    of: str
    holds_of: str
    weight: float


@dataclass(frozen=True)
class Bound:
    """What a reference says of each of the subjects that it contrasts."""

    subjects: tuple[frozenset[str], ...]
    """The keys that name each."""
    names: tuple[str, ...]
    clauses: tuple[Clause, ...]

    @cached_property
    def known(self) -> _Words:
        """All words of the clauses."""
        return _Words(
            tuple(stem for c in self.clauses for stem in c.stems),
            np.concatenate([c.vectors for c in self.clauses]),
            np.array(
                [
                    [n in c.about or len(c.about) != 1 for n in range(len(self.subjects))]
                    for c in self.clauses
                    for _ in c.stems
                ]
            ),
            np.array(
                [
                    [c.about == {n} and c.is_told for n in range(len(self.subjects))]
                    for c in self.clauses
                    for _ in c.stems
                ]
            ),
        )

    def weigh(self, clause: Clause, of: int) -> tuple[float, float, int]:
        """By how much rarity a clause about one subject is nearer to what holds of it, and of another, and of which."""
        known = self.known
        near = np.clip((clause.vectors @ known.vectors.T - _NEAR) / (_SAME - _NEAR), 0.0, 1.0) * 0.8
        same = np.array([[one == other for other in known.stems] for one in clause.stems])
        near = np.where(same, 1.0, near)
        own = (near * known.may[:, of]).max(axis=1)
        weighed = []
        for other in range(len(self.subjects)):
            if other != of and known.surely[:, other].any():
                gain = clause.rarity * ((near * known.surely[:, other]).max(axis=1) - own)
                mine, theirs = self._pairs(clause, of), self._pairs(clause, other)
                weighed.append(
                    (
                        -float(gain[gain < 0].sum()) + PAIR * len(mine - theirs),
                        float(gain[gain > 0].sum()) + PAIR * len(theirs - mine),
                        other,
                    )
                )
        return max(weighed, key=lambda each: each[1] - each[0], default=(0.0, 0.0, of))

    def _pairs(self, clause: Clause, of: int) -> set[frozenset[str]]:
        return {pair for c in self.clauses if of in c.about for pair in c.pairs & clause.pairs}


@dataclass(frozen=True)
class _Words:
    stems: tuple[str, ...]
    vectors: Floats
    may: Floats
    """Whether each may be said of each subject, shape (words, subjects)."""
    surely: Floats
    """Whether each is surely said of it, and of no other."""


def bind(question: Sequence[Sentence], reference: Sequence[Sentence]) -> Bound | None:
    """The contrasted subjects of a question with what the reference says of each; None where there are not two."""
    subjects = _subjects(question, reference)
    if len(subjects) < 2:
        return None
    clauses = tuple(_clauses(reference, subjects))
    if len({n for c in clauses if c.is_told and c.stems and len(c.about) == 1 for n in c.about}) < 2:
        return None
    return Bound(subjects, tuple(_name(s, [*question, *reference]) for s in subjects), clauses)


@dataclass(frozen=True)
class Reversals:
    """What an answer says of one subject that holds of another."""

    clauses: tuple[Reversal, ...] = ()
    outweigh: bool = False
    """Whether they outweigh by far what is said of the right subject."""


def find_reversals(bound: Bound, answer: Sequence[Sentence]) -> Reversals:
    """The clauses that surely say of a subject what holds of another: one by many words, or several together."""
    found, right = _weigh(bound, answer)
    wrong = sum(each.weight for each in found)
    if wrong >= max(REVERSED, TIMES * right):
        clear = [each for each in found if each.weight >= CLEAR] or [max(found, key=lambda each: each.weight)]
        return Reversals(tuple(clear), outweigh=True)
    return Reversals(tuple(each for each in found if each.weight >= SURE and 2 * wrong >= right))


def _weigh(bound: Bound, answer: Sequence[Sentence]) -> tuple[list[Reversal], float]:
    """The clauses that lean to another subject than their own, and the weight of those that do not."""
    found, right = [], 0.0
    for clause, sentence in _placed(answer, bound.subjects):
        if not clause.is_told or len(clause.about) != 1 or not clause.stems:
            continue
        (of,) = clause.about
        own, others, other = bound.weigh(clause, of)
        if others >= LEAST and others >= OUTWEIGHS * own:
            found.append(Reversal(sentence, clause.text, bound.names[of], bound.names[other], others - own))
        elif own > others:
            right += own - others
    return found, right


def _key(word: str) -> str:
    """What names a subject: the stem, or the word where the stem is a little word's ("having")."""
    root = stem(word)
    return word if root in _LINKS and word not in _LINKS else root


def _keys(sentence: Sentence) -> list[str]:
    return [_key(word) for word in sentence.words]


def _subjects(question: Sequence[Sentence], reference: Sequence[Sentence]) -> tuple[frozenset[str], ...]:
    """What the question joins ("an array and a linked list") and clauses of the reference begin with."""
    heads = _heads(reference)
    joined = [pair for sentence in question for pair in _joined(sentence, heads)]
    kept = list(dict.fromkeys(each for pair in joined for each in pair))
    follow = {pair for sentence in reference for pair in pairwise(_keys(sentence))}
    counts = Counter(key for each in kept for key in each)
    shared = {
        key
        for each in kept
        for key in each
        if counts[key] > 1
        or (len(each) > 1 and any((first, key) in follow for other in kept if other != each for first in other))
    }
    return tuple(dict.fromkeys(bare for each in kept if (bare := each - shared)))


def _heads(reference: Sequence[Sentence]) -> set[str]:
    """The words that clauses begin with, up to the first one that ties."""
    found: set[str] = set()
    for sentence in reference:
        keys = _keys(sentence)
        for start, end in _cuts(sentence):
            part = [keys[n] for n in sentence.part(start, end)][:HEAD]
            found.update(key for key in part if key not in _LINKS and key not in _EMPTY and len(key) > 2)
    return found


def _joined(sentence: Sentence, heads: set[str]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Neighbouring runs of such words in a question with a word that joins them between."""
    keys = _keys(sentence)
    runs: list[tuple[int, int]] = []
    for n, key in enumerate(keys):
        if key in heads:
            if (
                runs
                and runs[-1][1] == n
                and not sentence.text[sentence.places[n - 1][1] : sentence.places[n][0]].strip()
            ):
                runs[-1] = (runs[-1][0], n + 1)
            else:
                runs.append((n, n + 1))
    does_contrast = _CONTRASTS.search(sentence.text) is not None
    for (a, b), (c, d) in pairwise(runs):
        between = sentence.text[sentence.places[b - 1][1] : sentence.places[c][0]]
        if _LISTED.fullmatch(between) or (
            c - b <= APART and (_SET_APART.search(between) or (does_contrast and _ALSO_APART.search(between)))
        ):
            yield frozenset(keys[a:b]), frozenset(keys[c:d])


def _cuts(sentence: Sentence) -> list[tuple[int, int]]:
    cuts = [0, *(place for match in _CUT.finditer(sentence.text) for place in match.span()), len(sentence.text)]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _clauses(sentences: Sequence[Sentence], subjects: Sequence[frozenset[str]]) -> list[Clause]:
    return [clause for clause, _ in _placed(sentences, subjects)]


def _placed(sentences: Sequence[Sentence], subjects: Sequence[frozenset[str]]) -> Iterator[tuple[Clause, str]]:
    """The clauses with what they are about, carried on where they name none, and their sentences."""
    named = {key for subject in subjects for key in subject}
    about: frozenset[int] = frozenset()
    spoken: list[int] = []
    for sentence in sentences:
        keys = _keys(sentence)
        begins = True
        for start, end in _cuts(sentence):
            part = sentence.part(start, end)
            if not part:
                continue
            text = sentence.text[start:end].strip()
            met = _mentioned(sentence, part, keys, subjects, start)
            pointed = _POINTED.match(text)
            heading = list(dict.fromkeys(n for n, is_aside in met if not is_aside))
            if heading:
                about = frozenset(heading[:1])
                spoken = [*(n for n in spoken if n not in heading), *heading]
            elif pointed:
                about = frozenset(_pointed_at(pointed, spoken, about, len(subjects)))
            elif begins and keys[part[0]] not in _CARRIES:
                about = frozenset(n for n, _ in met[:1])
            is_plain = len(heading) < 2
            begins = False
            said = [n for n in part if sentence.rarity[n] > 0 and keys[n] not in named and keys[n] not in _EMPTY]
            yield (
                Clause(
                    text,
                    about,
                    is_plain and not _UNTOLD.search(text),
                    tuple(sentence.stems[n] for n in said),
                    sentence.rarity[said],
                    sentence.vectors[said],
                    _close([sentence.stems[n] for n in part if keys[n] not in named]),
                ),
                sentence.text,
            )


def _pointed_at(pointed: re.Match[str], spoken: Sequence[int], about: frozenset[int], count: int) -> Sequence[int]:
    """Which of the two subjects spoken of last "the former" or "the other" is; none where that cannot be told."""
    if len(spoken) < 2 or count != 2:
        return ()
    if pointed["other"]:
        return [n for n in spoken if n not in about][:1] if about else ()
    return sorted(spoken, key=spoken.index)[:1] if pointed["former"] else spoken[-1:]


def _close(stems: Sequence[str]) -> frozenset[frozenset[str]]:
    told = [each for each in stems if each not in _LINKS]
    return frozenset(
        frozenset((one, other)) for n, one in enumerate(told) for other in told[n + 1 : n + WINDOW] if one != other
    )


def _mentioned(
    sentence: Sentence, part: Sequence[int], keys: Sequence[str], subjects: Sequence[frozenset[str]], start: int
) -> list[tuple[int, bool]]:
    """The subjects that a clause names, in order, and whether each is only named aside."""
    return [
        (n, _ASIDE.search(sentence.text[start : sentence.places[place][0]].rstrip()) is not None)
        for place in part
        for n, subject in enumerate(subjects)
        if keys[place] in subject
    ]


def _name(subject: frozenset[str], sentences: Sequence[Sentence]) -> str:
    """As it is first written."""
    for sentence in sentences:
        keys = _keys(sentence)
        for n, key in enumerate(keys):
            if key in subject:
                end = n + 1
                while end < len(keys) and keys[end] in subject:
                    end += 1
                return sentence.text[sentence.places[n][0] : sentence.places[end - 1][1]]
    return ""
