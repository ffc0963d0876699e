"""Hidden tests pass or fail and say what kind of case they are; nothing else of them comes back."""

from __future__ import annotations

from interviewlab.questions.bank import load_bank
from interviewlab.sandbox.scripted import ScriptedSandbox
from interviewlab.submitting import run_submission, run_visible
from interviewlab.types import FunctionTests, Outcome, RunResult, Submission, TestResult

EXERCISE = load_bank().exercise("shortest-walk")
SUBMISSION = Submission(code="def shortest_walk(stalls, wanted): ...", language="python")


def run(outcome: Outcome, *passed: bool) -> RunResult:
    tests = tuple(
        TestResult(
            name=f"{n}: secret",
            passed=ok,
            outcome="ok" if ok else "wrong_answer",
            wall_s=0.1,
            category="secret",
            input="[1]",
            expected="2",
            got="3",
        )
        for n, ok in enumerate(passed, 1)
    )
    return RunResult(outcome=outcome, stdout="args were 1", stderr="1", wall_s=1.0, cpu_s=0.5, memory_mb=9, tests=tests)


async def test_hidden_tests_show_only_category_and_outcome() -> None:
    sandbox = ScriptedSandbox([run("ok", True), run("wrong_answer", True, False)])
    result = await run_submission(sandbox, EXERCISE, SUBMISSION)
    assert result.outcome == "wrong_answer"
    assert [test.name for test in result.tests] == ["1: secret", "hidden 1", "hidden 2"]
    assert [test.hidden for test in result.tests] == [False, True, True]
    assert {(t.input, t.expected, t.got) for t in result.tests if t.hidden} == {("", "", "")}
    assert [t.category for t in result.tests] == ["secret"] * 3


async def test_what_hidden_runs_print_is_thrown_away() -> None:
    visible = run("ok", True).model_copy(update={"stdout": "visible", "stderr": ""})
    result = await run_submission(ScriptedSandbox([visible, run("ok", True)]), EXERCISE, SUBMISSION)
    assert (result.stdout, result.stderr) == ("visible", "")
    assert (result.wall_s, result.cpu_s) == (2.0, 1.0)


async def test_code_that_does_not_compile_fails_all_tests_and_is_not_run_twice() -> None:
    sandbox = ScriptedSandbox([run("compile_error")])
    result = await run_submission(sandbox, EXERCISE, SUBMISSION)
    assert len(result.tests) == len(EXERCISE.hidden)
    assert not any(test.passed for test in result.tests)
    assert len(sandbox.submissions) == 1


async def test_running_uses_the_visible_tests_alone() -> None:
    sandbox = ScriptedSandbox([run("ok", True)])
    await run_visible(sandbox, EXERCISE, SUBMISSION)
    (suite,) = sandbox.suites
    assert isinstance(suite, FunctionTests)
    assert suite.cases == EXERCISE.visible
