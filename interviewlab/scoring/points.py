"""Which words of an answer make which key point of a technical question of the bank.

A sentence about the matter resembles all key points of a question; what tells them apart is what each has beyond their
common direction and the question's. So pieces of the answer are compared with each point's wordings and cues less both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interviewlab.scoring.polarity import has_opposite, is_denied_at
from interviewlab.scoring.reading import Floats, Reader, Sentence, pooled, unit
from interviewlab.scoring.text import clauses, has_phrase, spans, stems
from interviewlab.types import KeyPoint

BIAS = -5.5
LIKE_POINT, LIKE_CUE, SHARED, CUE, OWN = 7.0, 4.8, 4.3, 1.1, 2.0
"""Logistic weights: likeness to a wording of the point and to a cue, both beyond what all points have in common; share
of the point's rare stems; a cue in its very words; whether the piece says enough that the question does not. Fitted on
the tune half of ``evals/data/points`` and on worthless answers of the tune halves, then rounded; the bias was lowered
when each point got plain wordings, until as many of the points found were made as before (0.94 on the tune half)."""
DOUBT, NO_DOUBT = 0.85, 0.1
"""How much less an answer shows of which the model thinks nothing, and the score of the model from which it is none."""
PROBED = 0.5
"""How much more an answer to its follow-up shows of a point. On the tune half of ``evals/data/points``, were each point
asked for: 0.89 of the points made are found instead of 0.78, and 0.87 of those found are made instead of 0.94."""
ANOTHER = 1.0
"""Log-odds from which a piece clearly shows another point, which is then what was told in answer. Of 4191 times that a
wording of one point was told to the follow-up of another 101 were credited with that too, as many as unasked; without
this 205 were. Counted before each point got two plain wordings."""
ENOUGH = 6.0
"""Rarity of what a piece says beyond the question from which more adds nothing: about two rare words."""


class Piece(NamedTuple):
    """A piece of the answer that can be quoted."""

    text: str
    stems: tuple[str, ...]
    vector: Floats
    sentence: Sentence
    own: float
    """How much it says that the question does not, by rarity."""


@dataclass(frozen=True)
class Points:
    """The key points of a question as pieces of an answer are compared with them; made once for each question."""

    common: Floats
    """The direction that all points have in common and the question's beyond it, shape (2, dimension)."""
    wordings: Floats
    """Directions of all wordings beyond the common ones, shape (wordings, dimension)."""
    wording_owners: NDArray[np.int64]
    """For each wording the number of its point."""
    cues: Floats
    """The part of each cue's direction beyond the common ones, shape (cues, dimension)."""
    cue_owners: NDArray[np.int64]
    phrases: tuple[tuple[tuple[str, ...], ...], ...]
    """For each point the stems of its cues."""
    stems: tuple[tuple[str, ...], ...]
    """For each point the stems of its text."""
    shares: tuple[dict[str, float], ...]
    """For each point how rare each of its stems is that the question does not give away, as shares of all."""


def to_points(reader: Reader, question: str, points: Sequence[KeyPoint], shares: Sequence[dict[str, float]]) -> Points:
    """Read the points; ``shares`` has what ``Points.shares`` says."""
    texts = [reader.read(point.text) for point in points]
    zero = np.zeros(reader.embedder.dimension, np.float32)
    middle = unit(np.sum([pooled(read) if read else zero for read in texts], axis=0))
    asked = reader.read(question)
    common = np.stack([middle, unit(_beyond(middle[None], pooled(asked)[None])[0]) if asked else zero])
    wordings = [(n, read) for n, p in enumerate(points) for w in (p.text, *p.also) if (read := reader.read(w))]
    cues = [(n, read) for n, p in enumerate(points) for cue in p.cues if (read := reader.read(cue))]
    beyond = _beyond(common, np.stack([pooled(read) for _, read in wordings] or [zero]))
    return Points(
        common=common,
        wordings=beyond / np.maximum(np.linalg.norm(beyond, axis=1, keepdims=True), 1e-9),
        wording_owners=np.array([n for n, _ in wordings] or [0], np.int64),
        cues=_beyond(common, np.stack([pooled(read) for _, read in cues] or [zero])),
        cue_owners=np.array([n for n, _ in cues] or [0], np.int64),
        phrases=tuple(tuple(stems(cue) for cue in point.cues) for point in points),
        stems=tuple(stems(point.text) for point in points),
        shares=tuple(shares),
    )


def pieces_of(sentence: Sentence, empty: NDArray[np.bool_], *, is_short: bool = True) -> list[Piece]:
    """The sentence, the clauses and windows of a long one (``is_short``: of a short one too), each with the vector it
    has where it stands. ``empty``: which of its words say nothing, or nothing that the question does not."""
    found = []
    for text in dict.fromkeys((*spans(sentence.text), *(clauses(sentence.text) if is_short else ()))):
        start = sentence.text.find(text)
        inside = list(sentence.part(start, start + len(text)))
        if inside:
            vector = sentence.mean if text == sentence.text else unit(sentence.vectors[inside].sum(axis=0))
            own = float(sentence.rarity[inside] @ ~empty[inside])
            found.append(Piece(text, tuple(sentence.stems[row] for row in inside), vector, sentence, own))
    return found


def strengths(
    points: Points, pieces: Sequence[Piece], level: float, probed: Mapping[int, str] = MappingProxyType({})
) -> Floats:
    """How strongly each piece shows each point, in [0, 1], shape (pieces, points). ``level``: the model's score of the
    whole answer; words that fit here and there in an answer about something else are met by chance. ``probed``:
    by number of a point that was asked for by itself what was answered to that, which need not say again what it is
    about, unless it clearly tells another one."""
    own = np.array([min(1.0, piece.own / ENOUGH) for piece in pieces], np.float32)
    z = _likeness(points, pieces)
    doubt = DOUBT * (1.0 - min(1.0, level / NO_DOUBT))
    z += np.float32(BIAS - doubt) + np.float32(OWN) * own[:, None]
    shown = z.copy()
    for number, answer in probed.items():
        is_another = np.delete(shown, number, axis=1).max(axis=1, initial=-np.inf) >= ANOTHER
        is_told = np.array([piece.sentence.text in answer for piece in pieces]) & ~is_another
        z[:, number] += np.float32(PROBED + doubt) * is_told
    return np.asarray(1.0 / (1.0 + np.exp(-z)), np.float32)


def shows_any(points: Points, pieces: Sequence[Piece]) -> bool:
    """Whether a piece shows a point by its meaning and words alone, however little of it is not in the question: "the
    filter can say no for sure, a yes may be wrong" has nothing but the question's words and common ones."""
    return bool((_likeness(points, pieces) + BIAS >= 0).any())


def _likeness(points: Points, pieces: Sequence[Piece]) -> Floats:
    return np.asarray(features(points, pieces) @ np.array([LIKE_POINT, LIKE_CUE, SHARED, CUE], np.float32))


def features(points: Points, pieces: Sequence[Piece]) -> Floats:
    """Likeness to the point, to its cues, share of its stems, a cue said; shape (pieces, points, 4)."""
    beyond = _beyond(points.common, np.stack([piece.vector for piece in pieces]))
    count = len(points.shares)
    said = [set(piece.stems) for piece in pieces]
    return np.stack(
        [
            _nearest_of(beyond @ points.wordings.T, points.wording_owners, count),
            _nearest_of(beyond @ points.cues.T, points.cue_owners, count),
            np.array([[_share(shares, own) for shares in points.shares] for own in said], np.float32),
            np.array([[_has_cue(points, n, piece) for n in range(count)] for piece in pieces], np.float32),
        ],
        axis=-1,
    )


def _beyond(common: Floats, vectors: Floats) -> Floats:
    return np.asarray(vectors - vectors @ common.T @ common, np.float32)


def _nearest_of(cosine: Floats, owners: NDArray[np.int64], count: int) -> Floats:
    """For each piece and point the highest cosine over what belongs to the point; 0 where nothing does."""
    nearest = np.zeros((len(cosine), count), np.float32)
    for n in range(count):
        mine = owners == n
        if mine.any():
            nearest[:, n] = cosine[:, mine].max(axis=1)
    return nearest


def _share(shares: dict[str, float], said: set[str]) -> float:
    return sum(share for stem, share in shares.items() if stem in said)


def _has_cue(points: Points, number: int, piece: Piece) -> bool:
    """Whether a cue is said, and neither denied nor said of the opposite of what the point says."""
    said = [cue for cue in points.phrases[number] if has_phrase(cue, piece.stems)]
    if not said or has_opposite(points.stems[number], piece.stems):
        return False
    return not all(is_denied_at(piece.text, cue, points.stems[number]) for cue in said)
