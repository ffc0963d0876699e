"""Code against the tests of its exercise. What hidden tests print or compare never reaches the candidate."""

from __future__ import annotations

from interviewlab.ports import Sandbox
from interviewlab.types import Exercise, FunctionCase, Outcome, RunResult, Submission, TestResult


async def run_visible(
    sandbox: Sandbox, exercise: Exercise, submission: Submission, own: tuple[FunctionCase, ...] = ()
) -> RunResult:
    """The visible tests, and the candidate's own after them."""
    suite = exercise.tests(submission.language, hidden=False)
    return await sandbox.run(submission, suite.model_copy(update={"cases": suite.cases + own}))


async def run_submission(sandbox: Sandbox, exercise: Exercise, submission: Submission) -> RunResult:
    """Visible tests, then hidden ones in a run of their own whose output is thrown away: it may show their inputs."""
    visible = await run_visible(sandbox, exercise, submission)
    if visible.outcome == "compile_error":
        hidden = tuple(_not_run(n, case, visible.outcome) for n, case in enumerate(exercise.hidden, 1))
        return visible.model_copy(update={"tests": visible.tests + hidden})
    rest = await sandbox.run(submission, exercise.tests(submission.language, hidden=True))
    return visible.model_copy(
        update={
            "outcome": rest.outcome if visible.outcome == "ok" else visible.outcome,
            "wall_s": visible.wall_s + rest.wall_s,
            "cpu_s": visible.cpu_s + rest.cpu_s,
            "waited_s": visible.waited_s + rest.waited_s,
            "memory_mb": max(visible.memory_mb, rest.memory_mb),
            "tests": visible.tests + tuple(_hide(n, test) for n, test in enumerate(rest.tests, 1)),
        }
    )


def _hide(number: int, test: TestResult) -> TestResult:
    """Passed or failed, and what kind of case: no input, no expectation, no answer."""
    return test.model_copy(update={"name": f"hidden {number}", "hidden": True, "input": "", "expected": "", "got": ""})


def _not_run(number: int, case: FunctionCase, outcome: Outcome) -> TestResult:
    return TestResult(
        name=f"hidden {number}", passed=False, outcome=outcome, wall_s=0.0, hidden=True, category=case.category
    )
