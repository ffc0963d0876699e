"""What the sandbox can still show of a submission: how its time grows, and what the candidate's own tests catch.

Measured when the interview is over, so that nobody waits for it in a turn, and written into the record: a judge reads
it there and measures nothing. The right solution and the faulty ones of the bank run in processes of their own, on the
inputs of the candidate's tests; nothing of them enters a process of the candidate's code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from interviewlab.analysis.growth import read_growth
from interviewlab.errors import InterviewLabError
from interviewlab.ports import Sandbox
from interviewlab.questions.bank import Bank
from interviewlab.questions.faults import faulty_solution, right_solution
from interviewlab.questions.growing import inputs_of, sizes_of
from interviewlab.questions.own_tests import MOST, cases_from_code, read_lines
from interviewlab.types import (
    Exercise,
    FunctionCase,
    FunctionTests,
    GrowthClass,
    MeasuredEntry,
    RunResult,
    Submission,
    SubmissionEntry,
    TestResult,
    TestsTried,
    TimeGrowth,
    Transcript,
)

REPEATS = 3
"""Passes over all sizes, one after the other: a machine that grows busy meanwhile does so in one of them."""
BUDGET_S = 3.0
"""For all sizes of one submission together."""
ANSWERED = ("ok", "wrong_answer")


@dataclass(frozen=True)
class Measured:
    """What was found of one submission."""

    turn: int
    growth: TimeGrowth | None
    tried: TestsTried | None


async def measure_submissions(sandbox: Sandbox, transcript: Transcript, bank: Bank) -> tuple[Measured, ...]:
    """Of the last submission for each exercise: growth where all its tests passed, its own tests where there are any.

    What was measured before is not measured again; a sandbox that fails is named as the reason and never raises.
    """
    done = {entry.turn for entry in transcript.entries if isinstance(entry, MeasuredEntry)}
    found = []
    for entry, result in _last_by_exercise(transcript.submissions()):
        exercise = bank.find_exercise(entry.exercise_id)
        if exercise is None or result is None or entry.turn in done:
            continue
        submission = Submission(code=entry.code, language=entry.language)
        growth = await measure_growth(sandbox, exercise, submission) if result.outcome == "ok" else None
        tried = await try_own_tests(sandbox, exercise, entry)
        if growth or tried:
            found.append(Measured(entry.turn, growth, tried))
    return tuple(found)


def _last_by_exercise(
    submissions: Iterable[tuple[SubmissionEntry, RunResult | None]],
) -> list[tuple[SubmissionEntry, RunResult | None]]:
    return list({entry.exercise_id: (entry, result) for entry, result in submissions}.values())


# ---- growth


async def measure_growth(sandbox: Sandbox, exercise: Exercise, submission: Submission) -> TimeGrowth | None:
    """How the time of a submission grows, in one run of about ``BUDGET_S`` at most; None where the exercise says
    nothing of growth."""
    growing = exercise.growing
    if growing is None:
        return None
    if growing.untold or growing.expected is None:
        return TimeGrowth(verdict="not told", reason=growing.untold)
    expected, sizes = growing.expected, sizes_of(growing)
    try:
        suite = await asyncio.to_thread(_growing_suite, exercise, submission, sizes)
        result = await sandbox.run(submission, suite)
    except InterviewLabError as error:
        return TimeGrowth(expected=expected, verdict="not told", reason=f"it was not measured ({error.what})")
    return _read(expected, sizes, result.tests)


def _growing_suite(exercise: Exercise, submission: Submission, sizes: Iterable[int]) -> FunctionTests:
    """``REPEATS`` passes over all sizes. Nothing is expected of the answers: only their time is looked at."""
    cases = [FunctionCase(args=inputs_of(exercise, size), expect=None) for size in sizes]
    return FunctionTests(
        name=exercise.function[submission.language],
        cases=tuple(case for _ in range(REPEATS) for case in cases),
        budget_s=BUDGET_S,
    )


def _read(expected: GrowthClass, sizes: tuple[int, ...], tests: tuple[TestResult, ...]) -> TimeGrowth:
    """The passes up to the first call that was not answered."""
    answered = list(takewhile(lambda test: test.outcome in ANSWERED, tests))
    times = [[test.wall_s * 1000 for test in answered[place :: len(sizes)]] for place in range(len(sizes))]
    times = [each for each in times if each]
    if len(times) == len(sizes):
        return read_growth(expected, sizes, times)
    lost = tests[len(answered)]
    if lost.outcome == "time_limit":
        return read_growth(expected, sizes[: len(times) + 1], times, lost.wall_s * 1000)
    ended = lost.outcome.replace("_", " ")
    return TimeGrowth(
        expected=expected, verdict="not told", reason=f"an input of size {sizes[len(times)]} ended with {ended}"
    )


# ---- the candidate's own tests


@dataclass(frozen=True)
class _Test:
    """A test of the candidate that is data."""

    where: str
    case: FunctionCase
    is_copied: bool
    in_code: bool


async def try_own_tests(sandbox: Sandbox, exercise: Exercise, entry: SubmissionEntry) -> TestsTried | None:
    """The tests of a submission that are data, on the right solution and on each faulty one; None without any.

    Those are its lines and, in Python, assertions on one call with written-out values. Examples of the statement are
    not the candidate's own, but they run too: a fault that only they notice is not missed.
    """
    tests, unread = _written_tests(exercise, entry)
    if not exercise.faults or not (tests or unread):
        return None
    kept = [*[t for t in tests if not t.is_copied][:MOST], *[t for t in tests if t.is_copied][:MOST]]
    try:
        return await _try(sandbox, exercise, kept, unread)
    except InterviewLabError as error:
        return TestsTried(wrong=unread, reason=error.what)


def _written_tests(exercise: Exercise, entry: SubmissionEntry) -> tuple[list[_Test], tuple[str, ...]]:
    """The tests that can be read, and a sentence for each line that cannot."""
    given = [case.args for case in exercise.visible]
    cases, unread = read_lines(entry.own_tests)
    tests = [_Test(f"Line {number} of your tests", case, case.args in given, False) for number, case in cases]
    if entry.language == "python":
        found = cases_from_code(entry.code, exercise.function["python"])
        tests += [_Test(f"The assertion in line {number}", case, case.args in given, True) for number, case in found]
    return tests, unread


async def _try(sandbox: Sandbox, exercise: Exercise, tests: list[_Test], unread: tuple[str, ...]) -> TestsTried:
    passed = await _passes(sandbox, exercise, right_solution(exercise), tests)
    right = [test for test, is_right in zip(tests, passed, strict=True) if is_right]
    own = [test for test in right if not test.is_copied]
    copied = [test for test in right if test.is_copied]
    kinds: dict[str, list[str]] = {"caught": [], "missed": [], "by_copies": []}
    for fault in exercise.faults if own else ():
        still = await _passes(sandbox, exercise, faulty_solution(exercise, fault), [*own, *copied])
        place = "caught" if not all(still[: len(own)]) else "missed" if all(still) else "by_copies"
        kinds[place].append(fault.kind)
    return TestsTried(
        right=len(own),
        wrong=(*unread, *(_tell_wrong(test) for test in tests if test not in right)),
        copied=len(copied),
        copied_in_code=sum(test.in_code for test in copied),
        **{place: tuple(found) for place, found in kinds.items()},
    )


def _tell_wrong(test: _Test) -> str:
    return f"{test.where} expects what a right solution does not give."


async def _passes(
    sandbox: Sandbox, exercise: Exercise, solution: Submission, tests: Sequence[_Test]
) -> tuple[bool, ...]:
    if not tests:
        return ()
    cases = tuple(test.case for test in tests)
    suite = exercise.tests("python", hidden=False).model_copy(update={"cases": cases, "budget_s": BUDGET_S})
    return tuple(test.passed for test in (await sandbox.run(solution, suite)).tests)
