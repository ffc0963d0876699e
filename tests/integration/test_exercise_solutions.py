"""Every reference solution passes its own tests in the real sandbox, and no starter does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.ports import Sandbox
from interviewlab.questions import load_bank
from interviewlab.sandbox.choice import open_sandbox
from interviewlab.types import Exercise, Language, RunResult, Submission
from tests.parts import need

CASES = [
    pytest.param(exercise, language, id=f"{exercise.id}-{language}")
    for exercise in load_bank().exercises
    for language in exercise.function
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
