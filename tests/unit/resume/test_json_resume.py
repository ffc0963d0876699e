"""JSON Resume documents: nothing lost, faults named."""

from __future__ import annotations

import json

import pytest

from interviewlab.errors import BadUpload
from interviewlab.resume import claims_from_resume
from interviewlab.resume.child import MAX_TEXT, parse
from interviewlab.resume.json_resume import resume_from_json


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
