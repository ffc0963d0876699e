"""What is refused before it runs, each time with one sentence and what to do."""

from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.sandbox.runner import check_submission
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import FunctionCase, FunctionTests, RunResult, StdinCase, StdinTests, Submission


@pytest.mark.parametrize(
    ("code", "language", "what"),
    [
        ("", "python", "no code"),
        (" \n\t", "javascript", "no code"),
        ("print(1)\0", "python", "NUL"),
        ("x" * (256 * 1024 + 1), "python", "256 KB"),
        ("// " + "x" * 1024 * 1024, "java", "1024 KB"),
        ("print('\ud800')", "python", "UTF-8"),
        ("print(1)", "perl", "Languages that can"),
    ],
)
def test_bad_submissions_are_refused(code: str, language: str, what: str) -> None:
    submission = Submission.model_construct(code=code, language=language)
    with pytest.raises(BadSubmission, match=what) as caught:
        check_submission(submission, None)
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["", "a b", "f(); process.exit", "1f", "f\n"])
def test_test_suite_must_call_a_name(name: str) -> None:
    suite = FunctionTests(name=name, cases=(FunctionCase(args=(), expect=1),))
    with pytest.raises(BadSubmission, match="not a name"):
        check_submission(Submission(code="x = 1", language="python"), suite)


def test_inputs_that_cannot_be_sent_are_refused() -> None:
    code = Submission(code="x = 1", language="python")
    long = FunctionTests(name="f", cases=(FunctionCase(args=(10**5000,), expect=1),))
    for tests, stdin in ((None, "\ud800"), (StdinTests(cases=(StdinCase(stdin="\ud800", stdout=""),)), ""), (long, "")):
        with pytest.raises(BadSubmission, match="UTF-8, or holds a number"):
            check_submission(code, tests, stdin)


@pytest.mark.parametrize("tolerance", [-1.0, math.nan, math.inf])
def test_tolerance_is_a_number_from_zero_on(tolerance: float) -> None:
    with pytest.raises(ValidationError):
        FunctionTests(name="f", cases=(FunctionCase(args=(), expect=1.0),), tolerance=tolerance)


async def test_scripted_sandbox_gives_its_results_in_order_and_then_fails() -> None:
    sandbox = ScriptedSandbox([RunResult(outcome="ok"), RunResult(outcome="time_limit")])
    code = Submission(code="x = 1", language="python")
    assert [(await sandbox.run(code)).outcome for _ in range(2)] == ["ok", "time_limit"]
    with pytest.raises(SandboxFailed):
        await sandbox.run(code)
    assert sandbox.submissions == [code] * 3
