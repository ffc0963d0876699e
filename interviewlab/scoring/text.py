"""Text as the grader sees it: spans that can be quoted word for word, stems, and how rare a stem is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()
"""The stemmer keeps the word it works on in itself."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[+#]+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?]*")
_CLAUSE = re.compile(r"\s{0,3}(?:[,;:]|\s(?:and|but|because|so|which|while|then|whereas)\s)\s{0,3}", re.IGNORECASE)
LONG_SENTENCE = 18
WINDOW = 16
LEAST_CLAUSE = 3
MOST_SPANS = 400
"""An answer of an hour has fewer; what is longer is no answer."""
MOST_RANGES = 20
"""Of turns that a sentence names."""
SLACK = 2
"""Words that may stand between those of a phrase."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The English Snowball stem of one word, lower-cased."""
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word.lower()))


def words(text: str) -> list[str]:
    """Words as written, without punctuation."""
    return _WORD.findall(text)


def word_places(text: str) -> list[tuple[int, int]]:
    """Where the words stand: first character and the one after the last."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems in order; remembered, because key points and cues are compared with every answer."""
    return tuple(stem(word) for word in words(text))


def sentences(text: str) -> list[str]:
    """Sentences that hold a word, each an exact substring of ``text``."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if _WORD.search(sentence)]


def spans(text: str) -> list[str]:
    """Sentences, and the clauses or windows of long ones: each an exact substring of ``text``."""
    found = (part for sentence in sentences(text) for part in (sentence, *_parts(sentence)))
    return list(dict.fromkeys(found))[:MOST_SPANS]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, however short it is, that have at least three words: each an exact substring."""
    return [clause for clause in _split(sentence) if len(words(clause)) >= LEAST_CLAUSE]


def _parts(sentence: str) -> list[str]:
    if len(words(sentence)) <= LONG_SENTENCE:
        return []
    clauses = [clause for clause in _split(sentence) if len(words(clause)) >= 4]
    return [part for clause in clauses for part in _windows(clause)]


def _split(sentence: str) -> list[str]:
    cuts = [0]
    for match in _CLAUSE.finditer(sentence):
        cuts += [match.start(), match.end()]
    cuts.append(len(sentence))
    return [sentence[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _windows(clause: str) -> list[str]:
    """Speech recognition may give no punctuation at all: cut what is still long into overlapping windows."""
    places = [match.span() for match in _WORD.finditer(clause)]
    if len(places) <= WINDOW * 1.5:
        return [clause]
    starts = range(0, len(places) - WINDOW // 2, WINDOW // 2)
    return [clause[places[i][0] : places[min(i + WINDOW, len(places)) - 1][1]] for i in starts]


def tell_turns(turns: Iterable[int]) -> str:
    """ "turn 3" or "turns 1-4, 9": ``list_turns`` with its noun."""
    ordered = set(turns)
    return f"turn{'' if len(ordered) == 1 else 's'} {list_turns(ordered)}"


def list_turns(turns: Iterable[int]) -> str:
    """Turns in order, "1-4, 9": ranges, and of many the first ones and how many more."""
    ranges: list[list[int]] = []
    for turn in sorted(set(turns)):
        if ranges and turn == ranges[-1][-1] + 1:
            ranges[-1].append(turn)
        else:
            ranges.append([turn])
    told = ", ".join(_tell_range(each) for each in ranges[:MOST_RANGES])
    more = sum(map(len, ranges[MOST_RANGES:]))
    return told + (f" and {more} more" if more else "")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def axis_title(axis: str) -> str:
    """``technical_knowledge`` as a person writes it."""
    return axis.replace("_", " ").capitalize()


def _tell_range(turns: Sequence[int]) -> str:
    return ", ".join(map(str, turns)) if len(turns) < 3 else f"{turns[0]}-{turns[-1]}"


class Rarity:
    """Inverse document frequency of stems over a corpus: log((N + 1) / (df + 0.5)), never below zero.

    Source: Spärck Jones (1972), "A statistical interpretation of term specificity and its application in retrieval".
    """

    def __init__(self, corpus: Iterable[str]) -> None:
        documents = [set(stems(text)) for text in corpus]
        self._count = len(documents)
        self._df = Counter(stem_ for document in documents for stem_ in document)

    def __call__(self, stem_: str) -> float:
        """How rare one stem is; unseen ones are the rarest."""
        return max(0.0, math.log((self._count + 1) / (self._df[stem_] + 0.5)))


def has_phrase(phrase: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the stems of a phrase stand close together in a text, in any order: "statistics are stale"."""
    if not phrase or not set(phrase) <= set(text):
        return False
    wanted = Counter(phrase)
    size = len(phrase) + (SLACK if len(phrase) > 1 else 0)
    starts = range(max(1, len(text) - size + 1))
    return any(wanted <= Counter(text[i : i + size]) for i in starts)
