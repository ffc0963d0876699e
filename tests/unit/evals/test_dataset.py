"""Lines become samples, and what is wrong with a line is named with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.dataset import Card, Dataset, OfSplit, Problem, Sample, is_blank
from evals.task import Task
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity

ROW = {"question": "What is a mutex?", "answer": "A lock.", "reference": "One thread at a time holds it."}


def read(tmp_path: Path, *lines: str | bytes, limit: int | None = None) -> list[Sample | Problem]:
    path = tmp_path / "data.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return list(Dataset(path, Rarity(["one two", "three four"]), limit))


def row(**fields: Any) -> str:
    return json.dumps({name: value for name, value in {**ROW, **fields}.items() if value != "drop"})


def only_sample(tmp_path: Path, line: str) -> Sample:
    (sample,) = read(tmp_path, line)
    assert isinstance(sample, Sample), str(sample)
    return sample


def only_problem(tmp_path: Path, line: str | bytes) -> Problem:
    (problem,) = read(tmp_path, line)
    assert isinstance(problem, Problem)
    return problem


def test_a_row_with_a_reference_is_a_sample(tmp_path: Path) -> None:
    sample = only_sample(tmp_path, row(score=0.5))
    assert sample.input == "What is a mutex?"
    assert [point.text for point in sample.target] == ["One thread at a time holds it."]
    assert sample.human == 0.5


def test_key_points_may_be_texts_or_carry_weights(tmp_path: Path) -> None:
    points = ["mutual exclusion", {"text": "blocks others", "weight": 3}]
    sample = only_sample(tmp_path, row(reference="drop", key_points=points))
    assert [(point.text, point.weight) for point in sample.target] == [
        ("mutual exclusion", 1.0),
        ("blocks others", 3.0),
    ]


def test_a_rubric_is_used_before_a_reference(tmp_path: Path) -> None:
    sample = only_sample(tmp_path, row(rubric="2 points: mutual exclusion"))
    assert [(point.text, point.weight) for point in sample.target] == [("mutual exclusion", 2.0)]


def test_several_human_scores_count_as_their_mean_share_of_full_marks(tmp_path: Path) -> None:
    assert only_sample(tmp_path, row(scores=[3, 4, None], full=5)).human == pytest.approx(0.7)


def test_a_question_id_is_read_as_it_is_written(tmp_path: Path) -> None:
    line = row().replace("{", '{"question_id": 11.10, ', 1)
    assert only_sample(tmp_path, line).question_id == "11.10"


def test_rows_of_one_question_without_ids_belong_together(tmp_path: Path) -> None:
    first, second = read(tmp_path, row(), row(answer="Another."))
    assert isinstance(first, Sample)
    assert isinstance(second, Sample)
    assert first.question_id == second.question_id


@pytest.mark.parametrize(
    ("answer", "blank"),
    [("", True), (" \n", True), ("No response.", True), ("N/A", True), ("No.", False), ("none of them", False)],
)
def test_placeholders_are_blank_answers(answer: str, blank: bool) -> None:
    assert is_blank(answer) is blank


def test_the_files_own_mark_for_blanks_counts(tmp_path: Path) -> None:
    assert only_sample(tmp_path, row(answer="(left early)", blank=True)).is_blank
    assert only_sample(tmp_path, row(answer=None)).is_blank


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        ('{"question": ', None, "not a JSON object"),
        ('{"question": "a\x01b"}', None, "not a JSON object (Invalid control character at column 16)"),
        ("[1, 2]", None, "dictionary"),
        (row(answer="drop"), "answer", "missing"),
        (row(question=""), "question", "at least 1 character"),
        (row(answer=["a", "b"]), "answer", "valid string"),
        (row(reference="drop"), "reference", "one of reference, key_points or rubric"),
        (row(reference=" "), "reference", "nothing to grade by"),
        (row(reference="drop", key_points=[]), "key_points", "nothing to grade by"),
        (row(reference="drop", rubric="0 points: nothing"), "rubric", "nothing to grade by"),
        (row(full=0), "full", "greater than 0"),
        (row(score=2), "score", "outside its scale (0 to 1, as 'full' is not given)"),
        (row(score=6, full=5), "score", "outside its scale (0 to 5)"),
        (row(scores=[1, -1], full=5), "scores", "outside its scale"),
        (row(score="good"), "score", "valid number"),
        (row(score=float("nan")), None, "NaN is not a number"),
        (row(score=10**400), "score", "valid number"),
        (row().replace("{", '{"score": ' + "9" * 5000 + ", ", 1), None, "not a JSON object"),
        (row(answer="\ud800"), "answer", "half of a surrogate pair"),
        (b'{"question": "caf\xe9", "answer": "x"}', None, "not UTF-8 at byte 18"),
        (row().encode("utf-16"), None, "UTF-16"),
        ("[" * 100_000, None, "not a JSON object"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(
    tmp_path: Path, line: str | bytes, field: str | None, says: str
) -> None:
    (problem, *_) = read(tmp_path, line)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.field) == (1, field)
    assert says in problem.what
    assert str(problem).startswith(f"{tmp_path / 'data.jsonl'}, line 1")


def test_a_doubled_id_is_named_with_the_line_that_has_it(tmp_path: Path) -> None:
    first, second = read(tmp_path, row(id="a"), row(id="a"))
    assert isinstance(first, Sample)
    assert isinstance(second, Problem)
    assert (second.line, second.field, second.what) == (2, "id", "'a' is already the id of line 1.")


def test_good_rows_after_bad_ones_are_read(tmp_path: Path) -> None:
    kinds = [type(item) for item in read(tmp_path, "nonsense", "", b"\xff", row())]
    assert kinds == [Problem, Problem, Sample]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    only_sample(tmp_path, "\ufeff" + row())


def test_an_empty_file_is_a_problem_of_the_whole_file(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, " \n\n")
    assert (problem.line, problem.what) == (0, "the file has no rows.")


def test_limit_keeps_the_first_rows(tmp_path: Path) -> None:
    assert len(read(tmp_path, row(), "", row(), row(), limit=2)) == 2


def test_limit_counts_the_rows_of_the_split_and_what_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    rows = [row(split=split, answer=f"{n}") for n, split in enumerate(("train", "test", "train", "test", "test"), 1)]
    for lines, limit, expected in (
        (rows, 2, [2, 4]),
        (rows, None, [2, 4, 5]),
        (rows, 9, [2, 4, 5]),
        ([*rows[:2], "nonsense", *rows[3:]], 2, [2, 3]),
    ):
        path.write_text("\n".join(lines), encoding="utf-8")
        dataset = Dataset(path, Rarity([]), limit, split="test")
        assert [item.line for item in dataset] == expected
        assert dataset.count() == len(expected)
    (problem,) = Dataset(path, Rarity([]), 1, split="gone")
    assert isinstance(problem, Problem)


class Three:
    """A set with a name of its own."""

    card = Card("three")

    def count(self) -> int:
        return 4

    def __iter__(self) -> Iterator[Sample | Problem]:
        yield Sample(1, "q", "What?", "one", (), split="training")
        yield Sample(2, "q", "What?", "two", (), split="unseen")
        yield Problem("three", 3, None, "broken")
        yield Sample(4, "q", "What?", "four", (), split="unseen")


@pytest.mark.parametrize(("limit", "lines"), [(None, [2, 3, 4]), (2, [2, 3]), (1, [2])])
def test_of_a_named_set_the_split_is_taken_before_the_limit(limit: int | None, lines: list[int]) -> None:
    chosen = OfSplit(Three(), "unseen", limit)
    assert [item.line for item in chosen] == lines
    assert (chosen.count(), chosen.card.split) == (len(lines), "unseen")


def test_a_split_that_a_named_set_has_not_is_told_with_those_it_has() -> None:
    (told,) = (item for item in OfSplit(Three(), "gone", None) if isinstance(item, Problem) and not item.line)
    assert str(told) == "three, field 'split': no row is of the split 'gone'; there is training, unseen."


def test_a_named_set_is_read_by_its_split_and_has_its_own_fields() -> None:
    rarity = Rarity([])
    assert all(isinstance(item, Problem) for item in Task("levels", split="gone").open(rarity))
    assert Task("levels", split="report", limit=3).open(rarity).count() == 3
    with pytest.raises(BadInput, match="has its own fields"):
        Task("levels", names={"answer": "text"}).open(rarity)


def test_a_missing_file_is_bad_use(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no file .*gone\.jsonl"):
        Dataset(tmp_path / "gone.jsonl", Rarity([]))
