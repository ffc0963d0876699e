"""Words alone: a hashed bag of words and character trigrams, for tests and where weights are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from interviewlab.ports import TokenVectors

DIMENSION = 384
_WORD = re.compile(r"\w+")
_COMMON = """
a an and are as at be been but by can could did do does for from had has have how i if in is it its me my not of on or
so than that the their them then there they this to was we were what when where which who why will with would you
"""
_COMMON_WORDS = frozenset(_COMMON.split())
_COMMON_WEIGHT = 0.1
_TRIGRAM_WEIGHT = 0.4
_RARE = 30_000
"""Rank of every word that is not common."""


class ScriptedEmbedder:
    """Signed feature hashing into 384 dimensions: the same everywhere, blind to synonyms."""

    name = "scripted"
    dimension = DIMENSION

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors in the order given, shape (len(texts), 384), float32; no state, safe from any thread."""
        if isinstance(texts, str):
            raise TypeError("embed takes a sequence of texts, not one text")
        return np.stack([_vector(text) for text in texts]) if texts else np.zeros((0, DIMENSION), np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """A vector a word, the same wherever it stands."""
        if isinstance(texts, str):
            raise TypeError("embed_tokens takes a sequence of texts, not one text")
        return [_tokens(text) for text in texts]


def _tokens(text: str) -> TokenVectors:
    found = list(_WORD.finditer(text))
    return TokenVectors(
        spans=np.array([match.span() for match in found], np.int64).reshape(-1, 2),
        ranks=np.array([1 if match.group().lower() in _COMMON_WORDS else _RARE for match in found], np.int64),
        vectors=np.stack([_vector(match.group()) for match in found])
        if found
        else np.zeros((0, DIMENSION), np.float32),
    )


def _vector(text: str) -> NDArray[np.float32]:
    vector = np.zeros(DIMENSION, np.float64)
    for feature, weight in _features(text):
        code = crc32(feature.encode("utf-8", "surrogatepass"))
        vector[code % DIMENSION] += weight if code & 0x8000_0000 else -weight
    norm = float(np.linalg.norm(vector))
    if norm == 0.0:  # nothing but white space, or features that cancel out: still a unit vector
        vector[0] = norm = 1.0
    return (vector / norm).astype(np.float32)


def _features(text: str) -> Iterator[tuple[str, float]]:
    for word in _WORD.findall(text.lower()):
        if word in _COMMON_WORDS:
            yield word, _COMMON_WEIGHT
            continue
        yield word, 1.0
        padded = f"<{word}>"
        for start in range(len(padded) - 2):
            yield f"#{padded[start : start + 3]}", _TRIGRAM_WEIGHT
