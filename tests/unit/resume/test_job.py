"""What is understood of a job description."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from interviewlab.resume import canonical_skill, job_from_text
from interviewlab.types import Job

ADVERT = """Senior Backend Engineer (m/f/d)
Company: Kestrel Labs

What you'll do
- Design services that carry 40,000 orders an hour
- Own them in production, with everybody else on call

What you bring
- 5+ years with Go or Java
- PostgreSQL and k8s in production
- Experience with Kafka is a plus

Nice to have
- Terraform
- Rust

What we offer
- A desk by the window and free Python courses
"""


def test_an_advert_is_taken_apart() -> None:
    job = job_from_text(ADVERT)
    assert (job.role, job.level, job.company) == ("Senior Backend Engineer", "senior", "Kestrel Labs")
    assert job.must == ("Go", "Java", "PostgreSQL", "Kubernetes")
    assert set(job.nice) == {"Kafka", "Terraform", "Rust"}, "a course among the benefits is no wish"
    assert job.responsibilities[0] == "Design services that carry 40,000 orders an hour"
    assert job.text == ADVERT


def test_without_a_list_of_requirements_all_skills_count_as_asked_for() -> None:
    job = job_from_text("We are looking for a data engineer who knows Python, Spark, and Airflow.")
    assert job.role == "data engineer"
    assert set(job.must) == {"Python", "Apache Spark", "Apache Airflow"}
    assert job.nice == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Software Engineering Intern", "intern"),
        ("Junior Developer", "junior"),
        ("Principal Engineer", "staff"),
        ("Developer\nYou have 3 years of experience.", "mid"),
        ("Developer\nAt least 10 years of experience.", "staff"),
        ("Developer", None),
    ],
)
def test_the_level_comes_from_the_title_or_else_from_the_years(text: str, level: str | None) -> None:
    assert job_from_text(text).level == level


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Hey! We're a fun bunch. You'll love it here!", "casual"),
        (
            "The successful candidate shall report. The candidate must possess a degree. Duties include audits.",
            "formal",
        ),
        ("You write services in Go.", "plain"),
    ],
)
def test_the_tone_of_the_company(text: str, tone: str) -> None:
    assert job_from_text(text).tone == tone


TEN = yaml.safe_load((Path(__file__).parents[2] / "data" / "jobs" / "jobs.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("truth", TEN, ids=[each["name"] for each in TEN])
def test_texts_as_people_paste_them(truth: dict[str, Any]) -> None:
    job = job_from_text(truth["text"])
    told = (job.role.casefold(), job.level, job.company, job.tone)
    assert told == (truth["role"].casefold(), truth["level"], truth["company"], truth["tone"])
    assert set(job.must) == {canonical_skill(skill) for skill in truth["must"]}
    assert set(job.nice) == {canonical_skill(skill) for skill in truth["nice"]}


def test_nothing_gives_an_empty_job() -> None:
    assert job_from_text("") == Job()
