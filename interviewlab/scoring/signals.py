"""What the model of the grader looks at: numbers that tell how an answer stands to its key points.

The question's own words count for nothing, rare words for much. Sentences of the answer that are about something else
are left aside, so that they neither help nor harm.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from interviewlab.scoring.apart import apart_from, middle, uncommon
from interviewlab.scoring.quantities import Quantity, is_telling, quantities
from interviewlab.scoring.reading import Floats, Sentence, pooled, unit
from interviewlab.scoring.text import clauses

NAMES = (
    "gain",
    "mass",
    "near_mass",
    "shared_share",
    "residual",
    "pairs",
    "points",
    "sentences",
    "apart",
    "wanted_length",
    "question_cosine",
)
"""The signals in the order of the model's weights; ``to_signals`` says what each is."""
ON_TOPIC = 0.42
"""Mean cosine of a sentence's words to those of question and key points from which it is about them."""
PERHAPS = 0.25
"""The same for the nearest sentence of an answer in words all of its own; the gate looks at it again."""
SAME = 0.5
"""Cosine of two words from which one may say what the other says."""
NEAR = (0.3, 0.7)
"""Cosines of two words at which one begins to stand for the other and does so wholly."""
TELLS = (0.4, 0.8)
"""The same, more strictly: for a sentence to say what is wanted."""
_NAMES_ASKED = re.compile(
    r"(?:^|[.?!,;:]\s*|\b(?:please|and|then|you)\s+)(?:name|list|state|mention|enumerate)\b", re.IGNORECASE
)
_LEAST_RARITY = 2.0
"""A sentence of the reference with less says nothing of its own ("One of these is enough")."""


@dataclass(frozen=True)
class Wanted:
    """Key points as the grader reads them: their sentences, and how much each word of them weighs."""

    sentences: tuple[Sentence, ...]
    weights: tuple[Floats, ...]
    """For each sentence the weight of each word; words of the question weigh nothing."""
    question: tuple[Sentence, ...]
    question_text: str
    asked: frozenset[str]
    """Stems of the question."""
    text: str

    @cached_property
    def vectors(self) -> Floats:
        """Of all words of all sentences, shape (words, dimension)."""
        return np.concatenate([s.vectors for s in self.sentences])

    @cached_property
    def starts(self) -> list[int]:
        """The first word of each sentence among all words."""
        return _starts(self.sentences)

    @cached_property
    def word_weights(self) -> Floats:
        """Of all words of all sentences."""
        return np.concatenate(self.weights)

    @cached_property
    def own_vectors(self) -> Floats:
        """Of the words that weigh something: the question does not give them away."""
        return self.vectors[self.word_weights > 0]

    @cached_property
    def means(self) -> Floats:
        """The direction of each sentence, shape (sentences, dimension)."""
        return np.stack([s.mean for s in self.sentences])

    @cached_property
    def asked_vectors(self) -> Floats:
        """Of all words of the question; it has at least one sentence."""
        return np.concatenate([s.vectors for s in self.question])

    @cached_property
    def direction(self) -> Floats:
        """Of all sentences together."""
        return pooled(self.sentences)

    @cached_property
    def asked_direction(self) -> Floats:
        """Of the question; it has at least one sentence."""
        return pooled(self.question)

    @cached_property
    def apart(self) -> Floats:
        """The directions of the sentences, as ``set_apart`` makes them."""
        return self.set_apart(self.sentences)

    def set_apart(self, some: Sequence[Sentence]) -> Floats:
        """Directions of sentences without what all have in common and without the question's."""
        return apart_from(uncommon(np.stack([s.mean for s in some])), self.asked_apart)

    @cached_property
    def asked_apart(self) -> Floats | None:
        """The direction of the question without what all sentences have in common."""
        return middle(uncommon(np.stack([s.mean for s in self.question]))) if self.question else None

    @cached_property
    def met_by_question(self) -> float:
        """How far the bare question meets the words wanted."""
        return _mean(_nearest(self.vectors, self.asked_vectors), self.word_weights) if self.question else 0.0

    @cached_property
    def stem_weights(self) -> dict[str, float]:
        """Each stem wanted with the heaviest weight it has."""
        return _heaviest((stem for s in self.sentences for stem in s.stems), self.word_weights)

    @cached_property
    def pairs(self) -> set[tuple[str, str]]:
        """Neighbouring stems."""
        return _pairs(self.sentences)

    @cached_property
    def amounts(self) -> frozenset[Quantity]:
        """The amounts wanted that the question does not name."""
        return frozenset(q for q in quantities(self.text) - quantities(self.question_text) if is_telling(q))


def to_wanted(
    question: tuple[Sentence, ...], question_text: str, points: Sequence[tuple[tuple[Sentence, ...], str, float | None]]
) -> Wanted:
    """From a question and its points, each with its sentences, text and weight.

    A point's words share its weight by their rarity; on the whole a word weighs about its rarity. Where points have no
    weight (None) each word weighs just its rarity.
    """
    asked = frozenset(stem for sentence in question for stem in sentence.stems)
    bare = [[_without(asked, sentence) for sentence in read] for read, _, _ in points]
    totals = [float(sum(w.sum() for w in weights)) for weights in bare]
    given = [total if weight is None else weight for (_, _, weight), total in zip(points, totals, strict=True)]
    whole = sum(weight for weight, total in zip(given, totals, strict=True) if total)
    scale = sum(totals) / whole if whole else 0.0
    sentences_ = tuple(sentence for read, _, _ in points for sentence in read)
    weights = tuple(
        (w * (weight / total * scale) if total else w).astype(np.float32)
        for weight, own, total in zip(given, bare, totals, strict=True)
        for w in own
    )
    if not any(totals):
        weights = tuple(np.ones_like(sentence.rarity) for sentence in sentences_)
    return Wanted(sentences_, weights, question, question_text, asked, "\n".join(text for _, text, _ in points))


def _without(asked: frozenset[str], sentence: Sentence) -> Floats:
    return np.where([stem in asked for stem in sentence.stems], 0.0, sentence.rarity).astype(np.float32)


def asks_for_names(question: str) -> bool:
    """Whether a list of names answers the question."""
    return _NAMES_ASKED.search(question) is not None


def on_topic(wanted: Wanted, answer: Sequence[Sentence]) -> list[Sentence]:
    """The sentences about the question, each judged alone; where none surely is, the nearest one if it may be."""
    near = [(relevance(wanted, sentence), sentence) for sentence in answer]
    sure = [sentence for value, sentence in near if value >= ON_TOPIC]
    if sure or not near:
        return sure
    best, sentence = max(near, key=lambda pair: pair[0])
    return [sentence] if best >= PERHAPS else []


def relevance(wanted: Wanted, sentence: Sentence) -> float:
    """The rarity-weighted mean, over the words of a sentence, of their cosine to the nearest word that is wanted or
    asked; 0 for a sentence of common words alone."""
    own = np.where([stem in wanted.asked for stem in sentence.stems], 0.3, 1.0) * sentence.rarity
    to_points = _mean(_nearest(sentence.vectors, wanted.vectors), own)
    to_question = _mean(_nearest(sentence.vectors, wanted.asked_vectors), sentence.rarity) if wanted.question else 0.0
    return max(to_points, to_question)


def strayed(wanted: Wanted, answer: Sequence[Sentence]) -> float:
    """Share of an answer's words, in [0, 1], that stand in clauses which have hardly to do with question and points.

    Clauses of common words alone count neither way.
    """
    parts = [part for sentence in answer for part in _clauses(sentence) if part.rarity.any()]
    total = sum(len(part.words) for part in parts)
    return sum(len(part.words) for part in parts if relevance(wanted, part) < PERHAPS) / total if total else 0.0


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The clauses of a sentence, each with the vectors its words have where they stand."""
    for text in clauses(sentence.text):
        start = sentence.text.find(text)
        if rows := list(sentence.part(start, start + len(text))):
            yield replace(
                sentence,
                text=text,
                places=tuple(sentence.places[row] for row in rows),
                words=tuple(sentence.words[row] for row in rows),
                stems=tuple(sentence.stems[row] for row in rows),
                rarity=sentence.rarity[rows],
                vectors=sentence.vectors[rows],
                total=np.asarray(sentence.vectors[rows].sum(axis=0), np.float32),
            )


def met(wanted: Wanted, answer: Sequence[Sentence]) -> Floats:
    """How far each word wanted is met by the nearest word of the whole answer, in [0, 1]: by degrees, so that the same
    said in other words counts for nearly as much. ``answer`` holds at least one sentence."""
    return _soft(_nearest(wanted.vectors, np.concatenate([s.vectors for s in answer])), *NEAR)


def given_by_question(wanted: Wanted, sentence: Sentence) -> NDArray[np.bool_]:
    """For each word of a sentence whether the question says it: the very word, or one that is nearer in meaning than
    any wanted one that the question does not give away."""
    given = np.array([stem in wanted.asked for stem in sentence.stems])
    if not wanted.question or not len(wanted.own_vectors):
        return given
    asked = _nearest(sentence.vectors, wanted.asked_vectors)
    return np.asarray(given | ((asked >= SAME) & (asked > _nearest(sentence.vectors, wanted.own_vectors))))


def tells(wanted: Wanted, sentence: Sentence, empty: NDArray[np.bool_], least: float) -> bool:
    """Whether a sentence says anything that is wanted and that the question does not give away: an amount, or words
    near enough to some that are wanted, by how rare they are."""
    if not len(wanted.own_vectors) or wanted.amounts & quantities(sentence.text):
        return True
    near = _soft(_nearest(sentence.vectors, wanted.own_vectors), *TELLS)
    return _mass(sentence.stems, np.where(empty, 0.0, sentence.rarity) * near) >= least


def _starts(sentences_: Sequence[Sentence]) -> list[int]:
    return [0, *np.cumsum([len(s.stems) for s in sentences_[:-1]]).tolist()]


def _nearest(vectors: Floats, others: Floats) -> Floats:
    near: Floats = (vectors @ others.T).max(axis=1)
    return near


def _mean(values: Floats, weights: Floats) -> float:
    total = float(weights.sum())
    return float((weights * values).sum()) / total if total else 0.0


def _soft(values: Floats, low: float, high: float) -> Floats:
    soft: Floats = np.clip((values - low) / (high - low), 0.0, 1.0)
    return soft


def to_signals(wanted: Wanted, answer: Sequence[Sentence]) -> Floats:
    """The signals of an answer, in the order of ``NAMES``; ``answer`` holds at least one sentence.

    gain: words wanted that are met (cosine of the nearest word, weighted), less what the bare question meets;
    mass: log of the weight said that is wanted, less half the log of all that is wanted; near_mass: the same where
    words that only come near count for more; shared_share: share of the weight of stems wanted that are said; residual:
    cosine of answer and key points with the question's direction taken out; pairs: log of neighbouring stems in common;
    points: mean strength over sentences wanted; sentences: mean cosine of the nearest sentence over those wanted;
    apart: the same without what all sentences have in common and without the question's direction; wanted_length: log
    of words; question_cosine: of key points to question.
    """
    weights = wanted.word_weights
    said_weights = np.concatenate([_without(wanted.asked, s) for s in answer])
    said_stems = [stem for s in answer for stem in s.stems]
    cosines = wanted.vectors @ np.concatenate([s.vectors for s in answer]).T
    sentence_cosines = wanted.means @ np.stack([s.mean for s in answer]).T
    nearest = cosines.max(axis=0)
    mass, near_mass = (_mass(said_stems, said_weights * _soft(nearest, *ends)) for ends in (TELLS, NEAR))
    total = float(weights.sum())
    said_once = set(said_stems)
    shared = sum(weight for stem, weight in wanted.stem_weights.items() if stem in said_once)
    points = _points(wanted, np.maximum.reduceat(cosines, _starts(answer), axis=1), sentence_cosines)
    values = {
        "gain": _mean(cosines.max(axis=1), weights) - wanted.met_by_question,
        "mass": math.log1p(mass) - 0.5 * math.log1p(total),
        "near_mass": math.log1p(near_mass) - 0.5 * math.log1p(total),
        "shared_share": shared / max(sum(wanted.stem_weights.values()), 1e-9),
        "residual": _residual(wanted, answer),
        "pairs": math.log1p(len(wanted.pairs & _pairs(answer))),
        "points": _mean(points[:, 1], points[:, 0]),
        "sentences": _sentences(wanted, sentence_cosines),
        "apart": _sentences(wanted, wanted.apart @ wanted.set_apart(answer).T),
        "wanted_length": math.log(len(weights) + 1),
        "question_cosine": float(wanted.direction @ wanted.asked_direction) if wanted.question else 0.0,
    }
    return np.array([values[name] for name in NAMES], np.float32)


def _mass(stems: Sequence[str], weights: Floats) -> float:
    return sum(_heaviest(stems, weights).values())


def _heaviest(stems: Iterable[str], weights: Floats) -> dict[str, float]:
    """Each stem once, with the heaviest of its weights: saying a word twice says no more."""
    best: dict[str, float] = {}
    for stem, weight in zip(stems, weights, strict=True):
        best[stem] = max(best.get(stem, 0.0), float(weight))
    return best


def _residual(wanted: Wanted, answer: Sequence[Sentence]) -> float:
    given, target = pooled(answer), wanted.direction
    if not wanted.question:
        return float(given @ target)
    asked = wanted.asked_direction
    return float(unit(given - (given @ asked) * asked) @ unit(target - (target @ asked) * asked))


def _points(wanted: Wanted, nearest: Floats, cosines: Floats) -> Floats:
    """Weight and strength of each sentence wanted that says something of its own, shape (sentences, 2).

    ``nearest`` holds for each word wanted its nearest one in each sentence said, ``cosines`` those of the sentences.
    """
    weights = np.add.reduceat(wanted.word_weights, wanted.starts)
    met = np.add.reduceat(_soft(nearest, 0.4, 0.85) * wanted.word_weights[:, None], wanted.starts, axis=0)
    strengths = (0.6 * met / np.maximum(weights, 1e-9)[:, None] + 0.4 * cosines).max(axis=1)
    telling = weights >= _LEAST_RARITY
    if not telling.any():
        return np.array([(1.0, float(cosines.max()))], np.float32)
    return np.stack([weights, strengths], axis=1)[telling].astype(np.float32)


def _sentences(wanted: Wanted, cosines: Floats) -> float:
    weights = np.array([max(0.3, float(weight.sum())) for weight in wanted.weights], np.float32)
    return _mean(cosines.max(axis=1), weights)


def _pairs(sentences_: Sequence[Sentence]) -> set[tuple[str, str]]:
    return {pair for s in sentences_ for pair in zip(s.stems, s.stems[1:], strict=False)}
