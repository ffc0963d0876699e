"""CVs as text to JSON Resume: the line forms people use."""

from __future__ import annotations

import pytest

from interviewlab.resume import resume_from_text
from interviewlab.resume.lines import LONGEST_PARAGRAPH, Line, join_wrapped
from interviewlab.resume.markup import lines_from_text
from interviewlab.types import Resume

JANE = """Jane Doe
Senior Backend Engineer
Berlin, Germany | jane@doe.dev | +49 151 23456789 | github.com/janedoe

SUMMARY
Backend engineer with eight years of experience in payments.

EXPERIENCE

Senior Software Engineer at Stripe                     Jan 2020 - Present
Dublin, Ireland
- Led the migration of the ledger service to Go, cutting p99
  latency by 40%.
- Mentored 4 engineers

Software Engineer, Acme, Inc. — Boston, MA      06/2016 - 12/2019
- Built the billing system

PROJECTS

Ledgerly: double-entry bookkeeping library in Rust
KubeWatch — alerts on pod restarts

EDUCATION
University of California, Berkeley
B.S. in Computer Science, 2012 - 2016, GPA 3.8

SKILLS
Languages: Go, Python, SQL
Infra: k8s, Postgres, AWS (EC2, S3)

LANGUAGES
English (native), German - B2

BOARD GAMES I LIKE
Hive, Go
"""

TOM = """# Tom O'Neil
**Staff Engineer** · Dublin, Ireland · tom@oneil.dev · [github.com/toneil](https://github.com/toneil)

## Experience
### Intercom — Staff Engineer (2019 – present)
- Led the move to Kubernetes; deploy time down 80%

### Senior Developer @ Acme Ltd, London, UK
*May 2014 – Dec 2018*
- Wrote a billing system

## Open Source
- **pgq**: job queue on Postgres
- **tinytrace** — tracing for Ruby

## Certifications
- AWS Solutions Architect – Amazon (2021)
"""


@pytest.fixture(scope="module")
def jane() -> Resume:
    return resume_from_text(JANE)


@pytest.fixture(scope="module")
def tom() -> Resume:
    return resume_from_text(TOM)


def test_contact_data_is_found_above_the_first_heading(jane: Resume) -> None:
    basics = jane.document["basics"]
    assert jane.name == "Jane Doe"
    assert basics["label"] == "Senior Backend Engineer"
    assert basics["email"] == "jane@doe.dev"
    assert basics["phone"].replace(" ", "") == "+4915123456789"
    assert basics["location"] == {"city": "Berlin", "region": "Germany"}
    assert basics["profiles"] == [{"network": "GitHub", "username": "janedoe", "url": "https://github.com/janedoe"}]
    assert basics["summary"] == "Backend engineer with eight years of experience in payments."


def test_position_at_company_with_right_aligned_dates(jane: Resume) -> None:
    first = jane.document["work"][0]
    assert (first["position"], first["name"]) == ("Senior Software Engineer", "Stripe")
    assert first["location"] == "Dublin, Ireland"
    assert first["startDate"] == "2020-01"
    assert "endDate" not in first


def test_a_wrapped_bullet_is_one_highlight(jane: Resume) -> None:
    highlights = jane.document["work"][0]["highlights"]
    assert highlights == [
        "Led the migration of the ledger service to Go, cutting p99 latency by 40%.",
        "Mentored 4 engineers",
    ]


def test_position_comma_company_with_legal_form_and_place(jane: Resume) -> None:
    second = jane.document["work"][1]
    assert (second["position"], second["name"]) == ("Software Engineer", "Acme, Inc.")
    assert second["location"] == "Boston, MA"
    assert (second["startDate"], second["endDate"]) == ("2016-06", "2019-12")


def test_one_line_projects(jane: Resume) -> None:
    assert [project["name"] for project in jane.document["projects"]] == ["Ledgerly", "KubeWatch"]
    assert jane.document["projects"][1]["description"] == "alerts on pod restarts"


def test_school_with_a_comma_in_its_name_keeps_it(jane: Resume) -> None:
    assert jane.document["education"] == [
        {
            "institution": "University of California, Berkeley",
            "area": "Computer Science",
            "studyType": "B.S.",
            "startDate": "2012",
            "endDate": "2016",
            "score": "3.8",
        }
    ]


def test_skills_keep_their_groups_and_brackets(jane: Resume) -> None:
    assert jane.document["skills"] == [
        {"name": "Languages", "keywords": ["Go", "Python", "SQL"]},
        {"name": "Infra", "keywords": ["k8s", "Postgres", "AWS (EC2, S3)"]},
    ]


def test_spoken_languages_with_fluency(jane: Resume) -> None:
    assert jane.document["languages"] == [
        {"language": "English", "fluency": "native"},
        {"language": "German", "fluency": "B2"},
    ]


def test_a_section_of_unknown_kind_is_kept_and_named_as_a_gap(jane: Resume) -> None:
    assert jane.gaps == ('The section "BOARD GAMES I LIKE" was kept as text, its kind is not known.',)
    ours = jane.document["meta"]["interviewlab"]
    assert ours["gaps"] == list(jane.gaps)
    assert ours["other"] == [{"heading": "BOARD GAMES I LIKE", "lines": ["Hive, Go"]}]


def test_markdown_headings_open_sections_and_entries(tom: Resume) -> None:
    work = tom.document["work"]
    assert [(job["name"], job["position"]) for job in work] == [
        ("Intercom", "Staff Engineer"),
        ("Acme Ltd", "Senior Developer"),
    ]
    assert work[1]["location"] == "London, UK"
    assert (work[1]["startDate"], work[1]["endDate"]) == ("2014-05", "2018-12")
    assert [project["name"] for project in tom.document["projects"]] == ["pgq", "tinytrace"]


def test_certificates_have_issuer_and_date(tom: Resume) -> None:
    assert tom.document["certificates"] == [{"name": "AWS Solutions Architect", "issuer": "Amazon", "date": "2021"}]


def test_what_is_missing_is_said_plainly() -> None:
    resume = resume_from_text("just a few words without any shape")
    assert "No name was found above the first heading." in resume.gaps
    assert "No e-mail address was found." in resume.gaps
    assert any("Neither work nor projects" in gap for gap in resume.gaps)
    assert resume.name == ""


def test_empty_text_gives_an_empty_resume() -> None:
    resume = resume_from_text("")
    assert resume.text == ""
    assert resume.document["basics"] == {}


def test_the_same_text_gives_the_same_resume() -> None:
    assert resume_from_text(JANE) == resume_from_text(JANE)


FORM = """Asha Rao
asha@example.in

WORK EXPERIENCE (9+ years)
Company: Infosys Limited, Bengaluru
Designation: Architect
Duration: April 2019 - Till date
- Sharded a database
Company: Zoho
Designation: Developer
Duration: Jun'14 - Mar'19

ACADEMIC DETAILS
Degree	Institution	Year of passing	CGPA
M.Tech (Robotics)	IIIT Bangalore	2012	8.4

ADDITIONAL INFORMATION
Technical: Python, SQL
Languages: English (C1), Tamil
"""


def test_forms_tables_and_mixed_lists_are_read_by_their_labels() -> None:
    document = resume_from_text(FORM).document
    told = [(job["name"], job["position"], job["startDate"], job.get("endDate")) for job in document["work"]]
    assert told == [
        ("Infosys Limited", "Architect", "2019-04", None),
        ("Zoho", "Developer", "2014-06", "2019-03"),
    ]
    school = document["education"][0]
    assert (school["institution"], school["studyType"], school["area"]) == ("IIIT Bangalore", "M.Tech", "Robotics")
    assert document["skills"] == [{"name": "Technical", "keywords": ["Python", "SQL"]}]
    assert [one["language"] for one in document["languages"]] == ["English", "Tamil"]


FRENCH = """Éloïse Le Goff
eloise@example.fr

== Expériences professionnelles ==
Depuis janvier 2021 : Ingénieure logiciel, OVHcloud, Rennes
- Trois mille requêtes par seconde

== Compétences ==
Langages : Go, PHP
"""


def test_a_french_cv_and_ruled_headings() -> None:
    document = resume_from_text(FRENCH).document
    job = document["work"][0]
    assert (job["name"], job["position"], job["startDate"]) == ("OVHcloud", "Ingénieure logiciel", "2021-01")
    assert [group["keywords"] for group in document["skills"]] == [["Go", "PHP"]]


def test_a_line_stops_growing_so_that_thousands_alike_cost_no_more_than_their_length() -> None:
    line = "January 2019 - March 2020 at Acme, Developer"
    joined = join_wrapped(lines_from_text(f"{line}\n" * 1000))
    assert max(len(one.text) for one in joined) < LONGEST_PARAGRAPH + 2 * len(line)
    assert sum(one.text.count("Acme") for one in joined) == 1000


def test_a_post_told_in_a_sentence_is_a_post() -> None:
    text = """K. Rao

WORK EXPERIENCE
• Working as Senior Software Engineer in Tech Mahindra, Hyderabad from Nov 2021 to till date.
• Worked with Cognizant as a Software Engineer from June 2018 to Oct 2021.
"""
    jobs = resume_from_text(text).document["work"]
    told = [(job["name"], job["position"], job["startDate"], job.get("endDate")) for job in jobs]
    assert told == [
        ("Tech Mahindra", "Senior Software Engineer", "2021-11", None),
        ("Cognizant", "Software Engineer", "2018-06", "2021-10"),
    ]


def test_labelled_titles_begin_projects_and_a_university_of_technology_is_no_heading() -> None:
    text = """Ada Byron

EDUCATION
B.Sc. in Physics
AGH University of Science and Technology
2008 – 2012

PROJECTS
Project Title: Claims Portal
Client: MetLife
Environment: Java, Oracle
Project Title: Billing Gateway
Client: BT
"""
    document = resume_from_text(text).document
    assert document["education"][0]["institution"] == "AGH University of Science and Technology"
    assert [project["name"] for project in document["projects"]] == ["Claims Portal", "Billing Gateway"]
    assert "skills" not in document or "2008" not in str(document["skills"])


CUSTOMERS = """Friederike Osterkamp
f.osterkamp@architektur.example

Projekte

Zeitraum: 01/2023 – heute
Kunde: Hapag-Lloyd AG
Rolle: Softwarearchitektin
Aufgaben: Buchungsportal

Zeitraum: 04/2020 – 12/2022
Kunde: Swiss Life Deutschland
Rolle: Lead-Entwicklerin
Aufgaben: Antragsstrecke für Makler
"""


def test_forms_of_a_contractors_projects_are_work_where_nothing_else_is() -> None:
    document = resume_from_text(CUSTOMERS).document
    assert [(job["name"], job["position"], job["startDate"]) for job in document["work"]] == [
        ("Hapag-Lloyd AG", "Softwarearchitektin", "2023-01"),
        ("Swiss Life Deutschland", "Lead-Entwicklerin", "2020-04"),
    ]
    assert "projects" not in document


COMPANIES_FIRST = """Jacinto Olmedo
jacinto@olmedo.example

Experiencia

Rappi, Jefe de Producto   2022 – presente
Mercado Libre, Líder técnico   2019 – 2022
Consultora Andina, Delegado   2012 – 2013
Grupo Éxito, Encargado de operaciones   2010 – 2012
"""


def test_where_all_heads_name_the_company_first_a_title_in_its_name_does_not_turn_it_round() -> None:
    document = resume_from_text(COMPANIES_FIRST).document
    assert [(job["name"], job["position"]) for job in document["work"]][2] == ("Consultora Andina", "Delegado")


def test_the_country_below_its_town_goes_on_the_line() -> None:
    lines = [Line(("Clerk, Acme, Bogotá,",), page=1), Line(("Colombia",), page=1), Line(("• ledgers",), page=1)]
    assert join_wrapped(lines)[0].text == "Clerk, Acme, Bogotá, Colombia"


LETTER = """Dear Ms Okafor,

I have been a backend developer at Bolt since 2021. I write Python and Go every day. You reach me at tiina@saar.example.

Kind regards,
Tiina Saar
"""


@pytest.mark.parametrize(
    "text", [LETTER, "# Curriculum Vitae\n## Tiina Saar\ntiina@saar.example\n## Experience\n- Acme\n"]
)
def test_a_name_below_the_title_of_the_page_or_under_a_letter_is_found(text: str) -> None:
    assert resume_from_text(text).document["basics"]["name"] == "Tiina Saar"


TOLD = """Ada Moran
ada@moran.example

I did the Leaving Certificate at Coláiste Iognáid in 2021. I wrote Ceilí Bot, a bot that finds sessions, and I made
kalender, a command line calendar. I use Python and Go. At home I write Rust.
"""


def test_a_letter_tells_two_things_in_one_sentence_a_school_without_a_subject_and_one_more_skill() -> None:
    document = resume_from_text(TOLD).document
    assert [project["name"] for project in document["projects"]] == ["Ceilí Bot", "kalender"]
    assert document["education"] == [
        {"institution": "Coláiste Iognáid", "studyType": "Leaving Certificate", "endDate": "2021"}
    ]
    assert document["skills"][0]["keywords"] == ["Python", "Go", "Rust"]


def test_a_page_beside_a_mail_address_in_one_line_is_found() -> None:
    basics = resume_from_text("Ada Moran\nada@moran.example +353 91 123 456 https://moran.example\n").document["basics"]
    assert basics["url"] == "https://moran.example"
