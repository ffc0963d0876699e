"""What is told of one's own work in one turn and otherwise in another: "I led it", and later "my colleague led it".

Precise rather than eager: only what one did, what there was, how many people, and by what share something changed, in
plain sentences of the past; and only where both speak of the same thing. A wrong accusation is worse than silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewlab.questions.check import UNSPEAKABLE
from interviewlab.scoring.quantities import quantities
from interviewlab.scoring.text import sentences, stems, words
from interviewlab.types import Told

LONGEST = 16
"""Words of a piece that can be said back in one breath."""
APART = 1.5
"""Ratio from which two amounts are not one rounded in two ways."""
_PIECE = re.compile(
    r"[,;:–—]\s+|(?<!\s)\s+(?:but|because|although|though|so that|which|while|since|and then|"
    r"and(?= (?:i|we|my|there)\b))\s+",
    re.I,
)
_UNREAL = re.compile(
    r"\b(?:would|could|should|might|may|if|wish|want(?:ed)? to|plan(?:ned)?|consider\w*|evaluat\w+|instead of|"
    r"thought about|talked about|almost|nearly|supposed|expected|hop(?:e|ed|ing)|target|goal|promised)\b|\?",
    re.IGNORECASE,
)
"""What was not, or not yet so."""
_ELSEWHERE = re.compile(
    r"\b(?:another|other|different|previous|former|earlier|next|new|old|side|first|second|last|university|before that|"
    r"after that|at first|in the beginning|initially|originally|later|until|no longer|any ?more|yet|back then|"
    r"these days|now|tail|median|average|peak|worst|p\d\d|further|additional|remaining|rest)\b",
    re.IGNORECASE,
)
"""Another place, another time, another measure: both may be true."""
_ONCE = re.compile(
    r"\b(?:at first|initially|originally|in the beginning|until|previous|former|earlier|back then)\b", re.I
)
"""What is told as gone by need not hold later."""
_SUBJECT = r"\b(?:i|we)(?: (?:have|had|also|then|just|really|actually|personally|mostly|always|basically))*"
_VERBS = {
    "lead": "led|lead|managed|headed|coordinated|was in charge of|were in charge of|was responsible for",
    "build": "built|wrote|implemented|developed|created|coded|programmed",
    "design": "designed|architected|drew up",
}
_MINE = {
    kind: re.compile(rf"^\W*(?:\w+ )?i(?: \w+ly| had| also)? (?:{verbs})\b(?P<what>.*)", re.I)
    for kind, verbs in _VERBS.items()
}
_PERSON = r"(?:my|a|our|the|another|one of my) (?:\w+ )?"
_PERSON += r"(?:colleagues?|team ?mates?|boss|manager|lead|mentor|co-?workers?|senior|supervisor)"
_THEIRS = {
    kind: re.compile(
        rf"(?:\b(?:{_PERSON}|someone else|somebody else)(?: \w+ly)? (?:{verbs})\b"
        rf"|\bi (?:did not|didn't|never) (?:really |actually )?(?:{bare})\b)(?P<what>.*)",
        re.IGNORECASE,
    )
    for (kind, verbs), bare in zip(
        _VERBS.items(), ("lead|manage|led", "build|write|built|wrote", "design|designed"), strict=True
    )
}
_ONLY = re.compile(r"\bi (?:only|just|merely) (?:watched|helped|assisted|followed|listened|observed)\b", re.IGNORECASE)
_THAT = re.compile(r"^ (?:it|that|this|all of it|the whole thing)\b(?: (?:all|myself|alone|mostly|really))?\W*$", re.I)
_KINDS = {
    "relational database": (
        "postgres|postgresql|mysql|mariadb|sql server|oracle database|sqlite",
        "relational databases?|sql databases?|databases?(?: at all)?",
    ),
    "message queue": ("kafka|rabbitmq|sqs|activemq", "message queues?|message brokers?|brokers?"),
    "containers": ("docker|podman", "containers?"),
    "cloud": ("aws|azure|gcp|google cloud", "cloud|cloud provider"),
    "tests": ("unit tests|integration tests|automated tests|end-to-end tests", "tests?|automated tests?"),
    "continuous integration": ("jenkins|github actions|gitlab ci|circleci", "ci|continuous integration|ci pipeline"),
}
_NAMES = {name: kind for kind, (names, _) in _KINDS.items() for name in names.split("|")}
_ANY = "|".join(terms for _, terms in _KINDS.values())
_HAD = re.compile(
    rf"{_SUBJECT} (?:used|had|ran|chose|picked|deployed|set up|stored|kept|put|built|wrote|relied on|introduced)\b"
    rf"(?P<rest>.*)",
    re.IGNORECASE,
)
_HAD_NO = re.compile(
    r"\b(?:i|we|there|they|the team)(?: \w+)? ?(?:never (?:used|had|ran|wrote)|"
    r"(?:did not|didn't) (?:use|have|run|write)|had no|"
    r"was no|were no|weren't any|wasn't any|had not|hadn't)(?: (?:a|an|any|real|single|proper|even))* "
    rf"(?P<what>{'|'.join(_NAMES)}|{_ANY})(?: at all)?"
    r"(?=\W*$| (?:at all|there|in|on|for|anywhere|whatsoever|of any)\b)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|never|without|none|neither|nor|\w+n't|hardly)\b", re.IGNORECASE)
_NUMBERS = {
    **{
        word: n
        for n, word in enumerate(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
        )
    },
    **{"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
}
_NUMBER = rf"(?P<number>\d+|{'|'.join(_NUMBERS)})"
_TEAM = re.compile(
    rf"\bteam of (?:about |around |roughly )?{_NUMBER}\b(?! (?:teams|months|years|weeks))"
    rf"|\bwe were {_NUMBER.replace('number', 'crew')} (?:people|engineers|developers|of us|in the team|on the team)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:cut|dropped|reduced|improved|lowered|increased|raised|went down|went up|fell|grew|rose|"
    r"saved|sped up|faster)\b",
    re.I,
)
_PLAIN = frozenset(
    stems(
        "i we it the a an of by to in on at for with and or that this was were is had have percent about around "
        "roughly only just really actually some so much cut dropped reduced improved lowered increased raised went "
        "down up fell grew rose saved sped faster than my our"
    )
)


@dataclass(frozen=True)
class _Fact:
    """``about`` and ``is_so`` tell facts of one kind apart; ``stems`` say of what it is told."""

    kind: Literal["mine", "theirs", "had", "had no", "team", "share"]
    about: str
    text: str
    stems: frozenset[str] = frozenset()
    amount: float = 0.0
    is_that: bool = False
    """Whether it is said of "it", so of what is talked about."""


def worth_keeping(said: str) -> tuple[str, ...]:
    """The pieces of ``said`` that a later turn could tell otherwise, exact substrings."""
    return tuple(dict.fromkeys(fact.text for fact in _facts(said) if not _ONCE.search(fact.text)))


def find_contrary(said: str, told: Sequence[Told], question_id: str) -> tuple[str, str] | None:
    """What was told before and what is told now to the contrary; None if nothing is.

    Of what is said to have been elsewhere or at another time nothing is thought.
    """
    if _ELSEWHERE.search(said):
        return None
    known = [(before, tuple(_facts(before.text))) for before in told]
    for now in _facts(said):
        for before, facts in known:
            is_same = before.question_id == question_id
            if any(_contrary(then, now, is_same=is_same) for then in facts):
                return before.text, now.text
    return None


def _facts(said: str) -> Iterator[_Fact]:
    plain = said.replace("’", "'")
    for sentence in sentences(plain):
        for piece in _pieces(sentence):
            if (
                len(words(piece)) <= LONGEST
                and not UNSPEAKABLE.search(piece.replace("%", ""))
                and not _UNREAL.search(piece)
            ):
                start = plain.index(piece)
                yield from _facts_of(piece, said[start : start + len(piece)])


def _pieces(sentence: str) -> Iterator[str]:
    place = 0
    for found in _PIECE.finditer(sentence):
        yield sentence[place : found.start()].strip(" .!")
        place = found.end()
    yield sentence[place:].strip(" .!")


def _facts_of(piece: str, text: str) -> Iterator[_Fact]:
    for kind, pattern in _THEIRS.items():
        if found := pattern.search(piece):
            yield _role("theirs", kind, text, found["what"])
    if _ONLY.search(piece):
        yield _Fact(
            "theirs", "lead", text, is_that=bool(re.fullmatch(r".*(?:ed)(?: (?:it|that|them|him|her))?", piece, re.I))
        )
    if not _NOT.search(piece):
        for kind, pattern in _MINE.items():
            if found := pattern.search(piece):
                yield _role("mine", kind, text, found["what"])
        yield from _had(piece, text)
    if found := _HAD_NO.search(piece):
        yield _Fact("had no", found["what"].lower(), text)
    yield from _amounts(piece, text)


def _role(kind: Literal["mine", "theirs"], verb: str, text: str, what: str) -> _Fact:
    return _Fact(kind, verb, text, _telling(what), is_that=bool(_THAT.match(what)))


def _had(piece: str, text: str) -> Iterator[_Fact]:
    found = None if re.search(r"\bfrom\b", piece, re.IGNORECASE) else _HAD.search(piece)
    for name in _NAMES if found else ():
        if found and re.search(rf"\b{name}\b", found["rest"], re.IGNORECASE):
            yield _Fact("had", name, text)


def _amounts(piece: str, text: str) -> Iterator[_Fact]:
    if _NOT.search(piece):
        return
    if (found := _TEAM.search(piece)) and len(list(_TEAM.finditer(piece))) == 1:
        number = (found["number"] or found["crew"]).lower()
        yield _Fact("team", "team", text, amount=float(_NUMBERS.get(number) or number))
    numbers = re.sub(rf"\b({'|'.join(_NUMBERS)})\b", lambda m: str(_NUMBERS[m[0].lower()]), piece, flags=re.I)
    amounts = quantities(numbers)
    if len(amounts) == 1 and _CHANGED.search(piece) and re.search(r"\d ?(?:%|percent\b)", numbers):
        yield _Fact("share", "share", text, _telling(piece), amount=next(iter(amounts)).value)


def _telling(text: str) -> frozenset[str]:
    return frozenset(each for each in stems(text) if each not in _PLAIN and not each.isdigit() and each not in _NUMBERS)


def _contrary(then: _Fact, now: _Fact, *, is_same: bool) -> bool:
    pair = {then.kind, now.kind}
    if pair == {"mine", "theirs"} and then.about == now.about:
        return (is_same and now.is_that) or len(then.stems & now.stems) >= (1 if is_same else 2)
    if pair == {"had", "had no"}:
        have, lack = (then.about, now.about) if then.kind == "had" else (now.about, then.about)
        return is_same and _is_of(have, lack)
    if pair == {"team"}:
        return is_same and abs(then.amount - now.amount) > 1 and _are_apart(then, now)
    if pair == {"share"}:
        return _are_apart(then, now) and len(then.stems & now.stems) >= (1 if is_same else 2)
    return False


def _is_of(name: str, lack: str) -> bool:
    """Whether ``name`` is what is said to be lacking, or of that kind."""
    terms = _KINDS[_NAMES[name]][1]
    return name == lack or re.fullmatch(terms, lack, re.IGNORECASE) is not None


def _are_apart(one: _Fact, other: _Fact) -> bool:
    low, high = sorted((one.amount, other.amount))
    return low > 0 and high / low >= APART
