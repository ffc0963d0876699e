"""Claims and the questions made from them."""

from __future__ import annotations

import json
import re

import pytest

from interviewlab.resume import claims_from_resume, personal_questions, resume_from_text
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.personal import find_figure
from interviewlab.types import Claim, Question

CV = {
    "basics": {
        "name": "Ada Byron",
        "email": "ada@byron.example",
        "phone": "+44 20 7946 0958",
        "url": "https://byron.example",
        "location": {"address": "12 St James's Square"},
        "profiles": [{"network": "GitHub", "username": "adabyron", "url": "https://github.com/adabyron"}],
    },
    "projects": [
        {
            "name": "[FlashInfer](https://github.com/adabyron/flash)",
            "description": "Kernels for attention, see github.com/adabyron/flash or ada@byron.example",
            "highlights": ["Reduced latency by 73% compared to baseline", "Call +44 20 7946 0958"],
            "startDate": "2023",
        },
        {"name": "https://github.com/adabyron/notes", "highlights": ["Notes"]},
        {"name": "日本語辞書", "highlights": ["Dictionary in C++"]},
    ],
    "work": [
        {"name": "Nexus AI", "position": "Co-Founder & CTO", "highlights": ["Scaled the team", "Ran Postgres on k8s"]},
        {"company": "Initech", "position": "Analyst"},
    ],
    "skills": [{"name": "Tools", "keywords": ["k8s", "Postgres", "Git", "adabyron"]}],
}


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    return claims_from_resume(resume_from_json(json.dumps(CV)))


def test_every_name_stands_word_for_word_in_the_cv(claims: tuple[Claim, ...]) -> None:
    text = resume_from_json(json.dumps(CV)).text
    assert claims
    assert [claim.name for claim in claims if claim.name not in text] == []


def test_contact_data_is_in_no_claim_and_no_question(claims: tuple[Claim, ...]) -> None:
    everything = json.dumps([item.model_dump() for item in (*claims, *personal_questions(claims, limit=20))])
    for secret in ("ada@byron", "7946", "github.com", "byron.example", "St James", "adabyron"):
        assert secret not in everything


def test_the_current_project_with_figures_comes_first_and_everyday_tools_last(claims: tuple[Claim, ...]) -> None:
    assert claims[0].name == "FlashInfer"
    assert claims[-1].name == "Git"
    assert next(claim for claim in claims if claim.name == "k8s").skills == ("Kubernetes",)


def test_older_field_names_of_json_resume_are_read(claims: tuple[Claim, ...]) -> None:
    initech = next(claim for claim in claims if claim.id == "work-initech")
    assert (initech.name, initech.role) == ("Initech", "Analyst")


def test_a_name_in_another_script_gets_an_id(claims: tuple[Claim, ...]) -> None:
    claim = next(claim for claim in claims if claim.name == "日本語辞書")
    assert re.fullmatch(r"project-[0-9a-f]{8}", claim.id)


def test_claims_are_deterministic_and_limited(claims: tuple[Claim, ...]) -> None:
    resume = resume_from_json(json.dumps(CV))
    assert claims_from_resume(resume) == claims
    assert claims_from_resume(resume, limit=2) == claims[:2]
    assert claims_from_resume(resume_from_text("")) == ()


def test_the_first_two_questions_are_about_a_project_and_a_skill(claims: tuple[Claim, ...]) -> None:
    first, second, *rest = personal_questions(claims, limit=4)
    assert first.id == "resume-project-flashinfer"
    assert "FlashInfer" in first.text
    assert second.id.startswith("resume-skill-")
    assert rest[0].id == "resume-work-nexus-ai"


def test_kinds_of_claims_take_the_turns_that_are_named(claims: tuple[Claim, ...]) -> None:
    ids = [question.id for question in personal_questions(claims, limit=20, turns=("work", "project"))]
    assert ids[0].startswith("resume-work-")
    assert not any(each.startswith("resume-skill-") for each in ids)
    skills = tuple(claim for claim in claims if claim.kind == "skill")
    assert personal_questions(skills, turns=("work",)) == personal_questions(skills)


def test_a_figure_of_the_cv_is_asked_how_it_was_measured(claims: tuple[Claim, ...]) -> None:
    question = personal_questions(claims)[0]
    numbers = next(point for point in question.key_points if point.id == "numbers")
    assert '"reduced latency by 73%"' in numbers.follow_up


def _spoken(question: Question) -> list[str]:
    return [question.text, question.rephrased, *(point.follow_up for point in question.key_points)]


@pytest.mark.parametrize("seed", range(25))
def test_every_wording_is_one_question_of_at_most_two_sentences_with_the_name(
    claims: tuple[Claim, ...], seed: int
) -> None:
    questions = personal_questions(claims, limit=20, seed=seed)
    assert len({question.id for question in questions}) == len(questions) == len(claims)
    for question, name in ((q, c.name) for q in questions for c in claims if q.id == f"resume-{c.id}"):
        for spoken in _spoken(question):
            assert spoken.count("?") <= 1
            assert "{" not in spoken
            assert len(re.findall(r"[.?!](?=\s|$)", spoken)) <= 2
            assert name in spoken
        assert 4 <= len(question.key_points) <= 6
        assert all(len(point.cues) >= 5 for point in question.key_points)


def test_seeds_vary_the_words_and_the_same_seed_repeats_them(claims: tuple[Claim, ...]) -> None:
    sets = {tuple(question.text for question in personal_questions(claims, seed=seed)) for seed in range(10)}
    assert len(sets) >= 6
    assert personal_questions(claims, seed=3) == personal_questions(claims, seed=3)


@pytest.mark.parametrize(
    ("detail", "figure"),
    [
        (
            "Serving 2M+ monthly API requests\nOptimization reducing latency by 73% compared to x",
            "reducing latency by 73%",
        ),
        ("Achieved 2.8x speedup over baseline", "achieved 2.8x speedup"),
        ("Adopted by 3 labs, 8,500+ GitHub stars", "8,500+ GitHub stars"),
        ("Renders pages 3× faster", "3× faster"),
        ("Designed and tested seat maps (+ 2.1 % seats sold)", "2.1 % seats sold"),
        ("Worked there from 2019 to 2020 on 3 teams", ""),
    ],
)
def test_figures_are_quoted_in_their_few_words(detail: str, figure: str) -> None:
    assert find_figure(detail) == figure


@pytest.mark.parametrize(
    ("detail", "figure"),
    [
        (
            "Used by about 4,000 nurses\nCut the time to first interaction of the rota page from 6.2 s to 1.9 s",
            "time to first interaction of the rota page from 6.2 s to 1.9 s",
        ),
        (
            "Brought the nightly import down from 4 hours to 20 minutes",
            "brought the nightly import down from 4 hours to 20 minutes",
        ),
        ("Grew the team from 3 to 11 people", "grew the team from 3 to 11 people"),
        ("Moved from 2019 to 2021 between offices", ""),
        ("Worked from home", ""),
    ],
)
def test_a_change_from_one_figure_to_another_is_the_most_telling(detail: str, figure: str) -> None:
    assert find_figure(detail) == figure
