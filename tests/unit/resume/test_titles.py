"""How positions are said aloud, for posts that are over and posts that go on."""

from __future__ import annotations

import json
import re

import pytest

from interviewlab.resume import claims_from_resume, personal_questions
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.titles import spoken_title
from interviewlab.types import Claim, Question


@pytest.mark.parametrize(
    ("role", "spoken"),
    [
        ("Staff Site Reliability Engineer", "a Staff Site Reliability Engineer"),
        ("SRE", "an SRE"),
        ("QA Engineer", "a QA Engineer"),
        ("SOC Analyst", "a SOC Analyst"),
        ("MLOps Engineer", "an MLOps Engineer"),
        ("R&D Engineer", "an R&D Engineer"),
        ("iOS Developer", "an iOS Developer"),
        ("UX Designer", "a UX Designer"),
        ("Undergraduate Researcher", "an Undergraduate Researcher"),
        ("University Lecturer", "a University Lecturer"),
        ("European Sales Engineer", "a European Sales Engineer"),
        ("Honorary Fellow", "an Honorary Fellow"),
        ("C++ Developer", "a C++ Developer"),
        ("Intern", "an Intern"),
        ("Lead Developer", "a Lead Developer"),
        ("Product Owner", "a Product Owner"),
        ("Member of Technical Staff", "a Member of Technical Staff"),
        ("Assistant to the CTO", "an Assistant to the CTO"),
        ("CTO", "CTO"),
        ("Interim CTO", "Interim CTO"),
        ("Head of Engineering", "Head of Engineering"),
        ("Deputy Head of IT", "Deputy Head of IT"),
        ("VP, Engineering", "VP of Engineering"),
        ("Director, Data Platform", "Director of Data Platform"),
        ("Co-Founder & CTO", "Co-Founder and CTO"),
        ("Founder, CEO and Engineer", "Founder, CEO and Engineer"),
        ("Software Engineer / Team Lead", "a Software Engineer and Team Lead"),
        ("Software Engineer, Search Infrastructure", "a Software Engineer"),
        ("Software Engineer (contract)", "a Software Engineer"),
        ("DevOps Engineer | Remote", "a DevOps Engineer"),
        ("an engineer", "an engineer"),
        ("President's Assistant", "a President's Assistant"),
        ("Summer Internship", ""),
        ("Praktikum im Bereich Software", ""),
        ("Freelance", ""),
        ("Responsible for the back end", ""),
        ("", ""),
    ],
)
def test_a_title_has_an_article_where_english_wants_one(role: str, spoken: str) -> None:
    assert spoken_title(role) == spoken


def _said(claim: Claim) -> list[str]:
    return [text for seed in range(30) for each in personal_questions((claim,), seed=seed) for text in _texts(each)]


def _texts(question: Question) -> list[str]:
    return [question.text, question.rephrased, *(point.follow_up for point in question.key_points)]


def test_a_post_that_goes_on_is_spoken_of_in_the_present() -> None:
    claim = Claim(id="work-feedzai", kind="work", name="Feedzai", role="Staff Engineer", is_current=True)
    said = _said(claim)
    assert any(text.startswith("At Feedzai you are a Staff Engineer.") for text in said)
    assert not [text for text in said if re.search(r"you were|your time at|were you|did you yourself do", text)]


def test_a_post_that_is_over_is_spoken_of_in_the_past() -> None:
    said = _said(Claim(id="work-acme", kind="work", name="Acme", role="CTO"))
    assert any("you were CTO" in text for text in said)
    assert not [text for text in said if re.search(r"you are (?!most)", text)]


@pytest.mark.parametrize(("is_current", "words"), [(True, "You work at Acme."), (False, "You worked at Acme.")])
def test_what_names_no_person_is_no_title(is_current: bool, words: str) -> None:
    said = _said(Claim(id="work-acme", kind="work", name="Acme", role="Summer Internship", is_current=is_current))
    assert any(text.startswith(words) for text in said)
    assert not [text for text in said if "Internship" in text]


@pytest.mark.parametrize(
    ("dates", "is_current"),
    [
        ({"startDate": "2022"}, True),
        ({"startDate": "2022", "endDate": "Present"}, True),
        ({"startDate": "2022", "endDate": "2023"}, False),
        ({}, False),
    ],
)
def test_a_post_is_current_by_its_dates(dates: dict[str, str], is_current: bool) -> None:
    work = [{"name": "Acme", "position": "Engineer", **dates}]
    (claim,) = claims_from_resume(resume_from_json(json.dumps({"basics": {"name": "Ann Low"}, "work": work})))
    assert claim.is_current == is_current
