"""Field F1 of CVs against their truth."""

from __future__ import annotations

import json
from typing import Any

from evals.counts import Counts
from evals.resume_fields import FIELDS, add_counts, count_fields, field_f1

TRUTH: dict[str, Any] = {
    "basics": {
        "name": "Ada Byron",
        "email": "ada@example.org",
        "phone": "+44 20 7946 0958",
        "profiles": [{"network": "GitHub", "username": "adabyron"}],
    },
    "work": [
        {"name": "Kestrel", "position": "Engineer", "startDate": "2020-01"},
        {"name": "Blue Door", "position": "Analyst", "startDate": "2015", "endDate": "2019"},
    ],
    "education": [{"institution": "UCL", "studyType": "BSc", "area": "Mathematics"}],
    "skills": [{"name": "Go"}, {"name": "Postgres"}],
    "accept": {"work.1.startDate": ["2015", "2015-01"], "work.1.endDate": ["2019", None], "skills": ["Perl"]},
}


def test_the_truth_itself_is_whole() -> None:
    counts = count_fields(TRUTH, TRUTH)
    assert field_f1(counts) == 1.0
    assert counts["projects"].f1 is None
    assert counts["dates"] == Counts(right=3)


def test_what_is_accepted_costs_nothing_and_what_is_wrong_does() -> None:
    read = json.loads(json.dumps(TRUTH))
    read["work"] = [{"name": "Blue Door", "position": "Analyst", "startDate": "2015-01"}]
    read["skills"] = [{"name": "All", "keywords": ["Go", "PostgreSQL", "Perl", "COBOL"]}]
    counts = count_fields(read, TRUTH)
    assert counts["companies"] == Counts(right=1, missed=1)
    assert counts["dates"] == Counts(right=1, missed=1)
    assert counts["skills"] == Counts(right=2, wrong=1)
    assert field_f1(counts, ("skills",)) == 0.8


def test_links_and_numbers_are_compared_by_what_they_mean() -> None:
    read = {"basics": {"phone": "+44 (20) 79460958", "profiles": [{"url": "http://www.github.com/adabyron/"}]}}
    counts = count_fields(read, TRUTH)
    assert counts["phone"] == counts["links"] == Counts(right=1)


def test_nothing_read_is_nothing_right() -> None:
    counts = count_fields({}, TRUTH)
    assert field_f1(counts) == 0.0
    assert add_counts([counts, count_fields(TRUTH, TRUTH)])["name"] == Counts(right=1, missed=1)
    assert set(counts) == set(FIELDS)
