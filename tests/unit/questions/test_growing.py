"""Recipes for inputs of a given size, and the seeded faults, as the bank holds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interviewlab.errors import BadBank
from interviewlab.questions import load_bank
from interviewlab.questions.bank import BUNDLED
from interviewlab.questions.check import check_bank
from interviewlab.questions.faults import faulty_solution, right_solution
from interviewlab.questions.growing import inputs_of, sizes_of
from interviewlab.types import Growing

EXERCISES = load_bank().exercises


def cook(recipe: Any, size: int = 4) -> Any:
    growing = Growing(expected="n", inputs=(recipe,))
    return inputs_of(EXERCISES[0].model_copy(update={"growing": growing}), size)[0]


@pytest.mark.parametrize(
    ("recipe", "value"),
    [
        ({"size": 0.5, "plus": 1}, 3),
        ([1, "a", {"size": 1}], [1, "a", 4]),
        ({"list": {"index": 2, "plus": 1}}, [1, 3, 5, 7]),
        ({"list": {"text": "song {}"}, "of": 2}, ["song 0", "song 1"]),
        ({"text": "k{}", "value": {"size": 2}}, "k8"),
        ({"list": {"name": {"index": 13}}}, ["a", "n", "ba", "bn"]),
        ({"letters": "a", "of": {"size": 1}}, "aaaa"),
        ({"object": [{"name": {"index": 1}}, []], "of": 2}, {"a": [], "b": []}),
        ({"join": {"list": "x"}, "by": ","}, "x,x,x,x"),
        ({"join": [{"list": "x", "of": 2}, ["y"]]}, ["x", "x", "y"]),
        ({"sort": [3, 1, 2]}, [1, 2, 3]),
    ],
)
def test_recipe_makes_its_value(recipe: Any, value: Any) -> None:
    assert cook(recipe) == value


def test_what_is_random_is_the_same_each_time_and_within_its_bounds() -> None:
    recipe = {"shuffle": {"list": {"pick": [{"int": [0, 9]}, 5]}, "of": 200}}
    assert cook(recipe) == cook(recipe)
    assert set(cook(recipe)) == set(range(10))


@pytest.mark.parametrize("recipe", [{"no such": 1}, {"int": [5]}, {"letters": "", "of": 3}])
def test_recipe_that_cannot_be_followed_is_named(recipe: Any) -> None:
    with pytest.raises(BadBank, match=EXERCISES[0].id):
        cook(recipe)


def test_every_exercise_makes_larger_inputs_or_says_why_not() -> None:
    for exercise in EXERCISES:
        growing = exercise.growing
        assert growing, exercise.id
        if not growing.untold:
            small, larger = (len(json.dumps(inputs_of(exercise, size))) for size in sizes_of(growing)[:2])
            assert small < larger, exercise.id


def test_every_exercise_has_faults_that_change_its_solution() -> None:
    for exercise in EXERCISES:
        faulty = {faulty_solution(exercise, fault).code for fault in exercise.faults}
        assert len(faulty) >= 2, exercise.id
        assert right_solution(exercise).code not in faulty, exercise.id


def test_a_fault_or_recipe_that_does_not_fit_is_named(tmp_path: Path) -> None:
    name = "voucher-pair.yaml"
    text = (
        (BUNDLED / "exercises" / name)
        .read_text()
        .replace("    - 999999\n", "")
        .replace("change: 'first_at.setdefault(", "change: 'gone(")
    )
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / name).write_text(text)
    problems = "\n".join(check_bank(tmp_path))
    assert "stands 0 times in the Python solution" in problems
    assert "'growing' makes 1 arguments, but the cases have 2" in problems


def test_growing_needs_recipes_or_a_reason() -> None:
    with pytest.raises(ValueError, match="untold"):
        Growing()
