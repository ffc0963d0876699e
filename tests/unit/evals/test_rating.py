"""Sheets show nothing that could sway a rater, and what comes back is checked row by row."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from evals.dataset import Sample
from evals.rate import to_page
from evals.rating import Rating, draw_items, merge, rater_agreement, read_ratings, read_sheets, to_csv, to_jsonl
from interviewlab.scoring.reference import points_from_pairs

SAMPLES = [
    Sample(
        n, f"q{n}", "What?", answer, (), human=0.25, id=f"row-{n}", author="somebody", split="test", is_blank=not answer
    )
    for n, answer in enumerate(("one", "=1+1", "", "</script><script>alert(1)</script>", "five"))
]


def test_a_sheet_shows_question_and_answer_and_nothing_else() -> None:
    items = draw_items(SAMPLES, None, seed=3)
    assert sorted(item.item for item in items) == ["row-0", "row-1", "row-3", "row-4"]
    sheet = to_csv(items) + to_jsonl(items) + to_page(items, 5)
    assert not re.search("somebody|0.25", sheet)
    assert draw_items(SAMPLES, 2, seed=3) == items[:2]


def test_a_spreadsheet_takes_no_answer_for_a_formula() -> None:
    rows = list(csv.DictReader(to_csv(draw_items(SAMPLES, None, 0)).splitlines()))
    assert {row["answer"] for row in rows} >= {"'=1+1", "one"}


def test_an_answer_cannot_leave_its_place_in_the_page() -> None:
    page = to_page(draw_items(SAMPLES, None, 0), 5)
    data = re.search(r'<script id="items" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    shown = json.loads(data.group(1))["items"]
    assert SAMPLES[3].answer in [item["answer"] for item in shown]
    assert "<script>alert" not in page


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_ratings_are_read_back_and_bad_ones_named(tmp_path: Path, suffix: str) -> None:
    rows = [("row-0", "3"), ("row-1", ""), ("row-3", "6"), ("row-4", "good"), ("row-0", "2"), ("", "1")]
    path = tmp_path / f"ann{suffix}"
    if suffix == ".csv":
        path.write_text("item,rating\n" + "".join(f"{item},{rating}\n" for item, rating in rows))
    else:
        path.write_text("".join(json.dumps({"item": item, "rating": rating}) + "\n" for item, rating in rows))
    ratings, problems = read_ratings(path)
    assert ratings == [Rating("ann", "row-0", 3)]
    assert [(p.field, p.what) for p in problems] == [
        ("rating", "6 is outside its scale (1 to 5)."),
        ("rating", "'good' is no whole number."),
        ("item", "'row-0' is rated twice by ann."),
        ("item", "is missing."),
    ]


def test_a_sheet_without_ratings_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "ann.csv"
    path.write_text("item,rating\nrow-0,\n")
    assert [problem.what for problem in read_ratings(path)[1]] == ["the sheet holds no rating."]


def test_raters_who_agree_have_alpha_one_and_those_who_do_not_have_less() -> None:
    same = [Rating(rater, f"i{n}", n % 5 + 1) for rater in "ab" for n in range(10)]
    mixed = [*same, *(Rating("c", f"i{n}", 5 - n % 5) for n in range(10))]
    assert rater_agreement(same, 0)["krippendorff_alpha"] == 1.0
    found = rater_agreement(mixed, 0)
    assert found["krippendorff_alpha"] < 0.3
    assert [pair["raters"] for pair in found["pairs"]] == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert found["pairs"][0]["agreement"]["qwk"]["value"] == 1.0


def test_one_rater_alone_has_no_agreement() -> None:
    found = rater_agreement([Rating("a", "i", 3)], 0)
    assert (found["krippendorff_alpha"], found["pairs"]) == (None, [])


def test_ratings_become_the_scores_of_their_rows() -> None:
    ratings = [Rating("a", "row-1", 5), Rating("b", "row-1", 4)]
    rows = [{"question": "What?", "answer": s.answer, "score": 0.1} for s in SAMPLES]
    (merged,) = merge(rows, SAMPLES, ratings, 5)
    assert merged == {"question": "What?", "answer": "=1+1", "id": "row-1", "scores": [4, 3], "full": 4}


def test_a_sheet_shows_criteria_only_where_they_are_wanted(tmp_path: Path) -> None:
    point = points_from_pairs([("It is a lock.", 1.0)])
    samples = [Sample(1, "q", "What?", "A lock.", point, id="row-1")]
    assert "It is a lock." not in to_csv(draw_items(samples, None, 0)) + to_jsonl(draw_items(samples, None, 0))
    items = draw_items(samples, None, 0, has_criteria=True)
    for sheet in (to_csv(items), to_jsonl(items), to_page(items, 5)):
        assert "It is a lock." in sheet
    path = tmp_path / "ann.jsonl"
    path.write_text(to_jsonl(items).replace('"rating": null', '"rating": 4'))
    assert read_ratings(path)[0] == [Rating("ann", "row-1", 4)]


def test_two_sheets_of_one_name_are_not_taken_for_two_raters(tmp_path: Path) -> None:
    for name, rating in (("one", 3), ("two", 5)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"rater": "ann", "item": "row-1", "rating": rating}) + "\n")
    ratings, problems = read_sheets([tmp_path / "one.jsonl", tmp_path / "two.jsonl"])
    assert ratings == [Rating("ann", "row-1", 3)]
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/two.jsonl, line 1, field 'rater': 'row-1' is rated by ann in {tmp_path}/one.jsonl too;"
        " give each rater a name."
    ]
