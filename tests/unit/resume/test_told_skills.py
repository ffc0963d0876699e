"""Sections of skills that are no plain lists: sentences, labels in one line, bars, tables with a column of kinds."""

from __future__ import annotations

import pytest

from interviewlab.resume import resume_from_text
from interviewlab.resume.lists import split_items

HEAD = "Ada Byron\nada@byron.example\n\nEXPERIENCE\n\nAcme — Developer\n2019 – 2021\n\n"


def _skills(section: str, heading: str = "SKILLS") -> list[str]:
    document = resume_from_text(f"{HEAD}{heading}\n\n{section}\n").document
    return [word for group in document.get("skills", ()) for word in group.get("keywords", ())]


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("- Comfortable with SQL, Git and pytest; some JavaScript", ["SQL", "Git", "pytest", "JavaScript"]),
        (
            "- Wrote a training log in Python and Flask which two hundred rowers use every day\n- Git, SQL",
            ["Python", "Flask", "Git", "SQL"],
        ),
        ("Manejo a diario Java y Angular; he trabajado también con Vue.", ["Java", "Angular", "Vue.js"]),
        ("Languages: C, Python; Tools: Git, Docker; Libraries: NumPy", ["C", "Python", "Git", "Docker", "NumPy"]),
        ("Nmap, Ghidra / Python, Go, C / Terraform, AWS", ["Nmap", "Ghidra", "Python", "Go", "C", "Terraform", "AWS"]),
    ],
)
def test_skills_are_named_whatever_is_written_around_them(section: str, names: list[str]) -> None:
    assert _skills(section) == names


def test_a_sentence_that_leads_over_to_something_else_is_no_label_and_what_it_leads_to_no_skill() -> None:
    section = "I work in R and Python every day, and I maintain one package:"
    package = "moraic – a tool for speech, used by many people."
    assert _skills(f"{section}\n{package}\nDocker, Git") == ["R", "Python", "Docker", "Git"]


def test_bars_of_blocks_behind_a_name_go() -> None:
    assert split_items("PHP ██████████") == ["PHP"]
    assert split_items("RabbitMQ ██████░░░░") == ["RabbitMQ"]


def test_a_column_of_kinds_holds_no_skills() -> None:
    table = "Area   Tool   Years\nMobile   Appium   3\nWeb   Cypress   4\nLoad   JMeter   5"
    assert _skills(table) == ["Appium", "Cypress", "JMeter"]


def test_kinds_above_their_names_and_levels_behind_them_are_no_skills() -> None:
    assert _skills("Programming   Java   excellent\nKotlin   good") == ["Java", "Kotlin"]
    assert _skills("Platforms\n- Snowflake ★★★★★\n- Databricks ★★★★☆") == ["Snowflake", "Databricks"]


def test_spoken_languages_in_the_line_of_skills_are_languages() -> None:
    document = resume_from_text(f"{HEAD}SKILLS\n\nLanguages: C, Python; Spoken: English, Igbo\n").document
    assert [one["language"] for one in document["languages"]] == ["English", "Igbo"]
    assert [group["keywords"] for group in document["skills"]] == [["C", "Python"]]


def test_a_driving_licence_is_no_skill() -> None:
    assert _skills("Python, Django\nDriving licence: B") == ["Python", "Django"]


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("Python, SQL\nPatented algorithms, Rust", ["Python", "SQL", "Patented algorithms", "Rust"]),
        ("Python\nPermis basics, Go", ["Python", "Permis basics", "Go"]),
        ("Python\nDriving licence B, Kubernetes, Go", ["Python", "Kubernetes", "Go"]),
        ("Python, Driver's license, Go", ["Python", "Go"]),
        ("Python\nOther: Führerschein Klasse B, Docker", ["Python", "Docker"]),
        ("Python\nPermis B   Docker, Go", ["Python", "Docker", "Go"]),
        ("Python, Go\nDriving licence   Category B, BE", ["Python", "Go"]),
        ("Python, Go\nPatente B, C", ["Python", "Go"]),
    ],
)
def test_of_a_line_with_a_licence_to_drive_only_that_goes(section: str, names: list[str]) -> None:
    assert _skills(section) == names


@pytest.mark.parametrize("names", [["Python", "Testing", "DevOps", "Docker"], ["Python", "Web", "Cloud", "Docker"]])
@pytest.mark.parametrize("bullet", ["", "- "])
def test_in_a_list_with_one_name_a_line_kinds_are_names(names: list[str], bullet: str) -> None:
    assert _skills("\n".join(bullet + name for name in names)) == names


def test_kinds_above_lists_or_first_of_all_are_no_skills() -> None:
    assert _skills("Testing\nJUnit, Selenium\nCloud\nAWS, GCP") == ["JUnit", "Selenium", "AWS", "GCP"]
    assert _skills("- Languages\n- Python\n- Go\n- Tools\n- Docker") == ["Python", "Go", "Docker"]
