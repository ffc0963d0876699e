"""Who has to leave before the end is heard, and the interview is over by then."""

from __future__ import annotations

import pytest

from interviewlab.brains.course import Course
from interviewlab.brains.haste import find_minutes_left
from interviewlab.questions.bank import load_bank
from interviewlab.types import Plan, Progress, TurnContext

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
        ("Could we finish soon please? I have to pick up my kid in five minutes.", 5),
    ],
)
def test_how_long_somebody_can_stay_is_heard(said: str, minutes: float) -> None:
    assert find_minutes_left(said) == minutes


@pytest.mark.parametrize(
    "said", ["I have to leave now", "it times out in fifteen minutes", "it took only five minutes"]
)
def test_other_times_are_not_taken_for_it(said: str) -> None:
    assert find_minutes_left(said) is None


@pytest.mark.parametrize(("minute", "is_over"), [(11, False), (12.1, True)])
def test_the_interview_ends_when_the_candidate_has_to_leave(minute: float, is_over: bool) -> None:
    progress = Progress(turn=3, leaves_at_s=12 * 60)
    context = TurnContext(plan=Plan(minutes=30), progress=progress, turn=4, elapsed_s=minute * 60)
    course = Course(BANK, context)
    assert course.is_over_time == is_over
    assert course.is_wrapping_up, "nothing new is begun in the last tenth"
