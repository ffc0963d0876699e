"""Entries in orders that lists of jobs seldom have: logs of years, forms with dates beside them, dates told twice."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from interviewlab.resume import resume_from_text
from interviewlab.resume.child import parse
from interviewlab.resume.dates import Span, take_span
from interviewlab.resume.entries import Entry
from interviewlab.resume.headings import section_of, split_sections
from interviewlab.resume.lines import Line
from interviewlab.resume.prose import sentences_of

HEAD = "Ada Byron\nada@byron.example\n\n"


def _read(text: str) -> dict[str, Any]:
    return dict(resume_from_text(HEAD + text).document)


def _jobs(text: str) -> list[tuple[str | None, ...]]:
    keys = ("name", "position", "startDate", "endDate")
    return [tuple(job.get(key) for key in keys) for job in _read(text).get("work", ())]


LOG = """## The road so far

**Tech Lead, Xero**   2019
Led the move to event sourcing.

**Software Developer, Catalyst**   2016
Plugins for three universities.

**Web Developer, Te Papa Museum**   2014
Collections online.

**Bachelor of Arts, Victoria University of Wellington**   2013

## What I use

C#, .NET, TypeScript, React

## Projects

- Karakia: a bot that opens meetings properly
"""


def test_a_log_that_gives_only_years_is_work_and_its_degree_is_education() -> None:
    assert [job[:3] for job in _jobs(LOG)] == [
        ("Xero", "Tech Lead", "2019"),
        ("Catalyst", "Software Developer", "2016"),
        ("Te Papa Museum", "Web Developer", "2014"),
    ]
    assert [school["institution"] for school in _read(LOG)["education"]] == ["Victoria University of Wellington"]


def test_a_post_has_its_own_dates_and_not_those_of_the_employer_above() -> None:
    house, post = Line(("Stripe", "Feb 2018 – to date (7 yrs)")), Line(("Principal Engineer", "Mar 2023 – to date"))
    assert Entry(head=[house, post]).take_dates() == (Span("2023-03"), ["Stripe", "Principal Engineer"])


def test_a_form_may_have_its_dates_behind_the_employer() -> None:
    text = """EMPLOYMENT RECORD

Employer   TBC Bank, Tbilisi   05/2015 – 01/2020
Post held   Senior Java Developer
Employer   Magti   09/2012 – 04/2015
Post held   Developer
"""
    assert _jobs(text) == [
        ("TBC Bank", "Senior Java Developer", "2015-05", "2020-01"),
        ("Magti", "Developer", "2012-09", "2015-04"),
    ]


def test_years_of_two_digits_may_go_on() -> None:
    text = (
        "EXPERIENCE\n\n'21 –   OutSystems, Lisbon\nStaff Engineer\n\n'17 – '21   Farfetch, Porto\nDatabase Engineer\n"
    )
    assert _jobs(text) == [
        ("OutSystems", "Staff Engineer", "2021", None),
        ("Farfetch", "Database Engineer", "2017", "2021"),
    ]


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("2 Appointments", "work"),
        ("4 Publications", "publications"),
        ("Szakmai tapasztalat", "work"),
        ("3 years", None),
    ],
)
def test_headings_may_have_a_number_without_a_point_and_be_hungarian(title: str, section: str | None) -> None:
    assert section_of(title) == section


def test_work_without_a_heading_is_found_beside_projects_that_have_one() -> None:
    text = """Deezer
Senior ML Engineer
Jan 2022 – present
Playlists for nine million listeners.

OPEN SOURCE

tiny-feast: a feature store in 900 lines
"""
    assert _jobs(text) == [("Deezer", "Senior ML Engineer", "2022-01", None)]
    assert [project["name"] for project in _read(text)["projects"]] == ["tiny-feast"]


STUDENT = """EDUCATION

BSc Computer Science, University of Leeds, 2020 – 2023

PROJECTS

{project}

SKILLS

Python, Go, SQL
"""


@pytest.mark.parametrize(
    "project",
    [
        "Booking site, Lead Developer 2023\n- Built it with Django\n\nChat app, Developer 2022\n- Built with Go",
        "Booking site 2023\n- I worked as a backend developer with two friends\n- Built it with Django",
        "Booking site 2023\n- Worked as the backend developer at Hack Night",
    ],
)
def test_a_project_with_a_heading_is_no_job(project: str) -> None:
    found = _read(STUDENT.format(project=project))
    assert "work" not in found
    assert found["projects"][0]["name"].startswith("Booking site")


def test_what_one_did_with_a_skill_is_no_job_but_one_with_dates_below_the_skills_is() -> None:
    skills = "SKILLS\n\nPython, SQL\n- Worked as a backend developer with React\n"
    assert _jobs(skills) == []
    assert _jobs(f"{skills}\nAcme Ltd\nDeveloper\n2019 – 2021\n- Did it\n") == [
        ("Acme Ltd", "Developer", "2019", "2021")
    ]


def test_a_job_told_in_a_summary_is_found_beside_sections_with_headings() -> None:
    text = "SUMMARY\n\nI worked as a backend developer at Acme from 2019 to 2021.\n\n"
    assert _jobs(text + STUDENT.format(project="Booking site 2023\n- Django")) == [
        ("Acme", "backend developer", "2019", "2021")
    ]


def test_a_span_that_a_cell_breaks_into_two_paragraphs_is_one() -> None:
    document, data = Document(), BytesIO()
    document.add_paragraph("Ada Byron")
    document.add_heading("Work experience", 1)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "03/2022 –", "Alstom"
    cells[0].add_paragraph("present")
    cells[1].add_paragraph("Test Lead")
    document.save(data)
    jobs = parse(data.getvalue(), 20)["document"]["work"]
    assert [(job["name"], job["position"], job["startDate"]) for job in jobs] == [("Alstom", "Test Lead", "2022-03")]


def test_what_was_done_may_stand_behind_the_head_beside_the_dates() -> None:
    text = """EXPERIENCE

Monzo, Senior Web Engineer. I lead the web app for companies,   Oct 2021 – today
which went from a prototype to many customers.
"""
    assert _jobs(text) == [("Monzo", "Senior Web Engineer", "2021-10", None)]


def test_titles_of_soldiers_and_hungarian_ones_are_no_employers() -> None:
    text = """EXPERIENCE

United States Air Force
Systems Craftsman, Staff Sergeant (E-5)   MAR 2012 - AUG 2018

Python fejlesztő
LogMeIn, Szeged
2018 – 2021
"""
    assert [job[0] for job in _jobs(text)] == ["United States Air Force", "LogMeIn"]


def test_certificates_among_degrees_are_no_schools() -> None:
    text = """Degrees and certificates

2010   Tampere University of Technology   MSc, Information Security
2019   OSCP, Offensive Security
"""
    found = _read(text)
    assert [school["institution"] for school in found["education"]] == ["Tampere University of Technology"]
    assert [one["name"] for one in found["certificates"]] == ["OSCP, Offensive Security"]


def test_a_form_about_the_person_tells_the_name_and_the_studies() -> None:
    form = "Surname   Brun\nFirst name(s)   Nino\nAusbildung   Dipl.-Inf. (FH), Hochschule Augsburg, 2004\n"
    found = resume_from_text(f"{form}\nSKILLS\n\nJava, Kotlin\n").document
    assert found["basics"]["name"] == "Nino Brun"
    assert [(one["institution"], one["endDate"]) for one in found["education"]] == [("Hochschule Augsburg", "2004")]


def test_a_saint_in_a_name_ends_no_sentence() -> None:
    assert (
        sentences_of([Line(("I worked at St. Olavs hospital. Then I left.",))])[0] == "I worked at St. Olavs hospital."
    )


@pytest.mark.parametrize(
    ("text", "degree", "area"),
    [
        ("B.A. (Mod.) Computer Science", "B.A. (Mod.)", "Computer Science"),
        ("NCEA Level 3", "NCEA Level 3", None),
        ("BSc in Physics; Minor in Mathematics", "BSc", "Physics"),
    ],
)
def test_degrees_of_more_countries(text: str, degree: str, area: str | None) -> None:
    found = _read(f"EDUCATION\n\nTrinity College Dublin   2009 – 2013\n{text}\n")["education"][0]
    assert (found["studyType"], found.get("area")) == (degree, area)


def test_a_title_in_two_rows_of_a_narrow_column_is_one() -> None:
    rows = ("Istruzione e", "Formazione", "Esperienza", "Professionale")
    below = Line(("Laurea in Fisica, Politecnico di Torino",))
    lines = [Line(("Ada Byron",)), *(Line((text,), is_bold=True) for text in rows[:2]), below]
    lines += [*(Line((text,), is_bold=True) for text in rows[2:]), Line(("Sviluppatrice, Reply",))]
    told = [(section.kind, section.heading) for section in split_sections(lines)]
    assert told[1:] == [("education", "Istruzione e Formazione"), ("work", "Esperienza Professionale")]


def test_a_card_may_have_the_school_as_its_title() -> None:
    text = "## Skills\n\nKotlin, Java, Figma\n\n## Chalmers\n\nMSc Computer Science\n2012 – 2017\n"
    found = _read(text)["education"]
    assert [(one["institution"], one["studyType"]) for one in found] == [("Chalmers", "MSc")]


def test_a_certificate_without_a_heading_is_no_job() -> None:
    text = """2021 – today    Site reliability engineer, Feedzai, Lisboa
                On call for fraud scoring, 200 ms at most.
'17 – '21       DevOps engineer, Talkdesk, Porto

AWS Certified DevOps Engineer, 2020
Portuguese, English
"""
    assert [job[0] for job in _jobs(text)] == ["Feedzai", "Talkdesk"]


def test_a_certified_post_with_its_dates_is_a_job() -> None:
    post = "Certified Nursing Assistant\nSt Mary Hospital\n2019 – 2021\n- Cared for patients\n- Kept records\n"
    text = f"{post}\nJunior Developer\nAcme Ltd\n2022 – present\n- Wrote Python\n"
    found = _read(text)
    assert "certificates" not in found
    assert _jobs(text)[0] == ("St Mary Hospital", "Certified Nursing Assistant", "2019", "2021")
    assert found["work"][0]["highlights"] == ["Cared for patients", "Kept records"]


def test_below_a_certificate_without_a_heading_no_line_is_lost() -> None:
    job = "Junior Developer\nAcme Ltd\n2022 – present\n- Wrote Python\n"
    certificates = "AWS Certified Developer\nAmazon, 2021\nCertified Scrum Master, 2022\nPython, SQL, Docker, Git\n"
    found = _read(f"{certificates}\n{job}")
    assert found["certificates"] == [
        {"name": "AWS Certified Developer", "issuer": "Amazon", "date": "2021"},
        {"name": "Certified Scrum Master", "date": "2022"},
    ]
    assert found["skills"][0]["keywords"] == ["Python", "SQL", "Docker", "Git"]
    assert _jobs(f"AWS Certified Developer, 2021\n{job}")[0][:2] == ("Acme Ltd", "Junior Developer")


def test_the_italian_word_before_a_span_goes_with_it() -> None:
    assert take_span("da 2014 a 2016") == (Span("2014", "2016"), "")


def test_chips_below_a_job_are_not_its_employer() -> None:
    assert _jobs("EXPERIENCE\n\nDeveloper   2019 – 2021\nKotlin   Java\n")[0][0] is None
