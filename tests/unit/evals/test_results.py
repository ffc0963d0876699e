"""What a run leaves in its folder: whole rows of one run, what it was made with, and words weighed by one bank."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.bank import bank_used
from evals.grade import grade_file
from evals.graded import read_graded
from evals.made_with import hash_of_bank, tell_made_with
from evals.results import open_rows, read_lines, rows_path
from evals.task import Task
from interviewlab.questions.bank import BUNDLED, load_bank
from interviewlab.scoring.rubric import load_rubric
from interviewlab.scoring.text import Rarity
from interviewlab.settings import read_settings

ROW = json.dumps({"score": 0.5, "interval": None, "found": [], "missing": [], "why_no_score": None}) + "\n"
REFERENCE = "A semaphore counts permits. Zanzibar lets a thread wait."


@pytest.mark.parametrize("as_parquet", [False, True])
@pytest.mark.parametrize("was_parquet", [False, True])
def test_rows_of_a_run_that_stops_leave_those_of_an_earlier_one(
    tmp_path: Path, was_parquet: bool, as_parquet: bool
) -> None:
    with open_rows(tmp_path, as_parquet=was_parquet) as rows:
        rows.write(ROW)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RuntimeError):
        _write_and_stop(tmp_path, as_parquet=as_parquet)
    assert {path: path.read_bytes() for path in before} == before
    with open_rows(tmp_path, as_parquet=as_parquet) as rows:
        rows.write(ROW)
    assert list(tmp_path.iterdir()) == [rows_path(tmp_path)]
    assert rows_path(tmp_path).suffix == (".parquet" if as_parquet else ".jsonl")


def _write_and_stop(folder: Path, *, as_parquet: bool) -> None:
    with open_rows(folder, as_parquet=as_parquet) as rows:
        rows.write(ROW)
        raise RuntimeError("a worker was lost")


@pytest.fixture
def own_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings with a folder of own questions, in whose answers rare words are common."""
    folder = tmp_path / "bank"
    folder.mkdir()
    question = next((BUNDLED / "questions").rglob("*.yaml"))
    name = question.stem
    for n in range(9):
        text = question.read_text(encoding="utf-8").replace(f"id: {name}", f"id: own-{n}", 1)
        (folder / f"own-{n}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("INTERVIEWLAB_EMBEDDER", "scripted")
    monkeypatch.setenv("INTERVIEWLAB_BANK_DIR", str(folder))
    return folder


def test_a_run_is_read_back_with_the_words_weighed_by_the_bank_that_graded(tmp_path: Path, own_bank: Path) -> None:
    data = tmp_path / "rows.jsonl"
    answer = load_bank().questions[0].answer
    data.write_text(json.dumps({"question": "What?", "answer": "Permits.", "reference": answer}))
    settings = read_settings()
    grade_file(settings, Task(str(data)), tmp_path / "run")
    graded, bundled = (
        next(iter(Task(str(data)).open(Rarity(load_bank(folders).answers)))) for folders in (settings.bank_folders, ())
    )
    assert read_graded(tmp_path / "run").rows[0].sample == graded != bundled


def test_a_summary_tells_what_graded(tmp_path: Path, own_bank: Path) -> None:
    data = tmp_path / "rows.jsonl"
    data.write_text(json.dumps({"question": "What?", "answer": "Permits.", "reference": REFERENCE}))
    summary = grade_file(read_settings(), Task(str(data)), tmp_path / "run")
    assert summary["made_with"] == tell_made_with("scripted", bank_used())
    assert set(summary["made_with"]) == {"version", "scoring", "grader_model", "embedder", "bank"}
    assert summary["made_with"]["bank"] != hash_of_bank(load_bank())
    assert list(read_lines(tmp_path / "run" / "rows.jsonl")[0]) == list(json.loads(ROW))


def test_another_rubric_or_bank_is_told_apart() -> None:
    bank = load_bank()
    less = replace(bank, questions=bank.questions[1:])
    default, other = (tell_made_with("scripted", bank, load_rubric(name)) for name in ("default", "explain-first"))
    assert default | {"rubric": other["rubric"]} == other != default
    assert hash_of_bank(less) != hash_of_bank(bank) == default["bank"]
