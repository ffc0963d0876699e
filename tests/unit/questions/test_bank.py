"""Reading the bank: what is accepted, and the one clear sentence for what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interviewlab.errors import BadBank, NotFound
from interviewlab.questions import load_bank

QUESTION = """\
id: {id}
area: {area}
level: mid
text: What happens when you open a page?
rephrased: What goes on behind a page that opens?
answer: The name is looked up, a connection is opened, and the page is fetched.
key_points:
  - {{id: lookup, text: The name is looked up., weight: 2, follow_up: What comes first?, cues: [dns]}}
  - {{id: connect, text: A connection is opened., weight: 1, follow_up: And then?, cues: [tcp]}}
  - {{id: fetch, text: The page is fetched., weight: 1, follow_up: How does it end?, cues: [http]}}
skills: [networks]
"""


def question_text(name: str = "own-page", area: str = "own-area") -> str:
    return QUESTION.format(id=name, area=area)


def put(folder: Path, text: str, name: str = "own-page.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path) -> str:
    with pytest.raises(BadBank) as caught:
        load_bank([folder])
    assert caught.value.remedy
    return str(caught.value)


def test_bundled_bank_is_sorted_by_id_and_found_by_id() -> None:
    bank = load_bank()
    ids = [question.id for question in bank.questions]
    assert ids == sorted(ids)
    assert [e.id for e in bank.exercises] == sorted(e.id for e in bank.exercises)
    assert bank.question(ids[3]).id == ids[3]
    assert bank.exercise("free-windows").title == "Free windows"


def test_unknown_ids_are_not_found() -> None:
    with pytest.raises(NotFound, match="no question 'nope'"):
        load_bank().question("nope")
    with pytest.raises(NotFound, match="no exercise 'nope'"):
        load_bank().exercise("nope")


def test_second_load_does_not_read_the_bundled_files_again() -> None:
    assert all(one is other for one, other in zip(load_bank().questions, load_bank().questions, strict=True))


@pytest.mark.parametrize("place", ["own-page.yaml", "own-page.yml", "questions/own-page.yaml"])
def test_own_questions_join_the_bundled_ones(tmp_path: Path, place: str) -> None:
    put(tmp_path, question_text(), place)
    bank = load_bank([tmp_path])
    assert bank.question("own-page").area == "own-area"
    assert "own-area" in bank.areas
    assert len(bank.questions) == len(load_bank().questions) + 1


def test_own_exercise_is_known_by_its_fields_in_a_flat_folder(tmp_path: Path) -> None:
    exercise = load_bank().exercise("undo-redo").model_copy(update={"id": "own-one"})
    put(tmp_path, yaml.safe_dump(exercise.model_dump(mode="json")), "own-one.yaml")
    assert load_bank([tmp_path]).exercise("own-one").title == "Replay the edits"


def test_an_edited_own_file_counts_at_the_next_load(tmp_path: Path) -> None:
    put(tmp_path, question_text())
    assert load_bank([tmp_path]).question("own-page").area == "own-area"
    put(tmp_path, question_text(area="another"))
    assert load_bank([tmp_path]).question("own-page").area == "another"


def test_words_that_yaml_would_turn_into_other_values_stay_words(tmp_path: Path) -> None:
    text = question_text().replace("cues: [dns]", "cues: [no, on, 2026-01-01, 007]").replace("[networks]", "[yes]")
    put(tmp_path, text)
    question = load_bank([tmp_path]).question("own-page")
    assert question.key_points[0].cues == ("no", "on", "2026-01-01", "007")
    assert question.skills == ("yes",)


def test_broken_yaml_names_file_and_line(tmp_path: Path) -> None:
    path = put(tmp_path, question_text().replace("level: mid", "level: [mid"))
    assert f"{path}, line 4" in refusal(tmp_path)


def test_key_given_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, question_text() + "level: senior\n")
    assert "line 12: not valid YAML (the key 'level' is given twice)" in refusal(tmp_path)


def test_unknown_field_is_named_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, question_text() + "colour: red\n")
    assert "line 12: field 'colour': is not a field of this kind of file" in refusal(tmp_path)


def test_missing_field_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, question_text().replace("area: own-area\n", ""))
    assert f"{path}: field 'area': is missing" in refusal(tmp_path)


def test_missing_field_of_a_key_point_is_named_with_the_line_of_the_key_point(tmp_path: Path) -> None:
    put(tmp_path, question_text().replace(", follow_up: And then?", ""))
    assert "line 9: field 'key_points.1.follow_up': is missing" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("level: mid", "level: hard", "level"),
        ("weight: 2", "weight: 0", "key_points.0.weight"),
        ("weight: 2", "weight: heavy", "key_points.0.weight"),
        ("skills: [networks]", "skills: []", "skills"),
        ("id: own-page", "id: Own Page", "id"),
    ],
)
def test_wrong_value_is_named_by_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    put(tmp_path, question_text().replace(old, new))
    assert f"field '{field}'" in refusal(tmp_path)


def test_id_that_is_not_the_file_name_is_refused(tmp_path: Path) -> None:
    put(tmp_path, question_text("other"))
    assert "field 'id' is 'other' but the file is called 'own-page.yaml'" in refusal(tmp_path)


def test_id_of_a_bundled_question_is_refused_with_both_files(tmp_path: Path) -> None:
    taken = load_bank().questions[0].id
    path = put(tmp_path, question_text(taken), f"{taken}.yaml")
    assert str(path) in refusal(tmp_path)
    assert f"data/questions/{taken}.yaml" in refusal(tmp_path)


def test_id_of_a_bundled_exercise_is_refused_for_a_question_too(tmp_path: Path) -> None:
    put(tmp_path, question_text("undo-redo"), "undo-redo.yaml")
    assert "'undo-redo' is already the id of" in refusal(tmp_path)


def test_same_id_in_two_own_folders_is_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path / name, question_text())
    with pytest.raises(BadBank, match="'own-page' is already the id of"):
        load_bank([tmp_path / "one", tmp_path / "two"])


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_file_without_fields_is_refused(tmp_path: Path, text: str) -> None:
    put(tmp_path, text)
    assert "holds no fields" in refusal(tmp_path)


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own-page.yaml").write_bytes("text: Grüße\n".encode("latin-1"))
    assert "not UTF-8" in refusal(tmp_path)


def test_python_objects_in_yaml_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "id: !!python/object/apply:os.getcwd []\n")
    assert "not valid YAML" in refusal(tmp_path)


@pytest.mark.parametrize("depth", [3_000, 200_000])
def test_endless_nesting_is_refused_and_crashes_nothing(tmp_path: Path, depth: int) -> None:
    put(tmp_path, "id: " + "[" * depth + "]" * depth + "\n")
    assert "own-page.yaml" in refusal(tmp_path)


def test_large_file_is_read(tmp_path: Path) -> None:
    put(tmp_path, question_text().replace("The name is looked up,", "The name is looked up, " + "and so on, " * 3000))
    assert len(load_bank([tmp_path]).question("own-page").answer) > 30_000


def test_missing_and_empty_folders_are_refused(tmp_path: Path) -> None:
    assert "no such folder" in refusal(tmp_path / "nowhere")
    assert "holds no questions" in refusal(tmp_path)
