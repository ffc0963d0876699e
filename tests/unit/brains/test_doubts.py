"""What is surely wrong is not passed over in silence: is the candidate sure? Right sentences are never doubted."""

from __future__ import annotations

from typing import Any

import pytest

from interviewlab import weights
from interviewlab.brains.bank_brain import BankBrain
from interviewlab.brains.guards import MOST_SENTENCES, Guards, is_evaluative, questions_in
from interviewlab.brains.policy import MAX_DOUBTS, decide
from interviewlab.brains.wording import Wording
from interviewlab.embeddings.minilm import MiniLmEmbedder
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.orchestrator.memory import remember
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.mistaken import find_mistaken
from interviewlab.scoring.reading import Reader
from interviewlab.settings import Settings
from interviewlab.types import Assessment, Decision, Plan, Progress, Reply, TurnContext, Understanding, Utterance
from tests.parts import need
from tests.unit.brains.turns import take_turn

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


@pytest.mark.weights
def test_no_model_answer_is_doubted_by_the_shipped_reader() -> None:
    settings = Settings()
    files = weights.find("minilm", settings.cache_dir, settings.weights_mirror)
    need("weights", files is not None, "run `interviewlab weights fetch minilm`")
    assert files is not None
    reader = Reader(MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"]))
    assert find_mistaken(reader, QUESTION, WRONG)
    assert not [q.id for q in BANK.questions if find_mistaken(reader, q, q.answer)]


@pytest.mark.parametrize(
    "lead",
    [
        "It is not true that",
        "Many people think that",
        "People generally assume that",
        "It would be wrong to say that",
        "You'd hear that",
        "A colleague of mine insisted that",
    ],
)
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


def after_doubt(said: str, **known: object) -> TurnContext:
    text = f"I see. {DOUBT}"
    last = Reply(turn=4, text=text, move="follow_up", phase="technical", question_id=QUESTION.id, brain="bank")
    facts: dict[str, Any] = {"probed": ("doubted",), "probes": 1, "doubted": 1, "recent_questions": (DOUBT,)}
    facts |= {"last_reply": last, **known}
    return at_question(**facts).model_copy(update={"utterance": Utterance(text=said)})


DOUBT = "How would you check this in practice: Short words that are wrong?"
BRAIN = BankBrain(BANK, AnswerGrader(ScriptedEmbedder(), corpus=[]), Guards(ScriptedEmbedder(), BANK), "Nora", names=())


async def reply_to(context: TurnContext) -> tuple[Decision, str]:
    _, decision, text = await take_turn(BRAIN, context)
    return decision, text


@pytest.mark.parametrize("said", ["Yes, I'm sure.", "Yes.", "I'm sure", "No.", "Pretty sure, yes."])
async def test_who_is_sure_is_taken_on_to_the_next_point(said: str) -> None:
    decision, text = await reply_to(after_doubt(said))
    assert (decision.move, decision.reason) == ("follow_up", "probe")
    assert "come back" not in text
    assert QUESTION.text not in text


@pytest.mark.parametrize("said", ["Say that again?", "Sorry, can you repeat?", "What do you mean?"])
async def test_a_doubt_is_said_again_and_not_the_question(said: str) -> None:
    _, text = await reply_to(after_doubt(said))
    assert DOUBT in text
    assert QUESTION.text not in text


@pytest.mark.parametrize("said", ["Say that again?"])
async def test_a_doubt_is_said_again_after_a_word_in_between(said: str) -> None:
    hold = Reply(turn=4, text="Take your time.", move="clarify", phase="technical", brain="bank")
    _, text = await reply_to(after_doubt(said, last_reply=hold))
    assert DOUBT in text


@pytest.mark.parametrize("said", ["I take that back, it is the opposite.", "Forget what I said, it only helps reads."])
async def test_who_mends_it_is_not_asked_which_of_two_holds(said: str) -> None:
    decision, _ = await reply_to(after_doubt(said))
    assert decision.reason not in ("retracted", "wavered", "two versions")
    decision, _ = await reply_to(at_question().model_copy(update={"utterance": Utterance(text=said)}))
    assert decision.reason == "retracted"


@pytest.mark.parametrize("is_practice", [True, False])
@pytest.mark.parametrize("quote", ["Short words that are wrong.", "So many words that nobody says them back, " * 3])
async def test_each_doubt_of_an_interview_is_spoken(is_practice: bool, quote: str) -> None:
    asked: tuple[str, ...] = ()
    for doubted in range(MAX_DOUBTS):
        plan = Plan(is_practice=is_practice)
        context = at_question(doubted=doubted, recent_questions=asked).model_copy(update={"plan": plan})
        decision = decide(BANK, context, understood(quote))
        text = " ".join([each async for each in BRAIN.speak(context, understood(quote), decision)])
        assert text.count("?") == 1
        assert ("sure" in text) <= is_practice
        asked = (*asked, *questions_in(text))
    assert len(set(asked)) == MAX_DOUBTS
