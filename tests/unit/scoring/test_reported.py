"""What others believe is spoken of, not stated."""

from __future__ import annotations

import pytest

from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.reported import is_reported
from interviewlab.scoring.stories import STORIES
from tests.models import minilm

BANK = load_bank()


@pytest.mark.parametrize(
    "said",
    [
        "Some people think that UDP is reliable.",
        "A common myth is that linear time means fast.",
        "The classic wrong answer is that processes share memory.",
        "You'd hear that both mean the same.",
        "It's not that the callbacks run too early, as a colleague of mine insisted.",
        "It is often said that hashing is encryption.",
    ],
)
def test_a_belief_of_others_is_reported(said: str) -> None:
    assert is_reported(said)


@pytest.mark.parametrize(
    "said",
    [
        "I think that UDP is reliable.",
        "You read the old value from the replica.",
        "Other workers skip it, and they claim the next row.",
        "Most people use TCP, because UDP is reliable.",
        "Many people rightly believe that UDP is reliable.",
        "People say that UDP is reliable, and they are right.",
        "Both just mean that the service is down.",
    ],
)
def test_what_is_stated_is_not(said: str) -> None:
    assert not is_reported(said)


def test_no_misconception_of_the_bank_is_held_against_who_quotes_it() -> None:
    grader = AnswerGrader(minilm(), [question.answer for question in BANK.questions])
    blamed = []
    for question in [q for q in BANK.questions if q.area not in STORIES][::4]:
        for wrong in question.misconceptions[:1]:
            quoted = (
                f"Some people think that {wrong.text[0].lower()}{wrong.text[1:].rstrip('.')}, but they are mistaken."
            )
            plain, told = (grader.assess(question, f"{question.answer} {more}", 1) for more in (wrong.text, quoted))
            blamed += [question.id] if set(told.misconceptions) & {wrong.correction} else []
            assert (told.score or 0.0) >= (plain.score or 0.0)
    assert blamed == []


@pytest.mark.parametrize(
    ("question_id", "said"),
    [
        (
            "design-slow-dependency",
            "Never set a timeout, never use a circuit breaker, do not limit the threads, and no fallback is needed.",
        ),
        (
            "conc-race-condition",
            "No increase gets lost. Do not use an atomic increment and do not use a lock. Never add a mutex, no.",
        ),
        (
            "os-container-vs-vm",
            "Containers share the kernel of the host, virtual machines have their own kernel. "
            "Virtual machines share the kernel of the host, containers have their own kernel.",
        ),
    ],
)
def test_denying_all_or_saying_both_earns_nothing(question_id: str, said: str) -> None:
    grader = AnswerGrader(minilm(), [question.answer for question in BANK.questions])
    found = grader.assess(BANK.question(question_id), said, 1)
    assert (found.score or 0.0) <= 0.15
    assert found.misconceptions
