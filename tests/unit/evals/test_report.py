"""The summary says what was scored, what was not, and how far it agrees with people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.agreement import Judged
from evals.dataset import Dataset, Problem, Sample
from evals.report import to_lines, to_summary
from evals.report_page import WORDS, _disagreement
from evals.results import GradedRow
from evals.runner import Run, run
from evals.scorer import Score, unscored
from interviewlab.scoring.text import Rarity

MARKS = [(0.0, 0.1), (0.5, 0.5), (1.0, 0.9)]


def graded() -> Run:
    judged = [Judged(f"q{n}", human, machine, False) for n in range(3) for human, machine in MARKS]
    judged.append(Judged("q0", 0.0, 0.0, True))
    return Run(n=12, scored=10, blanks=1, problems=[Problem("data.jsonl", 3, "answer", "is missing.")], judged=judged)


def test_blanks_are_left_out_of_one_of_the_two_agreements() -> None:
    agreement = to_summary(graded(), "data.jsonl", "some grader", (), 0)["agreement"]
    assert (agreement["overall"]["n"], agreement["without_blanks"]["n"]) == (10, 9)


def test_coverage_is_the_share_of_rows_with_a_score() -> None:
    summary = to_summary(graded(), "data.jsonl", "some grader", (), 0)
    assert (summary["n"], summary["coverage"]) == (12, round(10 / 12, 4))
    assert summary["problems"] == [{"file": "data.jsonl", "line": 3, "field": "answer", "what": "is missing."}]


def test_without_human_scores_there_is_no_agreement() -> None:
    summary = to_summary(Run(n=1, scored=1), "data.jsonl", "some grader", (), 0)
    assert summary["agreement"] == {"overall": None, "without_blanks": None}
    assert list(to_lines(summary)) == ["1 rows, 100.0% scored, 0 blank, 0 with problems"]


def test_a_run_without_rows_has_no_coverage() -> None:
    assert to_summary(Run(), "data.jsonl", "some grader", (), 0)["coverage"] is None


def test_figures_are_read_with_their_intervals() -> None:
    lines = list(to_lines(to_summary(graded(), "data.jsonl", "some grader", (), 0)))
    assert "Against people, without blanks: 9 answers, 3 questions" in lines
    assert "  pooled r: 1.000 [1.000, 1.000]" in lines


def test_what_a_language_model_took_and_left_is_read_too() -> None:
    agreement = to_summary(graded(), "data.jsonl", "model", (), 0)["agreement"]["overall"]
    usage = {"calls": 7, "tokens_in": 70, "tokens_out": 9, "cost_usd": 0.0123}
    again = {"answers": 9, "identical": 0.75, "mean_sd": 0.05, "agreement": agreement}
    summary = to_summary(graded(), "data.jsonl", "model", (), 0) | {"usage": usage, "not_run": 2, "test_retest": again}
    told = "\n".join(to_lines(summary))
    assert "7 calls, 70 tokens in, 9 out, 0.0123 USD" in told
    assert "2 not asked about, as the cost cap was reached" in told
    assert "9 answers, 75.0% with one score, mean SD 0.050, ICC(A,1) 0.9" in told
    assert "cost not known" in "\n".join(to_lines(summary | {"usage": usage | {"cost_usd": 0.0}}))


def test_people_who_marked_the_same_answers_are_compared_with_each_other(tmp_path: Path) -> None:
    rows = [
        {"question": f"What {n % 2}?", "answer": answer, "reference": "This.", "scores": scores, "full": 4}
        for n, (answer, scores) in enumerate(
            [("a", [4, 4]), ("b", [0, 1]), ("c", [2, 2, None]), ("d", [3]), ("", [0, 0]), ("e", [1, 0])]
        )
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with (tmp_path / "out.jsonl").open("w") as out:
        done = run(Dataset(path, Rarity(["x"])), lambda batches: ([unscored("x")] * len(b) for b in batches), out)
    summary = to_summary(done, "rows", "nobody", (), 0)
    people = summary["people"]
    assert (people["answers"], people["identical"], people["agreement"]["mae"]["value"]) == (4, 0.5, 0.125)
    assert people["agreement"]["bias"]["value"] == 0.0
    assert "People with each other, blanks left out: 4 answers, 50.0% with one score" in "\n".join(to_lines(summary))
    assert to_summary(graded(), "data.jsonl", "some grader", (), 0)["people"] is None


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        (["a lock"], "It is <mark>a lock</mark> &amp; a mark."),
        (["a lock & a", "mark", "a"], "It is <mark>a lock &amp; a</mark> <mark>mark</mark>."),
        (["lock & a", "a lock"], "It is <mark>a lock &amp; a</mark> mark."),
        (["", "nowhere"], "It is a lock &amp; a mark."),
    ],
)
def test_quotes_are_marked_in_an_answer_and_never_in_the_marks(quotes: list[str], shown: str) -> None:
    sample = Sample(1, "q", "What?", "It is a lock & a mark.", (), human=0.0)
    score = Score(1.0, None, tuple({"key_point": "k", "quote": quote} for quote in quotes))
    assert f"<blockquote>{shown}</blockquote>" in _disagreement(GradedRow(sample, score), WORDS["answers"])
