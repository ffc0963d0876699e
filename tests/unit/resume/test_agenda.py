"""Match of CV and job, lengths of time, and the agenda made from them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from interviewlab.resume import claims_from_resume, job_from_text, resume_from_text
from interviewlab.resume.agenda import build_agenda
from interviewlab.resume.durations import last_used, months_of
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.matching import match_job
from interviewlab.types import Job, Match

TODAY = date(2026, 3, 15)
CV = """{
  "basics": {"name": "Ada Byron"},
  "work": [
    {"name": "Kestrel", "position": "Backend Engineer", "startDate": "2022-04",
     "highlights": ["Reduced the latency of checkout by 40 % with Redis", "Services in Go, on k8s"]},
    {"name": "Initech", "position": "Developer", "startDate": "2015-01", "endDate": "2017-12",
     "highlights": ["Reports in Perl and Oracle Database"]}
  ],
  "projects": [{"name": "ledgerdb", "description": "An append-only ledger in Rust", "startDate": "2024"}],
  "skills": [{"name": "Main", "keywords": ["Go", "Perl", "Postgres"]}]
}"""
JOB = Job(role="Engineer", must=("Go", "PostgreSQL", "Kafka"), nice=("Perl", "Terraform"))


def test_lengths_of_time() -> None:
    assert months_of({"startDate": "2022-04"}, TODAY) == 48
    assert months_of({"startDate": "2020-01", "endDate": "2020-01"}, TODAY) == 1
    assert months_of({"startDate": "2019", "endDate": "2019"}, TODAY) == 12
    assert months_of({"endDate": "2019"}, TODAY) is None


def test_when_skills_were_last_used() -> None:
    used = last_used(resume_from_json(CV).document, TODAY)
    assert used["Go"] == TODAY
    assert used["Perl"] == date(2017, 12, 1)


def test_a_job_against_a_cv() -> None:
    match = match_job(resume_from_json(CV), JOB, TODAY)
    assert match.covered == ("Go", "PostgreSQL")
    assert match.missing == ("Kafka", "Terraform")
    assert match.stale == ("Perl",)


def test_two_gaps_are_asked_about_in_different_words() -> None:
    resume = resume_from_json(CV)
    match = match_job(resume, JOB, TODAY)
    for seed in range(30):
        agenda = build_agenda((), JOB, match, limit=0, gaps=2, minutes=30, seed=seed)
        wordings = {
            question.text.replace(item.about, "it")
            for question, item in zip(agenda.questions, agenda.items, strict=True)
        }
        assert len(wordings) == 2


def test_the_agenda_goes_into_the_cv_and_tests_a_gap() -> None:
    resume = resume_from_json(CV)
    match = match_job(resume, JOB, TODAY)
    agenda = build_agenda(claims_from_resume(resume), JOB, match, limit=4, gaps=1, minutes=30, seed=1)
    assert [item.question_id for item in agenda.items] == [question.id for question in agenda.questions]
    gap, question = agenda.items[-2], agenda.questions[-2]
    assert (gap.kind, gap.about, question.area) == ("gap", "Kafka", "job")
    assert "Kafka" in question.text
    assert "Kafka" in gap.why
    assert {"ledgerdb", "Kestrel"} <= {item.about for item in agenda.items}
    assert [question.area for question in agenda.questions].count("job") == 1
    assert all(len(question.key_points) >= 3 for question in agenda.questions)


def test_what_the_job_needs_comes_first_among_its_kind() -> None:
    claims = claims_from_resume(resume_from_json(CV))
    agenda = build_agenda(claims, Job(must=("Perl", "Oracle Database")), None, limit=3, gaps=0, minutes=30, seed=1)
    work = [item.about for item in agenda.items if item.kind in ("work", "figure")]
    assert work == ["Initech"]


def test_a_figure_of_the_cv_is_probed_for_how_it_was_measured() -> None:
    claims = claims_from_resume(resume_from_json(CV))
    for seed in range(20):
        agenda = build_agenda(claims, Job(), None, limit=4, gaps=0, minutes=30, seed=seed)
        for item, question in zip(agenda.items, agenda.questions, strict=True):
            if item.about == "Kestrel":
                numbers = next(point for point in question.key_points if point.id == "numbers")
                assert "40 %" in numbers.follow_up
                assert (item.kind == "figure") == ("40 %" in question.text)


def test_the_time_limits_the_agenda_but_one_question_is_always_asked() -> None:
    claims = claims_from_resume(resume_from_json(CV))
    assert len(build_agenda(claims, Job(), None, limit=6, gaps=0, minutes=9, seed=1).questions) == 2
    assert len(build_agenda(claims, Job(), None, limit=6, gaps=0, minutes=1, seed=1).questions) == 1
    assert build_agenda((), Job(), None, limit=6, gaps=2, minutes=30, seed=1).questions == ()


def test_time_is_kept_for_what_the_job_asks_for_and_the_cv_lacks() -> None:
    resume = resume_from_json(CV)
    match = match_job(resume, JOB, TODAY)
    claims = claims_from_resume(resume)
    for minutes in (9, 12, 21, 30):
        agenda = build_agenda(claims, JOB, match, limit=6, gaps=2, minutes=minutes, seed=1)
        gaps = [item.about for item in agenda.items if item.kind == "gap"]
        assert gaps == ["Kafka", "Terraform"]
        assert agenda.items[0].kind != "gap"
        assert sum(item.minutes for item in agenda.items) <= minutes
    short = build_agenda(claims, JOB, match, limit=6, gaps=2, minutes=5, seed=1)
    assert [item.kind for item in short.items].count("gap") == 0
    assert len(short.items) == 1


def test_what_is_only_welcome_is_not_said_to_be_asked_for() -> None:
    match = Match(missing=("Kafka", "Terraform"))
    for seed in range(10):
        asked, welcome = build_agenda((), JOB, match, limit=0, gaps=2, minutes=30, seed=seed).questions
        assert re.search(r"asks for|works with|would need", asked.text)
        assert re.search(r"welcome|would help", welcome.text)


HANDS = """Ann Low
ann@low.example.org

Experience

Staff Site Reliability Engineer, Kestrel, 2022 – present
- Moved Kafka to Kubernetes, with Terraform and Go

Skills

Good hands: Linux, Kubernetes, Terraform, Go, Kafka
Rusty hands: Perl, Nagios, Puppet
No hands: Windows Server
"""


@pytest.mark.parametrize("seed", range(12))
def test_skills_that_the_job_asks_for_and_the_cv_uses_come_first_and_rusty_ones_never(seed: int) -> None:
    claims = claims_from_resume(resume_from_text(HANDS), 60)
    job = Job(must=("Terraform", "Go", "Nagios"), nice=("Linux",))
    turns = ("skill",)
    asked = build_agenda(claims, job, None, limit=4, gaps=0, minutes=30, seed=seed, turns=turns)
    assert {item.about for item in asked.items[:2]} == {"Terraform", "Go"}
    assert {item.about for item in asked.items[2:]} == {"Nagios", "Linux"}
    plain = build_agenda(claims, Job(), None, limit=5, gaps=0, minutes=30, seed=seed, turns=turns)
    assert {item.about for item in plain.items[:3]} == {"Kubernetes", "Terraform", "Go", "Kafka"} - {
        item.about for item in plain.items[3:]
    }
    assert not {"Perl", "Nagios", "Puppet"} & {item.about for item in plain.items}


def test_a_rusty_skill_that_the_job_wants_is_asked_as_such() -> None:
    claims = claims_from_resume(resume_from_text(HANDS), 60)
    agenda = build_agenda(claims, Job(must=("Perl",)), None, limit=1, gaps=0, minutes=30, seed=1, turns=("skill",))
    assert agenda.items[0].about == "Perl"
    assert re.search(r"less well|not among your strongest", agenda.questions[0].text)
    assert 'Your CV says of it: "Rusty hands".' in agenda.items[0].why


def test_what_the_cv_disclaims_is_no_claim() -> None:
    assert "Windows Server" not in {claim.name for claim in claims_from_resume(resume_from_text(HANDS), 60)}


def test_a_pasted_job_gives_what_the_match_needs() -> None:
    job = job_from_text("Backend Engineer\nRequirements\n- Go, Kafka, and PostgreSQL\n")
    assert match_job(resume_from_json(CV), job, TODAY).missing == ("Kafka",)
