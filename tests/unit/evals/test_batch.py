"""Grading many answers gives what grading each alone gives, and embeds each text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.batch import BatchGrader, Prefetched
from interviewlab.scoring.grader import AnswerGrader

QUESTIONS = load_bank().questions[:6]
ANSWERS = [question.answer for question in QUESTIONS] + ["I don't know.", "", "It depends on the index, of course."]
CORPUS = [question.answer for question in QUESTIONS]


class CountingEmbedder(ScriptedEmbedder):
    """Counts how often each text was embedded."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.update(texts)
        return super().embed(texts)


def test_a_batch_scores_as_one_by_one() -> None:
    pairs = [(question, answer) for question in QUESTIONS for answer in ANSWERS]
    alone = AnswerGrader(ScriptedEmbedder(), CORPUS)
    expected = [alone.assess(question, answer, turn=0) for question, answer in pairs]
    assert BatchGrader(ScriptedEmbedder(), CORPUS).assess_all(pairs) == expected
    assert len({assessment.score for assessment in expected}) > 3


def test_a_batch_embeds_each_text_once() -> None:
    embedder = CountingEmbedder()
    BatchGrader(embedder, CORPUS).assess_all([(QUESTIONS[0], answer) for answer in ANSWERS])
    assert embedder.seen
    assert set(embedder.seen.values()) == {1}


def test_texts_of_the_batch_before_are_forgotten_unless_they_come_again() -> None:
    embedder = CountingEmbedder()
    prefetched = Prefetched(embedder)
    for batch in (["kept", "gone"], ["kept"], ["gone"]):
        prefetched.load(batch)
    assert embedder.seen == {"kept": 1, "gone": 2}


def test_an_empty_batch_gives_nothing() -> None:
    assert BatchGrader(ScriptedEmbedder(), CORPUS).assess_all([]) == []
