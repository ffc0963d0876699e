"""JSON Resume documents: nothing lost, faults named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from interviewlab.errors import BadUpload
from interviewlab.resume import claims_from_resume
from interviewlab.resume.child import MAX_TEXT, parse
from interviewlab.resume.correcting import form_from_resume, resume_from_form
from interviewlab.resume.json_resume import resume_from_json
from interviewlab.resume.matching import known_skills, match_job
from interviewlab.types import Job


def test_unknown_fields_and_meta_are_kept_and_named() -> None:
    document = {"basics": {"name": "A B", "shoeSize": 43}, "pets": ["cat"], "meta": {"theme": "flat"}}
    resume = resume_from_json(json.dumps(document))
    assert resume.document["basics"] == document["basics"]
    assert resume.document["pets"] == ["cat"]
    assert resume.document["meta"]["theme"] == "flat"
    assert resume.gaps == ("Fields that JSON Resume does not know were kept but not read: 'pets'.",)


def test_faults_are_named_with_their_place_and_the_value_kept() -> None:
    resume = resume_from_json(
        '{"basics": {"name": "A"}, "work": [{"name": "X", "startDate": "last year", "highlights": "none"}]}'
    )
    assert any(gap.startswith("The field work[0].startDate ") and "2023-05" in gap for gap in resume.gaps)
    assert any(gap.startswith("The field work[0].highlights ") for gap in resume.gaps)
    assert resume.document["work"][0]["startDate"] == "last year"
    assert resume.document["work"][0]["highlights"] == ["none"]


def test_names_in_one_text_are_told_apart() -> None:
    given = {"skills": [{"name": "Languages", "keywords": "Python, Rust, SQL (Oracle, SQLite)"}]}
    resume = resume_from_json(json.dumps(given))
    assert form_from_resume(resume).skills == "Python, Rust, SQL (Oracle, SQLite)"
    assert resume.document["skills"][0]["keywords"] == ["Python", "Rust", "SQL (Oracle, SQLite)"]
    assert not known_skills(resume) & {"R", "C"}


@pytest.mark.parametrize("value", [3, True, {"a": "b"}])
def test_what_is_no_list_is_set_aside_and_holds_nothing_up(value: object) -> None:
    entry = {"name": "Languages", "keywords": value}
    job = {"name": 7, "position": "Nurse", "startDate": "2001", "endDate": "2005", "highlights": value}
    later = {"name": "Acme", "position": "Clerk", "startDate": "2006", "highlights": value}
    given = {"skills": [entry], "work": [job, later]}
    resume = resume_from_json(json.dumps(given))
    ours = resume.document["meta"]["interviewlab"]
    assert ours["set_aside"] == {f"work.{n}.highlights": value for n in (0, 1)} | {"skills.0.keywords": value}
    assert {gap.split()[2] for gap in resume.gaps} >= {"skills[0].keywords", "work[1].highlights"}
    kept = resume.model_copy(update={"document": given})
    for each in (resume, kept):
        form = form_from_resume(each)
        assert form.skills == "Languages"
        assert resume_from_form(each, form).document["skills"][0]["name"] == "Languages"
        assert known_skills(each) == frozenset()
        assert [claim.name for claim in claims_from_resume(each)] == ["Acme", "Languages"]


@pytest.mark.parametrize("end", ["0000-00-00", "0000", "2020-00", "9999-99"])
def test_a_date_that_is_none_holds_nothing_up(end: str) -> None:
    work = {"name": "Acme", "startDate": "2019-05", "endDate": end, "highlights": ["Wrote services in Go"]}
    match = match_job(resume_from_json(json.dumps({"work": [work]})), Job(must=("Go",)), date(2021, 3, 1))
    assert match.covered == ("Go",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": ', "broken at line 1"),
        ("[1, 2]", "not an object"),
        ('{"a":' + "[" * 200_000, "nested too deeply"),
        ('{"n": ' + "9" * 5000 + "}", "too long"),
    ],
)
def test_what_is_no_resume_gives_one_sentence(text: str, words: str) -> None:
    with pytest.raises(BadUpload, match=words) as caught:
        resume_from_json(text)
    assert caught.value.remedy


def test_far_more_than_a_cv_is_refused_before_it_is_understood() -> None:
    document = {"work": [{"name": "Acme", "highlights": ["1" * MAX_TEXT]}]}
    with pytest.raises(BadUpload, match="far more text"):
        parse(json.dumps(document).encode(), 20)


def test_wrong_types_everywhere_still_give_a_resume() -> None:
    resume = resume_from_json(
        '{"basics": 3, "work": {"a": 1}, "skills": [null, 4, {"keywords": [1, {}]}], "meta": "x"}'
    )
    assert resume.name == ""
    assert {"basics", "work", "meta"} == set(resume.document["meta"]["interviewlab"]["set_aside"])
    assert {gap.split()[2] for gap in resume.gaps} >= {"basics", "work", "skills[1]", "meta"}
    assert claims_from_resume(resume) == ()
