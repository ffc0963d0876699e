"""What people put under education, in the forms of many countries."""

from __future__ import annotations

import pytest

from interviewlab.resume import resume_from_text

ONE = [
    (
        "Pregrado en Ingeniería de Sistemas, EAFIT, 2001 – 2004",
        ("EAFIT", "Pregrado", "Ingeniería de Sistemas"),
    ),
    (
        "Bachelor of Economics, Statistics\nUniversity of Danang, 2012 – 2016",
        ("University of Danang", "Bachelor of Economics", "Statistics"),
    ),
    (
        "BSc (Hons)   Northumbria University, Computer Networks   2010 – 2013",
        ("Northumbria University", "BSc (Hons)", "Computer Networks"),
    ),
    (
        "Imperial College London, MEng Computing, First Class Honours, 2014 - 2018",
        ("Imperial College London", "MEng", "Computing"),
    ),
    (
        "B.Sc. in Computer Science | Technion | 2012-2016 | GPA 89/100",
        ("Technion", "B.Sc.", "Computer Science"),
    ),
    (
        "A.B., Physics - Harvard, 2009",
        ("Harvard", "A.B.", "Physics"),
    ),
    (
        "University of Otago\nBSc(Hons) Zoology 2011",
        ("University of Otago", "BSc (Hons)", "Zoology"),
    ),
    (
        "2008 - 2012  Licenciatura en Física, UBA",
        ("UBA", "Licenciatura", "Física"),
    ),
    (
        "Master 1 Mathématiques, Sorbonne Université, 2015, mention Très Bien",
        ("Sorbonne Université", "Master 1", "Mathématiques"),
    ),
    (
        "Chalmers, Civilingenjör, Datateknik, 2003-2008",
        ("Chalmers", "Civilingenjör", "Datateknik"),
    ),
    (
        "Abitur, Goethe-Gymnasium Kassel, 2010, Note 1,7",
        ("Goethe-Gymnasium Kassel", "Abitur", ""),
    ),
    (
        "M.Tech in VLSI Design | NIT Trichy | 2019 - 2021 | CPI 8.1",
        ("NIT Trichy", "M.Tech", "VLSI Design"),
    ),
    (
        "Data Science Immersive, General Assembly, 2021 (12 weeks)",
        ("General Assembly", "Data Science Immersive", ""),
    ),
    (
        "Studied Economics at University of Lagos (2009 - 2011, no degree)",
        ("University of Lagos", "Studies", "Economics"),
    ),
    (
        "B.Eng. (Mechatronics), M.S. Ramaiah Institute of Technology, 2016",
        ("M.S. Ramaiah Institute of Technology", "B.Eng.", "Mechatronics"),
    ),
    (
        "Maestría en Robótica (trunca), IPN, 2016 - 2017",
        ("IPN", "Maestría", "Robótica"),
    ),
    (
        "Politecnico di Bari\nLaurea Triennale in Fisica, 110/110 e lode\n2010 - 2013",
        ("Politecnico di Bari", "Laurea Triennale", "Fisica"),
    ),
    (
        "B.Tech Indian Institute of Technology Madras, Electrical Engineering, 2022 - 2026",
        ("Indian Institute of Technology Madras", "B.Tech", "Electrical Engineering"),
    ),
    (
        "M.Eng.Technische Hochschule Nürnberg, Mechatronik, 2013 - 2015",
        ("Technische Hochschule Nürnberg", "M.Eng", "Mechatronik"),
    ),
    (
        "Class XII in Mathematics and Science, St. Mary's Senior Secondary School, 2022",
        ("St. Mary's Senior Secondary School", "Class XII", "Mathematics and Science"),
    ),
    (
        "PhD in Computer Science, Princeton University, Princeton, NJ (Sept 2018 – May 2023)",
        ("Princeton University", "PhD", "Computer Science"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_a_school_is_taken_apart(text: str, expected: tuple[str, str, str]) -> None:
    (school,) = resume_from_text(f"Ada Byron\n\nEDUCATION\n{text}\n").document["education"]
    assert tuple(school.get(key, "") for key in ("institution", "studyType", "area")) == expected


def test_lines_that_are_entries_by_themselves_are_one_each() -> None:
    lines = [
        "M.S., Electrical Engineering - Stanford, 2015",
        "B.S., EECS - UC Berkeley, 2013",
        "A.S. - Foothill College, 2011",
    ]
    schools = resume_from_text("\n".join(["Ada Byron", "", "EDUCATION", *lines])).document["education"]
    assert [school["institution"] for school in schools] == ["Stanford", "UC Berkeley", "Foothill College"]


def test_thesis_exchange_and_courses_are_no_part_of_degree_or_school() -> None:
    notes = "Thesis: Sparse filters\nErasmus at TU Delft\nModules included Vision, Speech"
    text = f"Ada Byron\n\nEDUCATION\nKTH\t2014 - 2016\nMSc Machine Learning\n{notes}"
    (school,) = resume_from_text(text).document["education"]
    assert (school["institution"], school["studyType"], school["area"]) == ("KTH", "MSc", "Machine Learning")
    assert school["courses"] == ["Vision", "Speech"]
    assert school["highlights"][:2] == ["Thesis: Sparse filters", "Erasmus at TU Delft"]
