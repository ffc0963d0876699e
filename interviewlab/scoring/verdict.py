"""What an axis function finds, and the pieces of evidence that code gives to several of them."""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.scoring.case import Case, Handed
from interviewlab.types import Evidence, FactEvidence, TestEvidence

SHOWN_TESTS = 5


@dataclass(frozen=True)
class Verdict:
    """What an axis function finds; ``score`` None with ``basis`` saying what is missing."""

    score: float | None
    basis: str
    evidence: tuple[Evidence, ...] = ()
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    highest: int = 5
    """The highest level that the facts allow, whatever the score."""


def ran(case: Case) -> tuple[Handed, ...]:
    """The submissions whose run says something of the code: with tests, or broken before any could run."""
    return tuple(h for h in case.handed if h.result is not None and (h.result.tests or h.result.outcome != "ok"))


NO_EXERCISE = "there was no exercise in the editor"


def has_exercise(case: Case) -> bool:
    """Whether there was code to write."""
    return bool(case.handed) or any(reply.exercise_id is not None for reply in case.replies.values())


def why_no_code(case: Case) -> str:
    """Why there is no code to judge."""
    if not case.handed:
        return "no code was handed in" if has_exercise(case) else NO_EXERCISE
    is_run = any(h.result is not None for h in case.handed)
    return "no test was run on the code" if is_run else "the code could not be run"


def last_by_exercise(handed: tuple[Handed, ...]) -> dict[str | None, Handed]:
    """The last of these submissions for each exercise; those that name none count as one."""
    return {h.entry.exercise_id: h for h in handed}


def tests_shown(handed: Handed) -> list[Evidence]:
    """Failing tests first: a few of them tell more than a long list."""
    tests = sorted(handed.result.tests if handed.result else (), key=lambda test: test.passed)
    shown: list[Evidence] = [
        TestEvidence(turn=handed.entry.turn, test=test.name, passed=test.passed) for test in tests[:SHOWN_TESTS]
    ]
    return [*shown, fact(handed, passed_line(handed))]


def passed_line(handed: Handed) -> str:
    """How many tests passed, or why none ran."""
    tests = handed.result.tests if handed.result else ()
    if not tests:
        return f"No test ran: {handed.result.outcome.replace('_', ' ')}" if handed.result else "The code was not run"
    return f"{sum(test.passed for test in tests)} of {count(len(tests), 'test')} passed"


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fact(handed: Handed, told: str) -> FactEvidence:
    """A fact about the submission of its turn."""
    return FactEvidence(turn=handed.entry.turn, fact=told)
