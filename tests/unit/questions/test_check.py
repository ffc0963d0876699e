"""``check_bank`` finds everything at once, and what a schema cannot see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from interviewlab.questions import check_bank, load_bank
from interviewlab.questions.bank import BUNDLED
from interviewlab.questions.files import read_item


def write(folder: Path, item: dict[str, Any]) -> None:
    (folder / f"{item['id']}.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), encoding="utf-8")


def exercise() -> dict[str, Any]:
    written = read_item(BUNDLED / "exercises" / "missing-parcels.yaml")
    return {**written.model_dump(mode="json"), "id": "own-exercise"}


def question() -> dict[str, Any]:
    return {**load_bank().questions[0].model_dump(mode="json"), "id": "own-question"}


def problems_of(folder: Path, item: dict[str, Any]) -> str:
    write(folder, item)
    return "\n".join(check_bank(folder))


def test_good_files_have_no_problems(tmp_path: Path) -> None:
    write(tmp_path, question())
    write(tmp_path, exercise())
    assert check_bank(tmp_path) == ()


def test_all_broken_files_and_fields_are_listed(tmp_path: Path) -> None:
    write(tmp_path, {**question(), "level": "hard", "skills": []})
    (tmp_path / "torn.yaml").write_text("id: [", encoding="utf-8")
    problems = check_bank(tmp_path)
    assert len(problems) == 3
    assert all(problem.count("\n") == 0 for problem in problems)
    for part in ("field 'level'", "field 'skills'", "torn.yaml"):
        assert any(part in problem for problem in problems)


def test_missing_folder_is_one_problem(tmp_path: Path) -> None:
    assert len(check_bank(tmp_path / "nowhere")) == 1


def test_same_id_in_two_places_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, question())
    (tmp_path / "questions").mkdir()
    write(tmp_path / "questions", question())
    assert "'own-question' is already the id of" in "\n".join(check_bank(tmp_path))


@pytest.mark.parametrize("follow_up", ["Tell me more.", "Why? And how?", "Why? Tell me."])
def test_follow_up_must_be_one_question(tmp_path: Path, follow_up: str) -> None:
    item = question()
    item["key_points"][1]["follow_up"] = follow_up
    assert "the follow-up must be one question" in problems_of(tmp_path, item)


def test_cue_that_stands_in_the_question_is_a_problem(tmp_path: Path) -> None:
    item = question()
    item["text"] = "How would you use a Hash Map here?"
    item["key_points"][0]["cues"] = ["hash map"]
    assert "the cue 'hash map' stands in the question" in problems_of(tmp_path, item)


def test_cue_that_stands_in_the_introduction_of_an_exercise_is_a_problem(tmp_path: Path) -> None:
    item = exercise()
    item["discussion"][0]["cues"] = ["courier"]
    assert "the cue 'courier' stands in the question" in problems_of(tmp_path, item)


def test_cue_inside_another_word_is_no_problem(tmp_path: Path) -> None:
    item = question()
    item["text"] = "How would you plan a maximum?"
    item["key_points"][0]["cues"] = ["max"]
    assert problems_of(tmp_path, item) == ""


def test_cue_that_stands_in_its_own_follow_up_is_a_problem(tmp_path: Path) -> None:
    item = question()
    item["key_points"][0].update(follow_up="Would a cache help?", cues=["cache"])
    assert "the cue 'cache' stands in its follow-up" in problems_of(tmp_path, item)


def test_key_point_ids_must_differ(tmp_path: Path) -> None:
    item = question()
    item["key_points"][1]["id"] = item["key_points"][0]["id"]
    assert "is there 2 times" in problems_of(tmp_path, item)


@pytest.mark.parametrize(
    "text", ["What is `dict`?", "**Why** so?", "Is a < b?", "Why O(n)?", "See https://a.b here?", "Pick:\n- a\n- b?"]
)
def test_markup_and_symbols_are_not_fit_for_speech(tmp_path: Path, text: str) -> None:
    item = question()
    item["text"] = text
    assert "text is not fit for speech" in problems_of(tmp_path, item)


@pytest.mark.parametrize("text", ["How does C# differ from C++?", "Why TCP/IP, and not UDP - or both?"])
def test_names_with_signs_may_be_spoken(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, {**question(), "text": text}) == ""


def test_starter_must_not_be_the_solution(tmp_path: Path) -> None:
    item = exercise()
    item["starter"]["python"] = item["solution"]["python"] + "\n"
    assert "starter in python is the solution" in problems_of(tmp_path, item)


def test_each_language_needs_starter_and_solution(tmp_path: Path) -> None:
    item = exercise()
    del item["solution"]["javascript"]
    assert "solution is for python, but function names javascript, python" in problems_of(tmp_path, item)


def test_function_must_be_in_the_code(tmp_path: Path) -> None:
    item = exercise()
    item["function"]["python"] = "lost_parcels"
    assert "starter in python does not define 'lost_parcels'" in problems_of(tmp_path, item)


def test_cases_must_agree_in_the_number_of_arguments(tmp_path: Path) -> None:
    item = exercise()
    item["hidden"][0]["args"].append(1)
    assert "the cases differ in their number of arguments: 2, 3" in problems_of(tmp_path, item)


def test_hidden_case_must_not_be_shown(tmp_path: Path) -> None:
    item = exercise()
    item["hidden"][0]["args"] = item["visible"][0]["args"]
    assert "1 of the hidden cases" in problems_of(tmp_path, item)


def test_hidden_case_needs_a_category(tmp_path: Path) -> None:
    item = exercise()
    item["hidden"][0]["category"] = ""
    assert "no category" in problems_of(tmp_path, item)


def test_long_hint_is_a_problem(tmp_path: Path) -> None:
    item = exercise()
    item["hints"][1] = "First do this. Then do that. Then stop."
    assert "hint 2 has more than 2 sentences" in problems_of(tmp_path, item)
