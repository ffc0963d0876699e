"""The skills taxonomy and the job description."""

from __future__ import annotations

import pytest

from interviewlab.resume import canonical_skill, find_skills, job_from_text
from interviewlab.resume.skills import list_skills
from interviewlab.resume.structure import resume_from_text


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("k8s", "Kubernetes"),
        ("Postgres", "PostgreSQL"),
        ("JS", "JavaScript"),
        ("golang", "Go"),
        ("Python 3.11", "Python"),
        ("AWS (EC2, S3)", "AWS"),
        ("go", None),
        ("cooking", None),
    ],
)
def test_aliases_map_to_one_name(written: str, name: str | None) -> None:
    assert canonical_skill(written) == name


def test_every_name_is_its_own_canonical_form() -> None:
    names = list_skills()
    assert len(names) >= 150
    assert [name for name in names if canonical_skill(name) != name] == []


def test_skills_are_found_in_order_of_mention() -> None:
    text = "We use Go, C++ and C, React/Redux, Node.js; REST APIs over AWS (EC2). Postgres is a plus."
    assert find_skills(text) == ("Go", "C++", "C", "React", "Redux", "Node.js", "REST", "AWS", "PostgreSQL")


@pytest.mark.parametrize(
    "text",
    [
        "You will go far",
        "the rest is up to you to express",
        "R&D",
        "see react.example.com/docs",
        "Spring 2020",
        "C-level",
    ],
)
def test_ordinary_words_and_links_are_no_skills(text: str) -> None:
    assert set(find_skills(text)) <= {"REST"} if "rest" in text else find_skills(text) == ()


def test_role_and_skills_of_a_job_description() -> None:
    text = "Senior Backend Engineer (m/f/d) — Acme\nBerlin\n\nWe need Go, k8s and Postgres."
    job = job_from_text(text)
    assert (job.role, job.skills) == ("Senior Backend Engineer", ("Go", "Kubernetes", "PostgreSQL"))


def test_role_inside_a_sentence() -> None:
    job = job_from_text(
        "About us: we like maps.\nWe are looking for a Machine Learning Engineer to join us. PyTorch is a plus."
    )
    assert job.role == "Machine Learning Engineer"


def test_a_text_without_role_gives_an_empty_one() -> None:
    job = job_from_text("Lunch is at noon.")
    assert (job.role, job.skills) == ("", ())


def test_a_person_called_like_a_language_knows_only_what_is_told() -> None:
    resume = resume_from_text("Ada Byron\nada@example.org\n\nI write programs in Python and SQL.\n")
    assert resume.document["skills"] == [{"name": "Skills", "keywords": ["Python", "SQL"]}]


@pytest.mark.parametrize(
    "text",
    [
        "- **Care** for quality",
        "Care for quality\n",
        "Rare bugs",
        "Dare to ask",
        "a list:\nRand index",
        "Cord blood, and more",
    ],
)
def test_a_word_that_begins_with_a_skill_s_letter_is_not_that_skill(text: str) -> None:
    assert find_skills(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("C and Rust", ("C", "Rust")),
        ("Go or C", ("Go", "C")),
        ("Drivers in C is what you write", ("C",)),
        ("R, Python", ("R", "Python")),
        ("C developers wanted", ("C",)),
        ("firmware in C", ("C",)),
    ],
)
def test_skills_of_one_letter_are_found_beside_plain_words(text: str, names: tuple[str, ...]) -> None:
    assert find_skills(text) == names
