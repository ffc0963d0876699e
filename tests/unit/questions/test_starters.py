from typing import Any

from interviewlab.questions.bank import load_bank
from interviewlab.questions.starters import with_further_languages
from interviewlab.types import Exercise, FunctionCase

PLAIN = load_bank(()).exercises[0]


def made(starter: str, *args: Any) -> Exercise:
    cases = tuple(FunctionCase(args=args or (1,), expect=0) for _ in range(3))
    written = {"function": {"python": "f_one"}, "starter": {"python": starter}, "solution": {"python": ""}}
    return with_further_languages(PLAIN.model_copy(update={**written, "visible": cases, "hidden": cases}))


def test_signature_is_written_in_the_types_of_each_language() -> None:
    exercise = made('def f_one(by_name: dict[str, list[int]], rows: list[list[float]]) -> bool:\n    """Says."""\n')
    assert exercise.function == dict.fromkeys(("typescript", "java", "cpp", "go"), "fOne") | {"python": "f_one"}
    assert "fOne(byName: Record<string, number[]>, rows: number[][]): boolean" in exercise.starter["typescript"]
    assert "boolean fOne(Map<String, int[]> byName, double[][] rows)" in exercise.starter["java"]
    assert "bool fOne(map<string, vector<int>> byName, vector<vector<double>> rows)" in exercise.starter["cpp"]
    assert "func fOne(byName map[string][]int, rows [][]float64) bool" in exercise.starter["go"]
    assert all("Says." in exercise.starter[name] for name in ("typescript", "java", "cpp", "go"))


def test_large_numbers_get_wide_types_and_reserved_names_an_underscore() -> None:
    exercise = made("def f_one(short: int) -> int: ...", 2**40)
    assert "long fOne(long short_)" in exercise.starter["java"]
    assert "long long fOne(long long short_)" in exercise.starter["cpp"]


def test_language_without_a_name_for_a_type_is_left_out() -> None:
    exercise = made("def f_one(nested: list) -> int: ...")
    assert set(exercise.function) == {"python", "typescript", "go"}
    assert set(made("def f_one(pairs: list[tuple[str, int]]) -> int: ...").function) == {"python"}
    assert set(made("def f_one(anything) -> int: ...").function) == {"python"}
    assert set(made("this is no Python").function) == {"python"}


def test_languages_that_the_file_has_stay_as_they_are() -> None:
    assert with_further_languages(PLAIN) == PLAIN
    assert "typescript" in PLAIN.starter
