"""What letters and plain lists tell: several jobs in a sentence, dates before degrees, years one below the other."""

from __future__ import annotations

from typing import Any

import pytest

from interviewlab.resume import resume_from_text

HEAD = "Ada Byron\nada@byron.example\n\n"


def _read(text: str, head: str = HEAD) -> dict[str, Any]:
    return dict(resume_from_text(head + text).document)


def _jobs(text: str) -> list[tuple[str | None, ...]]:
    keys = ("name", "position", "startDate", "endDate")
    return [tuple(job.get(key) for key in keys) for job in _read(text).get("work", ())]


def _studies(text: str) -> list[tuple[str | None, ...]]:
    keys = ("institution", "studyType", "area", "endDate")
    return [tuple(one.get(key) for key in keys) for one in _read(text).get("education", ())]


def test_each_employer_of_a_sentence_has_the_position_behind_it() -> None:
    text = (
        "Dear Ms Keane,\n\nPrior to this, I was employed by Sperrin Software as a QA analyst (2020-2022), and I "
        "did an internship at Marlfield Media as a web developer in the summer of 2019.\n"
    )
    assert _jobs(text) == [
        ("Sperrin Software", "QA analyst", "2020", "2022"),
        ("Marlfield Media", "web developer", "2019", "2019"),
    ]


def test_where_one_was_and_moved_to_are_jobs() -> None:
    text = (
        "Hello,\n\nMy first job was at Vinterdal Energi, where I was a data analyst from 2019 until 2021. I then moved "
        "to Kolibri Health as a data engineer and am happy there.\n"
    )
    assert _jobs(text) == [
        ("Vinterdal Energi", "data analyst", "2019", "2021"),
        ("Kolibri Health", "data engineer", None, None),
    ]


def test_a_town_moved_to_is_no_employer() -> None:
    assert _jobs("Hello,\n\nIn 2020 I moved to Berlin as a software developer.\n") == []
    assert _jobs("Hello,\n\nIn 2020 I switched to Python as a backend developer.\n") == []


@pytest.mark.parametrize(
    ("sentence", "study"),
    [
        (
            "In June 2025 I finished my BSc in Computer Science at the University of Leicester.",
            ("University of Leicester", "BSc", "Computer Science", "2025-06"),
        ),
        (
            "I graduated from Technological University Dublin in 2020 with a BSc (Hons) in Computing.",
            ("Technological University Dublin", "BSc", "Computing", "2020"),
        ),
    ],
)
def test_a_degree_has_the_date_told_before_it(sentence: str, study: tuple[str, ...]) -> None:
    assert _studies(f"Hello,\n\n{sentence}\n") == [study]


def test_two_things_built_are_two_projects() -> None:
    text = "Hello,\n\nI built Tidewatch, a small app for tides, and Lexibox, a flashcard program for Spanish.\n"
    assert [one["name"] for one in _read(text)["projects"]] == ["Tidewatch", "Lexibox"]
    text = "Hello,\n\nI built Tidewatch, an app for tides and moons, and Lexibox, a program for words.\n"
    projects = [(one["name"], one["description"]) for one in _read(text)["projects"]]
    assert projects == [("Tidewatch", "an app for tides and moons"), ("Lexibox", "a program for words")]


def test_a_name_below_the_letter_is_no_skill() -> None:
    head = "Marisol Quintero Vega\nmarisol@posteo.example\n\n"
    text = "Dear Team,\n\nI look after a service in Kotlin and PostgreSQL.\n\nYours sincerely,\nMarisol Quintero Vega\n"
    keywords = [word for group in _read(text, head)["skills"] for word in group["keywords"]]
    assert keywords == ["Kotlin", "PostgreSQL"]


def test_degrees_in_a_list_of_years_stay_apart() -> None:
    text = "STUDIES\n\n2015  BEng Electronic Engineering, University of Salford\n2011  A-levels, Loreto College\n"
    assert [one[0] for one in _studies(text)] == ["University of Salford", "Loreto College"]


def test_stations_with_bei_der_and_an_der_name_the_employer() -> None:
    text = (
        "Berufserfahrung\n\nSeit 2021: Data Scientist bei der Alpenrast Versicherung, Bern\n"
        "2018-2021: Wissenschaftlicher Mitarbeiter an der Universität Bern\n"
        "2016-2018: Analyst bei Gletscher Consulting, Zürich\n"
    )
    assert [job[:2] for job in _jobs(text)] == [
        ("Alpenrast Versicherung", "Data Scientist"),
        ("Universität Bern", "Wissenschaftlicher Mitarbeiter"),
        ("Gletscher Consulting", "Analyst"),
    ]


def test_deeds_below_leading_projects_are_no_projects() -> None:
    text = (
        "## Key competences\n\n**Leading projects**\n\n- Led the move of a claims system to the cloud\n"
        "- Ran budgets of up to 2m\n\n## Employment history\n\nTester, Corrib Insurance, 2019 – 2021\n"
    )
    assert "projects" not in _read(text, "# Ada Byron\nada@byron.example\n\n")


def test_names_in_two_labelled_lines_are_one_name() -> None:
    text = "EDUCATION\n\nBSc Physics, University of Lagos, 2014\n"
    head = "CURRICULUM VITAE\n\nSurname: Okonjo\nFirst name: Chidi\nE-mail: chidi@example.ng\n\n"
    assert _read(text, head)["basics"]["name"] == "Chidi Okonjo"


def test_a_title_below_the_dates_of_a_form_is_its_position() -> None:
    text = (
        "Projekte\n\n03/2023 – 09/2024\nSoftwarearchitekt\nKunde: Nordlicht Versicherung AG\nAufgaben: Architektur\n\n"
        "07/2021 – 02/2023\nEntwickler\nKunde: Stadtwerke Mühlental\nAufgaben: Anbindung\n"
    )
    assert _jobs(text) == [
        ("Nordlicht Versicherung AG", "Softwarearchitekt", "2023-03", "2024-09"),
        ("Stadtwerke Mühlental", "Entwickler", "2021-07", "2023-02"),
    ]


def test_employed_posts_have_a_heading_of_their_own() -> None:
    text = "Festanstellungen\n\n2012 – 2018   Softwareentwickler, Rechenwerk GmbH, Bremen\n"
    assert _jobs(text) == [("Rechenwerk GmbH", "Softwareentwickler", "2012", "2018")]


def test_a_university_with_its_country_is_no_place() -> None:
    text = "## Education\n\n**BSc Physics** · Lund University · 2014–18\n*Exchange term* · TU Dresden, Germany · 2016\n"
    assert [one[0] for one in _studies(text)] == ["Lund University", "TU Dresden"]


def test_a_graduate_school_keeps_its_name() -> None:
    text = (
        "EDUCATION\n\nOsaka University, Graduate School of Information Science\n"
        "Master of Information Science, March 2017\n"
    )
    assert [one[0] for one in _studies(text)] == ["Osaka University, Graduate School of Information Science"]


def test_deeds_among_skills_are_none() -> None:
    text = "SKILLS AND ACHIEVEMENTS\n\nLed a team of eight through a merger.\nHired twelve engineers.\nPython, Java\n"
    keywords = [word for group in _read(text)["skills"] for word in group["keywords"]]
    assert keywords == ["Python", "Java"]


def test_jobs_in_lines_of_commas_without_headings() -> None:
    text = (
        "I keep other people's releases going.\n\nXero, Wellington, Principal Platform Engineer, March 2021 to now\n"
        "The median pull request is tested in seven minutes.\n\n"
        "Silver Fern Auctions, Wellington, Platform Engineer, February 2017 to February 2021\n"
        "Moved the auctions to AWS.\n"
    )
    assert [job[:2] for job in _jobs(text)] == [
        ("Xero", "Principal Platform Engineer"),
        ("Silver Fern Auctions", "Platform Engineer"),
    ]


def test_posts_en_an_employer_and_titles_before_a_name_in_spanish() -> None:
    text = (
        "Experiencia laboral\n\nIngeniero DevOps en Globant\nfebrero 2018 – octubre 2021\n\n"
        "Ingeniero en Sistemas, Andina Software\nmarzo 2015 – enero 2018\n\n"
        "Especialista en Kubernetes, Quipu Redes\nenero 2013 – febrero 2015\n"
    )
    read = _read(text, "Lic. Martina Ferreyra\nmartina@correo.example\n\n")
    assert [(job["name"], job["position"]) for job in read["work"]] == [
        ("Globant", "Ingeniero DevOps"),
        ("Andina Software", "Ingeniero en Sistemas"),
        ("Quipu Redes", "Especialista en Kubernetes"),
    ]
    assert read["basics"]["name"] == "Martina Ferreyra"


@pytest.mark.parametrize("employer", ["Intel", "Telecom Argentina", "SoftwareONE"])
def test_an_employer_whose_name_begins_as_a_field_is_one(employer: str) -> None:
    text = f"Experiencia laboral\n\nIngeniero DevOps en {employer}\nfebrero 2018 – octubre 2021\n"
    assert [job[:2] for job in _jobs(text)] == [(employer, "Ingeniero DevOps")]


def test_a_brief_name_is_not_struck_out_within_a_skill() -> None:
    text = "I look after a service in Django and PostgreSQL.\n"
    keywords = [
        word for group in _read(text, "Name: Jan\nE-mail: jan@post.example\n\n")["skills"] for word in group["keywords"]
    ]
    assert keywords == ["Django", "PostgreSQL"]


def test_a_title_with_its_school_stands_before_a_name() -> None:
    head = "Dipl.-Ing. (FH) Matthias Pichlmayr\nm.pichlmayr@post.example\n\n"
    assert _read("Kenntnisse\n\nPython, Go\n", head)["basics"]["name"] == "Matthias Pichlmayr"
