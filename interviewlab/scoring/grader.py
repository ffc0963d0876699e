"""One answer against its question: a score, which key points it makes, with the words that make them."""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from interviewlab.ports import Embedder
from interviewlab.scoring.addressed import Sifted, sift
from interviewlab.scoring.binding import Bound, Reversals, bind, find_reversals
from interviewlab.scoring.contradiction import Pole, contradictions, find_poles, is_said_alike, said_both_ways, turned
from interviewlab.scoring.false_claims import FalseClaims, Falsity, false_texts, judge_claims, to_false_claims
from interviewlab.scoring.folding import is_mostly_foreign
from interviewlab.scoring.model import GraderModel, load_model
from interviewlab.scoring.one_core import on_one_core
from interviewlab.scoring.other_languages import is_other_language
from interviewlab.scoring.points import Piece, Points, pieces_of, shows_any, strengths, to_points
from interviewlab.scoring.polarity import (
    count_denials,
    denies,
    goes_another_way,
    has_denial,
    has_opposite,
    is_mostly_denied,
)
from interviewlab.scoring.reading import Floats, Reader, Sentence, pooled
from interviewlab.scoring.reference import SENTENCE
from interviewlab.scoring.reported import is_reported
from interviewlab.scoring.retraction import drop_retracted
from interviewlab.scoring.signals import (
    Wanted,
    asks_for_names,
    given_by_question,
    met,
    on_topic,
    strayed,
    tells,
    to_signals,
    to_wanted,
)
from interviewlab.scoring.stories import OF_A_STORY, STORIES, Part, StoryReader, Told
from interviewlab.scoring.substance import (
    GENERAL,
    SPEECH,
    is_bare,
    is_calculation,
    is_heap,
    is_list_of_names,
    is_not_known,
    is_string_of_cues,
    why_nothing,
)
from interviewlab.scoring.text import Rarity, has_phrase, stem, stems, words
from interviewlab.types import Assessment, Found, KeyPoint, Misconception, Question

FOUND = 0.5
"""Strength from which a key point counts as found."""
HARDLY_MADE, WHOLLY_MADE = 0.15, 0.7
"""How far a key point is made where it begins to count and counts in full."""
BY_WORDS = 0.7
"""Weight of a key point's words met anywhere in the answer, beside the strength of the one piece that shows it best:
the piece tells what to quote, but hangs on how the answer is cut and on its very words."""
LEAST_LEVEL = 0.4
"""What the model's score is at least where all points are found; by the share of them where some are."""
BY_WORDS_ALONE, FOR_FOUND = 0.5, 3.0
"""The highest score of an answer in which no point is found, and how much more is possible for the share of points
found. A lower one (0.4) would contradict people's marks more often than it catches empty talk."""
LONGEST_ANSWER = 20_000
"""Characters of an answer that are looked at."""
SENTENCES = 12
"""Kept of a question and the answers to it."""
NO_PROBES: Mapping[str, str] = MappingProxyType({})
TAKEN_BACK = "the answer was taken back"
MISCONCEPTION = 0.72
"""Cosine from which a sentence counts as stating a misconception."""
NEARER = 0.05
"""By how much it must be nearer to it than to every key point and to what is right instead."""
MISCONCEPTION_COST = 0.15
NOT_READ = "the answer is in a language or script that the embedded judge does not read: it reads English only"
CONTRADICTION_COST = 0.3
REVERSED_AT_MOST = 0.15
"""Score of an answer that mostly says the contrary of what is true, in whatever words."""
WEIGHTS = {"bias": -3.5, "cosine": 4.5, "overlap": 4.0, "cue": 3.2}
"""Logistic weights of the evidence for a key point, set by hand on model answers against those of other questions."""


class Gradable(Protocol):
    """What can be graded against: a Question of the bank, or one made from a foreign row (``reference.py``)."""

    def __hash__(self) -> int:
        """Two that are equal are read once."""

    @property
    def id(self) -> str:
        """Names it in the assessment."""

    @property
    def area(self) -> str:
        """The area of the bank, or empty for a question from elsewhere."""

    @property
    def text(self) -> str:
        """The question as it was asked."""

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """What a good answer says; at least one."""

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """What people wrongly say."""


@dataclass(frozen=True)
class _Target:
    """A question as the grader compares with it; made once for each question."""

    wanted: Wanted
    points: Floats
    """Directions of the key points, shape (points, dimension)."""
    point_stems: tuple[dict[str, float], ...]
    """For each key point how rare each of its stems is that the question does not give away, as shares of all."""
    cues: tuple[tuple[tuple[str, ...], ...], ...]
    owners: NDArray[np.int64]
    """For each word wanted the key point it belongs to."""
    told: Points | None
    """How the pieces of an answer are held against a technical question of the bank; None for others."""
    claims: FalseClaims | None
    """What is false and what is true of it, where that is known."""
    wrong: Floats | None
    wrong_sentences: tuple[tuple[Sentence, ...], ...]
    right: Floats
    """For each misconception the direction of its correction."""
    about: str
    bound: Bound | None
    """What is said of which of the subjects that the question contrasts; of stories nothing is, nor any pole."""
    poles: tuple[Pole, ...]


class AnswerGrader:
    """Grades answers by what their words mean and how rare they are. ``corpus`` tells which words are common here.

    ``questions``: of so many what is wanted is kept at hand, about 0.2 MB each.
    """

    def __init__(
        self, embedder: Embedder, corpus: Iterable[str], model: GraderModel | None = None, questions: int = 512
    ) -> None:
        self.reader = Reader(embedder, questions * SENTENCES)
        self._stories = StoryReader(self.reader)
        self._rarity = Rarity(corpus)
        self._model = model or load_model()
        self._most = questions
        self._targets: OrderedDict[Gradable, _Target] = OrderedDict()
        self._lock = Lock()

    def prepare(self, questions: Collection[Gradable]) -> None:
        """Make what answers to these questions are compared with, reading all of them together, which is quicker than
        one by one; those at hand are passed over."""
        self.reader.read_ahead(text for question in questions for text in self.unread_texts(question))
        for question in questions:
            self.aim_at(question)

    def unread_texts(self, question: Gradable) -> list[str]:
        """All that is to be read of a question before answers can be compared with it; nothing once that was made."""
        return [] if question in self._targets else wanted_texts(question)

    def aim_at(self, question: Gradable) -> None:
        """Make what answers to this question are compared with, unless it is at hand."""
        self._target(question)

    @on_one_core()
    def assess(self, question: Gradable, answer: str, turn: int, probed: Mapping[str, str] = NO_PROBES) -> Assessment:
        """The assessment of one answer: the score people would give, less what is wrongly stated.

        ``probed``: by key point what of it answers the follow-up that asks for that point.

        What is addressed to the grader is left out first and told in ``ignored``; what is taken back does
        not count. An answer that is hardly in English and makes no point has no score.
        """
        sifted = sift(answer[:LONGEST_ANSWER], self._target(question).about)
        found = self._assess(question, sifted, turn, probed)
        is_told = bool(sifted.unread or words(sifted.kept))
        if is_told and not found.found and (is_mostly_foreign(answer) or is_other_language(answer)):
            return _nothing(question, turn, NOT_READ, sifted.ignored, score=None)
        return found

    def _assess(self, question: Gradable, sifted: Sifted, turn: int, probed: Mapping[str, str]) -> Assessment:
        target = self._target(question)
        standing = drop_retracted(sifted.kept)
        sifted = replace(sifted, kept=standing.kept)
        if standing.is_any and not words(standing.kept):
            return _nothing(question, turn, TAKEN_BACK, sifted.ignored, score=0.0)
        if reason := why_nothing(sifted.kept):
            has_words = bool(words(sifted.kept))
            if sifted.ignored and not has_words:
                reason = "there is only text addressed to the grader"
            return _nothing(question, turn, reason, sifted.ignored, score=0.0 if has_words else None)
        read = self.reader.read(sifted.kept)
        pairs = [(sentence, _is_empty(target.wanted, sentence)) for sentence in read]
        pairs = [
            (sentence, empty)
            for sentence, empty in pairs
            if self._said_by_question(sentence, empty) < PARROT
            or goes_another_way(sentence.stems, target.wanted.asked)
            or (target.told is not None and shows_any(target.told, pieces_of(sentence, empty)))
        ]
        if not pairs:
            return self._nothing_right(question, turn, "the answer only repeats the question", sifted.ignored)
        is_story = question.area in STORIES
        own = [sentence for sentence, empty in pairs if not _is_echo(target.wanted, sentence, empty, is_story=is_story)]
        own = own or [sentence for sentence, _ in pairs]
        is_bare_list = (is_string_of_cues if is_story else is_heap)(own)
        is_bare_list = is_bare_list and not (asks_for_names(question.text) or is_calculation(sifted.kept))
        if is_bare_list or is_list_of_names(" ".join(sentence.text for sentence in own), question.text):
            return self._nothing_right(question, turn, "the answer is a heap of words, not a sentence", sifted.ignored)
        about = on_topic(target.wanted, own)
        return self._judge(question, target, own, about, sifted.ignored, turn, probed)

    @on_one_core()
    def signals(self, question: Gradable, answer: str) -> Floats | None:
        """What the model looks at; None where there is nothing to look at."""
        target = self._target(question)
        read = self.reader.read(sift(answer[:LONGEST_ANSWER], target.about).kept)
        about = on_topic(target.wanted, read)
        return to_signals(target.wanted, about) if about else None

    @on_one_core()
    def strayed(self, question: Gradable, answer: str) -> float:
        """Share of an answer, in [0, 1], that has hardly to do with a technical question; 0 for others."""
        target = self._target(question)
        if target.told is None:
            return 0.0
        return strayed(target.wanted, self.reader.read(sift(answer[:LONGEST_ANSWER], target.about).kept))

    def _judge(
        self,
        question: Gradable,
        target: _Target,
        own: Sequence[Sentence],
        about: Sequence[Sentence],
        ignored: tuple[str, ...],
        turn: int,
        probed: Mapping[str, str],
    ) -> Assessment:
        given = [
            piece
            for sentence in own
            for piece in pieces_of(sentence, _is_empty(target.wanted, sentence), is_short=target.told is not None)
        ]
        cosine = np.stack([piece.vector for piece in given]) @ target.points.T
        wrong, is_wrong = _stated(question, target, given, cosine)
        tells_of_own = question.area in STORIES
        level = self._model.score(to_signals(target.wanted, about)) if about and not tells_of_own else 0.0
        asked_for = {n: probed[point.id] for n, point in enumerate(question.key_points) if point.id in probed}
        told = None if target.told is None else strengths(target.told, given, level, asked_for)
        reversed_, denied = _held_against(question, target, own, about, given, told)
        contrary = denied.keys() | {each.sentence for each in reversed_.clauses}
        of_it = {sentence.text for sentence in about if not is_reported(sentence.text)}
        claimed = [piece for piece in given if piece.sentence.text in of_it]
        falsity = judge_claims(target.claims, claimed) if target.claims and claimed else Falsity()
        stated = {piece.sentence.text for piece, is_so in zip(given, is_wrong, strict=True) if is_so}
        unsaid = contrary | falsity.said.keys()
        is_wrong = is_wrong + np.array([piece.sentence.text in unsaid for piece in given], np.float32)
        shown = self._strengths(target, given, cosine - 2.0 * is_wrong[:, None])
        strong = shown
        if told is not None:
            is_known = np.array([not is_not_known(piece.text, piece.sentence.text) for piece in given])
            strong = told * (is_known & (is_wrong == 0))[:, None]
        found = _found(question, given, strong, turn)
        is_story = tells_of_own and sum(len(s.words) for s in own) >= LONG_WORDS
        if tells_of_own:
            story = self._stories.read(question, own, _so_far(question, found))
            found, score = _told(question, story, turn), story.score
        else:
            made = _made(question, target, about or own, shown) if target.told else None
            score = level if made is None else _score(level, made, coverage(question, found))
        score = max(0.0, score - MISCONCEPTION_COST * len(wrong) - CONTRADICTION_COST * bool(contrary))
        if reversed_.outweigh or _is_most(contrary, about) or falsity.is_wrong:
            score = min(score, REVERSED_AT_MOST)
        told_of = contrary | stated | {m.correction for m in wrong}
        against_it = (
            *(m.correction for m in wrong),
            *(f"“{said}” is contrary to: {point}" for said, point in denied.items()),
            *(f"“{said}” seems wrong; rather: {so}" for said, so in falsity.said.items() if not {said, so} & told_of),
            *(f"“{each.quote}” is said of {each.of} and holds of {each.holds_of}" for each in reversed_.clauses),
        )
        have = {hit.key_point for hit in found}
        return Assessment(
            question_id=question.id,
            turn=turn,
            score=round(score, 4),
            interval=self._model.interval(score),
            found=tuple(found),
            missing=tuple(p.id for p in question.key_points if p.id not in have),
            misconceptions=against_it,
            reason=_reason(found, is_on_topic=bool(about) or is_story),
            is_on_topic=bool(about or found) or is_story,
            ignored=ignored,
        )

    def _nothing_right(self, question: Gradable, turn: int, reason: str, ignored: tuple[str, ...]) -> Assessment:
        """Something is said, and people may see more in it: they gave half of the marks to heaps of words."""
        return _nothing(question, turn, reason, ignored, 0.0, self._model.interval(0.0))

    def _said_by_question(self, sentence: Sentence, empty: NDArray[np.bool_]) -> float:
        """Share of a sentence that is ``empty``: the question says it, in its words or others, or it says nothing.

        Both by how rare its words are here and by how rare in English, whichever is less: where the terms of a matter
        are in the question, "only the second can't" may be all that an answer adds.
        """
        here = np.array([self._rarity(stem) for stem in sentence.stems], np.float32)
        return min(_share(empty, here), _share(empty, sentence.rarity))

    def _target(self, question: Gradable) -> _Target:
        with self._lock:
            if question in self._targets:
                self._targets.move_to_end(question)
                return self._targets[question]
        target = self._build_target(question)
        with self._lock:
            self._targets[question] = target
            while len(self._targets) > self._most:
                self._targets.popitem(last=False)
        return target

    def _build_target(self, question: Gradable) -> _Target:
        read = [self.reader.read(point.text) for point in question.key_points]
        wrong = [self.reader.read(m.text) for m in question.misconceptions]
        right = [self.reader.read(m.correction) for m in question.misconceptions]
        pairs = [(s, p.text, _weight(p)) for s, p in zip(read, question.key_points, strict=True) if s]
        owners = [n for n, some in enumerate(read) for sentence in some for _ in sentence.stems]
        zero = np.zeros(self.reader.embedder.dimension, np.float32)
        asked = set(stems(question.text))
        is_story = question.area in STORIES
        read_question = self.reader.read(question.text)
        wanted = to_wanted(read_question, question.text, pairs or [(_blank(self.reader), "", 1.0)])
        shares = tuple(self._shares(set(stems(p.text)) - asked) for p in question.key_points)
        is_technical = bool(question.area) and not is_story
        told = to_points(self.reader, question.text, question.key_points, shares) if is_technical else None
        claims = to_false_claims(self.reader, question) if is_technical and isinstance(question, Question) else None
        self.reader.forget(_other_wordings(question))
        return _Target(
            wanted=wanted,
            points=np.stack([pooled(s) if s else zero for s in read]),
            point_stems=shares,
            cues=tuple(tuple(stems(cue) for cue in point.cues) for point in question.key_points),
            owners=np.array(owners or [0], np.int64),
            told=told,
            claims=claims,
            wrong=np.stack([pooled(s) if s else zero for s in wrong]) if wrong else None,
            wrong_sentences=tuple(wrong),
            right=np.stack([pooled(s) if s else zero for s in right])
            if right
            else np.zeros((0, len(zero)), np.float32),
            about="\n".join([question.text, *(point.text for point in question.key_points)]),
            bound=None if is_story else bind(wanted.question, wanted.sentences),
            poles=() if is_story else find_poles(wanted.sentences),
        )

    def _shares(self, own: set[str]) -> dict[str, float]:
        rarity = {stem: self._rarity(stem) for stem in sorted(own)}
        total = sum(rarity.values())
        return {stem: share / total for stem, share in rarity.items()} if total else {}

    def _strengths(self, target: _Target, given: Sequence[Piece], cosine: Floats) -> Floats:
        """How strongly each piece of the answer shows each key point, shape (pieces, points)."""
        said = [set(span.stems) for span in given]
        overlap = [[_overlap(shares, own) for shares in target.point_stems] for own in said]
        cue = [[any(has_phrase(cue, span.stems) for cue in cues) for cues in target.cues] for span in given]
        z = (
            WEIGHTS["bias"]
            + WEIGHTS["cosine"] * cosine
            + WEIGHTS["overlap"] * np.array(overlap)
            + WEIGHTS["cue"] * np.array(cue)
        )
        return (1.0 / (1.0 + np.exp(-z))).astype(np.float32)


PARROT = 0.75
"""Share of a sentence that the question already says, by rarity, from which it only repeats the question."""
NOTHING = frozenset(map(stem, GENERAL))
OF_SPEECH = frozenset(map(stem, SPEECH))
SAYS_LITTLE, SAYS_MUCH = 0.5, 1.5
"""How much of what is wanted a sentence must say that also speaks of the answer, in rarity: less than one rare word, or
about one where the rest of it is the question."""
SHORT_LIST = 5
"""Words of a bare list from which it is one."""
FORMULA = re.compile(r"[=^\\]|\w[(\[]")
"""Signs that tie what no little word ties."""
QUOTED_WORDS = 5, 30
"""A quote of fewer words is shown with the rest of its sentence, unless that has more."""
LONG_WORDS = 12
"""Words of a story that people come to the point with by their own way."""


def wanted_texts(question: Gradable) -> list[str]:
    """All that the grader reads of a question."""
    points = question.key_points
    return [
        *(text for p in points for text in (p.text, *p.also, *p.cues)),
        *(m.correction for m in question.misconceptions),
        *false_texts(question),
        *_model_answer(question),
        question.text,
    ]


def _other_wordings(question: Gradable) -> list[str]:
    """What nobody reads any more once answers can be compared with the question."""
    of_points = [text for p in question.key_points for text in (*p.also, *p.cues, *p.contrary)]
    return [*of_points, *(text for m in question.misconceptions for text in m.also), *_model_answer(question)]


def _model_answer(question: Gradable) -> list[str]:
    return [question.answer] if isinstance(question, Question) and question.area not in STORIES else []


def _overlap(shares: dict[str, float], said: set[str]) -> float:
    return sum(share for stem, share in shares.items() if stem in said)


def _share(given: NDArray[np.bool_], rarity: Floats) -> float:
    """A sentence of common words alone says nothing."""
    total = float(rarity.sum())
    return float(rarity @ given) / total if total else 1.0


def _is_echo(wanted: Wanted, sentence: Sentence, empty: NDArray[np.bool_], *, is_story: bool) -> bool:
    """Whether a sentence only speaks of the answer or of the question, so that it may not raise a score.

    Such a one says the question with words of marking and of answering ("the key points of … are all explained"), or
    has such words and next to nothing that is wanted, or is a bare list of the question's words. Stories are told in
    words of their own: only the first counts there. ``empty``: which of its words say nothing.
    """
    known = wanted.asked | wanted.stem_weights.keys()
    of_speech = np.array([stem in OF_SPEECH and stem not in known for stem in sentence.stems])
    empty = empty | of_speech
    is_said = _share(empty, sentence.rarity) >= PARROT
    if is_story or (is_said and _is_list(sentence)):
        return is_said
    return bool(of_speech.any()) and not tells(wanted, sentence, empty, SAYS_MUCH if is_said else SAYS_LITTLE)


def _is_list(sentence: Sentence) -> bool:
    return len(sentence.words) >= SHORT_LIST and is_bare([sentence]) and not FORMULA.search(sentence.text)


def _is_empty(wanted: Wanted, sentence: Sentence) -> NDArray[np.bool_]:
    """For each word of a sentence whether it says nothing: the question says it, or it is a word of no matter."""
    return np.asarray(given_by_question(wanted, sentence) | np.array([stem in NOTHING for stem in sentence.stems]))


def _weight(point: KeyPoint) -> float | None:
    return None if point.id.startswith(SENTENCE) else point.weight


def _blank(reader: Reader) -> tuple[Sentence, ...]:
    return reader.read("anything")


def _stated(
    question: Gradable, target: _Target, given: Sequence[Piece], cosine: Floats
) -> tuple[list[Misconception], Floats]:
    """The misconceptions that are stated, and for each piece whether it states one: it is like it, said the same way
    round, nearer to it than to every key point and every correction, says more than the question did, and is not told
    as what others believe."""
    if target.wrong is None:
        return [], np.zeros(len(given), np.float32)
    vectors = np.stack([piece.vector for piece in given])
    right = np.maximum(cosine.max(axis=1, keepdims=True), vectors @ target.right.T)
    wrong = vectors @ target.wrong.T
    says_much = np.array([piece.own >= SAYS_MUCH for piece in given])[:, None]
    is_wrong = (wrong >= MISCONCEPTION) & (wrong > right + NEARER) & says_much
    for row, n in np.argwhere(is_wrong):
        said = given[row].sentence
        is_same = all(is_alike(each, said) for each in target.wrong_sentences[n])
        is_wrong[row, n] = is_same and not is_reported(said.text)
    stated = [m for m, hit in zip(question.misconceptions, is_wrong.any(axis=0), strict=True) if hit]
    return stated, is_wrong.any(axis=1).astype(np.float32)


def _denied(question: Gradable, given: Sequence[Piece], told: Floats) -> dict[str, str]:
    """Sentences that deny a key point that itself denies nothing, with its text."""
    plain = [not has_denial(point.text) for point in question.key_points]
    return {
        given[row].sentence.text: question.key_points[n].text
        for row, n in np.argwhere(told >= FOUND)
        if plain[n] and has_denial(given[row].text)
    }


def _held_against(
    question: Gradable,
    target: _Target,
    own: Sequence[Sentence],
    about: Sequence[Sentence],
    given: Sequence[Piece],
    told: Floats | None,
) -> tuple[Reversals, dict[str, str]]:
    """What is said of the wrong one of two things, and the sentences that say the contrary of something, with that."""
    stated = [sentence for sentence in own if not is_reported(sentence.text)]
    reversed_ = find_reversals(target.bound, stated) if target.bound else Reversals()
    against = turned(target.poles, about, compares_only=target.bound is not None)
    denied = said_both_ways(stated) | dict([*against, *contradictions(target.wanted, about)])
    if told is not None and is_mostly_denied("\n".join(sentence.text for sentence in own)):
        denied |= _denied(question, given, told)
    return reversed_, {said: point for said, point in denied.items() if not is_reported(said)}


def _is_most(contrary: Collection[str], about: Sequence[Sentence]) -> bool:
    """Whether most of what is said of the question is in sentences that say the contrary of it."""
    said = float(sum(sentence.rarity.sum() for sentence in about))
    return 2 * float(sum(s.rarity.sum() for s in about if s.text in contrary)) > said > 0


def is_alike(one: Sentence, other: Sentence) -> bool:
    """Said the same way round; where neither lets that be told, with as many denials and no opposite."""
    if denies(one) is None and denies(other) is None:
        return count_denials(one) == count_denials(other) and not has_opposite(one.stems, other.stems)
    return is_said_alike(one, other)


def _found(question: Gradable, given: Sequence[Piece], strengths: Floats, turn: int) -> list[Found]:
    best = strengths.argmax(axis=0)
    return [
        Found(key_point=point.id, turn=turn, quote=_quote(given[row]), strength=round(float(strengths[row, n]), 3))
        for n, (point, row) in enumerate(zip(question.key_points, best, strict=True))
        if strengths[row, n] >= FOUND
    ]


def _quote(piece: Piece) -> str:
    """What is shown: a few words alone do not tell what was meant."""
    whole = piece.sentence.text
    is_clear = len(words(piece.text)) >= QUOTED_WORDS[0] or len(words(whole)) > QUOTED_WORDS[1]
    return piece.text if is_clear else whole


def _so_far(question: Gradable, found: Iterable[Found]) -> list[Part]:
    """What of a story resembles its key points, or has their cues."""
    have = {hit.key_point: Part(hit.strength, hit.quote) for hit in found}
    return [have.get(point.id, Part(0.0, "")) for point in question.key_points]


def _told(question: Gradable, told: Told, turn: int) -> list[Found]:
    """The parts of a story that are told well enough to be shown; none where it is hardly a story."""
    return [
        Found(key_point=point.id, turn=turn, quote=part.quote, strength=round(part.strength, 3))
        for point, part in zip(question.key_points, told.parts, strict=True)
        if part.strength >= FOUND and told.worth >= OF_A_STORY
    ]


def _score(level: float, made: float, covered: float) -> float:
    """Exams taught the model, which gives the ``level``, what an answer should say.

    Of a question of the bank all key points are wanted: there the score is the geometric mean of both, since an answer
    in fitting words that makes no point is worth no more than one about something else. It agrees with the points shown
    (``covered``, the share of their weight that was found): words alone lead only so far, and points said in words that
    the model does not know count for something.
    """
    return min(math.sqrt(max(level, LEAST_LEVEL * covered) * made), BY_WORDS_ALONE + FOR_FOUND * covered)


def _made(question: Gradable, target: _Target, own: Sequence[Sentence], strengths: Floats) -> float:
    """Share of the key points' weight that is made, by degrees; ``strengths`` has a column for each point."""
    weights, points = target.wanted.word_weights, len(question.key_points)
    said = np.bincount(target.owners, weights * met(target.wanted, own), points)
    words_met = said / np.maximum(np.bincount(target.owners, weights, points), 1e-9)
    made = BY_WORDS * words_met + (1.0 - BY_WORDS) * strengths.max(axis=0)
    counted = np.clip((made - HARDLY_MADE) / (WHOLLY_MADE - HARDLY_MADE), 0.0, 1.0)
    shares = np.array([point.weight for point in question.key_points])
    return float(counted @ shares / shares.sum())


def merge_found(assessments: Iterable[Assessment]) -> tuple[Found, ...]:
    """The strongest evidence for each key point over several answers to one question."""
    best: dict[str, Found] = {}
    for found in (hit for assessment in assessments for hit in assessment.found):
        if found.key_point not in best or found.strength > best[found.key_point].strength:
            best[found.key_point] = found
    return tuple(best.values())


def take_back(question: Gradable, given: Assessment) -> Assessment:
    """The assessment of an answer that was taken back later."""
    return _nothing(question, given.turn, TAKEN_BACK, given.ignored, score=0.0)


def coverage(question: Gradable, found: Iterable[Found]) -> float:
    """Share of the key points' weight that was found, in [0, 1]."""
    ids = {hit.key_point for hit in found}
    return sum(p.weight for p in question.key_points if p.id in ids) / sum(p.weight for p in question.key_points)


_NOTHING_SAID = (0.0, 0.1)
"""Where people's marks lie of an answer that says nothing, and says so."""


def _nothing(
    question: Gradable,
    turn: int,
    reason: str,
    ignored: tuple[str, ...],
    score: float | None,
    interval: tuple[float, float] = _NOTHING_SAID,
) -> Assessment:
    missing = tuple(p.id for p in question.key_points)
    return Assessment(
        question_id=question.id,
        turn=turn,
        score=score,
        interval=None if score is None else interval,
        missing=missing,
        reason=reason,
        is_on_topic=False,
        ignored=ignored,
    )


def _reason(found: Sequence[Found], *, is_on_topic: bool) -> str:
    if not is_on_topic:
        return "the answer is about something else"
    return "" if found else "none of the key points was found in the answer"
