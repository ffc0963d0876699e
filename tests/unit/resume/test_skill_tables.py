"""Tables of skills, whose other columns say how well, since when and what for; and words that a cell breaks."""

from __future__ import annotations

import pytest

from interviewlab.resume.lines import Line
from interviewlab.resume.pdf_columns import with_whole_words
from interviewlab.resume.segments import Segment
from interviewlab.resume.skill_lists import read_skills

TABLES: dict[str, tuple[list[tuple[str, ...]], set[str]]] = {
    "named columns": (
        [
            ("Tool", "Level", "Since", "What for"),
            ("Tableau", "advanced", "Q2 2020", "Dashboards for sales"),
            ("MISA AMIS", "daily", "2019", "pandas, small scripts"),
        ],
        {"Tableau", "MISA AMIS"},
    ),
    "no names, dates first": (
        [("since Q2 2020", "Tableau", "daily, 40 dashboards"), ("since 2018", "Python", "weekly")],
        {"Tableau", "Python"},
    ),
    "pairs": (
        [("Tableau", "●●●●○", "BigQuery", "●●●○○"), ("dbt", "●●○○○", "Git", "●●●○○")],
        {"Tableau", "BigQuery", "dbt", "Git"},
    ),
    "kinds and years": (
        [
            ("Bereich", "Kenntnisse", "Jahre"),
            ("Sprachen", "Java, Kotlin", "12 Jahre"),
            ("Werkzeuge", "Git, Maven", "9"),
        ],
        {"Java", "Kotlin", "Git", "Maven"},
    ),
    "a grid": (
        [("Kotlin", "Swift", "Jetpack Compose"), ("Accessibility", "Espresso", "Figma")],
        {"Kotlin", "Swift", "Jetpack Compose", "Accessibility", "Espresso", "Figma"},
    ),
    "kinds above columns": (
        [("BI", "Databases", "Languages"), ("Tableau", "BigQuery", "Python"), ("Excel", "PostgreSQL", "R")],
        {"Tableau", "BigQuery", "Python", "Excel", "PostgreSQL", "R"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_only_what_names_a_skill_is_kept_of_a_table(name: str) -> None:
    rows, skills = TABLES[name]
    groups = read_skills([Line(row) for row in rows], "Skills")
    assert {word for group in groups for word in group["keywords"]} == skills


def test_how_often_and_how_long_in_brackets_is_no_part_of_a_skill() -> None:
    lines = [Line((text,), is_bullet=True) for text in ("Go (daily, 5 years)", "Node.js (was daily, 6 years)")]
    assert read_skills(lines, "Skills") == [{"name": "Skills", "keywords": ["Go", "Node.js"]}]


def test_a_word_that_a_cell_breaks_is_whole_and_the_date_beside_it_stays() -> None:
    def part(text: str, x0: float, top: float) -> Segment:
        return Segment(text, x0, x0 + 60, top, top + 10, 10.0, is_bold=False, page=1)

    rows = [
        [part("BS, Computer Engi-", 50, 100), part("Istanbul", 300, 100)],
        [part("neering", 50, 112), part("2014", 300, 112)],
    ]
    whole = with_whole_words(rows)
    assert [[one.text for one in row] for row in whole] == [["BS, Computer Engineering", "Istanbul"], ["2014"]]


def test_a_row_in_bold_above_columns_of_skills_names_what_they_are() -> None:
    head = Line(("Lenguajes", "Nube"), is_bold=True)
    rows = [Line(("C#", "Azure")), Line(("Java", "Docker"))]
    found = {skill for group in read_skills([head, *rows], "Habilidades") for skill in group["keywords"]}
    assert found == {"C#", "Java", "Azure", "Docker"}
