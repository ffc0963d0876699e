"""What is refused before it runs, each time with one sentence and what to do."""

from __future__ import annotations

import pytest

from interviewlab.errors import BadSubmission, SandboxFailed
from interviewlab.sandbox.runner import check_submission
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.types import FunctionCase, FunctionTests, RunResult, Submission


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


async def test_scripted_sandbox_gives_its_results_in_order_and_then_fails() -> None:
    sandbox = ScriptedSandbox([RunResult(outcome="ok"), RunResult(outcome="time_limit")])
    code = Submission(code="x = 1", language="python")
    assert [(await sandbox.run(code)).outcome for _ in range(2)] == ["ok", "time_limit"]
    with pytest.raises(SandboxFailed):
        await sandbox.run(code)
    assert sandbox.submissions == [code] * 3
