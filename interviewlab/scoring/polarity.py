"""Which way round a sentence says a thing: whether it denies, where, and whether that can be told at all. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from interviewlab.scoring.reading import Sentence
from interviewlab.scoring.text import stem, words

_NOT = r"(?:not|never|no|none|nothing|cannot|nor|dont|doesnt|isnt|cant|wont|arent|wasnt|didnt|\w+n't)"
_DENIAL = re.compile(rf"\b{_NOT}\b")
_NO_DENIAL = re.compile(
    r"\b(?:not|\w+n't)\s+(?:only|just|merely|simply)\b"
    r"|\bno\s+(?:matter|doubt|(?:more|less|fewer|later|earlier|longer|sooner)\s+than)\b"
    rf"|\b{_NOT}\b[^.;,]{{1,40}}(?=,?\s+but\s(?!(?:it|they|he|she|we|you|i|that|this|there|these|those|one)\b))"
)
"""Not only X; no matter which; not X but Y: what is said after it is affirmed."""
_UNTOLD = re.compile(
    r"\b(?:if|unless|until|without|except|instead|rather|otherwise|neither|whether|or else|avoid\w*|rarely|seldom|"
    r"hardly|barely|scarcely|prevent\w*|lack\w*|fail\w*|refuse\w*|forbid\w*|stop\w*|free of|less often)\b|, or\b"
)
"""Beside these a denial may say the same as none: rarely is not often, do without is not do with."""
DENIED_WITHIN = 3
"""Words before a phrase among which a denial denies it."""
MOST_DENIED, FEWEST_DENIED = 0.75, 4
"""Share of its clauses from which a text mostly denies, and how many there must be; contrasts deny half."""
_CLAUSE_END = re.compile(r"[,;:]|\b(?:and|but|because|since|so|while|whereas|as|which|or)\b")
_ANY_END = re.compile(rf"[.!?()\n]|{_CLAUSE_END.pattern}")
_PAIRS = """
increas/decreas more/less higher/lower faster/slower high/low fast/slow befor/after larger/smaller longer/shorter
long/short true/fals same/differ equal/differ alway/never static/dynam reliabl/unreli minimum/maximum min/max best/worst
grow/shrink rise/fall insert/delet lock/unlock read/write quick/slow big/small first/last left/right allow/forbid
cheap/expens mutabl/immut synchron/asynchron stabl/unstabl sort/unsort oldest/newest
connection-ori/connectionless lifo/fifo
"""
_OPPOSITES = tuple((left, right) for left, right in (pair.split("/") for pair in _PAIRS.split()))
"""Beginnings of stems."""
_UP = "increas grow grew rise rose rais larger longer bigger higher greater doubl tripl multipli expand extend"
_DOWN = "decreas reduc shrink shrank shrunk fall fell drop smaller shorter shorten lower divid halv diminish declin"
_WAYS = tuple(tuple(way.split()) for way in (_UP, _DOWN))
"""Beginnings of stems that say which way something goes."""
_POLES = """
increase grow grew raise rise rose climb double multiply triple expand enlarge / decrease reduce shrink shrank fall fell
drop halve half diminish ; large larger big bigger high higher great greater / small smaller low lower ; fast faster
quick quicker / slow slower slowly ; long longer / short shorter ; more / less fewer ; cheap cheaper inexpensive
cheaply / expensive costly costlier ; last / first ; after / before ; early earlier / late later ; newest latest
newer / oldest older ; minimum minimal minimise minimize smallest / maximum maximal maximise maximize largest ; best
/ worst ; positive / negative ; mutable / immutable ; ordered sorted / unordered unsorted ; stable / unstable ;
reliable reliably / unreliable unreliably ; synchronous synchronously / asynchronous asynchronously ; stateful /
stateless ; share shared / private isolated exclusive separate ; contiguous contiguously adjacent / scattered
scatter dispersed ; connectionless / oriented ; static statically / dynamic dynamically ; shallow / deep ; simple
simpler / complex complicated ; easy easier / hard harder difficult ; allow permit enable / forbid prevent prohibit
disallow ; constant linear logarithmic / exponential quadratic ; constant / linear ; ascending / descending ; left /
right ; independent independently / dependent overlap overlapping ; present / absent missing ; empty / full ; valid
/ invalid ; horizontal horizontally / vertical vertically ; serial serially / parallel ; symmetric symmetrically /
asymmetric asymmetrically ; supervised labelled labeled / unsupervised unlabelled unlabeled ; underfitting underfit
/ overfitting overfit ; weak weaker / strong stronger ; lossless / lossy ; optional / mandatory compulsory ; inner /
outer ; internal / external ; narrow / wide ; dense / sparse ; often frequent frequently / rare rarely seldom ; lifo
/ fifo ; mitigate prevent solve remedy counter / cause worsen ; useful / useless ; efficient / inefficient wasteful
; consistent / inconsistent ; balanced / unbalanced ; accept / reject refuse ; trusted / untrusted ; unique /
duplicate ; succeed success / fail failure ; fixed / variable ; confirmed / unconfirmed
"""
"""Opposites by their words; told apart by what they are said of, so that also frequent ones can be among them."""


def _read_sides() -> dict[str, tuple[tuple[int, bool], ...]]:
    found: dict[str, tuple[tuple[int, bool], ...]] = {}
    for n, pair in enumerate(_POLES.split(";")):
        first, _, second = pair.partition("/")
        for side, is_first in ((first, True), (second, False)):
            for stem_ in dict.fromkeys(map(stem, side.split())):
                found[stem_] = (*found.get(stem_, ()), (n, is_first))
    return found


_SIDES = _read_sides()


def poles(stem_: str) -> tuple[tuple[int, bool], ...]:
    """The pairs of opposites that a stem belongs to, and whether it is the first of them."""
    return _SIDES.get(stem_, ())


def denies(sentence: Sentence) -> bool | None:
    """Whether a sentence denies something; None where that cannot be told from its words."""
    if _UNTOLD.search(_folded(sentence.text)):
        return None
    denials = [len(_DENIAL.findall(clause)) for clause in _CLAUSE_END.split(_affirmed(sentence))]
    return None if max(denials) > 1 else any(denials)


def count_denials(sentence: Sentence) -> int:
    """How many words of denial there are, whatever they come to."""
    return len(_DENIAL.findall(_affirmed(sentence)))


def denied_part(sentence: Sentence) -> tuple[int, ...]:
    """The words of the first clause that holds a denial, by number; none where there is no denial."""
    text = _affirmed(sentence)
    denial = _DENIAL.search(text)
    if denial is None:
        return ()
    ends = [0, *(end.start() for end in _CLAUSE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end <= denial.start())
    return sentence.part(start, min(end for end in ends if end > denial.start()))


def is_denied_at(text: str, phrase: Collection[str], target: Collection[str]) -> bool:
    """Whether a word of denial stands right before the first word of ``phrase`` in ``text``, where neither the phrase
    nor ``target`` (both as stems) has any: "there are no overlapping subproblems"."""
    if any(_DENIAL.fullmatch(stem_) for stem_ in (*phrase, *target)):
        return False
    said = [word.lower().replace("’", "'") for word in words(text)]
    first = min((n for n, word in enumerate(said) if stem(word) in phrase), default=0)
    return any(_DENIAL.fullmatch(word) for word in said[max(0, first - DENIED_WITHIN) : first])


def has_denial(text: str) -> bool:
    """Whether a text has any word of denial that denies something."""
    return _DENIAL.search(_without_asides(text)) is not None


def is_mostly_denied(text: str) -> bool:
    """Whether nearly every clause of a text denies something: "never use a lock, no copy is made, do not wait"."""
    clauses = [clause for clause in _ANY_END.split(_without_asides(text)) if len(words(clause)) > 1]
    denied = sum(_DENIAL.search(clause) is not None for clause in clauses)
    return denied >= FEWEST_DENIED and denied >= MOST_DENIED * len(clauses)


def goes_another_way(said: Sequence[str], asked: Collection[str]) -> bool:
    """Whether of two lists of stems ``said`` lets something rise or fall where ``asked`` speaks of neither or of the
    other: "it shrinks" is the answer to what happens where the speed is increased, in whatever words the rest is."""
    return any(_goes(said, way) and not _goes(asked, way) for way in _WAYS)


def _goes(stems: Iterable[str], way: tuple[str, ...]) -> bool:
    return any(stem.startswith(way) for stem in stems)


def has_opposite(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of two opposites one list of stems has the one, the other the other, and neither has both."""
    return any(sum(a) == 1 and sum(b) == 1 and a != b for a, b in _sides(one, other))


def may_have_opposite(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether either has an opposite of a word of the other, whatever else it has."""
    return any(a != b and ((a[0] and b[1]) or (a[1] and b[0])) for a, b in _sides(one, other))


def _sides(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[tuple[bool, ...], tuple[bool, ...]]]:
    """For each pair of opposites which of the two each list of stems has."""
    for pair in _OPPOSITES:
        yield _has(one, pair), _has(other, pair)


def _has(stems: Sequence[str], pair: tuple[str, str]) -> tuple[bool, ...]:
    return tuple(any(stem.startswith(beginning) for stem in stems) for beginning in pair)


def _affirmed(sentence: Sentence) -> str:
    return _without_asides(sentence.text)


def _without_asides(text: str) -> str:
    """Its words in small letters, blanks where a word of denial denies nothing."""
    return _NO_DENIAL.sub(lambda aside: " " * len(aside.group()), _folded(text))


def _folded(text: str) -> str:
    return text.lower().replace("’", "'")
