"""Every reference solution passes its own tests in the real sandbox, and no starter does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.questions import load_bank
from interviewlab.questions.starters import UNWRITTEN
from interviewlab.sandbox.choice import open_sandbox
from interviewlab.types import Exercise, Language, RunResult, Submission
from tests.parts import need

CASES = [
    pytest.param(exercise, language, id=f"{exercise.id}-{language}")
    for exercise in load_bank().exercises
    for language in exercise.solution
]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    opened = await open_sandbox("auto")
    try:
        await opened.check()
    except SandboxUnavailable as error:
        need("sandbox", False, str(error))
        raise
    yield opened
    await opened.aclose()


def shortfall(result: RunResult) -> str:
    failed = [f"{test.name} ({test.category}): {test.outcome}, {test.got}" for test in result.tests if not test.passed]
    return f"{result.outcome}: {'; '.join(failed)} {result.stderr[-500:]}"


@pytest.mark.parametrize(("exercise", "language"), CASES)
async def test_reference_solution_passes_every_case(sandbox: Sandbox, exercise: Exercise, language: Language) -> None:
    submission = Submission(code=exercise.solution[language], language=language)
    cases = (*exercise.visible, *exercise.hidden)
    result = await sandbox.run(submission, exercise.tests(language, hidden=True).model_copy(update={"cases": cases}))
    assert result.outcome == "ok", shortfall(result)
    assert len(result.tests) == len(cases)


@pytest.mark.parametrize(("exercise", "language"), CASES)
async def test_starter_passes_no_case(sandbox: Sandbox, exercise: Exercise, language: Language) -> None:
    submission = Submission(code=exercise.starter[language], language=language)
    result = await sandbox.run(submission, exercise.tests(language, hidden=False))
    assert result.outcome == "wrong_answer"
    assert result.passed == 0


@pytest.mark.parametrize("language", ["typescript", "java", "cpp", "go"])
async def test_derived_starter_compiles_and_takes_the_arguments_of_every_case(
    sandbox: Sandbox, language: Language
) -> None:
    if language not in sandbox.health().languages:
        pytest.skip(f"there is no toolchain for {language} on {sandbox.name} here")
    exercise = load_bank().exercise("install-order")
    submission = Submission(code=exercise.starter[language], language=language)
    result = await sandbox.run(submission, exercise.tests(language, hidden=True))
    assert result.outcome == "runtime_error"
    assert all(UNWRITTEN in test.got + result.stderr for test in result.tests)
