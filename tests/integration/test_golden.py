"""One whole interview on a real CV, as a golden trajectory: moves and questions, not wording."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.integration.terminal import interviewlab, json_lines

DATA = Path(__file__).parents[1] / "data"
SCRIPT = DATA / "scripts" / "classic.jsonl"
GOLDEN = DATA / "golden" / "classic.json"
MEASURED = re.compile(r'"growth":\{[^}]*\}|"(?:at|(?:wall|cpu|waited)_s|memory_mb)":[^,}]*')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Path:
    """The same script twice, in two data folders."""
    folder = tmp_path_factory.mktemp("golden")
    for name in ("first", "second"):
        done = interviewlab(
            "interview", "--json", "--id", "golden", "--resume", data_dir / "resumes" / "rendercv_classic.pdf",
            "--candidate", SCRIPT, "--seed", "2556", "--out", folder / name,
            data_dir=folder / f"{name}-data", sandbox="sandlock",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        (folder / f"{name}.jsonl").write_text(done.stdout)
    return folder


def test_the_moves_are_those_of_the_golden_trajectory(folder: Path) -> None:
    replies = json_lines((folder / "first.jsonl").read_text())
    moves = [[reply["move"], reply["phase"], reply["question_id"], reply["exercise_id"]] for reply in replies]
    assert moves == json.loads(GOLDEN.read_text())


def test_the_first_two_questions_take_up_the_cv_by_name(folder: Path) -> None:
    asked = [r for r in json_lines((folder / "first.jsonl").read_text()) if r["move"] == "ask"][:2]
    assert "FlashInfer" in asked[0]["text"]
    assert "PyTorch" in asked[1]["text"]


def test_the_same_script_and_seed_give_the_same_transcript_but_for_measured_times(folder: Path) -> None:
    first, second = ((folder / name / "transcript.jsonl").read_text() for name in ("first", "second"))
    assert MEASURED.sub("", first) == MEASURED.sub("", second)


def test_the_report_rests_on_the_wrong_and_the_right_submission(folder: Path) -> None:
    report = json.loads((folder / "first" / "report.json").read_text())
    wrong, right = report["submissions"]
    assert wrong["outcome"] == "wrong_answer"
    assert right["outcome"] == "ok"
    assert right["passed"] == right["total"] > wrong["passed"]
    assert all(row["score"] is not None for row in report["axes"].values())


def test_hidden_tests_never_reach_the_transcript(folder: Path) -> None:
    entries = json_lines((folder / "first" / "transcript.jsonl").read_text())
    hidden = [t for e in entries if e["kind"] == "result" for t in e["result"]["tests"] if t["hidden"]]
    assert hidden
    assert all(test["input"] == test["expected"] == test["got"] == "" for test in hidden)
