"""What is surely wrong is not passed over in silence: is the candidate sure? Right sentences are never doubted."""

from __future__ import annotations

import pytest

from interviewlab.brains.guards import MOST_SENTENCES, is_evaluative
from interviewlab.brains.policy import MAX_DOUBTS, decide
from interviewlab.brains.wording import Wording
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.orchestrator.memory import remember
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.mistaken import find_mistaken
from interviewlab.scoring.reading import Reader
from interviewlab.types import Assessment, Plan, Progress, TurnContext, Understanding, Utterance

BANK = load_bank()
READER = Reader(ScriptedEmbedder())
QUESTION = next(q for q in BANK.questions if q.misconceptions and q.area == "databases")
WRONG = QUESTION.misconceptions[0].text


def understood(mistaken: str) -> Understanding:
    answer = Assessment(question_id=QUESTION.id, turn=5, score=0.2, misconceptions=("no",))
    return Understanding(intent="none", confidence=1.0, assessment=answer, mistaken=mistaken)


def at_question(seed: int = 0, **known: object) -> TurnContext:
    progress = Progress.model_validate(
        {"turn": 4, "phase": "technical", "question_id": QUESTION.id, "asked": (QUESTION.id,), **known}
    )
    said = Utterance(text=f"{WRONG} That is all.")
    return TurnContext(plan=Plan(seed=seed), progress=progress, turn=5, question=QUESTION, utterance=said)


def test_a_mistake_is_found_word_for_word() -> None:
    found = find_mistaken(READER, QUESTION, f"{WRONG} That is all.")
    assert found
    assert found in WRONG


def test_no_model_answer_is_doubted() -> None:
    assert not [q.id for q in BANK.questions if find_mistaken(READER, q, q.answer)]


@pytest.mark.parametrize("lead", ["It is not true that", "Many people think that", "It would be wrong to say that"])
def test_a_mistake_that_is_only_spoken_of_is_none(lead: str) -> None:
    assert find_mistaken(READER, QUESTION, f"{lead} {WRONG[0].lower()}{WRONG[1:]}") == ""


@pytest.mark.parametrize("seed", range(4))
def test_it_is_asked_neutrally_whether_one_is_sure(seed: int) -> None:
    context = at_question(seed)
    decision = decide(BANK, context, understood("Short words that are wrong."))
    assert (decision.move, decision.reason) == ("follow_up", "doubted")
    text = " ".join(Wording(BANK, "Nora", context, understood("Short words that are wrong."), decision).sentences())
    assert "Short words that are wrong" in text
    assert text.count("?") == 1
    assert len([each for each in text.replace("?", ".").split(".") if each.strip()]) <= MOST_SENTENCES
    assert not is_evaluative(text)


def test_it_is_asked_once_a_question_and_few_times_an_interview() -> None:
    assert decide(BANK, at_question(probed=("doubted",)), understood("Wrong.")).reason != "doubted"
    assert decide(BANK, at_question(doubted=MAX_DOUBTS), understood("Wrong.")).reason != "doubted"
    assert decide(BANK, at_question(), understood("")).reason != "doubted"
    decision = decide(BANK, at_question(), understood("Wrong."))
    assert remember(at_question(), understood("Wrong."), decision)["doubted"] == 1
