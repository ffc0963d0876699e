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
FAR = 60
"""Characters of what comes before a piece that are looked at."""
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
_PLACES = "job|company|companies|employer|team|project|role|position|place|internship|startup|firm|client|school"
_ANOTHER_PLACE = re.compile(
    r"\b(?:another|other|different|previous|former|earlier|next|old|first|second|last|university|student) "
    rf"(?:{_PLACES})\b"
    r"|\b(?:when|before|since|until) (?:i|we) (?:joined|came|started|arrived|began|got there)\b|\bat university\b",
    re.IGNORECASE,
)
"""Told of somewhere else from there on."""
_ANOTHER_TIME = re.compile(
    r"\b(?:another|other|different|previous|former|earlier|old|first|second|last|before|after|afterwards|at first|"
    r"in the beginning|at the start|initially|originally|later|until|no longer|any ?more|yet|back then|at that time|"
    r"by then|from then|these days|nowadays|now|today|soon|again|inherited|legacy|used to|started|took over|ended up|"
    r"in the end|eventually|finally|instead)\b",
    re.IGNORECASE,
)
_ANOTHER_MEASURE = re.compile(
    r"\b(?:next|new|side|tail|median|average|peak|worst|p\d\d|further|additional|remaining|rest|more|extra|total|overall|"
    r"each|per|step|month|week|year|day)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"\bno (?:\w+ ){0,2}\w+,? (?:so|and so|when|before|then)\b", re.IGNORECASE)
"""What was lacking is told as the reason for what was done."""
_SUBJECT = r"\b(?:i|we)(?: (?:have|had|also|then|just|really|actually|personally|mostly|always|basically))*"
_VERBS = {
    "lead": "led|lead|headed|was in charge of",
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
        _VERBS.items(), ("lead|led|head", "build|write|built|wrote|implement", "design|designed"), strict=True
    )
}
_SHARED = re.compile(
    r"\b(?:alone|all|whole|entire\w*|complete\w*|fully|everything|scratch|myself|own|only|single|just|together|"
    r"with me|with us|and i|and me|parts?|half|some|pieces?|few|most\w*|also|too|as well|helped|down|up)\b",
    re.IGNORECASE,
)
"""Who did not do all of it, or not alone, did it too."""
_ONLY = re.compile(
    r"^(?:(?:well|and|but|so|actually) )?i (?:only|merely) (?:watched|helped|assisted)(?: with)?(?: it| that)?$", re.I
)
_THAT = re.compile(r"^ (?:it|that|this)\b\W*$", re.I)
_LED_BY = 3
"""Words before a piece from which "it" may be something else that was just named."""
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
_NAME = rf"(?:\w+ )?(?P<name>{'|'.join(_NAMES)})\b"
_HAD = re.compile(
    rf"{_SUBJECT} (?:(?:used|had|ran|wrote|relied on) {_NAME}"
    rf"|(?:stored|kept|put) (?:\w+ ){{1,5}}in {_NAME.replace('name', 'place')}"
    rf"|(?:ran|deployed)(?: \w+){{0,3}} (?:on|in|to|with) {_NAME.replace('name', 'ground')})",
    re.IGNORECASE,
)
"""In use, not just then introduced: what is new was lacking before."""
_IN_SMALL = re.compile(
    r"\b(?:from|laptop|home|locally|local|prototype|demo|experiment\w*|staging|exercise|course|tried|trial|spike)\b",
    re.I,
)
_HAD_NO = re.compile(
    r"\b(?:i|we|there|the team)(?: \w+)? ?(?:(?P<never>never (?:used|had|ran|wrote)|(?:did not|didn't) use)|"
    r"(?:did not|didn't) (?:have|run|write)|had no|was no|were no|weren't any|wasn't any)"
    r"(?: (?:a|an|any|real|single|proper|even))* "
    rf"(?P<what>{'|'.join(_NAMES)}|{_ANY})(?: (?:at all|whatsoever|anywhere|of any kind))?\W*$",
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
    r"^(?:so |and |well )?(?:(?P<led>i led |i had )|it was |we were |(?:i was |i worked )?in |our |my )(?:a |the )?"
    rf"(?:small |little |tiny )?team of {_NUMBER}(?: people| of us)?(?P<of> engineers| developers)?$"
    rf"|\bwe were {_NUMBER.replace('number', 'crew')} (?:people|of us|(?P<who>engineers|developers))"
    r"(?: (?:in|on) (?:the|our) team)?$",
    re.IGNORECASE,
)
_CHANGES = "dropped|improved|increased|went down|went up|fell|grew|rose|decreased|shrank"
_CHANGED = re.compile(
    r"(?:\b(?:i|we|that|this|it) (?:\w+ly |also |then )?(?:cut|dropped|reduced|improved|lowered|increased|raised) "
    rf"(?P<what>(?:the|our) [^\d,]{{1,80}}?)|(?P<that>\b(?:the|our) [^\d,]{{1,80}}?) (?:{_CHANGES}))"
    r"(?: by)?(?: about| around| roughly| some| only| just)* \d+(?:\.\d+)? ?(?:%|percent\b)",
    re.IGNORECASE,
)
_DEFINITE = frozenset(words("the this that our my its"))
_DETERMINERS = _DEFINITE | frozenset(words("a an some any one of all"))
_ENDS = frozenset(
    words(
        "to of for in on at with by from into over under through during across after before that which who where when "
        "and or as there then together myself alone again using via because but so while back away really mostly anyway"
    )
)
"""Words that end a thing's name."""


@dataclass(frozen=True)
class _Thing:
    """What was led, built or cut: its last word says what it is, those before it which one."""

    head: str = ""
    which: frozenset[str] = frozenset()
    is_known: bool = False
    """Whether it is "the" one."""

    def is_same(self, now: _Thing, *, is_same_story: bool) -> bool:
        """Whether ``now``, named later, is this; of another story only where it is named closely."""
        if not self.head or self.head != now.head or not now.is_known:
            return False
        return now.which <= self.which if is_same_story else bool(now.which) and now.which == self.which


def _thing(what: str) -> _Thing:
    said = [word.lower() for word in words(what)]
    is_known = bool(said) and said[0] in _DEFINITE
    while said and said[0] in _DETERMINERS:
        said.pop(0)
    end = next((place for place, word in enumerate(said) if word in _ENDS), len(said))
    named = stems(" ".join(said[:end]))
    return _Thing(named[-1], frozenset(named[:-1]), is_known) if named else _Thing()


@dataclass(frozen=True)
class _Fact:
    """``about`` tells facts of one kind apart; ``thing`` says of what it is told."""

    kind: Literal["mine", "theirs", "had", "had no", "team", "share"]
    about: str
    text: str
    thing: _Thing = _Thing()
    amount: float = 0.0
    is_that: bool = False
    """Whether it is said of "it", so of what is talked about."""
    is_firm: bool = True
    """Whether it was so all the time: "never used", not "had no"."""


def worth_keeping(said: str) -> tuple[str, ...]:
    """The pieces of ``said`` that a later turn could tell otherwise, exact substrings; not of another time or place."""
    elsewhere = _ANOTHER_PLACE.search(said)
    here = said[: elsewhere.start()] if elsewhere else said
    rows = [row for row in sentences(here) if not _ANOTHER_TIME.search(row) and not _BACKGROUND.search(row)]
    return tuple(dict.fromkeys(fact.text for row in rows for fact in _facts(row) if fact.is_firm))


def find_contrary(said: str, told: Sequence[Told], question_id: str) -> tuple[str, str] | None:
    """What was told before and what is told now to the contrary; None if nothing is.

    Of what is said to have been elsewhere or at another time nothing is thought.
    """
    if any(each.search(said) for each in (_ANOTHER_PLACE, _ANOTHER_TIME, _ANOTHER_MEASURE, _BACKGROUND)):
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
                is_first = len(words(plain[: min(start, FAR)])) <= _LED_BY
                yield from _facts_of(piece, said[start : start + len(piece)], is_first=is_first)


def _pieces(sentence: str) -> Iterator[str]:
    place = 0
    for found in _PIECE.finditer(sentence):
        yield sentence[place : found.start()].strip(" .!")
        place = found.end()
    yield sentence[place:].strip(" .!")


def _facts_of(piece: str, text: str, *, is_first: bool) -> Iterator[_Fact]:
    for kind, pattern in _THEIRS.items():
        if (found := pattern.search(piece)) and not _SHARED.search(piece):
            yield _role("theirs", kind, text, found["what"], is_first=is_first)
    if is_first and _ONLY.search(piece):
        yield _Fact("theirs", "lead", text, is_that=True)
    if not _NOT.search(piece):
        for kind, pattern in _MINE.items():
            if found := pattern.search(piece):
                yield _role("mine", kind, text, found["what"], is_first=is_first)
        yield from _had(piece, text)
        yield from _amounts(piece, text)
    if found := _HAD_NO.search(piece):
        yield _Fact("had no", found["what"].lower(), text, is_firm=bool(found["never"]))


def _role(kind: Literal["mine", "theirs"], verb: str, text: str, what: str, *, is_first: bool) -> _Fact:
    return _Fact(kind, verb, text, _thing(what), is_that=is_first and bool(_THAT.match(what)))


def _had(piece: str, text: str) -> Iterator[_Fact]:
    found = None if _IN_SMALL.search(piece) else _HAD.search(piece)
    if found:
        yield _Fact("had", (found["name"] or found["place"] or found["ground"]).lower(), text)


def _amounts(piece: str, text: str) -> Iterator[_Fact]:
    if found := _TEAM.search(piece):
        number = (found["number"] or found["crew"]).lower()
        who = "engineers" if found["of"] or found["who"] else "people"
        about = f"led {who}" if found["led"] else who
        yield _Fact("team", about, text, amount=float(_NUMBERS.get(number) or number))
    numbers = re.sub(rf"\b({'|'.join(_NUMBERS)})\b", lambda m: str(_NUMBERS[m[0].lower()]), piece, flags=re.I)
    amounts = quantities(numbers)
    if len(amounts) == 1 and (found := _CHANGED.search(numbers)):
        thing = _thing(found["what"] or found["that"])
        yield _Fact("share", "share", text, thing, amount=next(iter(amounts)).value)


def _contrary(then: _Fact, now: _Fact, *, is_same: bool) -> bool:
    pair = {then.kind, now.kind}
    if pair == {"mine", "theirs"} and then.about == now.about:
        return (is_same and now.is_that) or then.thing.is_same(now.thing, is_same_story=is_same)
    if pair == {"had", "had no"}:
        have, lack = (then.about, now.about) if then.kind == "had" else (now.about, then.about)
        return is_same and then.is_firm and _is_of(have, lack)
    if pair == {"team"}:
        return is_same and then.about == now.about and abs(then.amount - now.amount) > 1 and _are_apart(then, now)
    return pair == {"share"} and _are_apart(then, now) and then.thing.is_same(now.thing, is_same_story=is_same)


def _is_of(name: str, lack: str) -> bool:
    """Whether ``name`` is what is said to be lacking, or of that kind."""
    terms = _KINDS[_NAMES[name]][1]
    return name == lack or re.fullmatch(terms, lack, re.IGNORECASE) is not None


def _are_apart(one: _Fact, other: _Fact) -> bool:
    low, high = sorted((one.amount, other.amount))
    return low > 0 and high / low >= APART
