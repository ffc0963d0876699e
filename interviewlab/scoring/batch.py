"""Many answers at once: their sentences are read on all cores, then each answer is graded as if it came alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interviewlab.ports import Embedder
from interviewlab.scoring.grader import LONGEST_ANSWER, AnswerGrader, Gradable
from interviewlab.types import Assessment

AT_ONCE = 256
"""Answers read ahead together, so that memory stays flat."""


class BatchGrader:
    """The answer grader for whole files; the same scores as ``AnswerGrader`` gives one by one."""

    def __init__(self, embedder: Embedder, corpus: Iterable[str]) -> None:
        self._grader = AnswerGrader(embedder, corpus)

    def assess_all(self, pairs: Sequence[tuple[Gradable, str]]) -> list[Assessment]:
        """The assessment of each (question, answer), in order; ``turn`` is 0 throughout."""
        found: list[Assessment] = []
        for start in range(0, len(pairs), AT_ONCE):
            some = pairs[start : start + AT_ONCE]
            self._grader.reader.read_ahead(text for pair in some for text in _texts(*pair))
            found += [self._grader.assess(question, answer, turn=0) for question, answer in some]
        return found


def _texts(question: Gradable, answer: str) -> list[str]:
    points = [p.text for p in question.key_points] + [m.text for m in question.misconceptions]
    return [answer[:LONGEST_ANSWER], *points, question.text]
