"""Text as the sentence model reads it: words with what they mean where they stand, how rare they are, their stems.

Every sentence is read on its own, so that what one sentence is worth does not depend on what stands beside it.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from interviewlab.ports import Embedder, TokenVectors
from interviewlab.scoring.text import sentences, stem, word_places

Floats = NDArray[np.float32]
COMMON_RANK = 150
"""Words this frequent or more (the, and, for, like) say nothing of their own."""
RAREST_RANK = 30_000
"""Rank of a word that is in no vocabulary whole."""
REMEMBERED = 8_000
"""Sentences kept, about 10 KB each."""


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

    @cached_property
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
    """Reads text sentence by sentence and keeps the ``remembered`` last it read; safe from any thread."""

    def __init__(self, embedder: Embedder, remembered: int = REMEMBERED) -> None:
        self.embedder = embedder
        self._remembered = remembered
        self._known: OrderedDict[str, Sentence | None] = OrderedDict()
        self._lock = Lock()

    def read(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of ``text`` that hold a word the model knows, in order."""
        wanted = sentences(text)
        read = self._read_all(wanted)
        return tuple(found for sentence in wanted if (found := read[sentence]) is not None)

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Read many texts together, which is quicker than one by one; they are then at hand."""
        self._read_all([sentence for text in texts for sentence in sentences(text)])

    def forget(self, texts: Iterable[str]) -> None:
        """Keep these texts no longer: what was read of them is kept in another shape."""
        with self._lock:
            for text in texts:
                for sentence in sentences(text):
                    self._known.pop(sentence, None)

    def _read_all(self, texts: Sequence[str]) -> dict[str, Sentence | None]:
        with self._lock:
            read = {text: self._known[text] for text in texts if text in self._known}
            for text in read:
                self._known.move_to_end(text)
        new = [text for text in dict.fromkeys(texts) if text not in read]
        fresh = dict(zip(new, map(_to_sentence, new, self.embedder.embed_tokens(new)), strict=True)) if new else {}
        with self._lock:
            self._known.update(fresh)
            while len(self._known) > self._remembered:
                self._known.popitem(last=False)
        return read | fresh


def _to_sentence(text: str, tokens: TokenVectors) -> Sentence | None:
    places = np.array(word_places(text), np.int64).reshape(-1, 2)
    first = np.searchsorted(tokens.spans[:, 1], places[:, 0], side="right")
    last = np.searchsorted(tokens.spans[:, 0], places[:, 1], side="left")
    held = [(start, end, a, b) for (start, end), a, b in zip(places.tolist(), first, last, strict=True) if b > a]
    if not held:
        return None
    words = tuple(text[start:end] for start, end, _, _ in held)
    vectors = np.stack([tokens.vectors[a] if b == a + 1 else tokens.vectors[a:b].mean(axis=0) for *_, a, b in held])
    return Sentence(
        text=text,
        places=tuple((start, end) for start, end, _, _ in held),
        words=tuple(word.lower() for word in words),
        stems=tuple(map(stem, words)),
        rarity=np.array([_rarity(tokens.ranks[a:b]) for *_, a, b in held], np.float32),
        vectors=vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _TINY),
        total=tokens.vectors.sum(axis=0),
    )


_TINY = np.float32(1e-12)


def _rarity(ranks: NDArray[np.int64]) -> float:
    """A word of several tokens is in no vocabulary whole: it is rare."""
    rank = RAREST_RANK if len(ranks) > 1 else max(1, int(ranks[0]))
    return max(0.0, math.log(rank / COMMON_RANK))


def pooled(sentences_: Sequence[Sentence]) -> Floats:
    """The direction of several sentences together."""
    return unit(np.sum([sentence.total for sentence in sentences_], axis=0))
