"""What is measured of code when the interview is over, over a sandbox that answers as written."""

from __future__ import annotations

from datetime import UTC, datetime

from interviewlab.judging import _facts
from interviewlab.measuring import BUDGET_S, REPEATS, measure_growth, measure_submissions, try_own_tests
from interviewlab.questions.bank import Bank, load_bank
from interviewlab.questions.faults import right_solution
from interviewlab.questions.growing import sizes_of
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import (
    FunctionTests,
    MeasuredEntry,
    Outcome,
    ResultEntry,
    RunResult,
    Submission,
    SubmissionEntry,
    TestResult,
    TestsTried,
    Transcript,
)

WHOLE = load_bank()
VOUCHER = WHOLE.exercise("voucher-pair")
EXERCISE = VOUCHER.model_copy(
    update={"growing": VOUCHER.growing and VOUCHER.growing.model_copy(update={"sizes": (16, 256)})}
)
BANK = Bank(questions=(), exercises=(EXERCISE,))
SUBMISSION = Submission(code="def spend_voucher(prices, voucher): ...", language="python")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def handed(own_tests: str = "", code: str = SUBMISSION.code, turn: int = 3) -> SubmissionEntry:
    return SubmissionEntry(
        sequence=2 * turn, turn=turn, at=NOW, code=code, language="python", exercise_id=EXERCISE.id, own_tests=own_tests
    )


def run(*passed: bool) -> RunResult:
    tests = tuple(TestResult(name="t", passed=each, outcome="ok", wall_s=0.001) for each in passed)
    return RunResult(outcome="ok" if all(passed) else "wrong_answer", tests=tests)


def timed(power: float, until: int | None = None, last: Outcome = "time_limit") -> RunResult:
    """Times of all sizes, growing by ``power``; with ``until``, the call at that place ended as ``last``."""
    assert EXERCISE.growing
    sizes = sizes_of(EXERCISE.growing) * REPEATS
    outcomes: list[Outcome] = ["wrong_answer" if until is None or n < until else last for n in range(len(sizes))]
    return RunResult(
        outcome="wrong_answer",
        tests=tuple(
            TestResult(name="t", passed=False, outcome=outcome, wall_s=0.003 * (size / sizes[0]) ** power)
            for size, outcome in zip(sizes, outcomes, strict=True)
        ),
    )


async def test_growth_is_read_from_one_run_of_growing_inputs() -> None:
    sandbox = ScriptedSandbox([timed(1), timed(2), timed(2, until=2)])
    verdicts = [await measure_growth(sandbox, EXERCISE, SUBMISSION) for _ in range(3)]
    assert [each and each.verdict for each in verdicts] == ["expected", "slower", "not told"]
    suite = sandbox.suites[0]
    assert isinstance(suite, FunctionTests)
    assert suite.budget_s == BUDGET_S
    assert all(case.expect is None for case in suite.cases)


async def test_what_cannot_be_measured_says_why() -> None:
    sandbox = ScriptedSandbox([timed(1, until=1, last="runtime_error")])
    untold = await measure_growth(sandbox, WHOLE.exercise("card-check"), SUBMISSION)
    crashed = await measure_growth(sandbox, EXERCISE, SUBMISSION)
    refused = await measure_growth(sandbox, EXERCISE, SUBMISSION)
    reasons = [each.reason for each in (untold, crashed, refused) if each and each.verdict == "not told"]
    assert [reason.partition(" (")[0] for reason in reasons] == [
        "a text has at most 100 characters",
        "an input of size 32 ended with runtime error",
        "it was not measured",
    ]


async def test_own_tests_meet_the_right_solution_first_and_then_each_fault() -> None:
    sandbox = ScriptedSandbox([run(True, False), run(True), run(False), run(True)])
    tried = await try_own_tests(sandbox, EXERCISE, handed("[1, 2], 3 => [0, 1]\n[1], 3 => [7]\n?"))
    kinds = [fault.kind for fault in EXERCISE.faults]
    assert tried
    assert tried.wrong == (
        "Line 3 of your tests does not say what the call should give.",
        "Line 2 of your tests expects what a right solution does not give.",
    )
    assert (tried.right, tried.caught, tried.missed) == (1, (kinds[1],), (kinds[0], kinds[2]))
    assert tried.told == "Your own tests caught 1 of 3 seeded faults"
    assert sandbox.submissions[0] == right_solution(EXERCISE)
    assert SUBMISSION not in sandbox.submissions, "no solution of ours meets the candidate's process, nor theirs ours"


async def test_wrong_tests_alone_catch_nothing_and_no_tests_give_no_fact() -> None:
    tried = await try_own_tests(ScriptedSandbox([run(False)]), EXERCISE, handed("[1], 3 => [7]"))
    assert tried
    assert (tried.right, tried.caught, tried.missed) == (0, (), ())
    assert await try_own_tests(ScriptedSandbox(), EXERCISE, handed()) is None
    failed = await try_own_tests(ScriptedSandbox(), EXERCISE, handed("[1], 3 => [7]"))
    assert failed
    assert failed.reason


COPY = "[300, 450, 700, 550], 1000 => [0, 2]"


async def test_examples_of_the_statement_alone_are_no_tests_of_ones_own_and_no_fault_is_called_missed() -> None:
    sandbox = ScriptedSandbox([run(True)])
    tried = await try_own_tests(sandbox, EXERCISE, handed(COPY))
    assert tried
    assert (tried.right, tried.wrong, tried.caught, tried.missed, tried.copied) == (0, (), (), (), 1)
    assert tried.told == "1 of your tests repeats an example of the statement"
    assert tried.caught_share is None
    wrong = await try_own_tests(ScriptedSandbox([run(False)]), EXERCISE, handed(COPY.replace("[0, 2]", "[0, 3]")))
    assert wrong
    assert wrong.wrong == ("Line 1 of your tests expects what a right solution does not give.",)


async def test_a_fault_that_only_a_repeated_example_notices_is_neither_caught_nor_missed() -> None:
    code = f"{SUBMISSION.code}\nassert spend_voucher([300, 450, 700, 550], 1000) == [0, 2]"
    sandbox = ScriptedSandbox([run(True, True), run(True, False), run(False, False), run(True, True)])
    tried = await try_own_tests(sandbox, EXERCISE, handed("[1, 2], 3 => [0, 1]", code))
    kinds = [fault.kind for fault in EXERCISE.faults]
    assert tried
    assert (tried.by_copies, tried.caught, tried.missed) == ((kinds[0],), (kinds[1],), (kinds[2],))
    assert (tried.right, tried.copied, tried.copied_in_code, tried.caught_share) == (1, 1, 1, 0.5)
    assert tried.told == "Your own tests caught 1 of 3 seeded faults; only examples that you repeat caught 1"


def test_a_repeated_example_in_the_code_is_not_counted_among_ones_own_tests() -> None:
    call = "assert spend_voucher([300, 450, 700, 550], 1000) == "
    entry = handed(code=f"{SUBMISSION.code}\n{call}[0, 2]\nassert spend_voucher([1, 2], 3) == [0, 1]")
    measured = MeasuredEntry(sequence=9, turn=3, at=NOW, tried=TestsTried(right=1, copied=1, copied_in_code=1))
    line = MeasuredEntry(sequence=9, turn=3, at=NOW, tried=TestsTried(right=2, copied=1))
    assert [_facts(entry, each).own_tests for each in (None, measured, line)] == [2, 1, 2]


async def test_where_repeated_examples_notice_all_faults_nothing_is_said_against_the_other_tests() -> None:
    sandbox = ScriptedSandbox([run(True, True), *[run(True, False)] * 3])
    tried = await try_own_tests(sandbox, EXERCISE, handed(f"{COPY}\n[1, 2], 3 => [0, 1]"))
    assert tried
    assert (len(tried.by_copies), tried.missed, tried.caught_share) == (3, (), None)
    nothing = await try_own_tests(ScriptedSandbox([run(True)] * 4), EXERCISE, handed("[1, 2], 3 => [0, 1]"))
    assert nothing
    assert (len(nothing.missed), nothing.caught_share) == (3, 0.0)


async def test_only_the_last_submission_of_an_exercise_is_measured_and_only_once() -> None:
    asserting = f"{SUBMISSION.code}\nassert spend_voucher([1, 2], 3) == [0, 1]"
    entries = [
        handed("[1], 3 => []"),
        ResultEntry(sequence=7, turn=3, at=NOW, result=run(True)),
        handed("", asserting, turn=5),
        ResultEntry(sequence=11, turn=5, at=NOW, result=run(True)),
    ]
    transcript = Transcript(interview_id="i", entries=tuple(entries))
    sandbox = ScriptedSandbox([timed(1), run(True), *[run(True)] * 3])
    (found,) = await measure_submissions(sandbox, transcript, BANK)
    assert (found.turn, found.growth and found.growth.verdict) == (5, "expected")
    assert found.tried
    assert (found.tried.right, len(found.tried.missed)) == (1, 3)
    done = MeasuredEntry(sequence=12, turn=5, at=NOW, growth=found.growth, tried=found.tried)
    again = transcript.model_copy(update={"entries": (*transcript.entries, done)})
    assert await measure_submissions(ScriptedSandbox(), again, BANK) == ()
