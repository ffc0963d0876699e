"""What leads on from a question fits how it was left: answered to its end, not known, or skipped."""

from __future__ import annotations

import pytest

from interviewlab.brains.bank_brain import BankBrain
from interviewlab.brains.guards import Guards
from interviewlab.brains.phrases import Phrasebook
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import Decision, Plan, Progress, Reply, TurnContext, Utterance
from tests.models import minilm
from tests.unit.brains.turns import take_turn

BANK = load_bank()
INDEXES = BANK.question("db-index-cost")
POINT = INDEXES.key_points[0]
ANSWER = (
    "Because every time you insert something all the indexes have to be updated as well, so writing gets slow, and "
    "they take up space on the disk."
)
NEAR_THE_END_S = 29 * 60


async def reply_to(said: str, elapsed_s: float = 60, probe: str = "", **known: object) -> tuple[Decision, bool]:
    """What is decided, and whether the reply says that the question is left."""
    last = Reply(
        turn=2,
        text=probe or INDEXES.text,
        move="follow_up" if probe else "ask",
        phase="technical",
        question_id=INDEXES.id,
        brain="bank",
    )
    progress = Progress.model_validate(
        {
            "turn": 2,
            "phase": "technical",
            "question_id": INDEXES.id,
            "asked": (INDEXES.id,),
            "last_reply": last,
            **known,
        }
    )
    context = TurnContext(
        plan=Plan(), progress=progress, turn=3, utterance=Utterance(text=said), question=INDEXES, elapsed_s=elapsed_s
    )
    embedder = minilm()
    brain = BankBrain(BANK, AnswerGrader(embedder, corpus=[]), Guards(embedder, BANK), "Nora", names=())
    _, decision, text = await take_turn(brain, context)
    leaving = Phrasebook(context.plan.seed, context.turn, context.plan.persona.manner).say("leave")
    return decision, leaving in text


@pytest.mark.parametrize(
    "end", ["That's all I know about it.", "That's all I can say about it.", "Next question please.", "Let's go on."]
)
async def test_who_answered_leaves_nothing(end: str) -> None:
    decision, is_left = await reply_to(f"{ANSWER} {end}")
    assert decision.move == "ask"
    assert (decision.reason == "leave", is_left) == (False, False)


@pytest.mark.parametrize(
    "said",
    [
        "That's all I know.",
        "I have no idea, sorry.",
        "Could we skip this one?",
        f"{ANSWER} Could we skip the rest of this one?",
        "Next question please.",
    ],
)
async def test_who_gives_up_or_skips_is_told_that_it_is_left(said: str) -> None:
    decision, is_left = await reply_to(said)
    assert (decision.move, decision.reason) == ("ask", "leave")
    assert is_left


async def test_a_follow_up_that_is_not_known_is_left_whatever_was_told_before() -> None:
    decision, is_left = await reply_to(
        "I don't know.", probe=POINT.follow_up, probed=(POINT.id,), probes=1, covered=(INDEXES.key_points[1].id,)
    )
    assert (decision.reason, is_left) == ("leave", True)


@pytest.mark.parametrize(
    ("said", "is_given_up"),
    [
        ("To be honest I've never worked inside a database. Could we skip this one?", True),
        ("I don't know, sorry.", True),
        (ANSWER, False),
        (f"{ANSWER} That's all I know about it.", False),
    ],
)
async def test_the_look_back_is_asked_for_with_a_word_on_what_is_left(said: str, is_given_up: bool) -> None:
    decision, is_left = await reply_to(said, elapsed_s=NEAR_THE_END_S)
    assert decision.move == "evaluate"
    assert is_left is is_given_up
