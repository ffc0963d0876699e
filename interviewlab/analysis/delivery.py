"""How the candidate spoke or wrote: fillers, hedges, structure, pace. Accent and pitch are never looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from interviewlab.types import DeliveryFacts, Utterance, Word

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def _phrases(*texts: str) -> re.Pattern[str]:
    body = "|".join(re.escape(text).replace(r"\ ", r"\s+").replace("'", "['’]") for text in texts)
    return re.compile(rf"(?<![\w.\-])(?:{body})(?![\w\-])", re.IGNORECASE)


# "ER diagram" is a term, "er" is a pause: hence no capitals here.
_PAUSES = re.compile(r"(?<![\w.\-])(?:[Uu]+h*m+|[Uu]+h+|[Ee]r+m*|[Hh]m+|[Mm]hm)(?![\w\-])")
_FILLERS = _phrases("you know", "sort of", "kind of", "I mean", "basically")
# The same words carrying a meaning: "what kind of index", "if you know the key".
_MEANT = re.compile(
    r"\b(?:what|which|an?|the|this|that|any|some|every|each|one|other|another|same|different|new)\s+(?:kind|sort)\s+of\b"
    r"|\b(?:if|do|did|as|once|when|because|that|what|before)\s+you\s+know\b"
    r"|\b(?:what|by|which)\s+(?:\w+\s+)?I\s+mean\b",
    re.IGNORECASE,
)
_LIKE = re.compile(r"(?:^|[,.;:!?…—–-])[ \t]*like\s*,", re.IGNORECASE | re.MULTILINE)
_HEDGES = _phrases(
    "maybe", "perhaps", "probably", "possibly", "I guess", "I think", "I suppose", "I believe", "not sure",
    "not certain", "not a hundred percent", "I don't remember exactly", "if I remember correctly",
)  # fmt: skip
# Somebody loses the thread or takes back how it was said; nerves ("sorry", "does that make sense?"), "start over" of a
# program and "I don't know" are none.
_BREAKS = re.compile(
    r"\b(?:where was i\b(?! (?:born|when|on|in|at))|what was i (?:saying|going to say|about to say)"
    r"|i(?:'m| am|'ve been| was) (?:rambling|drifting|digressing|waffling|babbling|going in circles)"
    r"|(?:sorry|anyway),? (?:that was|for|for the) rambling|lost my (?:thread|train of thought)|let me (?:rephrase"
    r"|(?:start|begin|try) (?:that |this )?(?:again|over)|(?:put|say) (?:it|that) (?:differently|another way|again))"
    r"|scratch that|(?:no|oh|sorry|hmm)[,.]? wait\b|i (?:keep|always) (?:mixing|confusing|mix|confuse)"
    r"|i(?:'m| am) (?:all |getting |a bit )?(?:mixed up|confused|not making sense)|but anyway|or whatever"
    r"|or something(?: like that)?(?=\s*[.,;!?]|\s*$)|i (?:could|can) go on(?= forever|[,.;]|\s*$)"
    r"|(?:not|am not) sure (?:that )?i said (?:that|it) well"
    # what was to be said is gone, or the question is
    r"|i(?:'ve| have)? (?:just )?(?:forg[eo]t(?:ten)?|lost track of) (?:what|where) (?:i|you) (?:was|were|want(?:ed)?|had|said|asked)"
    r"|i(?:'ve| have)? lost (?:track(?! of)|the (?:thread|plot))|i(?:'m| am) losing (?:track(?! of)|(?:the|my) (?:thread|plot))"
    r"|(?:don't|do not) know where i was|(?<=[,;.] )what (?:was the (?:\w+ )?(?:question|part of the question)|else did you ask)"
    r"|i had it (?:a (?:second|moment|minute)|just) (?:ago|now)|(?:i(?:'m| am)|it's) drawing a blank|my mind (?:is|has gone|went) blank"
    # one goes aside, or back
    r"|i(?:'m| am|'ve been| was) (?:jumping|going) (?:around|back and forth)|that(?:'s| is) (?:another|a different|a long) story"
    r"|i should have (?:said|mentioned) (?:that|this|it) (?:before|first|earlier)|i digress|i got (?:carried away|sidetracked)"
    r"|(?:^|(?<=[,;.] ))(?:so )?anyway(?=[, ])(?!,? (?:where was i|for|that was)\b))",
    re.IGNORECASE | re.MULTILINE,
)
_CONNECTIVES = _phrases(
    "then", "because", "for example", "for instance", "however", "so that", "therefore", "thus", "hence", "although",
    "whereas", "instead", "as a result", "which means", "in other words", "on the other hand", "in contrast",
    "after that", "finally", "secondly", "thirdly", "firstly", "to begin with", "in addition", "in the end", "in short",
)  # fmt: skip
# "first" and "next" join clauses only where a clause begins: "the first row" and "the next node" do not count.
_OPENERS = re.compile(
    r"(?:^|[.,;:!?]|\b(?:and|so|but))[ \t]*(?:first|second|third|next)(?=\s*,|\s+(?:of\s+all|I|we|you|it|they)\b)",
    re.IGNORECASE | re.MULTILINE,
)

PAUSE_S = 1.0
"""Seconds of silence between two words from which it is a pause one hears."""
# "had had" and "that that" are grammar, "very very" is stress, "log log" is mathematics.
_TWICE = re.compile(
    r"\b(?P<word>i|we|you|they|he|she|it|the|a|an|to|in|on|of|for|and|but|so|if|is|was|my|our|this|there|because|when|with)"
    r"(?:(?:\s{0,3}(?:,|\.\.\.|…|–|—|-))?\s{1,9}(?P=word)\b)+",
    re.IGNORECASE,
)
_STORY: dict[Literal["situation", "task", "action", "result"], re.Pattern[str]] = {
    "situation": re.compile(
        r"\b(?:when i (?:was|worked|joined)|at my (?:last|previous|former|current)|in my (?:last|previous|former|current)|"
        r"on (?:a|one|my|our) (?:project|team)|last (?:year|month|summer|spring|autumn|winter|week)|\w+ (?:years?|months?|weeks?) "
        r"ago|there was|we had (?:a|an|to)|back (?:in|when|at)|once\b|our (?:team|company|service|customer)s?\b|we were)",
        re.IGNORECASE,
    ),
    "task": re.compile(
        r"\b(?:my (?:job|task|role|goal|responsibility|part) was|i (?:was|got) (?:asked|responsible|in charge|assigned|told)|"
        r"i (?:had|needed) to|we (?:had|needed) to|the (?:goal|aim|task|problem|challenge|deadline) was|was up to me|"
        r"asked me to|i wanted to)",
        re.IGNORECASE,
    ),
    "action": re.compile(
        r"\b(?:i|we) (?:\w+ly )?(?:then |also |first )?(?:decided|wrote|built|created|talked|spoke|asked|met|set|started|proposed|"
        r"suggested|explained|changed|moved|fixed|added|removed|measured|tested|organi[sz]ed|scheduled|listened|split|"
        r"designed|refactored|reviewed|called|made|took|showed|offered|introduced|ran|rewrote|implemented|looked|profiled|"
        r"investigated|gathered|prioriti[sz]ed|negotiated|documented|automated|deployed|rolled|stopped|agreed|broke|used)\b",
        re.IGNORECASE,
    ),
    "result": re.compile(
        r"\b(?:as a result|in the end|the result|the outcome|eventually|finally|which (?:led|meant|saved|reduced|cut)|it (?:worked|"
        r"turned out|paid off|saved|reduced|cut|fell|dropped|rose|went)|we (?:shipped|delivered|finished|released|saved|reduced|cut|"
        r"launched|ended up|met the deadline)|by \d+ ?(?:%|percent)|(?:fell|dropped|rose|grew|improved|went) (?:from|to|by)|"
        r"i learn(?:ed|t)|since then|afterwards)",
        re.IGNORECASE,
    ),
}
"""Words that show each part of a story told as situation, task, action, result; a sign, no proof."""


def delivery_facts(
    utterances: Sequence[Utterance], replies: Sequence[str], stories: Sequence[str] = ()
) -> DeliveryFacts:
    """Counts over the whole interview; rates are for each hundred words the candidate said.

    ``answers`` are utterances with at least one word. ``words_per_minute`` comes from word times alone and is None
    where nothing was spoken; so do the pauses. ``talk_share`` is the candidate's words over all words, 0 where nobody
    said any. ``stories`` are the answers to behavioural questions.
    """
    texts = [utterance.text for utterance in utterances]
    lengths = [count for count in map(count_words, texts) if count]
    words = sum(lengths)
    heard = sum(map(count_words, replies))
    return DeliveryFacts(
        answers=len(lengths),
        words=words,
        median_words=float(median(lengths)) if lengths else 0.0,
        fillers_per_100_words=_rate(sum(map(_count_fillers, texts)), words),
        hedges_per_100_words=_rate(sum(len(_HEDGES.findall(text)) for text in texts), words),
        connectives_per_100_words=_rate(sum(map(_count_connectives, texts)), words),
        words_per_minute=_words_per_minute(utterances),
        talk_share=words / (words + heard) if words + heard else 0.0,
        breaks_per_100_words=_rate(sum(len(_BREAKS.findall(_plain(text))) for text in texts), words),
        repeated_starts_per_100_words=_rate(sum(len(_TWICE.findall(text)) for text in texts), words),
        pauses_per_minute=_pauses_per_minute(utterances),
        longest_pause_s=max(map(_longest_pause, spoken)) if (spoken := _spoken(utterances)) else None,
        story_parts=story_parts("\n".join(stories)),
    )


def story_parts(text: str) -> tuple[Literal["situation", "task", "action", "result"], ...]:
    """The parts of a story (situation, task, action, result) that a text shows signs of."""
    return tuple(part for part, signs in _STORY.items() if signs.search(text))


def _spoken(utterances: Sequence[Utterance]) -> list[tuple[Word, ...]]:
    return [u.words for u in utterances if len(u.words) > 1 and u.words[-1].end_s > u.words[0].start_s]


def _silences(words: Sequence[Word]) -> list[float]:
    return [max(0.0, after.start_s - before.end_s) for before, after in pairwise(words)]


def _longest_pause(words: Sequence[Word]) -> float:
    return round(max(_silences(words)), 2)


def _pauses_per_minute(utterances: Sequence[Utterance]) -> float | None:
    spoken = _spoken(utterances)
    seconds = sum(words[-1].end_s - words[0].start_s for words in spoken)
    pauses = sum(silence >= PAUSE_S for words in spoken for silence in _silences(words))
    return round(60.0 * pauses / seconds, 1) if seconds else None


def count_words(text: str) -> int:
    """Runs of letters and digits; "don't" and "well-known" are one word each."""
    return sum(1 for _ in _WORD.finditer(text))


def _plain(text: str) -> str:
    """With the apostrophe of a typewriter."""
    return text.replace("’", "'")


def _rate(count: int, words: int) -> float:
    return round(100.0 * count / words, 2) if words else 0.0


def _count_fillers(text: str) -> int:
    plain = _MEANT.sub(" ", text)
    return len(_PAUSES.findall(plain)) + len(_FILLERS.findall(plain)) + len(_LIKE.findall(plain))


def _count_connectives(text: str) -> int:
    return len(_CONNECTIVES.findall(text)) + len(_OPENERS.findall(text))


def _words_per_minute(utterances: Sequence[Utterance]) -> float | None:
    words, seconds = 0, 0.0
    for utterance in utterances:
        if utterance.words:
            spoken_s = utterance.words[-1].end_s - utterance.words[0].start_s
            if spoken_s > 0:
                words += len(utterance.words)
                seconds += spoken_s
    return round(60.0 * words / seconds, 1) if seconds else None
