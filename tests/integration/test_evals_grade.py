"""``python -m evals grade`` as its users run it: files, streams and exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOOD: list[dict[str, Any]] = [
    {
        "question": "What is a mutex?",
        "answer": "A lock that one thread at a time can hold, so the others wait until it is released.",
        "reference": "A mutex is a lock that one thread at a time can hold. The others wait until it is released.",
        "score": 5,
        "full": 5,
        "id": "a",
    },
    {"question": "What is a mutex?", "answer": "", "key_points": ["a lock", "one thread at a time"], "score": 0},
    {
        "question": "What is paging?",
        "answer": "I like the sea in summer more than mountains.",
        "rubric": "2 points: memory is cut into frames of one size\n1 point: a table maps pages to frames",
        "scores": [0, 1],
        "full": 3,
    },
]
BAD = ['{"question": "half', json.dumps({"question": "What?", "answer": "x"}), json.dumps(GOOD[0])]


def grade(tmp_path: Path, *lines: str, more: tuple[str, ...] = ()) -> tuple[subprocess.CompletedProcess[str], Path]:
    data, out = tmp_path / "data.jsonl", tmp_path / "out"
    data.write_text("\n".join(lines), encoding="utf-8")
    return evals("grade", str(data), "--out", str(out), *more), out


def evals(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INTERVIEWLAB_EMBEDDER": "scripted"}
    command = [sys.executable, "-m", "evals", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "rows.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    return grade(tmp_path_factory.mktemp("good"), *map(json.dumps, GOOD), more=("--json",))


def test_a_good_file_gives_a_row_for_each_line_and_status_0(
    good: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, out = good
    assert done.returncode == 0, done.stderr
    assert [set(row) for row in rows(out)] == [{"score", "interval", "found", "missing", "why_no_score"}] * 3


def test_the_reference_itself_scores_high_and_other_talk_low(
    good: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    right, blank, beside = rows(good[1])
    assert right["score"] == 1.0
    assert right["found"][0]["quote"] in GOOD[0]["answer"]
    assert beside["score"] == 0.0
    assert beside["missing"] == ["memory is cut into frames of one size", "a table maps pages to frames"]
    assert (blank["score"], blank["interval"], blank["why_no_score"]) == (0.0, [0.0, 0.0], "the answer is blank")


def test_every_interval_holds_its_score(good: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    for row in rows(good[1]):
        low, high = row["interval"]
        assert 0 <= low <= row["score"] <= high <= 1


def test_json_is_the_summary_alone_on_standard_output(good: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, out = good
    summary = json.loads(done.stdout)
    assert summary == json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["n"], summary["coverage"], summary["blanks"]) == (3, 1.0, 1)
    assert summary["agreement"]["overall"]["n"] == 3
    assert summary["agreement"]["without_blanks"]["n"] == 2


def test_bad_rows_are_named_and_unscored_and_the_rest_goes_on(tmp_path: Path) -> None:
    done, out = grade(tmp_path, *BAD)
    assert done.returncode == 1
    assert f"{tmp_path / 'data.jsonl'}, line 1: not a JSON object" in done.stderr
    assert f"{tmp_path / 'data.jsonl'}, line 2, field 'reference'" in done.stderr
    first, second, third = rows(out)
    assert first["score"] is None
    assert second["score"] is None
    assert "field 'reference'" in second["why_no_score"]
    assert third["score"] == 1.0


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    done, out = grade(tmp_path)
    assert done.returncode == 1
    assert "the file has no rows." in done.stderr
    assert rows(out) == []


def test_the_same_file_twice_gives_the_same_bytes(
    tmp_path: Path, good: tuple[subprocess.CompletedProcess[str], Path]
) -> None:
    _, again = grade(tmp_path, *map(json.dumps, GOOD))
    for name in ("rows.jsonl", "summary.json"):
        assert (again / name).read_bytes() == (good[1] / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("grade", "gone.jsonl", "--out", "out"), "There is no file"),
        (("grade", "gone.jsonl"), "Missing option '--out'"),
        (("grade", "README.md", "--out", "README.md"), "cannot be written"),
    ],
)
def test_bad_use_is_one_sentence_and_status_2(arguments: tuple[str, ...], says: str) -> None:
    done = evals(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
