"""Rows come from four formats, and a bad one is named by file, line and field whatever the format."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evals.dataset import Dataset, Problem, Sample, parse_names
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity

HEAD = "question,answer,reference,score\n"
GOOD = "What is a mutex?,A lock.,One thread at a time holds it.,0.5\n"


def read(path: Path, **more: object) -> list[Sample | Problem]:
    return list(Dataset(path, Rarity(["one two"]), **more))  # type: ignore[arg-type]


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "rows.parquet"
    rows = [
        {
            "question": "What is a mutex?",
            "answer": "A lock.",
            "reference": "One thread holds it.",
            "scores": [1.0, 0.5],
        },
        {"question": "What is a mutex?", "answer": None, "reference": "One thread holds it.", "scores": None},
        {"question": "What is a mutex?", "answer": "x", "reference": None, "scores": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_csv_and_tsv_and_parquet_give_the_samples_that_jsonl_gives(tmp_path: Path, parquet: Path) -> None:
    fields = {
        "question": "What is a mutex?",
        "answer": "A lock.",
        "reference": "One thread at a time holds it.",
        "score": 0.5,
    }
    jsonl = write(tmp_path, "a.jsonl", json.dumps(fields))
    csv = write(tmp_path, "a.csv", "\ufeff" + HEAD + GOOD)
    tsv = write(tmp_path, "a.tsv", (HEAD + GOOD).replace(",", "\t"))
    listed = write(tmp_path, "list.json", json.dumps([fields], indent=1))
    alone = write(tmp_path, "alone.json", json.dumps(fields))
    lines = write(tmp_path, "lines.json", json.dumps(fields) + "\n\n")
    packed = write(tmp_path, "a.jsonl.gz", gzip.compress(json.dumps(fields).encode()))
    packed_csv = write(tmp_path, "a.csv.gz", gzip.compress(("\ufeff" + HEAD + GOOD).encode()))
    packed_tsv = write(tmp_path, "a.tsv.gz", gzip.compress((HEAD + GOOD).replace(",", "\t").encode()))
    (expected,) = read(jsonl)
    assert isinstance(expected, Sample)
    semicolons = write(tmp_path, "semicolons.csv", "\ufeff" + (HEAD + GOOD).replace(",", ";").replace("\n", "\r\n"))
    tables = ((csv, 2), (tsv, 2), (packed_csv, 2), (packed_tsv, 2), (semicolons, 2))
    for path, line in (*tables, (packed, 1), (listed, 1), (alone, 0), (lines, 0)):
        (sample,) = read(path)
        assert isinstance(sample, Sample)
        assert (sample.line, sample.input, sample.answer, sample.human) == (line, expected.input, "A lock.", 0.5)
    first, blank, bad = read(parquet)
    assert isinstance(first, Sample)
    assert first.human == 0.75
    assert isinstance(blank, Sample)
    assert blank.is_blank
    assert isinstance(bad, Problem)
    assert (bad.line, bad.field) == (3, "reference")


def test_a_cell_may_hold_a_list_and_a_line_break(tmp_path: Path) -> None:
    rows = 'question,answer,key_points\n"What?\nReally?",one,"[""a lock"", ""one holder""]"\nWhy?,,"[""x""]"\n'
    first, second = read(write(tmp_path, "a.csv", rows))
    assert isinstance(first, Sample)
    assert [point.text for point in first.target] == ["a lock", "one holder"]
    assert isinstance(second, Sample)
    assert (second.line, second.is_blank) == (4, True)


@pytest.mark.parametrize("answer", ["[1, 2, 3]", '["a"]', "[1, 2", "[]"])
def test_an_answer_that_looks_like_a_list_is_an_answer(tmp_path: Path, answer: str) -> None:
    cell = '"' + answer.replace('"', '""') + '"'
    row = f'question,answer,key_points,scores,full\nWhat?,{cell},"[""a list""]","[3, 1.5]",3\n'
    (sample,) = read(write(tmp_path, "a.csv", row))
    assert isinstance(sample, Sample), str(sample)
    assert (sample.answer, [point.text for point in sample.target]) == (answer, ["a list"])
    assert sample.marks == (1.0, 0.5)


def test_where_cells_stand_between_semicolons_numbers_may_have_a_comma(tmp_path: Path) -> None:
    half = "question;answer;reference;score;full\nHow much?;1,5;It is 1,5 or more.;0,75;1,5\n"
    (sample,) = read(write(tmp_path, "a.csv", half))
    assert isinstance(sample, Sample), str(sample)
    assert (sample.answer, sample.human) == ("1,5", 0.5)
    (problem,) = read(write(tmp_path, "b.csv", HEAD + 'What?,x,y,"0,75"\n'))
    assert isinstance(problem, Problem)
    assert problem.field == "score"


@pytest.mark.parametrize(
    ("content", "line", "field", "says"),
    [
        (HEAD + "What?,x\n" + GOOD, 2, None, "2 cells where the first line names 4 columns"),
        (HEAD + "What?,x,y,2\n" + GOOD, 2, "score", "outside its scale (0 to 1"),
        (HEAD + "What?,x,y,good\n" + GOOD, 2, "score", "valid number"),
        (HEAD + "What?,x,,1\n" + GOOD, 2, "reference", "one of reference, key_points or rubric"),
        (HEAD.encode() + b"What?,caf\xe9,y,1\n" + GOOD.encode(), 2, "answer", "not UTF-8"),
        ("question,reference\nWhat?,y\n" + "a,b\n", 2, "answer", "missing"),
        ((HEAD + GOOD).encode("utf-16"), 1, None, "UTF-16"),
        (HEAD, 0, None, "the file has no rows."),
        ("", 0, None, "the file has no rows."),
    ],
)
def test_a_bad_row_of_csv_is_named_and_the_rest_goes_on(
    tmp_path: Path, content: str | bytes, line: int, field: str | None, says: str
) -> None:
    problem, *rest = read(write(tmp_path, "a.csv", content))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.field) == (line, field)
    assert says in problem.what
    assert not isinstance(content, str) or content.endswith(GOOD) is any(isinstance(item, Sample) for item in rest)


def test_a_foreign_format_is_read_through_a_map_and_faults_bear_its_names(tmp_path: Path) -> None:
    names = parse_names(["answer=response", "question=prompt", "id=no"])
    good = {"prompt": "What?", "response": "x", "reference": "y", "no": 1, "question": "other"}
    path = write(
        tmp_path, "a.jsonl", "\n".join(json.dumps(row) for row in (good, {**good, "response": [1], "no": 2}, good))
    )
    first, second, third = read(path, names=names)
    assert isinstance(first, Sample)
    assert (first.input, first.answer, first.id) == ("What?", "x", "1")
    assert isinstance(second, Problem)
    assert second.field == "response"
    assert isinstance(third, Problem)
    assert (third.field, third.what) == ("no", "'1' is already the id of line 1.")


@pytest.mark.parametrize("pair", ["answer", "=x", "answer=", "colour=red"])
def test_a_map_that_says_nothing_is_bad_use(pair: str) -> None:
    with pytest.raises(BadInput, match=r"is not understood|no field of ours"):
        parse_names([pair])


def test_only_the_rows_of_one_split_are_kept(tmp_path: Path) -> None:
    rows = [{"question": "Q", "answer": str(n), "reference": "y", "split": "test" if n else "train"} for n in range(3)]
    path = write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    kept = read(path, split="test")
    assert [item.answer for item in kept if isinstance(item, Sample)] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.parquet", b"PAR1 nonsense", "no Parquet file"),
        ("a.csv", "question,answer,answer\n", "the column 'answer' is named twice"),
        ("a.csv", 'question,"answer"x,reference\nWhat?,x,y\n', r"a\.csv, line 1: not a row of CSV"),
        ("a.csv", 'question,"answer', r"a\.csv, line 1: not a row of CSV"),
        ("a.jsonl.gz", b"no gzip", "cannot be read"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_bad_use(tmp_path: Path, name: str, content: str | bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read(write(tmp_path, name, content))


def test_a_folder_is_no_file_of_rows(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        read(tmp_path)


def test_json_lines_under_the_name_of_json_are_read_line_by_line(tmp_path: Path) -> None:
    row = {"question": "What?", "answer": "x", "reference": "y"}
    first, problem, third = read(write(tmp_path, "a.json", f"{json.dumps(row)}\nnonsense\n{json.dumps(row)}\n"))
    assert isinstance(first, Sample)
    assert isinstance(problem, Problem)
    assert (problem.line, isinstance(third, Sample)) == (2, True)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("[3]", 1, "not a JSON object"),
        ('[\n{"a": ]', 0, "not JSON (Expecting value at line 2"),
        (b"\xff\xfe[\x00]\x00", 0, "UTF-16"),
        (b'["\xff"]', 0, "not UTF-8"),
        ("[NaN]", 0, "NaN is not a number"),
    ],
)
def test_json_that_cannot_be_used_is_named(tmp_path: Path, content: str | bytes, line: int, says: str) -> None:
    (problem,) = read(write(tmp_path, "a.json", content))
    assert isinstance(problem, Problem)
    assert problem.line == line
    assert says in problem.what


def test_a_packed_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    row = json.dumps({"question": "What?", "answer": "x", "reference": "y"}) + "\n"
    first, problem = read(write(tmp_path, "a.jsonl.gz", gzip.compress(row.encode())[:-6]))
    assert isinstance(first, Sample)
    assert isinstance(problem, Problem)
    assert (problem.line, "before its end" in problem.what) == (2, True)


def test_a_packed_table_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    rows = HEAD + "".join(GOOD.replace("mutex", f"thing {n * 7919 % 10007}") for n in range(5000))
    *samples, problem = read(write(tmp_path, "a.csv.gz", gzip.compress(rows.encode())[:-20]))
    assert samples
    assert isinstance(problem, Problem)
    assert "before its end" in problem.what


def test_packed_json_that_was_cut_off_is_bad_use(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read(write(tmp_path, "a.json.gz", gzip.compress(b'[{"question": "What?"}]')[:-6]))


def test_a_split_that_no_row_has_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", json.dumps({"question": "Q", "answer": "a", "reference": "y", "part": "dev"}))
    (problem,) = read(path, split="test", names={"split": "part"})
    assert str(problem) == f"{path}, field 'part': no row that can be used is of the split 'test'."
