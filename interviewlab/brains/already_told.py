"""Which follow-ups were probably answered before they are asked, so that nobody is asked for what they have just said.

The grader looks for key points and misses some that are made in words of one's own; here the words of the follow-up
count too. Of a story, where words tell little, it is looked for what such a question asks for: a cause, a measure,
somebody who was against it, what is done since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from interviewlab.brains.wishes import SENTENCE_MODEL
from interviewlab.scoring.reading import Floats, Reader, Sentence, pooled, unit
from interviewlab.scoring.stories import STORIES
from interviewlab.scoring.text import spans, stems, words
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
A_STORY = 50
"""Words from which a story has told what it is about."""

_LITTLE = frozenset(
    stems(
        "a an the this that these those it its he she they we i you me my your our one is are was were be been am do "
        "does did has have had of in on at to for by with from and or but so if as than then there here what which who "
        "how why when where can could may might will would should must question ask asked think know mean means well"
    )
)
_NUMBER = (
    r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|half|dozens?|hundreds?|thousands?|millions?|percent|none|nobody|once|twice)"
)
_DID = (
    r"(?:\w{2,}ed|wrote|built|went|got|made|told|asked|sat|ran|set|did|put|took|led|kept|met|chose|found|spent|cut|gave|"
    r"began|brought|drew|held|taught|rang|showed)"
)
_SETTING = (
    r"\bexactly\b|\bwhat was the (?:choice|goal|task)\b|\bwho (?:was that|wanted|needed)\b|\bwhich piece of work\b"
    r"|\bwhat problem did it\b|\bwhich stations\b|\bfrom outside\b|\bhow did you come upon\b"
)
_KINDS: tuple[tuple[str, str, int], ...] = (
    # What is done since.
    (
        r"\b(?:from then on|since then|earlier today|differently (?:today|because)|do (?:you )?differently today"
        r"|is different today|stays fixed|have you already applied)\b",
        r"\b(?:since (?:then|that)|after that,? (?:i|we)|(?:from|ever) (?:then|now|that day) on|ever since|(?:i|we) "
        r"(?:now|always)|these days|nowadays|any ?more|no longer"
        r"|(?:i|we) (?:turned off|made the|added|put in|introduced))\b",
        1,
    ),
    # What one would do otherwise, and what was learned.
    (
        r"\bdo (?:in the same way|differently)\b|\bwould you (?:change|go about)\b|\bget wrong\b|\bdid you learn\b"
        r"|\bknowing what you know\b|\bhas stayed with you\b|\btaught you\b|\bhow did it turn out over time\b",
        r"\b(?:i'd|i would|i should|we should) (?:have|begin|start|do|not|never|rather|again)\b|\bdo it again\b"
        r"|\b(?:next time|in hindsight|learn(?:ed|t)|taught me|lesson|my (?:mistake|fault)|surprised me)\b",
        1,
    ),
    # What came of it.
    (
        r"\b(?:result|effect|success|how did (?:it|the week|the decision) (?:end|turn out)|come of|came (?:out )?of"
        r"|made a difference|better|different afterwards|did they get in the end|can they do today)\b",
        rf"\b(?:from|of|to|in|within|by|after|than|under) (?:about |the |only |just |over |almost )?{_NUMBER}\b"
        rf"|\b{_NUMBER} \w+ (?:later|less|more|fewer|faster|a (?:day|week|month|shift|year))\b"
        r"|\b(?:promoted|adopted|paid for itself|stayed|fell|dropped|rose|grew|went (?:down|up)|halved|doubled"
        r"|was gone|worked out|caught)\b",
        2,
    ),
    # What lay behind it.
    (
        r"\b(?:reasons|causes?|stop it on its way)\b",
        r"\b(?:because|turned out|came out|the (?:reason|cause)|due to|caused|my fault|that's why|coincided|in the end"
        r" i (?:saw|found)|which is why|nobody had)\b",
        1,
    ),
    (
        r"\bwhy had no ?(?:one|body)\b",
        r"\b(?:nobody|no one|everybody|everyone|each (?:team )?(?:thought|assumed)|assumed|belonged to)\b",
        1,
    ),
    (r"\bwhat did it cost people\b", rf"\b{_NUMBER} (?:\w+ )?(?:hours|days|weeks|months|years|euros|people)\b", 1),
    # Who minded, and what they said.
    (
        r"\b(?:was against it|disliked|were angry|other side|objections?)\b",
        r"\b(?:against|pushed back|objected|objection|didn't (?:like|want)|furious|upset|angry|worried|afraid|feared"
        r"|sceptical|skeptical|refused|complained|resisted|wasn't keen)\b",
        1,
    ),
    # How it was said.
    (
        r"\bhow did you (?:tell|bring it up)\b|\bhow did (?:they|those|the rest|the others?)\b.*\b(?:learn|find out)\b"
        r"|\bdid the others hear\b",
        r"\bi (?:\w+ )?(?:told|said|asked|announced|explained|wrote|called|rang|went to|apologi[sz]ed|admitted|thanked"
        r"|showed|spoke|talked)\b",
        1,
    ),
    # One's own part.
    (
        r"\b(?:did you personally build|did you build)\b",
        r"\bi (?:\w+ )?(?:built|wrote|made|created|developed|designed|set up|implemented)\b",
        1,
    ),
    (
        r"\b(?:personally|what did you (?:yourself )?do(?! (?:about|with))|did you do yourself|without you"
        r"|responsible for|did you use \w+ yourself|own contribution|in your own hands|your own decision)\b",
        rf"\bi (?:then |also |just |only |first )?{_DID}\b|\bmy (?:idea|fault|project|decision|part)\b",
        2,
    ),
    (r"\brefrain\b", r"\b(?:instead of|rather than|did(?:n't| not)|held back)\b", 1),
    # How it was decided.
    (
        r"\b(?:did you decide|base your choice|did you compare|one opinion against|why did you prefer|convinced you)\b",
        r"\b(?:so that (?:first|second)|because|measured|profiled|benchmark\w*|load test|compared|criteria|what would"
        r" have to be true|cost (?:them|us)|lost them|evidence|numbers?|i'd rather|turned out)\b",
        1,
    ),
    (
        r"\b(?:else was on the table|which (?:options|choices|alternatives))\b",
        r"\b(?:rather than|instead of|alternatives?|options?|either|versus|compared (?:to|with|against))\b",
        1,
    ),
    (
        r"\b(?:would mean|find out what)\b",
        r"\bi (?:\w+ )?(?:asked|spent|sat|talked|looked|watched|measured|interviewed)\b",
        1,
    ),
    (r"\bwho confirmed\b", r"\b(?:signed|agreed|approved|confirmed|said (?:yes|fine)|accepted)\b", 1),
    (r"\bdid you begin\b", r"\b(?:first|began|started|to begin with|rather than)\b", 1),
    (r"\bvery first step\b", r"\b(?:first(?: thing| step|,)|immediately|at once|right away|straight away)\b", 1),
    (
        r"\bdid you notice\b",
        rf"\b(?:noticed|saw|realised|realized|spotted|took (?:\w+ )?(?:{_NUMBER} )?(?:weeks|days|months|ages)"
        r"|went quiet|stopped (?:asking|talking))\b",
        1,
    ),
    (
        r"\beverybody get exactly\b",
        r"\b(?:asked whether|would (?:she|he|they) rather|smaller|later|moved|half of|instead)\b",
        1,
    ),
    # Stages and parts.
    (
        r"\b(?:which (?:stages|steps)|walk me (?:from|through))\b",
        r"[,;:.] (?:and |then |so )?(?=\w)|\b(?:then|next|after that|finally)\b",
        6,
    ),
    (r"\bwhy this position\b", r"\b(?:why i'm|why i am|what i like|i'm looking|i want to|drawn to|matters)\b", 1),
)
_AHEAD = (
    re.compile(r"\b(?:some|a few) (?:days|weeks|hours) before\b|\b(?:in advance|beforehand|ahead of time)\b"),
    re.compile(
        r"\b(?:days?|weeks?|hours?|months?) (?:ahead|before|earlier|in advance)\b|\b(?:in advance|beforehand)\b"
    ),
)
"""Asked what to do in advance, and done so."""
_EXPECTED = tuple((re.compile(asked), re.compile(told), least) for asked, told, least in _KINDS)
_IS_SETTING = re.compile(_SETTING)
_AND = re.compile(r"[,;]\s+(?:and\s+)?(?=(?:what|which|who|whom|how|why|with|when|where|from|did)\b)", re.IGNORECASE)


def already_told(reader: Reader, question: Question, said: str) -> tuple[str, ...]:
    """The key points of the question whose follow-up ``said`` probably answers."""
    if question.area in STORIES:
        return tuple(point.id for point in question.key_points if tells_of(said, point.follow_up))
    alike, (asked_ahead, told_ahead) = _alike(reader, question, said), _AHEAD
    if told_ahead.search(said.lower()):
        alike |= {point.id for point in question.key_points if asked_ahead.search(point.follow_up.lower())}
    return tuple(point.id for point in question.key_points if point.id in alike)


def _alike(reader: Reader, question: Question, said: str) -> set[str]:
    """Key points whose follow-up is on a matter that ``said`` speaks of."""
    if reader.embedder.name != SENTENCE_MODEL or not (read := reader.read(said)):
        return set()
    pieces = np.stack([vector for sentence in read for vector in _pieces(sentence)])
    spoken = np.concatenate([sentence.vectors for sentence in read])
    asked = frozenset(stems(question.text))
    return {p.id for p in question.key_points if _likeness(reader, p, asked, pieces, spoken) >= TOLD}


def answers(reader: Reader, point: KeyPoint, said: str) -> bool:
    """Whether ``said`` answers the follow-up that was asked last: it is about that, and says more than its words."""
    if reader.embedder.name != SENTENCE_MODEL or not (read := reader.read(said)):
        return False
    own = set(stems(said)) - set(stems(point.follow_up)) - _LITTLE
    wanted = pooled([*reader.read(point.follow_up), *reader.read(point.text)])
    return len(own) >= SAYS_SOMETHING and float(pooled(read) @ wanted) >= ABOUT_IT


def tells_of(said: str, follow_up: str) -> bool:
    """Whether a story holds what the follow-up asks for: its first part, and the others as far as that can be seen."""
    kept = said.lower().replace("’", "'")
    first, *others = (_is_told(part, kept) for part in _AND.split(follow_up.lower()))
    return first is True and all(other is not False for other in others)


def _is_told(asked: str, said: str) -> bool | None:
    """None where it is not known what would answer this."""
    if _IS_SETTING.search(asked):
        return len(words(said)) >= A_STORY
    for pattern, told, least in _EXPECTED:
        if pattern.search(asked):
            return len(told.findall(said)) >= least
    return None


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
