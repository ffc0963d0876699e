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
        "You react quickly to incidents and keep the rest of the team informed",
        "- React quickly to incidents\n- Rest assured that we do",
        "at the helm of a team of four",
        "a node in the network",
        "Engineer at Shell in Rotterdam",
        "Led the torch relay",
        "said in jest today, no soap opera, no puppet show, a hive of ideas, gin tasting, unreal growth",
        "R&D",
        "see react.example.com/docs",
        "Spring 2020",
        "C-level",
    ],
)
def test_ordinary_words_and_links_are_no_skills(text: str) -> None:
    assert find_skills(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We use React to build pages", ("React",)),
        ("five years of React experience", ("React",)),
        ("react, node and typescript", ("React", "Node.js", "TypeScript")),
        ("built react apps and helm charts", ("React", "Helm")),
        ("Senior react developer", ("React",)),
        ("React Native, node js", ("React Native", "Node.js")),
        ("a REST interface over SOAP", ("REST", "SOAP")),
        ("wrote shell tools", ("Bash",)),
        ("Python, Shell, SQL", ("Python", "Bash", "SQL")),
        ("Requirements:\n- react\n- node\n- shell", ("React", "Node.js", "Bash")),
        ("1. react\n2. node", ("React", "Node.js")),
        ("5 years of react", ("React",)),
        ("frameworks such as react or vue", ("React", "Vue.js")),
        ("react & redux", ("React", "Redux")),
        ("tested with REST Assured and jest", ("REST Assured", "Jest")),
    ],
)
def test_skills_that_are_ordinary_words_too_count_as_they_are_spelled_or_listed(
    text: str, names: tuple[str, ...]
) -> None:
    assert find_skills(text) == names


def test_a_job_does_not_ask_for_what_is_an_ordinary_word() -> None:
    text = "Backend Engineer\nRequirements:\n- Python\n- You react quickly and keep the rest of the team informed"
    assert job_from_text(text).skills == ("Python",)


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
