"""Who minds being asked for what they told is taken on, and is not asked for it once more."""

from __future__ import annotations

from time import process_time

import pytest

from interviewlab.brains.policy import decide
from interviewlab.brains.said_before import minds_repeating, refers_back
from interviewlab.questions.bank import load_bank
from interviewlab.types import Assessment, Move, Plan, Progress, Reply, TurnContext, Understanding, Utterance

BANK = load_bank()


@pytest.mark.parametrize(
    "said",
    [
        "I just told you, he wanted GraphQL and I wanted to keep REST.",
        "In the stand-up on Monday, with the flame graph. I had already said that, I think.",
        "We cached the parsed dates. Four hours to fifty minutes. Are you listening?",
        "I said that already.",
        "It's TypeScript, I said that.",
        "I already answered that question, it was the index.",
        "i just explained all that",
        "I just mentioned it in my last answer.",
        "You asked about it a moment ago. It's TypeScript.",
        "The auditor wanted evidence, my boss a talk. I'm repeating myself a bit.",
        "I've said that: make onboarding better, with no number and no date.",
        "Already said it. Two weeks.",
        "I phone first, that's what I said. And I ask what the other needs.",
        "I said it: some days before I put it down to five minutes.",
        "I did list them: add, trigger, backfill, index, swap, drop.",
        "I told this in the begin: when it is too full it makes a bigger array. "
        + "Then it copies each item again. " * 6,
        "But that's what I've just told you. If it says no, the key is certainly not in there. " + "So you look. " * 12,
    ],
)
def test_complaints_are_heard(said: str) -> None:
    assert minds_repeating(said)


@pytest.mark.parametrize(
    "said",
    [
        "As I already said, the index would help with that.",
        "He told me that the release was late.",
        "I just explained the trade-offs to the product owner and she agreed.",
        "I already covered the edge cases with unit tests, next I would add a fuzz test.",
        "I already covered that with unit tests.",
        "I just mentioned the index; a second way is partitioning the table by date.",
        "The listener just answered with an error.",
        "I said that we should wait, and the team agreed.",
        "That's what I told her, and she signed it off.",
        "Nobody knew where the hour went. I explained it, drew two boxes, and they agreed.",
        "They asked who had changed it, I said that, and my boss rolled it back.",
        "It is a tree. Actually no, it is the other way round, forget what I just said.",
        "The retry repeats itself, and I told it to stop after five.",
        "I told the team on the Monday, and we cached the dates.",
        "First the queue. " * 12 + "I already mentioned the retries.",
    ],
)
def test_other_words_about_telling_are_no_complaint(said: str) -> None:
    assert not minds_repeating(said)


@pytest.mark.parametrize(
    "said",
    [
        "As I said, every Thursday for half an hour.",
        "By the cost of being a day late, like I said, and if it could be undone.",
        "What I said: everybody writes today.",
        "As I told already, the function must spread keys equally.",
    ],
)
def test_who_tells_it_once_more_refers_back(said: str) -> None:
    assert refers_back(said)


def test_what_others_said_does_not_refer_back() -> None:
    assert not refers_back("As she said, it was the cache, and what I did was to flush it.")


@pytest.mark.parametrize("is_probe", [True, False])
def test_as_i_said_counts_only_where_a_follow_up_asked_for_it(is_probe: bool) -> None:
    question = BANK.questions[0]
    point = question.key_points[0]
    move: Move = "follow_up" if is_probe else "ask"
    last = Reply(turn=4, text=point.follow_up, move=move, phase="technical", question_id=question.id, brain="bank")
    progress = Progress(
        turn=4, phase="technical", question_id=question.id, asked=(question.id,), last_reply=last, probed=(point.id,)
    )
    said = Utterance(text="As I said, it depends on the number of keys.", source="typed")
    context = TurnContext(plan=Plan(), progress=progress, turn=5, question=question, utterance=said)
    read = Assessment(question_id=question.id, turn=5, score=0.1)
    decision = decide(BANK, context, Understanding(intent="none", confidence=1.0, assessment=read))
    assert (decision.reason == "said before") is is_probe


def test_the_next_question_follows_and_says_why() -> None:
    question = BANK.questions[0]
    progress = Progress(turn=4, phase="technical", question_id=question.id, asked=(question.id,), probes=1)
    said = Utterance(text="I just told you.", source="typed")
    context = TurnContext(plan=Plan(), progress=progress, turn=5, question=question, utterance=said)
    read = Assessment(question_id=question.id, turn=5, score=0.1)
    decision = decide(BANK, context, Understanding(intent="none", confidence=1.0, assessment=read))
    assert (decision.move, decision.reason) == ("ask", "said before")
    assert decision.question_id != question.id


def test_signs_over_and_over_hold_nothing_up() -> None:
    started = process_time()
    assert not minds_repeating(". " * 10_000)
    assert not refers_back("; " * 10_000)
    assert process_time() - started < 1.0
