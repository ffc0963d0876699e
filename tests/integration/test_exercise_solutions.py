"""Every reference solution passes its own tests in the real sandbox, and no starter does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from interviewlab.errors import SandboxUnavailable
from interviewlab.measuring import measure_growth, try_own_tests
from interviewlab.ports import Sandbox
from interviewlab.questions import load_bank
from interviewlab.questions.faults import faulty_solution
from interviewlab.questions.starters import UNWRITTEN
from interviewlab.sandbox.choice import choose_sandbox, open_backends
from interviewlab.types import Exercise, Language, RunResult, Submission, SubmissionEntry
from tests.parts import need

AT_ONCE = 3
EXERCISES = load_bank().exercises
LANGUAGES = sorted({language for exercise in EXERCISES for language in exercise.solution})


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    try:
        chosen, _ = asyncio.run(choose_sandbox(tuple(open_backends(AT_ONCE).values())))
    except SandboxUnavailable as error:
        need("sandbox", False, str(error))
        raise
    yield chosen
    asyncio.run(chosen.aclose())


def exercises_in(language: Language) -> list[Exercise]:
    return [exercise for exercise in EXERCISES if language in exercise.solution]


def shortfall(result: RunResult) -> str:
    failed = [f"{test.name} ({test.category}): {test.outcome}, {test.got}" for test in result.tests if not test.passed]
    return f"{result.outcome}: {'; '.join(failed)} {result.stderr[-500:]}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_reference_solutions_pass_every_case(sandbox: Sandbox, language: Language) -> None:
    async def solve(exercise: Exercise) -> tuple[int, RunResult]:
        submission = Submission(code=exercise.solution[language], language=language)
        cases = (*exercise.visible, *exercise.hidden)
        suite = exercise.tests(language, hidden=True).model_copy(update={"cases": cases})
        return len(cases), await sandbox.run(submission, suite)

    exercises = exercises_in(language)
    solved = dict(
        zip([exercise.id for exercise in exercises], await asyncio.gather(*map(solve, exercises)), strict=True)
    )
    assert {name: shortfall(result) for name, (_, result) in solved.items() if result.outcome != "ok"} == {}
    assert [name for name, (cases, result) in solved.items() if len(result.tests) != cases] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_starters_pass_no_case(sandbox: Sandbox, language: Language) -> None:
    async def begin(exercise: Exercise) -> tuple[str, int]:
        submission = Submission(code=exercise.starter[language], language=language)
        result = await sandbox.run(submission, exercise.tests(language, hidden=False))
        return result.outcome, result.passed

    exercises = exercises_in(language)
    begun = await asyncio.gather(*map(begin, exercises))
    others = {one.id: got for one, got in zip(exercises, begun, strict=True) if got != ("wrong_answer", 0)}
    assert others == {}


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


SAMPLE = [load_bank().exercise(name) for name in ("voucher-pair", "csv-line")]
PAIRWISE = """
def spend_voucher(prices, voucher):
    for one in range(len(prices)):
        for other in range(one):
            if prices[one] + prices[other] == voucher:
                return [other, one]
    return []
"""


async def test_every_seeded_fault_fails_hidden_tests_and_own_tests_on_it_catch_it(sandbox: Sandbox) -> None:
    """A sample; ``python -m evals growth`` does it for all exercises."""
    for exercise in SAMPLE:
        for fault in exercise.faults:
            result = await sandbox.run(faulty_solution(exercise, fault), exercise.tests("python", hidden=True))
            assert result.outcome != "ok", f"{exercise.id}: {fault.kind}"
    lines = "\n".join(["[1, 3], 6 => []", "[3, 3, 4], 6 => [0, 1]", "[5, 0], 5 => [0, 1]", "[1], 1 => [0]"])
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = SubmissionEntry(sequence=0, turn=1, at=at, code="pass", language="javascript", own_tests=lines)
    tried = await try_own_tests(sandbox, SAMPLE[0], entry)
    assert tried
    assert tried.wrong == ("Line 4 of your tests expects what a right solution does not give.",)
    assert (tried.right, tried.caught, tried.missed) == (3, ("an article taken twice", "a price of zero"), (
        "a price that is there several times",
    ))  # fmt: skip


async def test_growth_never_calls_a_right_solution_slow_nor_a_slow_one_right(sandbox: Sandbox) -> None:
    """On a busy machine either may be "not told"."""
    assert SAMPLE[0].growing
    growing = SAMPLE[0].growing.model_copy(update={"sizes": (128, 2048)})
    exercise = SAMPLE[0].model_copy(update={"growing": growing})
    codes = (exercise.solution["python"], PAIRWISE)
    right, slow = [await measure_growth(sandbox, exercise, Submission(code=c, language="python")) for c in codes]
    assert right
    assert slow
    assert (right.verdict != "slower", slow.verdict != "expected") == (True, True), (right, slow)
    assert len(slow.sizes) >= 3, slow
