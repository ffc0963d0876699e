"""Who minds being asked for what they told is taken on, and is not asked for it once more."""

from __future__ import annotations

import pytest

from interviewlab.brains.policy import decide
from interviewlab.brains.said_before import minds_repeating
from interviewlab.questions.bank import load_bank
from interviewlab.types import Assessment, Plan, Progress, TurnContext, Understanding, Utterance

BANK = load_bank()


@pytest.mark.parametrize(
    "said",
    [
        "I just told you, he wanted GraphQL and I wanted to keep REST.",
        "In the stand-up on Monday, with the flame graph. I had already said that, I think.",
        "We cached the parsed dates. Four hours to fifty minutes. Are you listening?",
        "I said that already.",
        "I already answered that question, it was the index.",
        "i just explained all that",
        "I just mentioned it in my last answer.",
        "You asked about it a moment ago. It's TypeScript.",
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
        "I told the team on the Monday, and we cached the dates.",
        "First the queue. " * 12 + "I already mentioned the retries.",
    ],
)
def test_other_words_about_telling_are_no_complaint(said: str) -> None:
    assert not minds_repeating(said)


def test_the_next_question_follows_and_says_why() -> None:
    question = BANK.questions[0]
    progress = Progress(turn=4, phase="technical", question_id=question.id, asked=(question.id,), probes=1)
    said = Utterance(text="I just told you.", source="typed")
    context = TurnContext(plan=Plan(), progress=progress, turn=5, question=question, utterance=said)
    read = Assessment(question_id=question.id, turn=5, score=0.1)
    decision = decide(BANK, context, Understanding(intent="none", confidence=1.0, assessment=read))
    assert (decision.move, decision.reason) == ("ask", "said before")
    assert decision.question_id != question.id
