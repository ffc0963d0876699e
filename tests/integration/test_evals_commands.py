"""The commands of the evals from end to end, in this process: data in, files out, exit status."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from pyarrow.parquet import ParquetFile
from typer.testing import CliRunner

from evals.__main__ import app
from evals.programs import run_programs
from evals.replay import read_transcript
from evals.run import _keep as keep_result
from evals.scorer import score_from_dict
from evals.scripted_grades import serve_grades
from interviewlab.bootstrap import open_house
from interviewlab.brains.recorded_brain import RecordedBrain
from interviewlab.errors import BadInput, BadTranscript, InterviewLabError
from interviewlab.llm.scripted_endpoint import serve_scripted
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.questions.bank import BUNDLED
from interviewlab.replaying import replay, transcript_of_replay
from interviewlab.settings import Settings
from tests.parts import need
from tests.walls import open_sandlock, open_wasm, opened

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests" / "data" / "transcripts" / "example.jsonl"
OWN = ROOT / "evals" / "data" / "transcripts"
FOREIGN = ROOT / "evals" / "data" / "foreign"
COMMANDS = ("grade", "replay", "simulate", "judge", "compare", "report", "run", "calibrate", "gate")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """A command in a house without weights and without a sandbox."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWLAB_EMBEDDER", "scripted")
        patch.setenv("INTERVIEWLAB_SANDBOX", "scripted")
        patch.setenv("OPENAI_API_KEY", "none")
        yield lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def write_rows(path: Path, count: int = 24) -> Path:
    rows = [
        {
            "question": f"What is thing {n % 4}?",
            "question_id": f"q{n % 4}",
            "answer": ("It holds a lock for one thread." if n % 3 else "=SUM(A1) It is <b>nothing</b> I know."),
            "reference": "It holds a lock for one thread. The others wait.",
            "score": 1.0 if n % 3 else 0.0,
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def cut_last_line(journal: Path) -> None:
    """As if the run had been killed before it."""
    journal.write_text("".join(journal.read_text().splitlines(keepends=True)[:-1]))


@pytest.fixture(scope="module")
def graded(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graded")
    done = run("grade", write_rows(folder / "rows.jsonl"), "--out", folder / "run")
    assert done.exit_code == 0, done.output
    return folder / "run"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_options_that_all_have(run: Run, command: str) -> None:
    shown = run(command, "--help").output
    for option in ("--json", "--seed", "--limit", "--dry-run"):
        assert option in shown


def test_a_dry_run_says_what_it_would_cost_and_writes_nothing(run: Run, graded: Path, tmp_path: Path) -> None:
    out, rows = tmp_path / "out", graded.parent / "rows.jsonl"
    paid = ("--scorer", "endpoint", "--model", "m", "--url", "http://127.0.0.1:9/v1", "--usd-in", 1, "--no-cache")
    for arguments in (
        ("grade", rows, "--out", out),
        ("grade", rows, "--out", out, *paid),
        ("simulate", "--out", out),
        ("judge", OWN, "--out", out),
        ("report", graded, "--out", out),
        ("calibrate", graded, "--out", out),
        ("compare", graded, graded, "--out", out),
        ("replay", EXAMPLE, "--out", out),
        ("run", "grading", "--out", out),
    ):
        done = run(*arguments, "--dry-run", "--json")
        assert done.exit_code == 0, done.output
        result = json.loads(done.stdout)
        result = result.get("grading", result)
        assert (result["calls"] > 0) == (result["cost_usd"] > 0) == ("endpoint" in arguments)
    assert not out.exists()


def test_a_language_model_grades_with_usage_and_retest(run: Run, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", 6)
    with rows.open("a") as file:
        file.write('{"question": "What?", "answer": "", "reference": "This."}\n')
    with serve_grades() as endpoint:
        model = ("--scorer", "endpoint", "--model", "scripted", "--url", endpoint.url, "--usd-in", 1, "--no-cache")
        done = run("grade", rows, "--out", tmp_path / "out", *model, "--epochs", 2, "--json")
        assert endpoint.calls == 10, "two of the six rows are identical"
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert summary["usage"]["calls"] == 10
    assert summary["usage"]["cost_usd"] > 0
    assert summary["latency_s"]["n"] == 10
    assert (summary["test_retest"]["answers"], summary["test_retest"]["identical"]) == (6, 1.0)


def test_prices_that_are_known_of_a_model_need_not_be_given(run: Run, tmp_path: Path) -> None:
    paid = ("--scorer", "endpoint", "--max-cost", 1, "--dry-run", "--json", "--no-cache")
    done = run("grade", write_rows(tmp_path / "rows.jsonl"), "--out", tmp_path, "--model", "gpt-4o-mini", *paid)
    assert json.loads(done.stdout)["cost_usd"] > 0
    plays = ("--speaker", "endpoint", "--model", "gpt-4o-mini", "--dry-run", "--json")
    assert json.loads(run("simulate", "--out", tmp_path, *plays).stdout)["cost_usd"] > 0


def test_a_calibrated_grader_is_reported_on_questions_it_has_not_seen(run: Run, graded: Path, tmp_path: Path) -> None:
    done = run("calibrate", graded, "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert not set(summary["train"]["questions"]) & set(summary["test"]["questions"])
    assert summary["after"]["mae"]["value"] <= summary["before"]["mae"]["value"]
    rows = graded.parent / "rows.jsonl"
    again = run("grade", rows, "--out", tmp_path / "again", "--calibration", tmp_path / "calibration.json")
    assert again.exit_code == 0, again.output
    compared = run("compare", graded, tmp_path / "again", "--out", tmp_path)
    assert f"First: {graded}, answer grader, scripted embeddings, 24 scored" in compared.stdout
    assert "scripted embeddings, through a curve (isotonic), 24 scored" in compared.stdout
    found = json.loads((tmp_path / "compare.json").read_text())
    assert [each["calibration"] for each in found["runs"]] == [None, "isotonic"]
    scores = {json.loads(line)["score"] for line in (tmp_path / "again" / "rows.jsonl").read_text().splitlines()}
    assert scores == {0.0, 1.0}
    with pytest.raises(BadInput, match="went through a curve"):
        raise run("calibrate", tmp_path / "again", "--out", tmp_path / "x").exception or AssertionError("not refused")


def test_the_report_is_one_file_and_its_tables_bear_no_formula(run: Run, graded: Path, tmp_path: Path) -> None:
    done = run("report", graded, graded, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    page = (tmp_path / "report.html").read_text()
    assert "src=" not in page.split("<h1>")[1].replace("src=&#", "")
    assert "quadratic weighted kappa" in page
    assert "Difference, 24 answers" in page
    assert "<b>nothing</b>" not in page
    rows = pd.read_parquet(tmp_path / "rows.parquet")
    assert len(rows) == 48
    assert pd.read_csv(tmp_path / "rows.csv")["answer"].str.startswith("'=SUM").any()


def test_no_column_of_the_table_of_two_runs_bears_a_formula_and_each_run_is_named(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "=1", "question": "=2+2 gives?", "answer": "@four", "reference": "-4 or four."}))
    folders = [tmp_path / name / "run" for name in "ab"]
    for folder in folders:
        assert run("grade", rows, "--out", folder).exit_code == 0
    assert run("report", *folders, "--out", tmp_path / "page").exit_code == 0
    table = pd.read_csv(tmp_path / "page" / "rows.csv")
    assert list(table["run"]) == [str(folder) for folder in folders]
    assert set(table["question_id"]) == set(table["question"]) == {"'=2+2 gives?"}
    assert (set(table["id"]), set(table["answer"])) == ({"'=1"}, {"'@four"})
    assert set(pd.read_parquet(tmp_path / "page" / "rows.parquet")["id"]) == {"=1"}


def test_two_runs_are_compared_and_a_changed_file_is_refused(run: Run, graded: Path, tmp_path: Path) -> None:
    done = run("compare", graded, graded, "--json")
    assert json.loads(done.stdout)["figures"]["mae"]["difference"] == 0.0
    rows = write_rows(tmp_path / "rows.jsonl", 8)
    assert run("grade", rows, "--out", tmp_path / "run").exit_code == 0
    rows.write_text(rows.read_text().replace("others", "rest"))
    with pytest.raises(BadInput, match="have changed"):
        raise run("compare", tmp_path / "run", tmp_path / "run").exception or AssertionError("not refused")


def test_a_run_of_a_named_set_that_has_changed_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWLAB_DATA", str(tmp_path))
    (tmp_path / "short_answers").mkdir()
    rows = write_rows(tmp_path / "short_answers" / "saf_commnet_train.jsonl", 8)
    rows.write_text(rows.read_text().replace('"question_id"', '"file"'))
    assert run("grade", "saf", "--out", tmp_path / "run").exit_code == 0
    assert run("compare", tmp_path / "run", tmp_path / "run").exit_code == 0
    rows.write_text("".join(reversed(rows.read_text().splitlines(keepends=True))))
    with pytest.raises(BadInput, match="have changed"):
        raise run("compare", tmp_path / "run", tmp_path / "run").exception or AssertionError("not refused")


def test_rows_in_parquet_stand_in_place_of_the_others_and_are_read_like_them(run: Run, tmp_path: Path) -> None:
    rows, out = write_rows(tmp_path / "rows.jsonl"), tmp_path / "run"
    assert run("grade", rows, "--out", out).exit_code == 0
    lines = [json.loads(line) for line in (out / "rows.jsonl").read_text().splitlines()]
    plain = json.loads(run("compare", out, out, "--json").stdout)
    assert run("grade", rows, "--out", out, "--parquet").exit_code == 0
    assert not (out / "rows.jsonl").exists()
    assert [score_from_dict(row) for row in ParquetFile(out / "rows.parquet").read().to_pylist()] == [
        score_from_dict(line) for line in lines
    ]
    assert json.loads(run("compare", out, out, "--json").stdout) == plain
    assert run("report", out, "--out", tmp_path / "page").exit_code == 0
    with pytest.raises(BadInput, match=r"holds a run whose rows are in rows\.parquet"):
        raise run("report", out, "--out", out).exception or AssertionError("not refused")
    assert run("grade", rows, "--out", out).exit_code == 0
    assert not (out / "rows.parquet").exists()


def test_a_language_model_s_rows_are_written_in_parquet_too(run: Run, tmp_path: Path) -> None:
    rows, out = write_rows(tmp_path / "rows.jsonl", 6), tmp_path / "run"
    with serve_grades() as endpoint:
        model = ("--scorer", "endpoint", "--model", "scripted", "--url", endpoint.url, "--no-cache")
        assert run("grade", rows, "--out", out, *model, "--parquet").exit_code == 0
    assert ParquetFile(out / "rows.parquet").read().num_rows == 6
    assert not (out / "rows.jsonl").exists()


def test_rows_in_parquet_that_are_broken_are_one_sentence(run: Run, tmp_path: Path) -> None:
    assert run("grade", write_rows(tmp_path / "rows.jsonl"), "--out", tmp_path / "run", "--parquet").exit_code == 0
    (tmp_path / "run" / "rows.parquet").write_bytes(b"PAR1")
    with pytest.raises(BadInput, match=r"rows\.parquet cannot be read"):
        raise run("compare", tmp_path / "run", tmp_path / "run").exception or AssertionError("not refused")


def test_limit_takes_the_first_rows_of_the_split(run: Run, tmp_path: Path) -> None:
    rows, out = write_rows(tmp_path / "rows.jsonl", 8), tmp_path / "run"
    told = [json.loads(line) for line in rows.read_text().splitlines()]
    rows.write_text("".join(json.dumps({**row, "split": "ab"[n // 4]}) + "\n" for n, row in enumerate(told)))
    of_split = ("grade", rows, "--out", out, "--split", "b", "--limit", 3, "--json")
    assert json.loads(run(*of_split, "--dry-run").stdout)["rows"] == 3
    assert json.loads(run(*of_split).stdout)["n"] == 3
    assert run("compare", out, out).exit_code == 0


def test_two_transcripts_are_compared_turn_by_turn(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(EXAMPLE.read_text().replace("Alex", "Alan"))
    result = json.loads(run("compare", EXAMPLE, other, "--json").stdout)
    assert result["identical"] < result["turns"]
    assert all("Alex" in difference["first"] for difference in result["differences"])


# ---- replay


async def test_the_recorded_brain_gives_the_record_byte_for_byte(tmp_path: Path) -> None:
    transcript = read_transcript(EXAMPLE)
    async with open_house(Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")) as house:
        turns = [turn async for turn in replay(transcript, RecordedBrain(transcript), house.bank)]
    assert transcript_of_replay(transcript, turns).to_jsonl() == transcript.to_jsonl()


def test_another_prompt_changes_words_and_no_move(run: Run, tmp_path: Path) -> None:
    phrases, out = tmp_path / "phrases.yaml", tmp_path / "out"
    phrases.write_text("ready: [Ahoy there.]\n")
    done = run("replay", EXAMPLE, "--swap", f"prompt={phrases}", "--swap", "brain=bank", "--out", out)
    assert done.exit_code == 0, done.output
    plain = json.loads(run("replay", EXAMPLE, "--json").stdout)
    swapped = json.loads((out / "replay.json").read_text())
    ahoy = [each for each in swapped["differences"] if "Ahoy there." in str(each["replayed"])]
    assert ahoy
    assert {each["field"] for each in ahoy} == {"text"}
    moves = [[each for each in result["differences"] if each["field"] == "move"] for result in (plain, swapped)]
    assert moves[0] == moves[1]


def test_a_language_model_speaks_a_recorded_interview_under_a_prompt_of_ones_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = tmp_path / "mine.md"
    prompt.write_text("version: 7\n\nYou are ${interviewer}. Take it easy. Give JSON: option, reply.")
    swapped = ("replay", EXAMPLE, "--until", 2, "--json", "--swap", "brain=llm", "--swap", f"prompt={prompt}")
    with serve_scripted(answer=word_as_told) as endpoint:
        monkeypatch.setenv("INTERVIEWLAB_LLM_URL", endpoint.url)
        done = run(*swapped)
        assert done.exit_code == 0, done.output
        assert all("Take it easy." in system for system, _ in endpoint.asked)
        monkeypatch.setenv("INTERVIEWLAB_BRAIN", "llm")
        paid = endpoint.calls
        assert json.loads(run("replay", EXAMPLE, "--until", 2, "--json").stdout)["brain"] == "bank"
        assert endpoint.calls == paid
    result = json.loads(done.stdout)
    assert result["brain"].startswith("llm:")
    assert result["usage"]["calls"] == paid > 0
    assert {each["field"] for each in result["differences"]} == {"text"}
    prompt.write_text("Take it easy.")
    assert "the first line is not 'version: N'" in str(run(*swapped).exception)


def test_phrases_of_another_shape_are_refused(run: Run, tmp_path: Path) -> None:
    phrases = tmp_path / "phrases.yaml"
    phrases.write_text("no_such_list: [x]\n")
    error = run("replay", EXAMPLE, "--swap", f"prompt={phrases}").exception
    assert isinstance(error, BadInput)
    assert "'no_such_list' is no list" in str(error)


# ---- whole interviews


def test_simulated_interviews_are_kept_with_their_truth_and_judged(run: Run, tmp_path: Path) -> None:
    made = run("simulate", "--out", tmp_path / "set", "--level", 1, "--level", 5, "--type", "fundamentals", "--json")
    assert made.exit_code == 0, made.output
    assert [row["level"] for row in json.loads(made.stdout)["transcripts"]] == [1, 5]
    done = run("judge", tmp_path / "set", "--out", tmp_path / "out", "--audit", "--json")
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert (summary["n"], summary["coverage"]) == (2, 1.0)
    means = summary["mean_score"]["by_level"]
    assert means["1"]["mean"] < means["5"]["mean"]
    assert summary["evidence_deletion"]["held"] == summary["evidence_deletion"]["n"] > 0
    compared = json.loads(run("compare", tmp_path / "out", tmp_path / "out", "--json").stdout)
    assert (compared["n"], compared["figures"]["mae"]["difference"]) == (2, 0.0)
    assert run("report", tmp_path / "out", "--out", tmp_path / "page").exit_code == 0
    page = (tmp_path / "page" / "report.html").read_text()
    assert "How far the judge agrees with the true levels" in page
    assert "Candidate, turn 1: " in page
    assert "<mark>" in page


def test_who_has_human_answers_and_does_not_say_them_is_not_worth_their_marks(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    behaviours = ("--behaviour", "silent", "--behaviour", "cooperative")
    made = run("simulate", "--out", tmp_path, "--speaker", "human", "--level", 5, *behaviours, "--json")
    assert made.exit_code == 0, made.output
    silent, willing = json.loads(made.stdout)["transcripts"]
    assert (silent["level"], silent["type"], "marks" in silent["truth"]) == (1, "resume", False)
    assert (willing["level"] > 1, "people's marks" in willing["truth"]) == (True, True)


OPINION = {"axis": "communication", "level": 3, "reason": "Plain.", "quotes": [{"turn": 1, "quote": "ready"}]}
WORDS = json.dumps({"axes": [{**OPINION, "strengths": [], "weaknesses": [], "advice": []}]})
"""What a language model says of an interview."""


def test_a_language_model_that_judges_is_paid_once_for_each_transcript(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / "set").mkdir(exist_ok=True)
        (tmp_path / "set" / f"{name}.jsonl").write_bytes(EXAMPLE.read_bytes())
    with serve_scripted(answer=lambda system, user: WORDS) as endpoint:
        monkeypatch.setenv("INTERVIEWLAB_LLM_URL", endpoint.url)
        monkeypatch.setenv("INTERVIEWLAB_LLM_MODEL", "of-nobody-s-price-list")
        judge = ("judge", tmp_path / "set", "--out", tmp_path / "out", "--judge", "llm", "--json")
        first = run(*judge)
        assert first.exit_code == 0, first.output
        paid = endpoint.calls
        assert json.loads(first.stdout)["usage"]["calls"] == paid == 6
        cut_last_line(tmp_path / "out" / "journal.jsonl")
        again = run(*judge)
        assert endpoint.calls == paid + 3
    assert json.loads(again.stdout)["agreement"] == json.loads(first.stdout)["agreement"]
    assert json.loads(again.stdout)["usage"]["calls"] == 6
    done = run("report", tmp_path / "out", "--out", tmp_path / "page")
    assert done.exit_code == 0, done.output
    assert "cost not known" in (tmp_path / "page" / "report.html").read_text()


def test_what_a_judge_cost_while_it_failed_stays_when_it_is_asked_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = ("judge", EXAMPLE, "--out", tmp_path / "out", "--judge", "llm", "--json")
    calls = count()
    with serve_scripted(answer=lambda system, user: WORDS if next(calls) < 2 else "nonsense") as endpoint:
        monkeypatch.setenv("INTERVIEWLAB_LLM_URL", endpoint.url)
        first = json.loads(run(*judge).stdout)
        assert first["usage"]["calls"] == 2
        endpoint.answer = lambda system, user: WORDS
        assert json.loads(run(*judge).stdout)["usage"]["calls"] == 2 + 3
        assert json.loads(run(*judge).stdout)["usage"]["calls"] == 2 + 3


def test_a_journal_of_judge_goes_on_with_the_grader_that_began_it_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = ("judge", EXAMPLE, "--out", tmp_path / "out", "--judge", "llm")
    question = next((BUNDLED / "questions").rglob("*.yaml"))
    (tmp_path / "bank").mkdir()
    own = question.read_text(encoding="utf-8").replace(f"id: {question.stem}", "id: own-question", 1)
    (tmp_path / "bank" / "own-question.yaml").write_text(own, encoding="utf-8")
    with serve_scripted(answer=lambda system, user: WORDS) as endpoint:
        monkeypatch.setenv("INTERVIEWLAB_LLM_URL", endpoint.url)
        assert run(*judge).exit_code == 0
        monkeypatch.setenv("INTERVIEWLAB_BANK_DIR", str(tmp_path / "bank"))
        with pytest.raises(BadInput, match="holds another run: its made_with was"):
            raise run(*judge).exception or AssertionError("not refused")
        assert "the version, bank and sentence model that began it" in str(run(*judge).exception)
        assert endpoint.calls == 3


def test_a_language_model_that_plays_candidates_is_paid_once_for_each(run: Run, tmp_path: Path) -> None:
    with serve_scripted(answer=lambda system, user: "One thread holds the lock, let's stop.") as endpoint:
        plays = ("--speaker", "endpoint", "--model", "scripted", "--url", endpoint.url, "--type", "fundamentals")
        simulate = ("simulate", "--out", tmp_path, "--level", 1, "--level", 5, *plays, "--json")
        first = json.loads(run(*simulate).stdout)
        paid = endpoint.calls
        assert first["usage"]["calls"] == paid > 1
        cut_last_line(tmp_path / "journal.jsonl")
        again = json.loads(run(*simulate).stdout)
        assert 0 < endpoint.calls - paid < paid
    assert again["transcripts"] == first["transcripts"]


def test_the_same_seed_gives_the_same_interview(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        made = run("simulate", "--out", tmp_path / name, "--level", 3, "--type", "sql", "--seed", 9)
        assert made.exit_code == 0, made.output
    (one,), (two,) = ((tmp_path / name).glob("*.jsonl.gz") for name in ("one", "two"))
    result = json.loads(run("compare", one, two, "--json").stdout)
    assert result["identical"] == result["turns"] > 3


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a.jsonl": "nonsense"}, "a.jsonl, line 1: not a JSON object"),
        ({"a.jsonl": b"\xff\xfe"}, "not UTF-8 at byte 1"),
        ({"a.jsonl": ""}, "a.jsonl: holds no reply"),
        (
            {"a.jsonl": EXAMPLE.read_text().replace("Hi Maya", "Hi \\ud83d")},
            "a.jsonl, line 2: field 'text': half of a surrogate pair",
        ),
        ({"a.jsonl.gz": b"no gzip"}, "cannot be read"),
        (
            {"manifest.jsonl": '{"id": "a", "file": "good.jsonl", "level": 7}'},
            "line 1: field 'level': 7 is outside its scale",
        ),
        ({"manifest.jsonl": '{"id": "a"}'}, "line 1: field 'file': is missing"),
        (
            {"manifest.jsonl": '{"id": "a", "file": "good.jsonl", "truth": "\\ud83d"}'},
            "line 1: field 'truth': half of a surrogate pair",
        ),
        (
            {"manifest.jsonl": '{"id": "a", "file": "good.jsonl"}\n' * 2},
            "line 2: field 'id': 'a' is already the id of line 1",
        ),
    ],
)
def test_a_transcript_that_cannot_be_used_is_named_and_the_rest_is_judged(
    run: Run, tmp_path: Path, files: dict[str, str | bytes], says: str
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "good.jsonl").write_bytes(EXAMPLE.read_bytes())
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    if "manifest.jsonl" in files:
        with (folder / "manifest.jsonl").open("a") as manifest:
            manifest.write('\n{"id": "good", "file": "good.jsonl", "level": 4}\n')
    done = run("judge", folder, "--out", tmp_path / "out", "--json")
    assert done.exit_code == 1
    assert says in done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out" / "rows.jsonl").read_text().splitlines()]
    assert any(row["id"] == "good" and row["score"] is not None for row in rows)
    assert any(row["score"] is None and row["why_no_score"] for row in rows)


def test_a_folder_without_transcripts_is_named_with_status_1(run: Run, tmp_path: Path) -> None:
    done = run("judge", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert f"The folder {tmp_path} holds no transcripts." in done.stderr


# ---- transcripts of other tools


CHAT = ("--map", "chat", "--map", "question_id=asked", "--map", "reference=model_answer")
MARKS = ("--map", "technical_knowledge=marks.knowledge", "--map", "overall=marks.whole", "--map", "scale=1..5")


def test_a_chat_log_is_judged_compared_with_people_and_read_again_by_report(run: Run, tmp_path: Path) -> None:
    done = run("judge", FOREIGN / "chat.jsonl", *CHAT, *MARKS, "--out", tmp_path / "run", "--audit", "--json")
    assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert set(summary["agreement_by_axis"]) == {"technical_knowledge", "overall"}
    assert summary["made_with"]["rubric"] == summary["rubric_hash"]
    assert summary["made_with"]["embedder"] == "scripted"
    assert summary["without_question"] == 0
    rows = [json.loads(line) for line in (tmp_path / "run" / "rows.jsonl").read_text().splitlines()]
    assert [(row["id"], row["true_level"]) for row in rows] == [("chat-1", 5), ("chat-2", 2)]
    assert rows[0]["true_axes"] == {"technical_knowledge": 1.0, "overall": 1.0}
    assert rows[0]["axes"]["technical_knowledge"] > 0.8 > rows[1]["axes"]["technical_knowledge"]
    assert run("report", tmp_path / "run", "--out", tmp_path / "page").exit_code == 0
    assert "chat-2" in (tmp_path / "page" / "rows.csv").read_text()
    assert "People's marks, technical knowledge" in (tmp_path / "page" / "report.html").read_text()
    assert json.loads(run("compare", tmp_path / "run", tmp_path / "run", "--json").stdout)["n"] == 2


def test_a_split_of_foreign_transcripts_is_judged_alone(run: Run, tmp_path: Path) -> None:
    how = ("--map", FOREIGN / "turns.yaml", "--split", "test")
    assert run("judge", FOREIGN / "turns.csv", *how, "--out", tmp_path).exit_code == 0
    (row,) = (json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines())
    assert (row["id"], row["true_level"], row["level"]) == ("t2", 2, 1)
    done = run("judge", FOREIGN / "turns.csv", "--map", FOREIGN / "turns.yaml", "--split", "gone", "--out", tmp_path)
    assert (done.exit_code, "holds no transcript of the split 'gone'" in done.stderr) == (1, True)


def test_transcripts_without_known_questions_say_why_nothing_is_graded(run: Run, tmp_path: Path) -> None:
    who = ("--map", "candidate=SPEAKER_01", "--map", "interviewer=SPEAKER_00")
    done = run("judge", FOREIGN / "whisper.json", "--map", "diarised", *who, "--out", tmp_path)
    assert "1 ask no question that is known" in done.stdout


def test_questions_that_are_in_no_bank_are_named(run: Run, tmp_path: Path) -> None:
    done = run("judge", FOREIGN / "chat.jsonl", "--map", "chat", "--map", "question_id=asked", "--out", tmp_path)
    assert "2 ask no question that is known" in done.stdout
    assert "are not graded (1): deadlock" in done.stdout
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["without_question"], summary["unknown_questions"]) == (2, ["deadlock"])


def test_a_foreign_transcript_is_replayed_by_our_interviewer(run: Run, tmp_path: Path) -> None:
    one = (FOREIGN / "chat.jsonl", "--map", "chat", "--interview", "chat-1")
    done = run("replay", *one, "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.output
    assert {each["turn"] for each in json.loads(done.stdout)["differences"]} == {0, 1}
    assert read_transcript(tmp_path / "transcript.jsonl").utterances()[1].text.startswith("Two threads wait")
    same = json.loads(run("compare", one[0], *one, "--json").stdout)
    assert (same["identical"], same["turns"]) == (2, 2)
    kept = json.loads(run("replay", *one, "--swap", "brain=recorded", "--json").stdout)
    assert kept["identical"] == kept["turns"] == 2


def test_people_s_marks_in_a_manifest_are_compared_by_axis(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(EXAMPLE.read_bytes())
    lines = [{"id": n, "file": "good.jsonl", "axes": {axis: 0.5}} for n, axis in (("a", "communication"), ("b", "wit"))]
    (tmp_path / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = run("judge", tmp_path, "--out", tmp_path / "out", "--json")
    assert "line 2: field 'axes.wit': there is no such axis" in done.stderr
    assert json.loads(done.stdout)["agreement_by_axis"]["communication"]["n"] == 1


# ---- people


def test_ratings_go_out_and_come_back_as_scores(run: Run, graded: Path, tmp_path: Path) -> None:
    rows = graded.parent / "rows.jsonl"
    assert run("rate", "export", rows, "--out", tmp_path / "ann.csv", "--limit", 6).exit_code == 0
    sheet = pd.read_csv(tmp_path / "ann.csv", dtype=str)
    for rater, rating in (("ann", 4), ("bob", 5)):
        sheet.assign(rating=[rating] * 5 + [9]).to_csv(tmp_path / f"{rater}.csv", index=False)
    sheets = (tmp_path / "ann.csv", tmp_path / "bob.csv")
    done = run("rate", "import", *sheets, "--data", rows, "--out", tmp_path / "rated.jsonl")
    assert done.exit_code == 1
    assert "9 is outside its scale" in done.output
    merged = [json.loads(line) for line in (tmp_path / "rated.jsonl").read_text().splitlines()]
    assert [row["scores"] for row in merged] == [[3, 4]] * 5
    assert run("grade", tmp_path / "rated.jsonl", "--out", tmp_path / "again").exit_code == 0
    agreed = json.loads(run("rate", "agreement", *sheets, "--json").stdout)
    assert agreed["pairs"][0]["agreement"]["adjacent"]["value"] == 1.0


def test_a_run_is_exported_and_its_ratings_come_back_with_its_map(run: Run, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", 8)
    rows.write_text(rows.read_text().replace('"answer"', '"response"'))
    assert run("grade", rows, "--map", "answer=response", "--out", tmp_path / "run").exit_code == 0
    sheet = tmp_path / "ann.jsonl"
    assert run("rate", "export", tmp_path / "run", "--out", sheet, "--criteria", "--limit", 4).exit_code == 0
    assert "The others wait." in sheet.read_text()
    sheet.write_text(sheet.read_text().replace('"rating": null', '"rating": 2'))
    done = run("rate", "import", sheet, "--data", tmp_path / "run", "--out", tmp_path / "rated.jsonl")
    assert done.exit_code == 0, done.output
    merged = [json.loads(line) for line in (tmp_path / "rated.jsonl").read_text().splitlines()]
    assert all(row["scores"] == [1] and "answer" in row for row in merged)


def test_ratings_come_back_beside_the_answer_that_was_rated(run: Run, tmp_path: Path) -> None:
    rows, sheet, how = tmp_path / "rows.csv", tmp_path / "ann.jsonl", ("--map", "answer=student_answer")
    rows.write_text("question,student_answer,answer,reference\nWhat is 2+3?,five,THE OFFICIAL,The sum is five.\n")
    assert run("rate", "export", rows, *how, "--out", sheet).exit_code == 0
    sheet.write_text(sheet.read_text().replace('"rating": null', '"rating": 4'))
    done = run("rate", "import", sheet, "--data", rows, *how, "--out", tmp_path / "rated.jsonl")
    assert done.exit_code == 0, done.output
    rated = json.loads((tmp_path / "rated.jsonl").read_text())
    assert json.loads(sheet.read_text())["answer"] == rated["answer"] == "five"
    assert (rated["question"], rated["reference"], rated["scores"]) == ("What is 2+3?", "The sum is five.", [3])


def test_rows_that_cannot_be_rated_are_named_and_the_others_exported(run: Run, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", 2)
    rows.write_text(rows.read_text() + "nonsense\n")
    done = run("rate", "export", rows, "--out", tmp_path / "sheet.csv")
    assert (done.exit_code, "rows.jsonl, line 3: not a JSON object" in done.stderr) == (1, True)
    assert len(pd.read_csv(tmp_path / "sheet.csv")) == 2
    (tmp_path / "ann.csv").write_text("item,rating\n1,3\nother,3\n")
    done = run("rate", "import", tmp_path / "ann.csv", "--data", rows, "--out", tmp_path / "rated.jsonl")
    assert f"{tmp_path}/ann.csv, line 3, field 'item': 'other' is no row" in done.stdout


def test_a_run_without_rows_has_a_report(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("")
    assert run("grade", tmp_path / "rows.jsonl", "--out", tmp_path / "run").exit_code == 1
    assert run("report", tmp_path / "run", "--out", tmp_path / "page").exit_code == 0


def test_a_run_that_lost_half_of_its_memory_is_one_sentence(run: Run, tmp_path: Path) -> None:
    for command in ("grade", "judge"):
        (tmp_path / "summary.json").write_text("{}")
        (tmp_path / "run.json").write_text(json.dumps({"command": command}))
        error = run("report", tmp_path, "--out", tmp_path / "page").exception
        assert isinstance(error, BadInput)
        assert "run.json lacks the field" in str(error)


def test_transcripts_of_another_tool_without_a_map_are_told_of_it(run: Run, tmp_path: Path) -> None:
    done = run("judge", FOREIGN / "chat.jsonl", "--out", tmp_path)
    assert (done.exit_code, "--map reads those of other tools" in done.stderr) == (1, True)


# ---- bars, and bad use


def test_a_transcript_of_ours_with_a_mistake_is_not_taken_for_one_of_another_tool(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(EXAMPLE.read_text().replace('"phase":"intro"', '"phase":"hello"', 1))
    done = run("judge", tmp_path / "a.jsonl", "--out", tmp_path / "out")
    assert (done.exit_code, "field 'reply.phase'" in done.stderr, "--map" in done.stderr) == (1, True, False)


def test_a_run_of_judge_remembers_which_words_its_rubric_had(run: Run, tmp_path: Path) -> None:
    mine, hashes = tmp_path / "mine.yaml", []
    for say in ("One.", "Two."):
        text = (ROOT / "interviewlab" / "scoring" / "rubrics" / "default.yaml").read_text(encoding="utf-8")
        mine.write_text(text.replace("Says too little to follow, or speaks past the questions.", say))
        done = run("judge", EXAMPLE, "--rubric", mine, "--out", tmp_path / "out", "--json")
        hashes.append(json.loads(done.stdout)["rubric_hash"])
    assert None not in hashes
    assert len(set(hashes)) == 2


def test_the_gate_has_status_1_where_a_bar_is_missed(run: Run, graded: Path, tmp_path: Path) -> None:
    bars = tmp_path / "bars.yaml"
    figure = "agreement.without_blanks.exact"
    for bar, status in ((0.1, 0), (1.1, 1)):
        bars.write_text(f"- {{name: x, file: summary.json, figure: {figure}, at_least: {bar}}}\n")
        assert run("gate", bars, "--results", graded).exit_code == status


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("replay", EXAMPLE, "--swap", "brain=gpt"), "is not understood"),
        (("replay", EXAMPLE, "--swap", "prompt=gone.yaml"), "cannot be read"),
        (("simulate", "--out", "x", "--level", "9"), "There is no level '9'"),
        (("simulate", "--out", "x", "--type", "chess"), "There is no type"),
        (("simulate", "--out", "x", "--speaker", "human", "--type", "coding"), "of type resume"),
        (("simulate", "--out", "x", "--speaker", "human", "--manner", "terse"), "of whole answers"),
        (("judge", "gone", "--out", "x"), "There is no folder"),
        (("run", "everything"), "There is no suite"),
        (("grade", "x.jsonl", "--out", "x", "--scorer", "oracle"), "There is no scorer"),
        (("grade", "x.jsonl", "--out", "x", "--scorer", "endpoint"), "No model is named"),
        (("grade", "x", "--out", "x", "--scorer", "endpoint", "--model", "m", "--max-cost", "1"), "without prices"),
        (("grade", str(OWN), "--out", "x"), "is a folder"),
        (("calibrate", "gone", "--out", "x"), "cannot be read"),
        (("compare", "gone", str(OWN)), "There is no gone"),
        (("compare", str(EXAMPLE), str(OWN)), "not of one kind"),
        (("rate", "export", str(EXAMPLE), "--out", "x.csv"), "holds no answer"),
        (("rate", "export", str(OWN), "--out", "x.csv"), "run.json cannot be read"),
    ],
)
def test_bad_use_is_one_sentence(run: Run, arguments: tuple[str, ...], says: str) -> None:
    error: Any = run(*arguments).exception
    assert isinstance(error, InterviewLabError)
    assert says in str(error)
    assert not isinstance(error, BadTranscript)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a.jsonl.gz", gzip.compress),
        ("a.jsonl", lambda raw: b"\xef\xbb\xbf" + raw),
        ("a.jsonl", lambda raw: raw.replace(b"\n", b"\r\n")),
    ],
    ids=["packed", "with a byte order mark", "with ends of lines of Windows"],
)
def test_a_transcript_in_another_dress_is_read_like_a_plain_one(
    tmp_path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(change(EXAMPLE.read_bytes()))
    assert read_transcript(path).entries == read_transcript(EXAMPLE).entries


# ---- suites


def test_a_suite_writes_what_it_measured_and_names_what_it_left_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(open_sandlock):
        monkeypatch.setenv("INTERVIEWLAB_SANDBOX", "sandlock")
    monkeypatch.delenv("INTERVIEWLAB_DATA", raising=False)
    done = run("run", "interviewing", "--out", tmp_path, "--limit", 1, "--json")
    assert done.exit_code == 1
    result = json.loads((tmp_path / "interviewing.json").read_text())
    assert json.loads(done.stdout)["interviewing"] == result
    assert any("INTERVIEWLAB_DATA" in why for why in result["left_out"])
    assert (result["fresh"]["identical"], result["replay"]["identical"]) == (1, 1)
    table = (tmp_path / "table.md").read_text()
    assert "| interviewing | fresh interviews replayed | identical | 1 |" in table


def test_results_with_something_left_out_do_not_take_the_place_of_whole_ones(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, partial = tmp_path / "grading.json", tmp_path / "grading.partial.json"
    whole.write_text(before := json.dumps({"suite": "grading", "table": [], "left_out": []}))
    monkeypatch.delenv("INTERVIEWLAB_DATA", raising=False)
    grading = ("run", "grading", "--out", tmp_path, "--limit", 24, "--json")
    done = run(*grading)
    assert (done.exit_code, whole.read_text()) == (1, before)
    assert f"what was measured now is in {partial}" in done.stderr
    assert json.loads(partial.read_text()) == json.loads(done.stdout)["grading"]
    whole.unlink()
    assert run(*grading).exit_code == 1
    assert json.loads(whole.read_text())["left_out"]
    assert not partial.exists()
    assert "| grading | levels" in (tmp_path / "table.md").read_text()


def test_a_quick_look_does_not_take_the_place_of_whole_results(tmp_path: Path) -> None:
    whole = {"suite": "grading", "limit": None, "left_out": []}
    keep_result(tmp_path / "grading.json", whole)
    keep_result(tmp_path / "grading.json", whole | {"limit": 5})
    assert json.loads((tmp_path / "grading.json").read_text()) == whole
    assert json.loads((tmp_path / "grading.partial.json").read_text())["limit"] == 5
    keep_result(tmp_path / "grading.json", whole | {"seed": 1})
    assert [path.name for path in tmp_path.glob("*")] == ["grading.json"]


def test_a_set_with_too_few_questions_to_calibrate_is_measured_without(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTERVIEWLAB_DATA", raising=False)
    assert run("run", "grading", "--out", tmp_path, "--limit", 2).exit_code == 1
    result = json.loads((tmp_path / "grading.json").read_text())
    assert (result["sets"]["levels"]["n"], result["calibrated"]) == (2, {})
    assert result["left_out"][-1].startswith("levels, calibrated: There are too few marked questions")
    assert "| grading | levels" in (tmp_path / "table.md").read_text()


def test_a_suite_that_fails_leaves_the_results_as_they_were(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "voice.json"
    whole.write_text(before := json.dumps({"suite": "voice", "table": [], "left_out": []}))
    monkeypatch.setenv("INTERVIEWLAB_EARS", "scripted")
    monkeypatch.delenv("INTERVIEWLAB_DATA", raising=False)
    done = run("run", "voice", "--out", tmp_path, "--json")
    assert (done.exit_code, whole.read_text()) == (1, before)
    assert "INTERVIEWLAB_DATA" in json.loads(done.stdout)["voice"]["left_out"][0]
    assert [path.name for path in tmp_path.glob("*")] == ["voice.json"]


def test_the_sandbox_suite_runs_java(data_dir: Path) -> None:
    with opened(open_sandlock) as sandbox:
        need("java", "java" in sandbox.health().languages, "install a JDK")
    programs, missing = asyncio.run(run_programs(Settings(sandbox="sandlock"), limit=1))
    assert set(programs) == {"python", "javascript", "java"}
    assert all(counted == {"n": 1, "correct_pass": 1, "buggy_fail": 1} for counted in programs.values())
    assert missing == []


def test_the_sandbox_suite_names_a_language_that_cannot_run(data_dir: Path) -> None:
    with opened(open_wasm):
        programs, missing = asyncio.run(run_programs(Settings(sandbox="wasm"), limit=1))
    assert list(programs) == ["python"]
    assert "no toolchain for java on wasm" in missing[1]
