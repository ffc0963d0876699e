"""Grading many answers gives what grading each alone gives, and reads each sentence once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.ports import TokenVectors
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.batch import BatchGrader
from interviewlab.scoring.grader import AnswerGrader

QUESTIONS = load_bank().questions[:6]
ANSWERS = [question.answer for question in QUESTIONS] + ["I don't know.", "", "It depends on the index, of course."]
CORPUS = [question.answer for question in QUESTIONS]


class CountingEmbedder(ScriptedEmbedder):
    """Counts how often each text was embedded."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.seen.update(texts)
        return super().embed_tokens(texts)


def test_a_batch_scores_as_one_by_one() -> None:
    pairs = [(question, answer) for question in QUESTIONS for answer in ANSWERS]
    alone = AnswerGrader(ScriptedEmbedder(), CORPUS)
    expected = [alone.assess(question, answer, turn=0) for question, answer in pairs]
    assert BatchGrader(ScriptedEmbedder(), CORPUS).assess_all(pairs) == expected
    assert len({assessment.score for assessment in expected}) > 3


def test_a_batch_reads_each_sentence_once() -> None:
    embedder = CountingEmbedder()
    answers = [answer for answer in ANSWERS if answer != QUESTIONS[0].answer]  # that one is read with the question too
    BatchGrader(embedder, CORPUS).assess_all([(QUESTIONS[0], answer) for answer in answers])
    assert embedder.seen
    assert set(embedder.seen.values()) == {1}


def test_an_empty_batch_gives_nothing() -> None:
    assert BatchGrader(ScriptedEmbedder(), CORPUS).assess_all([]) == []
