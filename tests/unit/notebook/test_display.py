"""Notebook displays: registered where there is a shell, whole, and never markup from strangers."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from IPython.core.interactiveshell import InteractiveShell

from evals.agreement import ALL_STATISTICS, Agreement, Figure
from interviewlab.notebook import register, to_frame
from interviewlab.notebook.display import (
    resume_to_html,
    run_result_to_html,
    scorecard_to_html,
    transcript_to_html,
)
from interviewlab.types import (
    AXES,
    AxisName,
    AxisScore,
    Gap,
    NoteEntry,
    Overall,
    QuoteEvidence,
    ReplyEntry,
    Report,
    Resume,
    RubricName,
    RunResult,
    SubmissionEntry,
    TestResult,
    Transcript,
    UtteranceEntry,
)

AT = datetime(2026, 11, 22, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script>"
TRANSCRIPT = Transcript(
    interview_id=HOSTILE,
    entries=(
        NoteEntry(sequence=0, turn=0, at=AT, topic="plan", data={}),
        ReplyEntry(sequence=1, turn=0, at=AT, text=f"Hello {HOSTILE}", move="greet", phase="intro", brain="bank"),
        UtteranceEntry(sequence=2, turn=1, at=AT, text=HOSTILE),
        SubmissionEntry(sequence=3, turn=2, at=AT, code=f"if 1:\n    print('{HOSTILE}')", language="python"),
    ),
)
RESULT = RunResult(
    outcome="wrong_answer",
    stdout=HOSTILE,
    stderr=HOSTILE,
    backend="scripted",
    tests=(
        TestResult(name=HOSTILE, passed=True, outcome="ok", wall_s=0.1),
        TestResult(name="two", passed=False, outcome="wrong_answer", wall_s=0.2),
    ),
)
RESUME = Resume(
    document={"basics": {"name": HOSTILE}, "work": [{"name": HOSTILE, "position": "x"}, {"name": "B"}], "meta": {}},
    text="",
    source="text",
    gaps=(HOSTILE,),
)


def report() -> Report:
    empty = AxisScore(score=None, level=None, reason="Not enough evidence: nothing was said.")
    scored = AxisScore(score=0.5, level=3, reason=HOSTILE, evidence=(QuoteEvidence(turn=1, quote=HOSTILE),))
    axes: dict[AxisName, AxisScore] = {axis: scored if axis == "communication" else empty for axis in AXES}
    return Report(
        rubric=RubricName(name="default", hash="0"),
        judge="bank",
        axes=axes,
        overall=Overall(score=0.5, level=3),
        gaps=(Gap(what=HOSTILE, why="nobody knows"),),
        interview_id="i",
        brain="bank",
        created_at=AT,
    )


SHOWN = {
    "transcript": transcript_to_html(TRANSCRIPT),
    "report": scorecard_to_html(report()),
    "result": run_result_to_html(RESULT),
    "resume": resume_to_html(RESUME),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_strangers_wrote_is_shown_as_text(name: str) -> None:
    assert "<script" not in SHOWN[name]
    assert "&lt;script&gt;alert(&#x27;x&#x27;)" in SHOWN[name]


def test_a_transcript_shows_who_said_what_and_keeps_the_lines_of_code() -> None:
    assert "<td>0</td><td>interviewer, greet</td>" in SHOWN["transcript"]
    assert "<td>1</td><td>candidate</td>" in SHOWN["transcript"]
    assert "<pre>if 1:\n    print" in SHOWN["transcript"]
    assert "plan" not in SHOWN["transcript"]


def test_an_axis_without_a_score_shows_no_number() -> None:
    assert SHOWN["report"].count("<td>not enough evidence</td><td></td>") == 4
    assert "<td>overall</td><td>0.50</td><td>3</td>" in SHOWN["report"]
    assert "nobody knows" in SHOWN["report"]


def test_a_run_result_shows_how_many_tests_passed() -> None:
    assert "wrong_answer, 1 of 2 tests passed, scripted" in SHOWN["result"]


def test_a_cv_shows_what_each_section_holds() -> None:
    assert "<td>work</td><td>2 entries</td>" in SHOWN["resume"]
    assert "meta" not in SHOWN["resume"]


@pytest.mark.parametrize(
    ("shown", "title"),
    [(TRANSCRIPT, "Interview "), (report(), "Report under"), (RESULT, "wrong_answer"), (RESUME, "CV of")],
)
def test_a_shell_shows_the_types_once_registered(shown: object, title: str) -> None:
    shell = InteractiveShell.instance()
    try:
        assert register(shell)
        data, _ = shell.display_formatter.format(shown)
    finally:
        InteractiveShell.clear_instance()
    assert title in data["text/html"]


def test_without_a_shell_the_import_registers_nothing_and_loads_neither_ipython_nor_pandas() -> None:
    code = (
        "import sys, interviewlab.notebook as n; print(n.register(), 'IPython' in sys.modules, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]


def test_frames_hold_a_line_an_entry_an_axis_a_test_and_a_section() -> None:
    assert list(to_frame(TRANSCRIPT)["kind"]) == ["note", "reply", "utterance", "submission"]
    assert list(to_frame(report())["axis"]) == list(AXES)
    assert to_frame(report())["score"].count() == 1
    assert list(to_frame(RESULT)["passed"]) == [True, False]
    assert list(to_frame(RESUME)["section"]) == ["basics", "work", "work", "meta"]


def test_an_empty_thing_is_a_frame_with_columns_and_no_lines() -> None:
    frame = to_frame(Transcript(interview_id="empty"))
    assert list(frame.columns) == ["sequence", "turn", "at", "kind"]
    assert frame.empty


def test_a_frame_of_something_else_is_refused() -> None:
    with pytest.raises(TypeError, match="not int"):
        to_frame(3)  # type: ignore[arg-type]


def test_results_of_evals_show_themselves_and_make_tables() -> None:
    shell = InteractiveShell.instance()
    assert register(shell)
    figures = {name: Figure(0.5, (0.4, 0.6)) for name in ALL_STATISTICS} | {"mae": Figure(0.1, None)}
    agreement = Agreement(n=20, questions=4, coverage=1.0, levels=5, confusion=(), **figures)
    html, _ = shell.display_formatter.format(agreement)
    assert "<td>qwk</td><td>0.500</td><td>0.400</td><td>0.600</td>" in html["text/html"]
    assert to_frame(agreement).set_index("figure").loc["mae", "value"] == 0.1
