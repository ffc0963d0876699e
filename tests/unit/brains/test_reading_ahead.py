"""A question on the table is read before it is answered, and never while somebody waits for a reply."""

from __future__ import annotations

from collections.abc import Sequence

from interviewlab.brains.bank_brain import BankBrain
from interviewlab.brains.guards import Guards
from interviewlab.brains.reading_ahead import ReadingAhead
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.ports import TokenVectors
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import Plan, Progress, TurnContext, Understanding, Utterance

BANK = load_bank()
QUESTION = BANK.question("algo-hash-table-collisions")
LONG_S = 60.0


class Telling(ScriptedEmbedder):
    """Tells which texts it read word by word."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.read += texts
        return super().embed_tokens(texts)


def test_the_first_answer_to_a_question_on_the_table_waits_for_its_own_words_alone() -> None:
    embedder = Telling()
    grader = AnswerGrader(embedder, corpus=[])
    ahead = ReadingAhead(grader, Guards(embedder, BANK))
    ahead.ask(QUESTION)
    assert ahead.wait(LONG_S)
    assert set(embedder.read) >= {point.text for point in QUESTION.key_points}
    embedder.read.clear()
    grader.assess(QUESTION, "Two keys may share a slot.", 1)
    assert embedder.read == ["Two keys may share a slot."]


async def test_what_is_only_decided_is_not_read() -> None:
    embedder = Telling()
    brain = BankBrain(BANK, AnswerGrader(embedder, corpus=[]), Guards(embedder, BANK), "Nora", names=())
    begins = TurnContext(plan=Plan(), progress=Progress(turn=0), turn=1, utterance=Utterance(text="Yes."))
    decision = await brain.decide(begins, Understanding(intent="none", confidence=1.0))
    assert decision.move == "ask"
    assert brain.ahead.wait(LONG_S)
    assert embedder.read == []


def test_nothing_is_read_while_a_turn_is_under_way_and_nothing_after_the_end() -> None:
    embedder = Telling()
    ahead = ReadingAhead(AnswerGrader(embedder, corpus=[]), Guards(embedder, BANK))
    with ahead.turn():
        ahead.ask(QUESTION)
        assert not ahead.wait(0.05)
        ahead.close()
    assert ahead.wait(LONG_S)
    ahead.ask(QUESTION)
    assert ahead.wait(LONG_S)
    assert embedder.read == []
