"""Which follow-ups were probably answered before they are asked, so that nobody is asked for what they have just said.

The grader looks for key points and misses some that are made in words of one's own; here the words of the follow-up
count too. Of a story, where words tell little, it is looked for what such a question asks for
(``scoring.follow_ups``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from interviewlab.brains.wishes import SENTENCE_MODEL
from interviewlab.scoring.follow_ups import tells_of
from interviewlab.scoring.reading import Floats, Reader, Sentence, pooled, unit
from interviewlab.scoring.stories import STORIES
from interviewlab.scoring.text import has_phrase, sentences, spans, stems
from interviewlab.types import KeyPoint, Question

TOLD = 0.58
"""Likeness from which a follow-up on a matter was probably answered. Of 59 that the grader left open after answers in
people's own words, this passes over 15 of the 23 that were answered and 8 of the 36 that were not."""
BY_WORDS = 0.4
"""Weight of the share of the key point's words that are met, beside the likeness of the piece that shows it best."""
NEAR, SAME = 0.3, 0.7
"""Cosine of two words where they begin to count as the same and count in full."""
ABOUT_IT = 0.2
"""Likeness to follow-up and key point together from which an answer is about them."""
SAYS_SOMETHING = 3
"""Words of an answer to a follow-up that are not the follow-up's."""
A_TERM = 5.0
"""Rarity from which a word is a term that says the point by itself ("fsync", "cosine"). Of 12 that the grader left open
in 240 answers, with their term in a whole sentence, ten were answered as far as one can tell by reading them."""
A_SENTENCE = 8
"""Words of a sentence that uses a term and does not only drop its name."""
_DENIED = re.compile(r"\b(?:not|never|no|don't|doesn't|didn't|isn't|without|cannot|can't|nor|unsure|maybe|forgot)\b|\?")
_LITTLE = frozenset(
    stems(
        "a an the this that these those it its he she they we i you me my your our one is are was were be been am do "
        "does did has have had of in on at to for by with from and or but so if as than then there here what which who "
        "how why when where can could may might will would should must question ask asked think know mean means well"
    )
)
_ASKED_AHEAD = re.compile(r"\b(?:some|a few) (?:days|weeks|hours) before\b|\b(?:in advance|beforehand|ahead of time)\b")
"""Asked what to do in advance."""
_TOLD_AHEAD = re.compile(
    r"\b(?:days?|weeks?|hours?|months?) (?:ahead|before|earlier|in advance)\b|\b(?:in advance|beforehand)\b"
)


def already_told(reader: Reader, question: Question, said: str) -> tuple[str, ...]:
    """The key points of the question whose follow-up ``said`` probably answers."""
    if question.area in STORIES:
        return tuple(point.id for point in question.key_points if tells_of(said, point.follow_up))
    alike = _alike(reader, question, said)
    if _TOLD_AHEAD.search(said.lower()):
        alike |= {point.id for point in question.key_points if _ASKED_AHEAD.search(point.follow_up.lower())}
    return tuple(point.id for point in question.key_points if point.id in alike)


def _alike(reader: Reader, question: Question, said: str) -> set[str]:
    """Key points whose follow-up is on a matter that ``said`` speaks of."""
    if reader.embedder.name != SENTENCE_MODEL or not (read := reader.read(said)):
        return set()
    pieces = np.stack([vector for sentence in read for vector in _pieces(sentence)])
    spoken = np.concatenate([sentence.vectors for sentence in read])
    asked = frozenset(stems(question.text))
    alike = {p.id for p in question.key_points if _likeness(reader, p, asked, pieces, spoken) >= TOLD}
    return alike | {point.id for point in question.key_points if _names_it(reader, question, point, said)}


def _names_it(reader: Reader, question: Question, point: KeyPoint, said: str) -> bool:
    """Whether a term that only this point has is said, and not denied."""
    of_others = (cue for other in question.key_points if other != point for cue in other.cues if " " not in cue)
    known = frozenset(stems(" ".join((question.text, *of_others))))
    kept = (each for each in sentences(said) if not _DENIED.search(each.lower().replace("’", "'")))
    spoken = [heard for each in kept if len(heard := stems(each)) >= A_SENTENCE]
    cues = (cue for cue in point.cues if any(has_phrase(stems(cue), each) for each in spoken))
    return any(_is_term(reader, cue, known) for cue in cues)


def _is_term(reader: Reader, cue: str, known: frozenset[str]) -> bool:
    """Whether a rare word of the cue is not known from elsewhere."""
    rare = (
        stem
        for read in reader.read(cue)
        for stem, rarity in zip(read.stems, read.rarity, strict=True)
        if rarity >= A_TERM
    )
    return any(stem not in known for stem in rare)


def answers(reader: Reader, point: KeyPoint, said: str) -> bool:
    """Whether ``said`` answers the follow-up that was asked last: it is about that, and says more than its words."""
    if reader.embedder.name != SENTENCE_MODEL or not (read := reader.read(said)):
        return False
    own = set(stems(said)) - set(stems(point.follow_up)) - _LITTLE
    wanted = pooled([*reader.read(point.follow_up), *reader.read(point.text)])
    return len(own) >= SAYS_SOMETHING and float(pooled(read) @ wanted) >= ABOUT_IT


def _likeness(reader: Reader, point: KeyPoint, asked: frozenset[str], pieces: Floats, spoken: Floats) -> float:
    follow_up, text = reader.read(point.follow_up), reader.read(point.text)
    if not text:
        return 0.0
    likeness = float((pieces @ pooled([*follow_up, *text])).max())
    return likeness + BY_WORDS * _met(text, asked, spoken)


def _met(text: Sequence[Sentence], asked: frozenset[str], spoken: Floats) -> float:
    """Share of the words of a key point, by rarity, that some word of the answer is near to; those of the question do
    not count."""
    own = np.concatenate([[stem not in asked for stem in sentence.stems] for sentence in text])
    rarity = np.concatenate([sentence.rarity for sentence in text]) * own
    nearest = (np.concatenate([sentence.vectors for sentence in text]) @ spoken.T).max(axis=1)
    total = float(rarity.sum())
    return float(np.clip((nearest - NEAR) / (SAME - NEAR), 0.0, 1.0) @ rarity) / total if total else 0.0


def _pieces(sentence: Sentence) -> Iterator[Floats]:
    """Directions of the sentence and of the clauses of a long one."""
    yield sentence.mean
    for text in spans(sentence.text):
        start = sentence.text.find(text)
        if text != sentence.text and (inside := sentence.part(start, start + len(text))):
            yield unit(sentence.vectors[list(inside)].sum(axis=0))
