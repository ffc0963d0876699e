"""How surely an answer to a technical question of the bank states what is wrong.

An answer that is wrong throughout has the words of a right one. What tells them apart is which wordings it is nearer
to: those that are true, or what people say who have a point wrong. A single sentence tells little; all of them
together tell more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np

from interviewlab.scoring.points import Piece
from interviewlab.scoring.reading import Floats, Reader, pooled
from interviewlab.types import KeyPoint, Misconception

BIAS, LIKE, NEARER, NEAREST = 0.0, 0.0, 0.0, 0.0
"""Logistic weights of the means over the words of an answer of how like its sentences are to what is false, and by how
much more than to what is true, and of the largest such difference."""
SHOWN_LIKE, SHOWN_NEARER = 0.6, 0.05
"""Cosine to what is false, and how much more than to what is true, from which a sentence is shown as wrong in an answer
that is wrong as a whole."""


class Corrected(Protocol):
    """A question of which it is known what people wrongly say."""

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """With ``contrary``."""

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """With ``also``."""


@dataclass(frozen=True)
class FalseClaims:
    """What is false and what is true as answers are compared with them; made once for each question."""

    false: Floats
    """Directions of what people say who have a point wrong, shape (claims, dimension)."""
    rather: tuple[str, ...]
    """What is so instead of each."""
    true: Floats
    """Directions of the wordings of the key points and of what is right instead of misconceptions."""


class Likeness(NamedTuple):
    """A sentence of the answer: how like it is to the false claim it is nearest to, by how much more than to anything
    true, which words show that best, and what is so instead."""

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
    said: tuple[tuple[str, str], ...] = ()
    """Sentences that show it, with what is so instead."""


def false_texts(question: Corrected) -> list[str]:
    """What people wrongly say about the question, in all wordings."""
    return [said for said, _ in _false(question)]


def to_false_claims(reader: Reader, question: Corrected) -> FalseClaims | None:
    """Read what is false and what is true; None where nothing is known to be false of any key point."""
    if not any(point.contrary for point in question.key_points):
        return None
    false = [(read, rather) for said, rather in _false(question) if (read := reader.read(said))]
    texts = [text for point in question.key_points for text in (point.text, *point.also)]
    true = [read for text in (*texts, *(m.correction for m in question.misconceptions)) if (read := reader.read(text))]
    if not false or not true:
        return None
    return FalseClaims(
        false=np.stack([pooled(read) for read, _ in false]),
        rather=tuple(rather for _, rather in false),
        true=np.stack([pooled(read) for read in true]),
    )


def judge_claims(claims: FalseClaims, pieces: Sequence[Piece]) -> Falsity:
    """How surely an answer of these pieces, in the order in which it says them, is wrong. At least one piece."""
    found = [_likeness(claims, list(group)) for _, group in groupby(pieces, lambda piece: piece.sentence.text)]
    share = np.array([each.words for each in found], np.float32)
    like, nearer = (np.array(column, np.float32) for column in zip(*((e.like, e.nearer) for e in found), strict=True))
    share /= share.sum()
    z = BIAS + LIKE * float(share @ like) + NEARER * float(share @ nearer) + NEAREST * float(nearer.max())
    said = [(each.text, each.rather) for each in found if each.like >= SHOWN_LIKE and each.nearer >= SHOWN_NEARER]
    return Falsity(1.0 / (1.0 + float(np.exp(-z))), tuple(said))


def _likeness(claims: FalseClaims, pieces: Sequence[Piece]) -> Likeness:
    """Of the pieces of one sentence."""
    vectors = np.stack([piece.vector for piece in pieces])
    like = vectors @ claims.false.T
    nearer = like - (vectors @ claims.true.T).max(axis=1, keepdims=True)
    row, claim = np.unravel_index(int((like + nearer).argmax()), like.shape)
    sentence = pieces[0].sentence
    at = int(row), int(claim)
    return Likeness(sentence.text, len(sentence.words), float(like[at]), float(nearer[at]), claims.rather[at[1]])


def _false(question: Corrected) -> list[tuple[str, str]]:
    """What people wrongly say, with what is so instead."""
    of_points = [(said, point.text) for point in question.key_points for said in point.contrary]
    return of_points + [(said, m.correction) for m in question.misconceptions for said in (m.text, *m.also)]
