from __future__ import annotations

import json

import jsonschema
import pytest

from interviewlab.reports import report_schema, to_json, transcript_schema
from interviewlab.reports.schema import SCHEMA_FOLDER, schemas_by_name
from interviewlab.types import Report
from tests.unit.reports.sample import SAID, make_report, make_transcript


def test_report_json_has_the_published_shape():
    found = json.loads(to_json(make_report()))
    published = {"schema", "interview_id", "rubric", "brain", "judge", "axes", "overall", "skills", "questions"}
    assert published | {"submissions", "delivery", "gaps"} <= found.keys()
    assert found["schema"] == 1
    assert found["rubric"] == {"name": "default", "hash": "0123456789abcdef"}
    assert found["axes"]["communication"]["score"] is None
    assert found["axes"]["technical_knowledge"]["evidence"][0] == {"turn": 1, "quote": SAID}
    assert found["axes"]["testing"]["evidence"] == [{"turn": 2, "test": "empty list", "passed": None}]
    assert found["questions"][0]["found"][0]["quote"] == SAID
    assert found["questions"][0]["missing"] == ["eviction"]


def test_report_json_is_read_back_whole():
    report = make_report("naïve “quotes” \n and 日本語")
    assert Report.model_validate_json(to_json(report)) == report


def test_a_report_fits_its_schema():
    jsonschema.validate(json.loads(to_json(make_report())), report_schema())


@pytest.mark.parametrize("gone", ["schema", "axes", "overall", "interview_id"])
def test_a_report_that_lacks_a_field_does_not_fit(gone: str):
    broken = json.loads(to_json(make_report()))
    del broken[gone]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, report_schema())


def test_each_transcript_line_fits_its_schema():
    for line in make_transcript().to_jsonl().splitlines():
        jsonschema.validate(json.loads(line), transcript_schema())


@pytest.mark.parametrize("change", [{"kind": "message"}, {"sequence": -1}, {"text": None}, {"mood": "happy"}])
def test_a_broken_transcript_line_does_not_fit(change: dict[str, object]):
    line = json.loads(make_transcript().to_jsonl().splitlines()[0]) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(line, transcript_schema())


def test_the_shipped_schemas_are_those_of_the_types():
    shipped = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMA_FOLDER.glob("*.json")}
    assert shipped == schemas_by_name(), "The types changed: run `make schemas`."
