"""How surely an answer to a technical question of the bank states what is wrong.

An answer that is wrong throughout has the words of a right one. What tells them apart is which wordings it is nearer
to: those that are true, or what people say who have a point wrong. A single sentence tells little; all of them
together tell more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np

from interviewlab.scoring.points import Piece
from interviewlab.scoring.polarity import denies
from interviewlab.scoring.reading import Floats, Reader, Sentence, pooled
from interviewlab.scoring.text import sentences
from interviewlab.types import KeyPoint, Misconception, Question

BIAS, LIKE, NEARER = -6.9, 7.8, 14.8
"""Logistic weights of how like an answer is to what is false, and by how much more than to what is true, both as means
over the ``LOOKED_AT`` words of which that is most so. Fitted on the tune half of ``evals/data/wrong`` and the true
answers of the tune halves, then rounded."""
LOOKED_AT = 30
"""What is said besides makes an answer neither right nor wrong: a mean over all of it could be talked up. Each sentence
counts with all its words for the part of it that is most so."""
LEAST_NEARER = -0.1
"""What is less like something false than like something true by more than this is as true as can be told."""
LEAST_WORDS = 7
"""Of a part of a sentence that is looked at by itself: "if it is down" stands in what is true and in what is false."""
OTHER_WAY = 0.1
"""So much less like are two sentences of which one denies something and the other nothing: "it blocks" and "it does not
block" are nearly the same to the sentence model."""
LONGEST_SENTENCE = 40
"""Words of a sentence from which it is left out: speech without full stops is one sentence, of which a clause tells
nothing."""
LEAST_SAID = 20
"""Words from which an answer is judged as a whole."""
DOUBTFUL, WRONG = 0.75, 0.9
"""Chance of being wrong from which sentences of an answer are shown as wrong, and from which it is worth next to
nothing: a score that fell by degrees would move with every innocent sentence."""
SHOWN_LIKE, SHOWN_NEARER = 0.75, 0.08
"""Cosine to what is false, and how much more than to what is true, from which a sentence of a doubtful answer is shown
as wrong."""


class Corrected(Protocol):
    """A question of which it is known what people wrongly say."""

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """With ``contrary``."""

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """With ``also``."""


class Wordings(NamedTuple):
    """Directions of sentences, shape (wordings, dimension), and for each 1 where it denies something, -1 where it does
    not, 0 where that cannot be told."""

    directions: Floats
    denials: Floats


@dataclass(frozen=True)
class FalseClaims:
    """What is false and what is true as answers are compared with them; made once for each question."""

    false: Wordings
    """What people say who have a point wrong."""
    rather: tuple[str, ...]
    """What is so instead of each."""
    true: Wordings
    """The key points in all their wordings, what is right instead of the misconceptions, and the model answer."""


class Likeness(NamedTuple):
    """A sentence of the answer: how like it is to the false claim that it is nearest to, by how much more than to
    anything true, and what is so instead."""

    text: str
    words: int
    like: float
    nearer: float
    rather: str


@dataclass(frozen=True)
class Falsity:
    """What an answer has of false claims."""

    chance: float = 0.0
    """That it is wrong as a whole."""
    said: Mapping[str, str] = field(default_factory=dict)
    """The sentences that show it, each with what is so instead."""

    @property
    def is_wrong(self) -> bool:
        """Whether that is so sure that the answer is worth next to nothing."""
        return self.chance >= WRONG


def false_texts(question: Corrected) -> list[str]:
    """What people wrongly say about the question, in all wordings."""
    return [said for said, _ in _false(question)]


def to_false_claims(reader: Reader, question: Question) -> FalseClaims | None:
    """Read what is false and what is true; None where of no key point anything is known to be false."""
    if not any(point.contrary for point in question.key_points):
        return None
    false = [(read, rather) for said, rather in _false(question) if (read := reader.read(said))]
    texts = [text for point in question.key_points for text in (point.text, *point.also)]
    texts += [*(m.correction for m in question.misconceptions), *sentences(question.answer)]
    true = [read for text in texts if (read := reader.read(text))]
    if not false or not true:
        return None
    rather = tuple(rather for _, rather in false)
    return FalseClaims(_wordings([read for read, _ in false]), rather, _wordings(true))


def judge_claims(claims: FalseClaims, pieces: Sequence[Piece]) -> Falsity:
    """How surely an answer of these pieces, at least one, is wrong; those of one sentence stand together."""
    found = [each for each in find_likeness(claims, pieces) if each.words <= LONGEST_SENTENCE]
    if sum(each.words for each in found) < LEAST_SAID:
        return Falsity()
    z = BIAS + evidence(found)
    chance = 1.0 / (1.0 + float(np.exp(-z)))
    if chance < DOUBTFUL:
        return Falsity(chance)
    shown = [each for each in found if each.like >= SHOWN_LIKE and each.nearer >= SHOWN_NEARER]
    if not shown and chance >= WRONG:
        shown = [max(found, key=lambda each: each.like + each.nearer)]
    return Falsity(chance, {each.text: each.rather for each in shown})


def find_likeness(claims: FalseClaims, pieces: Sequence[Piece]) -> list[Likeness]:
    """For each sentence what of it is likest to something false."""
    return [_likeness(claims, list(group)) for _, group in groupby(pieces, lambda piece: piece.sentence.text)]


def evidence(found: Sequence[Likeness]) -> float:
    """The mean over the most telling words."""
    told = sorted(((LIKE * e.like + NEARER * max(LEAST_NEARER, e.nearer), e.words) for e in found), reverse=True)
    values = [value for value, words in told for _ in range(words)][:LOOKED_AT]
    return float(np.mean(values))


def _likeness(claims: FalseClaims, pieces: Sequence[Piece]) -> Likeness:
    """Of the pieces of one sentence."""
    sentence = pieces[0].sentence
    long = [piece for piece in pieces if len(piece.stems) >= LEAST_WORDS or piece.text == sentence.text]
    vectors = np.stack([piece.vector for piece in long or pieces])
    denied = _denial([sentence])
    false, true = (_cosines(vectors, denied, wordings) for wordings in (claims.false, claims.true))
    nearer = false - true.max(axis=1, keepdims=True)
    row, claim = divmod(int((false + nearer).argmax()), false.shape[1])
    return Likeness(
        text=sentence.text,
        words=len(sentence.words),
        like=float(false[row, claim]),
        nearer=float(nearer[row, claim]),
        rather=claims.rather[claim],
    )


def _cosines(vectors: Floats, denied: float, wordings: Wordings) -> Floats:
    return np.asarray(vectors @ wordings.directions.T - OTHER_WAY * (denied * wordings.denials < 0), np.float32)


def _wordings(texts: Sequence[tuple[Sentence, ...]]) -> Wordings:
    return Wordings(np.stack([pooled(read) for read in texts]), np.array([_denial(read) for read in texts], np.float32))


def _denial(read: Sequence[Sentence]) -> float:
    told = [denies(sentence) for sentence in read]
    return 0.0 if None in told else 1.0 if any(told) else -1.0


def _false(question: Corrected) -> list[tuple[str, str]]:
    """What people wrongly say, with what is so instead."""
    of_points = [(said, point.text) for point in question.key_points for said in point.contrary]
    return of_points + [(said, m.correction) for m in question.misconceptions for said in (m.text, *m.also)]
