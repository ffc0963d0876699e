"""Work of another calling before the present one is asked about once, and what can be gone into before bare skills."""

from __future__ import annotations

import json
from typing import Any

import pytest

from interviewlab.resume import claims_from_resume, personal_questions
from interviewlab.resume.agenda import build_agenda
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.types import Claim, Job, Match

DEVELOPER = {
    "name": "Carebook",
    "position": "Frontend Developer",
    "startDate": "2023-03",
    "highlights": ["Screens in React, used by 4,000 nurses"],
}
STUDIO = {"name": "Lantern", "position": "Web Developer", "startDate": "2021-09", "endDate": "2023-02"}
NURSE = {"name": "Royal Infirmary", "position": "Staff Nurse", "startDate": "2014-09", "endDate": "2021-08"}


def claims_of(*work: dict[str, Any], **more: Any) -> tuple[Claim, ...]:
    skills = [{"keywords": ["TypeScript", "React", "Figma"]}]
    return claims_from_resume(resume_from_json(json.dumps({"work": list(work), "skills": skills, **more})), 60)


def earlier(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.name for claim in claims if claim.is_earlier_career]


@pytest.mark.parametrize(
    "position",
    ["Staff Nurse", "Maths Teacher", "Sous Chef", "Police Officer", "Civil Engineer", "Violinist", "Store Manager"],
)
def test_a_change_of_career_is_seen(position: str) -> None:
    assert earlier(claims_of(DEVELOPER, STUDIO, {**NURSE, "position": position})) == ["Royal Infirmary"]


@pytest.mark.parametrize(
    "entry",
    [
        {"position": "Barista", "startDate": "2018-01", "endDate": "2018-12"},
        {"position": "Nurse", "startDate": "2024-01"},
        {"position": "Software Engineer"},
        {"position": "Computer Science Teacher"},
        {"position": "Device Driver Developer"},
        {"position": "Biologist", "highlights": ["Pipelines in Python and R"]},
        {"position": "Product Manager"},
        {"position": "Research Assistant"},
        {"position": "Intern"},
    ],
)
def test_what_is_no_change_of_career(entry: dict[str, Any]) -> None:
    dates = {} if "startDate" in entry else {"startDate": "2014-09", "endDate": "2021-08"}
    assert earlier(claims_of(DEVELOPER, {"name": "Royal Infirmary", **dates, **entry})) == []


def test_who_still_works_in_the_old_calling_has_not_changed() -> None:
    assert earlier(claims_of(NURSE)) == []
    assert earlier(claims_of({**DEVELOPER, "startDate": "2010-01", "endDate": "2014-01"}, NURSE)) == []


@pytest.mark.parametrize("seed", range(12))
def test_two_questions_are_about_the_present_work_and_the_change(seed: int) -> None:
    claims = claims_of(DEVELOPER, STUDIO, NURSE)
    match = Match(missing=("GraphQL", "SQL"))
    agenda = build_agenda(claims, Job(must=("React",)), match, limit=2, gaps=1, minutes=9, seed=seed)
    assert [item.about for item in agenda.items] == ["Carebook", "GraphQL", "Royal Infirmary"]
    assert sum(item.minutes for item in agenda.items) <= 9
    assert {point.id for point in agenda.questions[-1].wanted_points()} == {"why-changed", "carries-over"}
    assert "Royal Infirmary" in agenda.questions[-1].text


def test_the_change_is_asked_about_once_and_never_alone() -> None:
    claims = claims_of(DEVELOPER, NURSE, {**NURSE, "name": "Ward Two", "endDate": "2018-01"})
    questions = personal_questions(claims, limit=6)
    changes = [question for question in questions if "why-changed" in {point.id for point in question.key_points}]
    assert len(changes) == 1
    assert "Carebook" in personal_questions(claims, limit=1)[0].text


@pytest.mark.parametrize("seed", range(12))
def test_work_with_figures_comes_before_the_first_bare_skill(seed: int) -> None:
    kinds = [q.id.split("-")[1] for q in personal_questions(claims_of(DEVELOPER, STUDIO), limit=3, seed=seed)]
    assert kinds == ["work", "skill", "work"]
    plain = claims_of({**DEVELOPER, "highlights": ["Screens"]}, STUDIO)
    assert [q.id.split("-")[1] for q in personal_questions(plain, limit=3, seed=seed)] == ["skill", "work", "work"]
    project = {"name": "ledger", "description": "A ledger in Rust", "startDate": "2024"}
    with_project = [q.id.split("-")[1] for q in personal_questions(claims_of(DEVELOPER, projects=[project]), seed=seed)]
    assert with_project[:3] == ["project", "skill", "work"]
