"""Skills of which a job wants any one are one wish; lists of wishes stay lists."""

from __future__ import annotations

import json
from datetime import date

import pytest

from interviewlab.resume import job_from_text
from interviewlab.resume.agenda import build_agenda
from interviewlab.resume.alternatives import find_alternatives
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.matching import match_job

TODAY = date(2026, 3, 15)
ADVERT = """Frontend Engineer

Requirements
- React and TypeScript
- Experience with testing, e.g. Jest, Cypress or Playwright
- Experience with GraphQL
- A cloud: AWS, Azure or GCP
"""


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Experience with testing, e.g. Jest, Cypress or Playwright", [("Jest", "Cypress", "Playwright")]),
        ("5+ years with Go or Java", [("Go", "Java")]),
        ("a relational database (PostgreSQL or MySQL)", [("PostgreSQL", "MySQL")]),
        ("Python (Django or Flask)", [("Django", "Flask")]),
        ("clouds such as AWS, GCP and Azure", [("AWS", "Google Cloud", "Azure")]),
        ("frameworks like React, Angular or Vue", [("React", "Angular", "Vue.js")]),
        ("One of: AWS, Azure, GCP", [("AWS", "Azure", "Google Cloud")]),
        ("tools (e.g. Mocha, Jest, Cypress)", [("Mocha", "Jest", "Cypress")]),
        ("Vue, Svelte, or similar", [("Vue.js", "Svelte")]),
        ("Go, Python and Kafka or RabbitMQ", [("Kafka", "RabbitMQ")]),
        ("Python or Java and Docker or Podman", [("Python", "Java"), ("Docker", "Podman")]),
        ("Docker, Go or Java, Kubernetes", [("Go", "Java")]),
        ("Java and/or Kotlin", [("Java", "Kotlin")]),
    ],
)
def test_of_these_one_is_enough(text: str, groups: list[tuple[str, ...]]) -> None:
    assert list(find_alternatives(text)) == groups


@pytest.mark.parametrize(
    "text",
    [
        "React and TypeScript",
        "Python, SQL, Airflow, Spark",
        "We would like Go and Kafka",
        "You like Go and Kafka",
        "React/Redux",
        "Terraform or similar",
        "Python, Docker, Kubernetes, Terraform or similar",
        "Integrate with our GraphQL and REST APIs",
        "You know Kafka, or you know Terraform",
        "PostgreSQL.\nOr you know Redis",
        "- Go\n- or a liking for Rust",
        "Docker and CI/CD",
    ],
)
def test_a_list_of_wishes_is_no_choice(text: str) -> None:
    assert find_alternatives(text) == ()


def test_what_is_also_asked_for_by_itself_is_no_choice() -> None:
    assert find_alternatives("Go or Java\nYou write Go every day.") == ()


def _missing(*known: str) -> tuple[str, ...]:
    resume = resume_from_json(json.dumps({"basics": {"name": "Ada"}, "skills": [{"keywords": list(known)}]}))
    return match_job(resume, job_from_text(ADVERT), TODAY).missing


def test_nothing_is_missing_of_a_choice_that_the_cv_covers() -> None:
    assert _missing("React", "Playwright", "AWS") == ("TypeScript", "GraphQL")


def test_of_a_choice_that_the_cv_lacks_one_is_asked_about() -> None:
    resume = resume_from_json(
        json.dumps({"basics": {"name": "Ada"}, "skills": [{"keywords": ["React", "TypeScript"]}]})
    )
    job = job_from_text(ADVERT)
    match = match_job(resume, job, TODAY)
    assert match.missing == ("Jest", "Cypress", "Playwright", "GraphQL", "AWS", "Azure", "Google Cloud")
    agenda = build_agenda((), job, match, limit=0, gaps=6, minutes=30, seed=1)
    assert [item.about for item in agenda.items] == ["Jest", "GraphQL", "AWS"]
