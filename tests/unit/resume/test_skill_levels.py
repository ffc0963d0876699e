"""Levels that a CV gives its skills: read, kept and told apart."""

from __future__ import annotations

import pytest

from interviewlab.resume import claims_from_resume, resume_from_text
from interviewlab.resume.skill_levels import is_none, is_weak, label_level, word_level

CV = """Ann Low
ann@low.example.org

Experience

Engineer, Kestrel, 2020 – present
- Built services in Go and Kafka

Skills

{skills}
"""


def _levels(skills: str) -> dict[str, str]:
    groups = resume_from_text(CV.format(skills=skills)).document["skills"]
    return {word: group.get("level", "") for group in groups for word in group["keywords"]}


@pytest.mark.parametrize(
    ("skills", "levels"),
    [
        (
            "Good hands: Linux, Go\nRusty hands: Puppet, Perl.",
            {"Linux": "Good hands", "Go": "Good hands", "Puppet": "Rusty hands", "Perl": "Rusty hands"},
        ),
        (
            "Python (expert), Go (basic), Rust (learning), C++ (rusty)",
            {"Python": "expert", "Go": "basic", "Rust": "learning", "C++": "rusty"},
        ),
        ("Python – very good\nJava – Grundkenntnisse", {"Python": "very good", "Java": "Grundkenntnisse"}),
        ("- Python: expert\n- Go: familiar with", {"Python": "expert", "Go": "familiar with"}),
        (
            "Strong in Python and Go; familiar with Rust and Java.",
            {"Python": "Strong", "Go": "Strong", "Rust": "familiar", "Java": "familiar"},
        ),
        ("Languages: Python (fluent), Haskell (some)", {"Python": "fluent", "Haskell": "some"}),
        ("Basic Java, some Scala, advanced Python", {"Java": "Basic", "Scala": "some", "Python": "advanced"}),
        (
            "Rusty\nPerl, Puppet\nFresh\nGo, Kafka",
            {"Perl": "Rusty", "Puppet": "Rusty", "Go": "Fresh", "Kafka": "Fresh"},
        ),
        ("Python ★★★★★\nJava ★★☆☆☆", {"Python": "★★★★★", "Java": "★★☆☆☆"}),
        ("Python, Machine Learning, Go", {"Python": "", "Machine Learning": "", "Go": ""}),
    ],
)
def test_the_level_of_a_skill_is_kept(skills: str, levels: dict[str, str]) -> None:
    assert _levels(skills) == levels


@pytest.mark.parametrize(
    "level",
    [
        "Rusty hands",
        "basic",
        "Grundkenntnisse",
        "familiar with",
        "some",
        "learning",
        "★★☆☆☆",
        "30 %",
        "2/5",
        "a little",
    ],
)
def test_what_is_known_a_little_is_weak(level: str) -> None:
    assert is_weak(level)


@pytest.mark.parametrize(
    "level", ["", "expert", "Good hands", "sehr gut", "★★★★☆", "90 %", "machine learning", "low-latency"]
)
def test_what_is_known_well_is_not(level: str) -> None:
    assert not is_weak(level)


@pytest.mark.parametrize(
    "skill",
    [
        "React (used to build the shop)",
        "C++ (low latency trading)",
        "Kubernetes (never had an outage in 3 years)",
        "Python (e-learning platform)",
        "PyTorch (few-shot learning)",
        "Kotlin (basic banking app, 3 years)",
        "Terraform – used to deploy 40 services",
        "Representation learning with PyTorch",
        "Led some of the largest Go migrations",
    ],
)
def test_what_a_skill_was_used_for_is_no_level(skill: str) -> None:
    assert not word_level(skill)
    assert not any(map(is_weak, _levels(skill).values()))


def test_of_a_longer_remark_the_level_alone_is_kept() -> None:
    assert word_level("C++ (rusty, last used 2015)") == "rusty"
    assert word_level("Go (basic, for the build of our shop)") == "basic"
    assert is_weak(word_level("Elixir (not yet in production)"))
    assert not is_none(word_level("Elixir (not yet in production)"))


def test_no_hands_is_no_knowledge() -> None:
    assert is_none("No hands")
    assert not is_none("Rusty hands")


@pytest.mark.parametrize(
    "label", ["Machine learning", "Languages", "Visual Basic", "Low-level", "Basic sciences", "Go"]
)
def test_a_label_with_other_words_tells_no_level(label: str) -> None:
    assert label_level(label) == ""


def test_a_list_in_sentences_without_a_heading_keeps_its_levels() -> None:
    text = CV.replace("Skills\n\n", "").format(
        skills="Good hands: Linux, Kubernetes, Go, Kafka.\nRusty hands: Puppet, Perl, Nagios."
    )
    levels = {claim.name: claim.level for claim in claims_from_resume(resume_from_text(text), 60)}
    assert levels["Kafka"] == "Good hands"
    assert levels["Nagios"] == "Rusty hands"


def test_a_claim_knows_whether_work_shows_it() -> None:
    claims = claims_from_resume(resume_from_text(CV.format(skills="Go (expert), Perl (rusty)")), 60)
    found = {claim.name: (claim.level, claim.is_used) for claim in claims if claim.kind == "skill"}
    assert found == {"Go": ("expert", True), "Perl": ("rusty", False)}
