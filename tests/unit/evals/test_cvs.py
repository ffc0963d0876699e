"""Whether questions could only be for the owner of a CV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cvs import Asked, count_half, judge_questions, names_of, own_names, summarise_fields
from interviewlab.errors import BadUpload
from interviewlab.resume import resume_from_text
from interviewlab.types import Plan

ADA = {"work": [{"name": "Kestrel"}], "projects": [{"name": "Tramline"}], "skills": [{"name": "Kafka"}]}
BOB = {"work": [{"name": "Blue Door"}], "skills": [{"name": "Rust"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, truth in (("ada", ADA), ("bob", BOB)):
        (tmp_path / f"{name}.truth.json").write_text(json.dumps(truth), encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text(f"{name}\n\nSKILLS\n{truth['skills'][0]['name']}\n", encoding="utf-8")
    (tmp_path / "split.json").write_text(json.dumps({"tune": ["ada"], "report": ["bob"]}), encoding="utf-8")
    return tmp_path


def _asked(name: str, *questions: str, said: str = "") -> Asked:
    text = "Ada\nEngineer, Kestrel\nTramline\nSKILLS\nKafka" if name == "ada" else "Bob\nBlue Door\nSKILLS\nRust"
    return Asked(name, resume_from_text(text), questions, (said,) * len(questions), Plan(type="resume"))


def test_a_skill_of_one_letter_counts_as_a_word_of_its_own(folder: Path) -> None:
    (folder / "ada.truth.json").write_text(json.dumps(ADA | {"skills": [{"name": "R"}]}), encoding="utf-8")
    found = judge_questions([_asked("ada", "Where did you use R?", "Really, where?", "What is a run?")], folder)
    assert found["naming"] == 1


def test_names_of_employers_projects_and_skills_count_and_other_questions_do_not(folder: Path) -> None:
    asked = [_asked("ada", "What did you do at Kestrel?", "Why Apache Kafka?", "What was hard?")]
    found = judge_questions(asked, folder)
    assert own_names(ADA) == {"Kestrel", "Tramline", "Kafka"}
    assert (found["questions"], found["naming"], found["naming_what_is_not_in_it"]) == (3, 2, [])


def test_a_strangers_employer_and_a_skill_that_nobody_named_are_told(folder: Path) -> None:
    asked = [_asked("ada", "How was Blue Door?", "Why Terraform?"), _asked("bob", "Why Terraform?", said="Terraform.")]
    found = judge_questions(asked, folder)
    told = {(one["cv"], one["names"]) for one in found["naming_what_is_not_in_it"]}
    assert told == {("ada", "Blue Door"), ("ada", "Terraform")}
    assert found["different_sets"] == 2


def test_a_half_is_read_and_summarised(folder: Path) -> None:
    found = summarise_fields(count_half("report", folder))
    assert (found["cvs"], found["skills_f1"], found["by_cv"]["bob"]["skills"]) == (1, 1.0, 1.0)
    assert found["by_field"]["companies"] == 0.0


def test_outside_of_a_checkout_there_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadUpload, match="checkout"):
        names_of("tune", tmp_path)
