"""Many answers at once: their texts are embedded together, then each is graded as if it came alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from interviewlab.ports import Embedder
from interviewlab.scoring.grader import AnswerGrader, Gradable
from interviewlab.scoring.text import spans
from interviewlab.types import Assessment

CORES = 2
"""Embedding runs outside the interpreter's lock, so that many threads get that many cores."""


class Prefetched:
    """An Embedder that looks up what was embedded in bulk; it holds one batch at a time, so memory stays flat."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._known: dict[str, NDArray[np.float32]] = {}

    def load(self, texts: Iterable[str]) -> None:
        """Embed each distinct text once, and forget the batch before; texts of both are not embedded again."""
        wanted = list(dict.fromkeys(texts))
        fresh = [text for text in wanted if text not in self._known]
        shares = [share for core in range(CORES) if (share := fresh[core::CORES])]
        with ThreadPoolExecutor(CORES) as pool:
            embedded = list(pool.map(self._embedder.embed, shares))
        vectors = {
            text: vector
            for share, rows in zip(shares, embedded, strict=True)
            for text, vector in zip(share, rows, strict=True)
        }
        self._known = {text: vectors[text] if text in vectors else self._known[text] for text in wanted}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimension); what was not loaded is embedded now."""
        if any(text not in self._known for text in texts):
            return self._embedder.embed(texts)
        return np.stack([self._known[text] for text in texts])


class BatchGrader:
    """The answer grader for whole files; the same scores as ``AnswerGrader`` gives one by one."""

    def __init__(self, embedder: Embedder, corpus: Iterable[str]) -> None:
        self._prefetched = Prefetched(embedder)
        self._grader = AnswerGrader(self._prefetched, corpus)

    def assess_all(self, pairs: Sequence[tuple[Gradable, str]]) -> list[Assessment]:
        """The assessment of each (question, answer), in order; ``turn`` is 0 throughout."""
        self._prefetched.load(text for pair in pairs for text in _texts(*pair))
        return [self._grader.assess(question, answer, turn=0) for question, answer in pairs]


def _texts(question: Gradable, answer: str) -> list[str]:
    """Everything that grading this answer may ask a vector for."""
    points = [p.text for p in question.key_points] + [m.text for m in question.misconceptions]
    return [*spans(answer), *points, question.text]
