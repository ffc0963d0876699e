"""The public commands as users script against them."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from interviewlab.reports import report_schema
from tests.integration.terminal import interrupted, interviewlab, json_lines
from tests.parts import need

REPLY_FIELDS = ["turn", "kind", "text", "move", "phase", "question_id", "exercise_id", "brain", "ended"]
QUICK = {"embedder": "scripted", "sandbox": "scripted"}


def test_json_mode_writes_one_reply_a_line_and_files_after_the_finish(tmp_path: Path) -> None:
    lines = [{"say": "Yes, I'm ready."}, {"say": "I would add an index, because it saves reading."}, {"finish": True}]
    out = tmp_path / "out"
    done = interviewlab(
        "interview", "--json", "--type", "fundamentals", "--seed", "1", "--out", out,
        data_dir=tmp_path / "data", stdin="".join(json.dumps(line) + "\n" for line in lines), **QUICK,
    )  # fmt: skip
    replies = json_lines(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [list(reply) for reply in replies] == [REPLY_FIELDS] * len(replies)
    assert [reply["turn"] for reply in replies] == [0, 1, 2, 3]
    assert [reply["ended"] for reply in replies] == [False, False, False, True]
    assert {path.name for path in out.iterdir()} >= {"transcript.jsonl", "report.json", "report.md"}
    report = json.loads((out / "report.json").read_text())
    assert set(report_schema()["required"]) <= set(report)


def test_an_interview_goes_on_under_its_id_and_first_repeats_the_last_reply(tmp_path: Path) -> None:
    options = ("interview", "--json", "--id", "mine", "--type", "fundamentals", "--seed", "1")
    first = interviewlab(*options, data_dir=tmp_path, stdin='{"say": "Yes."}\n', **QUICK)
    second = interviewlab(*options, data_dir=tmp_path, stdin='{"say": "I do not know."}\n', **QUICK)
    assert json_lines(second.stdout)[0] == json_lines(first.stdout)[-1]
    assert [reply["turn"] for reply in json_lines(second.stdout)] == [1, 2]


def test_ctrl_c_at_the_prompt_keeps_the_interview(tmp_path: Path) -> None:
    options = ("interview", "--id", "mine", "--type", "fundamentals", "--seed", "1")
    status, errors = interrupted(*options, data_dir=tmp_path, after="\n> ", **QUICK)
    assert (status, errors.splitlines()[-1]) == (0, "Kept. Go on with: interviewlab interview --id mine")


def test_a_mistyped_command_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    options = ("interview", "--id", "mine", "--type", "fundamentals", "--seed", "1")
    lines = "/submit\n/ende\n/\n/submit ~/two_sum.py\n/etc/hosts, I'd say.\n/orders returns a list.\n"
    done = interviewlab(*options, data_dir=tmp_path, stdin=lines, **QUICK)
    assert done.returncode == 0, done.stderr
    for command in ("/submit", "/ende", "/"):
        assert f"'{command}' is not understood. Type your answer. /submit FILE hands in code" in done.stderr
    assert f"{tmp_path}/two_sum.py: there is no such program" in done.stderr
    again = interviewlab("interview", "--id", "mine", "--json", data_dir=tmp_path, **QUICK)
    assert json_lines(again.stdout)[0]["turn"] == 2


def test_candidates_of_three_levels_score_in_their_order_on_every_axis(tmp_path: Path) -> None:
    scores = {}
    for name in ("strong", "middling", "poor", "silent"):
        out = tmp_path / name
        done = interviewlab("interview", "--candidate", name, "--seed", "11", "--out", out, data_dir=tmp_path / "data")
        assert done.returncode == 0, done.stderr
        report = json.loads((out / "report.json").read_text())
        scores[name] = {axis: row["score"] for axis, row in report["axes"].items()}
        _check_evidence(report, out / "transcript.jsonl")
        if name == "silent":
            assert all(row["level"] in (None, 1) for row in report["axes"].values())
    for axis in scores["strong"]:
        strong, middling, poor = (scores[name][axis] for name in ("strong", "middling", "poor"))
        given = [score for score in (strong, middling, poor) if score is not None]
        assert len(given) >= 2, axis
        assert given == sorted(set(given), reverse=True), (axis, given)


def _check_evidence(report: dict[str, dict[str, dict[str, list[dict[str, object]]]]], transcript: Path) -> None:
    """Every quote is an exact substring of its turn, every test one that was run."""
    entries = json_lines(transcript.read_text())
    said = {e["turn"]: e["text"] for e in entries if e["kind"] == "utterance"}
    tests = {(e["turn"], t["name"]) for e in entries if e["kind"] == "result" for t in e["result"]["tests"]}
    for axis in report["axes"].values():
        assert axis["score"] is None or axis["evidence"]
        for item in axis["evidence"]:
            if "quote" in item:
                assert str(item["quote"]) in said[item["turn"]]
            elif "test" in item:
                assert (item["turn"], item["test"]) in tests


def test_a_transcript_is_scored_again_to_the_same_report(tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    interviewlab("interview", "--candidate", "middling", "--type", "system-design", "--seed", "2", "--out", out,
                 data_dir=tmp_path, **QUICK)  # fmt: skip
    done = interviewlab("score", out / "transcript.jsonl", "--out", again, "--json", data_dir=tmp_path, **QUICK)
    assert done.returncode == 0, done.stderr
    first, second = json.loads((out / "report.json").read_text()), json.loads(done.stdout)
    assert first["axes"] == second["axes"]
    assert (again / "report.html").is_file()
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + (out / "transcript.jsonl").read_bytes()))
    done = interviewlab("score", packed, "--out", again, "--json", data_dir=tmp_path, **QUICK)
    assert json.loads(done.stdout)["axes"] == second["axes"]


def test_a_program_is_run_and_its_outcome_is_the_exit_status(tmp_path: Path) -> None:
    program, tests = tmp_path / "double.py", tmp_path / "tests.json"
    program.write_text("def double(x):\n    return 2 * x\n")
    cases = [{"args": [2], "expect": 4}, {"args": [3], "expect": 6}]
    tests.write_text(json.dumps({"kind": "function", "name": "double", "cases": cases}))
    done = interviewlab("run", program, "--language", "python", "--tests", tests, "--json", data_dir=tmp_path)
    need("sandbox", "sandbox" not in done.stderr.lower(), done.stderr)
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["outcome"] == "ok"
    assert [list(test) for test in result["tests"]] == [["name", "passed", "outcome", "wall_s"]] * 2
    program.write_text("def double(x):\n    return x\n")
    assert interviewlab("run", program, "--language", "python", "--tests", tests, data_dir=tmp_path).returncode == 1


def test_the_doctor_names_each_part(tmp_path: Path) -> None:
    done = interviewlab("doctor", "--json", data_dir=tmp_path)
    parts = json.loads(done.stdout)["parts"]
    assert {part["role"] for part in parts} >= {
        *("python", "store", "bank", "brain", "sandbox", "embedder", "page"),
        *("database", "batches", "own models", "limit"),
    }
    assert all(part["ok"] or part["remedy"] for part in parts)


def test_a_candidate_whose_code_cannot_be_run_ends_the_session_and_keeps_the_interview(tmp_path: Path) -> None:
    done = interviewlab(
        "interview", "--candidate", "strong", "--type", "coding", "--id", "kept", data_dir=tmp_path, **QUICK
    )
    assert done.returncode == 2
    assert "no result left" in done.stderr
    again = interviewlab("interview", "--json", "--id", "kept", data_dir=tmp_path, **QUICK)
    assert json_lines(again.stdout)[0]["turn"] > 0


BAD_USE = {
    "unknown type": ("interview", "--type", "nonsense"),
    "unknown level": ("interview", "--level", "wizard"),
    "unusable id": ("interview", "--id", "../../etc/passwd"),
    "missing cv": ("interview", "--resume", "nowhere.pdf"),
    "missing script": ("interview", "--candidate", "nowhere.jsonl"),
    "unknown language": ("run", __file__, "--language", "cobol"),
    "missing program": ("run", "nowhere.py", "--language", "python"),
    "unknown judge": ("score", __file__, "--judge", "coin", "--out", "out"),
    "unknown model": ("weights", "fetch", "gpt-9"),
    "not a transcript": ("score", __file__, "--out", "out"),
}


@pytest.mark.parametrize("arguments", BAD_USE.values(), ids=BAD_USE.keys())
def test_bad_use_gives_one_sentence_and_status_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = interviewlab(*arguments, data_dir=tmp_path, **QUICK)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_a_broken_line_of_a_script_is_named(tmp_path: Path) -> None:
    done = interviewlab("interview", "--json", data_dir=tmp_path, stdin='{"say": "Yes."}\nnot json\n', **QUICK)
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert len(json_lines(done.stdout)) == 2, "what came before the broken line is answered and kept"


def test_a_broken_bank_file_is_named_with_its_field(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "broken.yaml").write_text("id: broken\narea: databases\n")
    done = interviewlab("interview", "--json", data_dir=tmp_path, bank_dir=str(own), **QUICK)
    assert done.returncode == 2
    assert "broken.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_data_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    folder = Path("/proc/interviewlab") if os.geteuid() == 0 else tmp_path / "locked"
    if os.geteuid() != 0:
        folder.mkdir()
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = interviewlab("interview", "--json", data_dir=folder, **QUICK)
    assert done.returncode == 2
    assert "INTERVIEWLAB_DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    interviewlab("interview", "--json", "--id", "kept", data_dir=tmp_path, **QUICK)
    with closing(sqlite3.connect(tmp_path / "interviewlab.sqlite")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    before = (tmp_path / "interviewlab.sqlite").read_bytes()
    done = interviewlab("interview", "--json", "--id", "kept", data_dir=tmp_path, **QUICK)
    assert done.returncode == 2
    assert "newer" in done.stderr
    assert (tmp_path / "interviewlab.sqlite").read_bytes() == before
