"""How the candidate spoke or wrote: fillers, hedges, structure, pace. Accent and pitch are never looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from interviewlab.types import DeliveryFacts, Utterance

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


def delivery_facts(utterances: Sequence[Utterance], replies: Sequence[str]) -> DeliveryFacts:
    """Counts over the whole interview; rates are for each hundred words the candidate said.

    ``answers`` are utterances with at least one word. ``words_per_minute`` comes from word times alone and is None
    where nothing was spoken. ``talk_share`` is the candidate's words over all words, 0 where nobody said any.
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
    )


def count_words(text: str) -> int:
    """Runs of letters and digits; "don't" and "well-known" are one word each."""
    return sum(1 for _ in _WORD.finditer(text))


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
