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
        ("Developer\nWe have built tills for more than 15 years.", None),
        ("Developer\nOur company is 12 years old.\nAt least 3 years of experience.", "mid"),
        ("Developer\nWe ask for 6 years of experience.", "senior"),
        ("Developer\nWe are looking for someone with 5+ years in backend development.", "senior"),
        ("Developer\nWe need 8 years of Python.", "senior"),
        ("Developer\nYou bring 6 years of Java to our team.", "senior"),
        ("Developer\nYou have 5 years building web services, ideally in the US.", "senior"),
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


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Staff SRE at Northwind Payments. Must have: Go, Rust. Nice to have: eBPF.", "Northwind Payments"),
        ("We hire a Go developer at Northwind Payments Must have: Go, Kafka", "Northwind Payments"),
        ("Senior Engineer at Northwind Payments.\nMust have: Go", "Northwind Payments"),
        ("Work at Monzo.Must have: Go.", "Monzo"),
        ("Backend Engineer at Booking.com. You bring Go and Kafka.", "Booking.com"),
        ("Join Character.AI and serve models in Go.", "Character.AI"),
        ("Amazon.com Inc. is looking for a Data Engineer with Spark.", "Amazon.com Inc."),
        ("Rust Engineer at Acme Corp. Must have: Rust", "Acme Corp."),
        ("Software Engineer at St. Jude. Python and SQL are required.", "St. Jude"),
        ("Join J.P. Morgan as a Java developer. You know Spring Boot.", "J.P. Morgan"),
        ("About H.I.G. Capital\nWe invest.\n", "H.I.G. Capital"),
        ("Data Engineer at Marks & Spencer, London. Requirements: SQL.", "Marks & Spencer"),
        ("SRE at Bank of England. We need Linux.", "Bank of England"),
        ("Machine Learning Engineer at 3M. Python, PyTorch.", "3M"),
        ("Platform Engineer at Kestrel Labs: Kubernetes, Terraform.", "Kestrel Labs"),
        ("Frontend Developer at Pebble Works (remote)\nReact, TypeScript", "Pebble Works"),
        ("Frontend Developer at Yahoo! You write React.", "Yahoo"),
        ("Company: St. Gallen Software Ltd. Location: St. Gallen\nRole: Go Developer", "St. Gallen Software Ltd."),
        ("Company: Meridian Bank | Leeds, UK\nLead Java Developer", "Meridian Bank"),
        ("Kafka is a plus. You are an engineer and know Go.", ""),
        ("Engineer\nWe work at scale. You have 5 years with Go.", ""),
        ("Python is an absolute requirement. Data Engineer at Delta Air Lines.", "Delta Air Lines"),
        ("Java is an important part. Senior Engineer at N26 GmbH.", "N26 GmbH"),
    ],
)
def test_a_company_ends_with_its_sentence_and_keeps_its_own_dots(text: str, company: str) -> None:
    assert job_from_text(text).company == company


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Staff SRE at Northwind Payments. Must have: Go", "Staff SRE"),
        ("We are engineers at Northwind Payments. You know Go.", ""),
        ("Kafka is a plus. Engineer at Nordwind.", ""),
        ("Nordwind is hiring a Data Engineer", "Data Engineer"),
    ],
)
def test_a_title_before_the_company_opens_a_line(text: str, role: str) -> None:
    assert job_from_text(text).role == role


def test_nothing_gives_an_empty_job() -> None:
    assert job_from_text("") == Job()
