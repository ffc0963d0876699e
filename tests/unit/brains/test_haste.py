"""Who has to leave before the end is heard, and the interview is over by then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from interviewlab.brains.course import Course
from interviewlab.brains.haste import find_minutes_left
from interviewlab.orchestrator.state import Turn, advance
from interviewlab.questions.bank import load_bank
from interviewlab.types import Plan, Progress, Reply, TurnContext
from tests.unit.brains.test_requests import at_question, reply_to

BANK = load_bank()


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("I have to leave in 15 minutes", 15),
        ("sorry i've got to go in about ten minutes", 10),
        ("I've only got ten minutes left, just so you know.", 10),
        ("my next meeting is in half an hour", 30),
        ("just so you know i have a hard stop in twenty minutes", 20),
        ("I must go in a quarter of an hour.", 15),
        ("I have a meeting in 2 hours.", 120),
        ("I can only stay 1 hour", 60),
        ("I've only got an hour", 60),
        ("I have to leave in one and a half hours", 90),
        ("I have to leave in 1.5 hours", 90),
        ("my train is in two hours", 120),
        ("I have a call in 90 seconds", 1.5),
        ("I must go in 10min", 10),
        ("I have to go in a couple of minutes", 2),
        ("I have to leave in ten minutes. Actually, I can stay for half an hour.", 30),
        ("my call is in 5", 5),
        ("Could we finish soon please? I have to pick up my kid in five minutes.", 5),
    ],
)
def test_how_long_somebody_can_stay_is_heard(said: str, minutes: float) -> None:
    assert find_minutes_left(said) == minutes


@pytest.mark.parametrize(
    "said",
    [
        "I have to leave now",
        "it times out in fifteen minutes",
        "it took only five minutes",
        "I have another call in 2 hours, so no rush",
        "they stay 2 days in the cache",
        "a call in one of them fails",
        "I have to leave in twenty five days",
    ],
)
def test_other_times_are_not_taken_for_it(said: str) -> None:
    assert find_minutes_left(said) is None


@pytest.mark.parametrize(("said", "minutes"), [("I can only stay 1 hour", 60), ("I must go in five minutes", 5)])
async def test_a_later_time_replaces_an_earlier_one(said: str, minutes: float) -> None:
    context = at_question(said)
    context = context.model_copy(update={"progress": context.progress.model_copy(update={"leaves_at_s": 12 * 60.0})})
    understanding, decision, _ = await reply_to(context)
    reply = Reply(turn=3, text="All right.", move="clarify", phase="technical", brain="bank")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    turn = Turn(context=context, understanding=understanding, decision=decision, reply=reply, now=now, sequence=9)
    assert advance(turn).leaves_at_s == 60 + minutes * 60


@pytest.mark.parametrize(("minute", "is_over"), [(11, False), (12.1, True)])
def test_the_interview_ends_when_the_candidate_has_to_leave(minute: float, is_over: bool) -> None:
    progress = Progress(turn=3, leaves_at_s=12 * 60)
    context = TurnContext(plan=Plan(minutes=30), progress=progress, turn=4, elapsed_s=minute * 60)
    course = Course(BANK, context)
    assert course.is_over_time == is_over
    assert course.is_wrapping_up, "nothing new is begun in the last tenth"
