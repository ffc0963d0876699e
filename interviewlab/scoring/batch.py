"""Many answers at once, on all cores: their sentences are read together, then each is graded as if it came alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from interviewlab.ports import Embedder
from interviewlab.scoring.grader import LONGEST_ANSWER, AnswerGrader, Gradable
from interviewlab.scoring.one_core import on_one_core
from interviewlab.types import Assessment

AT_ONCE = 128
"""Answers whose sentences are read together."""
CORES = 2
"""The sentence model runs outside the interpreter's lock: while one thread reads, another grades."""


class BatchGrader:
    """The answer grader for whole files; the same scores as ``AnswerGrader`` gives one by one."""

    def __init__(self, embedder: Embedder, corpus: Iterable[str]) -> None:
        self._grader = AnswerGrader(embedder, corpus)

    def assess_all(self, pairs: Sequence[tuple[Gradable, str]]) -> list[Assessment]:
        """The assessment of each (question, answer), in order; ``turn`` is 0 throughout."""
        parts = [pairs[start : start + AT_ONCE] for start in range(0, len(pairs), AT_ONCE)]
        with on_one_core(), ThreadPoolExecutor(CORES) as pool:
            return [assessment for some in pool.map(self._assess_some, parts) for assessment in some]

    def _assess_some(self, pairs: Sequence[tuple[Gradable, str]]) -> list[Assessment]:
        questions = dict.fromkeys(question for question, _ in pairs)
        self._grader.prepare(questions)
        self._grader.reader.read_ahead(answer[:LONGEST_ANSWER] for _, answer in pairs)
        return [self._grader.assess(question, answer, turn=0) for question, answer in pairs]
