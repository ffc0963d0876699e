"""Stories by their substance: which parts are told in people's own words, with the sentences that tell them.

What a good story holds ("the result, with a measure") resembles no sentence that tells it ("nine days to six hours").
So each key point has a kind, and each kind its signs in first-person speech and sentences to compare with, all of them
data (``story_rules``). A story needs something done by oneself and something particular: praise of oneself and talk of
how one always works tell nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from interviewlab.scoring.reading import Floats, Reader, Sentence, pooled, unit
from interviewlab.scoring.story_rules import Kind, story_rules
from interviewlab.scoring.text import spans, words
from interviewlab.types import KeyPoint

STORIES = ("resume", "behavioural", "job")
"""Areas where people tell of their own: what they tell of need not resemble the question."""
LONGEST = 40
"""Words of a sentence that is taken as one; a longer one, as speech without stops is, is cut into its clauses."""
RARE = 3.0
"""Rarity (log of ranks) from which a word is particular."""
ALIKE = 0.62
"""Cosine to one of a kind's sentences from which a sentence tells the same part."""
IN_ONE, IN_TWO = 1.0, 0.8
"""How well a part is told by one sentence, and by two that follow each other."""
VAGUE = 0.45
"""What a part counts that is told without anything particular."""
FULL = 3.0
"""Particulars in what tells a part that make it count in full."""
FEWEST, ENOUGH = 0.0, 4.5
"""Particulars of a whole story where it begins to count, and where it counts in full."""
MOST = 4.0
"""Particulars that one sentence adds at most."""
A_DEED = 2.0
"""Particulars from which a sentence with a deed tells something though it also says how one always is or works."""
WITHOUT_DEED = 0.15
"""What a story counts in which nobody does anything."""
NOT_OF_WORK = 0.15
"""What a story about something else than work counts."""
OF_PRAISE = 0.4
"""Cosine to the nearest word of praise from which a word is one."""
PRAISES, BETWEEN_PRAISES = 2, 20
"""Words of praise from which a story is praise, if there is at least one in so many words."""
NEARER = 0.12
"""By how much nearer, in cosine, a story must be to what is no work."""
FAR, NEAR = 0.1, 0.35
"""Cosine to the nearest of a kind's sentences where signs count least, and where they count in full."""
SIGNS_ALONE = 0.5
"""What signs count in a sentence that means something far from a kind's sentences."""
USED = 0.1
"""How much less a piece ranks for each part that it is already shown for."""
OF_TECHNOLOGY = 0.4
"""Share of its sentences with words of technology from which a story is about work, whatever it is near to."""
OF_A_STORY = 0.35
"""How much a story must count for its parts to be shown."""
WHOLE = 0.9
"""Share of the parts' weight that is a whole story: nobody tells all of them unasked."""

Shows = Literal["solving", "technical"]


class Asked(Protocol):
    """What stories.py needs of a question."""

    @property
    def id(self) -> str:
        """Names it."""

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """What a good story holds."""


@dataclass(frozen=True)
class Part:
    """How well one key point is told, in [0, 1], and by which words; 0 and none where it is not."""

    strength: float
    quote: str


@dataclass(frozen=True)
class Told:
    """A story as it was told: ``parts`` in the order of the key points; ``worth`` in [0, 1] tells how far it is one."""

    parts: tuple[Part, ...]
    worth: float
    score: float
    """Share of the key points' weight that is told, in [0, 1]."""


@dataclass(frozen=True)
class _Piece:
    """A piece of the answer that can be quoted."""

    text: str
    vector: Floats
    signs: frozenset[str]
    particulars: float = 0.0
    figures: int = 0
    """How many of them are figures and times."""
    rare: frozenset[str] = frozenset()
    """Rare words that are not of self-praise."""


def shows(question: Asked, point: KeyPoint, what: Shows) -> bool:
    """Whether a part of a story also bears on ``what``; False for a key point that the rules do not name."""
    kind = _named(question, point)
    return kind is not None and story_rules().kinds[kind].shows == what


def _named(question: Asked, point: KeyPoint) -> str | None:
    points = story_rules().points
    return points.get(f"{question.id}/{point.id}") or points.get(point.id)


class StoryReader:
    """Finds what a story tells."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._like: dict[tuple[str, ...], Floats] = {}

    def read(self, question: Asked, own: Sequence[Sentence], so_far: Sequence[Part] = ()) -> Told:
        """What the sentences of an answer tell of the question's key points.

        ``so_far``: what is known of them otherwise, which counts as far as this is a story at all.
        """
        own = [sentence for sentence in own if not _MARKING.search(sentence.text)]
        pieces = [piece for sentence in own for piece in _pieces(sentence)]
        kinds = [self._kind(question, point) for point in question.key_points]
        worth = _worth(pieces) * (1.0 if not own or self._is_of_work(own, pieces) else NOT_OF_WORK)
        worth *= WITHOUT_DEED if self._is_praise(own) else 1.0
        used: Counter[str] = Counter()
        parts = [self._part(kind, pieces, used) for kind in kinds]
        if so_far:
            so_far = [part if any(part.quote in s.text for s in own) else Part(0.0, "") for part in so_far]
            parts = [max(pair, key=lambda part: part.strength) for pair in zip(parts, so_far, strict=True)]
        shares = np.array([point.weight for point in question.key_points])
        made = float(np.array([part.strength for part in parts]) @ shares / shares.sum())
        return Told(tuple(parts), worth, min(1.0, made / WHOLE) * worth)

    def _kind(self, question: Asked, point: KeyPoint) -> str:
        """The kind that the rules name, or the one whose sentences are nearest to the point's words."""
        if named := _named(question, point):
            return named
        read = self._reader.read(point.text)
        if not read:
            return "deed"
        of, kinds = pooled(read), story_rules().kinds
        return max(kinds, key=lambda name: float((self._vectors(kinds[name].like) @ of).max()))

    def _is_of_work(self, own: Sequence[Sentence], pieces: Sequence[_Piece]) -> bool:
        if sum("tech" in piece.signs for piece in pieces) >= OF_TECHNOLOGY * len(pieces):
            return True
        of, rules = pooled(own), story_rules()
        work, elsewhere = (float((self._vectors(told) @ of).max()) for told in (rules.work, rules.elsewhere))
        return work + NEARER >= elsewhere

    def _is_praise(self, own: Sequence[Sentence]) -> bool:
        """Whether rare words of admiration cover what is told: "my legendary patience", "rescued it heroically"."""
        of = np.concatenate([self._reader.read(word)[0].vectors for word in story_rules().praise])
        praises = sum(
            int(((sentence.vectors @ of.T).max(axis=1)[sentence.rarity >= RARE] >= OF_PRAISE).sum()) for sentence in own
        )
        return praises >= max(PRAISES, sum(len(sentence.words) for sentence in own) / BETWEEN_PRAISES)

    def _vectors(self, told: tuple[str, ...]) -> Floats:
        if told not in self._like:
            self._reader.read_ahead(told)
            self._like[told] = np.stack([pooled(self._reader.read(text)) for text in told])
        return self._like[told]

    def _part(self, name: str, pieces: Sequence[_Piece], used: Counter[str]) -> Part:
        kind = story_rules().kinds[name]
        best, rank = Part(0.0, ""), 0.0
        for n, piece in enumerate(pieces):
            near = float((self._vectors(kind.like) @ piece.vector).max())
            fit = IN_ONE if near >= ALIKE else _fit(kind, piece.signs, pieces[n - 1].signs if n else frozenset())
            clear, meant = piece.particulars / FULL, (near - FAR) / (NEAR - FAR)
            strength = fit * _between(VAGUE, clear) * _between(SIGNS_ALONE, meant)
            if strength and strength - USED * used[piece.text] > rank:
                best, rank = Part(round(strength, 4), piece.text), strength - USED * used[piece.text]
        used[best.quote] += 1
        return best


def _between(low: float, share: float) -> float:
    """From ``low`` to 1 as ``share`` goes from 0 to 1."""
    return low + (1.0 - low) * min(1.0, max(0.0, share))


def _fit(kind: Kind, signs: frozenset[str], before: frozenset[str]) -> float:
    """Whether all signs of a line stand in a piece, or the most of them and the rest in the piece before."""
    if any(line <= signs for line in kind.told):
        return IN_ONE
    if any(len(line) > 1 and line & signs and line <= signs | before for line in kind.told):
        return IN_TWO
    return 0.0


_GENERIC = re.compile(
    r"\b(?:always|usually|generally|normally|typically|in general|tend to|every time|whenever|"
    r"(?:it is|it's|is) (?:very |so )?(?:important|key|crucial|essential)|i (?:truly |really |strongly )?believe|"
    r"(?:one|you|people|we all|teams?) (?:should|must|have to|need to|can)|i(?:'m| am) (?:a|an|very|good|great|someone|"
    r"always|proud to|passionate|known|the kind)|as an? (?:\w+ )?(?:leader|professional|engineer|person|senior))\b",
    re.IGNORECASE,
)
_SPECIFIC = re.compile(
    r"\b(?:since|after that|from then|after this|now|last|then|once|one|told|said|when|until|because|where)\b|\d", re.I
)
_MARKING = re.compile(
    r"\b(?:full (?:marks?|scores?|points?)|rubric|grader|evaluators?|the evaluation|(?:my|your|this) assessments?|"
    r"key points?|rate[ds]? me|(?:my|your|full|(?:top|highest|maximum|best)) ratings?|"
    r"(?:top|highest|maximum|best) (?:levels?|bands?|scores?|marks?|grades?)|(?:model|reference) answer|"
    r"this (?:answer|candidate)|the candidate (?:is|was|has|gave|gives|shows?|showed|shown|tells?|told|explain\w*|"
    r"describ\w+|demonstrat\w+|deserves?|clearly|fully)|(?:the|you|dear) interviewers|"
    r"level (?:five|four|\d)(?= ?[=:]| (?:answer|story|reply|response|performance|candidate)|\W*$)|"
    r"(?:developer|admin) mode|(?:debug|test) mode(?= (?:on|enabled|active)\b|\W*[:=]))\b|"
    r"^(?:profile|title|role|summary|cv) ?:",
    re.IGNORECASE,
)
"""What speaks of the marking of answers, or gives a title like a heading of a CV, is no part of a story."""
_NUMBER = re.compile(
    r"\b(?:\d[\d.,]*\w*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|twice|third|"
    r"quarter|percent)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october|"
    r"november|december|christmas|minutes?|hours?|days?|weeks?|months?|years?|night|morning|afternoon|noon|spring|summer|"
    r"autumn|winter|sprint)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:he|she|him|her|boss|lead|manager|mentor|director|colleague|customers?|junior|intern|tester|designer|professor|"
    r"teacher|auditor|sales|support|finance|supplier)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;:] )(?!I\b|I')[A-Z][\w-]+|\b[A-Z]{2,}\b|\b[A-Z][a-z]+[A-Z]\w*")
_BUZZ = frozenset(
    words(
        "communication communicate communicated communicating stakeholder stakeholders impact impactful leverage "
        "leveraged synergy synergies alignment aligned align proactive proactively passionate passion dedicated "
        "dedication mindset ownership collaborate collaborated collaboration collaborative deliver delivered "
        "value innovative innovation holistic strategic strategy empower empowered transparency transparent agile "
        "excellence robust scalable seamless cutting edge best practice practices solution solutions results "
        "outcome outcomes teamwork leadership motivated motivate hardworking flexible challenge challenges "
        "challenging opportunity opportunities growth success successful successfully successes effective "
        "effectively efficient efficiently efficiency quality professional professionally significantly "
        "significant massive massively tremendous dramatically skills skill expertise experience experienced "
        "positive feedback learned learning improve improved improvement goal goals priority priorities "
        "prioritize prioritise prioritized prioritised respect respectful respectfully trust honest openly "
        "technologies technology modern project projects various multiple several productivity performance "
        "optimised optimized optimisation optimization managed drove driven engaged engagement embraced feel felt "
        "relevant critical complex deadline deadlines conflict conflicts disagreement decision decisions "
        "technical colleague colleagues situation situations calmly calm together everyone everybody happy "
        "pressure grateful satisfied smoothly ultimately"
    )
)
"""Words of self-praise and of the questions themselves, which make nothing particular however rare they are."""


def _pieces(sentence: Sentence) -> Iterable[_Piece]:
    if len(sentence.words) <= LONGEST:
        yield _piece(sentence.text, sentence.mean, sentence, range(len(sentence.words)))
        return
    for text in spans(sentence.text):
        start = sentence.text.find(text)
        inside = sentence.part(start, start + len(text))
        if inside and text != sentence.text:
            yield _piece(text, unit(sentence.vectors[list(inside)].sum(axis=0)), sentence, inside)


def _piece(text: str, vector: Floats, sentence: Sentence, rows: Sequence[int]) -> _Piece:
    plain = text.replace("’", "'")
    signs = frozenset(name for name, pattern in story_rules().signs.items() if pattern.search(plain))
    rare = frozenset(sentence.words[row] for row in rows if sentence.rarity[row] >= RARE) - _BUZZ
    figures = len(_NUMBER.findall(plain)) + bool(_TIME.search(plain))
    particulars = _particulars(plain, figures, rare)
    if _GENERIC.search(plain) and not _SPECIFIC.search(plain) and ("deed" not in signs or particulars < A_DEED):
        return _Piece(text, vector, frozenset())
    return _Piece(text, vector, signs, particulars, figures, rare)


def _particulars(text: str, figures: int, rare: frozenset[str]) -> float:
    """How many things in a piece are particular: figures, times, somebody, names, and at half a rare word each.

    Names are told by their capitals, unless most words have one.
    """
    said = words(text)
    is_told_apart = 2 * sum(word[0].isupper() for word in said) <= len(said)
    names = len(_NAME.findall(text)) if is_told_apart else 0
    return figures + names + bool(_SOMEBODY.search(text)) + len(rare) / 2


_TELLS = frozenset(["deed", "own", "told", "asked", "figures", "change", "ended", "works", "path", "fault", "against"])
"""Signs of telling what happened or how something works: only there particulars make a story."""


def _worth(pieces: Sequence[_Piece]) -> float:
    """How far this is a story: it has particulars, and somebody does something or something technical is explained.

    Figures count no more than there are rare words to say what they are of: anybody can invent them.
    """
    telling = [piece for piece in pieces if piece.signs & _TELLS]
    matter = {word for piece in pieces for word in piece.rare if not _NUMBER.fullmatch(word)}
    bare = max(0, sum(piece.figures for piece in telling) - len(matter))
    particulars = sum(min(MOST, piece.particulars) for piece in telling) - bare
    has_deed = any({"deed", "own"} & piece.signs for piece in pieces)
    explains = sum({"works", "tech"} <= piece.signs for piece in pieces) >= 1
    enough = min(1.0, max(0.0, (particulars - FEWEST) / (ENOUGH - FEWEST)))
    return enough * (1.0 if has_deed or explains else WITHOUT_DEED)
