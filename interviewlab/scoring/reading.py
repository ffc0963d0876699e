"""Text as the sentence model reads it: words with what they mean where they stand, how rare they are, their stems.

Every sentence is read on its own, so that what one sentence is worth does not depend on what stands beside it.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from interviewlab.ports import Embedder
from interviewlab.scoring.text import sentences, stem, word_places

Floats = NDArray[np.float32]
COMMON_RANK = 150
"""Words this frequent or more (the, and, for, like) say nothing of their own."""
RAREST_RANK = 30_000
"""Rank of a word that is in no vocabulary whole."""
REMEMBERED = 20_000
CORES = 2
"""The model runs outside the interpreter's lock, so that many threads get that many cores."""


@dataclass(frozen=True)
class Sentence:
    """One sentence that holds a word. All arrays run over its words."""

    text: str
    places: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    rarity: Floats
    """Log of the rank among English words over that of a common one, never below 0."""
    vectors: Floats
    """Unit vectors, shape (words, dimension)."""
    total: Floats
    """Sum of the vectors of all tokens: sentences are pooled by adding them."""

    @property
    def mean(self) -> Floats:
        """The direction of the whole sentence."""
        return unit(self.total)

    def part(self, start: int, end: int) -> tuple[int, ...]:
        """The words that stand between two characters of the sentence."""
        return tuple(n for n, (a, b) in enumerate(self.places) if a >= start and b <= end)


def unit(vector: Floats) -> Floats:
    """At length one; all zeros stay so."""
    norm = float(np.linalg.norm(vector))
    return (vector / norm).astype(np.float32) if norm else vector


class Reader:
    """Reads text sentence by sentence and remembers the sentences it read; safe from any thread."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self._known: OrderedDict[str, Sentence | None] = OrderedDict()
        self._lock = Lock()

    def read(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of ``text`` that hold a word the model knows, in order."""
        return tuple(read for sentence in sentences(text) if (read := self._sentence(sentence)) is not None)

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Read many texts on all cores; they are then at hand."""
        wanted = list(dict.fromkeys(sentence for text in texts for sentence in sentences(text)))
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(self._sentence, wanted))

    def _sentence(self, text: str) -> Sentence | None:
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
        read = _read(self.embedder, text)
        with self._lock:
            self._known[text] = read
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return read


def _read(embedder: Embedder, text: str) -> Sentence | None:
    tokens = embedder.embed_tokens(text)
    held = [(place, inside) for place in word_places(text) if (inside := _tokens_in(place, tokens.spans)).size]
    if not held:
        return None
    words = tuple(text[start:end] for (start, end), _ in held)
    return Sentence(
        text=text,
        places=tuple(place for place, _ in held),
        words=tuple(word.lower() for word in words),
        stems=tuple(map(stem, words)),
        rarity=np.array([_rarity(tokens.ranks[inside]) for _, inside in held], np.float32),
        vectors=np.stack([unit(tokens.vectors[inside].mean(axis=0)) for _, inside in held]),
        total=tokens.vectors.sum(axis=0),
    )


def _tokens_in(place: tuple[int, int], spans: NDArray[np.int64]) -> NDArray[np.int64]:
    start, end = place
    first, last = np.searchsorted(spans[:, 1], start, side="right"), np.searchsorted(spans[:, 0], end, side="left")
    return np.arange(first, last)


def _rarity(ranks: NDArray[np.int64]) -> float:
    """A word of several tokens is in no vocabulary whole: it is rare."""
    rank = RAREST_RANK if len(ranks) > 1 else max(1, int(ranks[0]))
    return max(0.0, math.log(rank / COMMON_RANK))


def pooled(sentences_: Sequence[Sentence]) -> Floats:
    """The direction of several sentences together."""
    return unit(np.sum([sentence.total for sentence in sentences_], axis=0))
