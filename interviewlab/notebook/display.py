"""The types as HTML for a notebook cell. Whatever candidates wrote is text here, never markup."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from interviewlab.notebook.frames import Tabular
from interviewlab.notebook.tables import to_table
from interviewlab.plots.look import WORDS
from interviewlab.types import (
    AssessmentEntry,
    Entry,
    Evidence,
    FactEvidence,
    HeardEntry,
    MeasuredEntry,
    NoteEntry,
    QuoteEvidence,
    ReplyEntry,
    Report,
    ResultEntry,
    Resume,
    RunResult,
    Scorecard,
    SnapshotEntry,
    SubmissionEntry,
    Transcript,
)


def register(shell: Any = None) -> bool:
    """Teach an IPython shell (the running one unless given) to show our types; False where there is none."""
    # A shell can only be running if IPython was imported: nothing is imported for those who have none.
    ipython = sys.modules.get("IPython")
    shell = shell or (ipython.get_ipython() if ipython else None)
    if shell is None:
        return False
    shell.display_pub.publish({"text/html": words_of_plots()})
    html = shell.display_formatter.formatters["text/html"]
    for shown, to_html in DISPLAYS.items():
        html.for_type(shown, to_html)
    for module, name in RESULTS:
        # By name: this package does not know evals, and what is never imported is never shown.
        html.for_type_by_name(module, name, rows_to_html)
    return True


def words_of_plots() -> str:
    """A style that gives the words of our plots, told by their colour, the colour of the notebook's own words.

    Plots have one colour for light and dark pages; here each theme can do better.
    """
    red, green, blue = bytes.fromhex(WORDS[1:])
    chosen = f".js-plotly-plot text[style*='rgb({red}, {green}, {blue})']"
    return f"<style>{chosen}{{fill:var(--jp-ui-font-color1,{WORDS})!important}}</style>"


def transcript_to_html(transcript: Transcript) -> str:
    """What was said and handed in, turn by turn."""
    rows = [(entry.turn, *said) for entry in transcript.entries if (said := _said(entry))]
    return _titled(f"Interview {transcript.interview_id}", _table(("turn", "who", "what"), rows))


def scorecard_to_html(scorecard: Scorecard) -> str:
    """Each axis with its score, reason and evidence; what could not be judged stands below."""
    rows = [
        (name.replace("_", " "), _number(axis.score), axis.level, axis.reason, _evidence(axis.evidence))
        for name, axis in scorecard.axes.items()
    ]
    rows.append(("overall", _number(scorecard.overall.score), scorecard.overall.level, "", ""))
    kind = "Report" if isinstance(scorecard, Report) else "Scorecard"
    table = _table(("axis", "score", "level", "reason", "evidence"), rows)
    gaps = _list(f"{gap.what}: {gap.why}" for gap in scorecard.gaps)
    return _titled(f"{kind} under the rubric {scorecard.rubric.name}", table + gaps)


def run_result_to_html(result: RunResult) -> str:
    """The outcome, the tests, and what was printed."""
    rows = [(test.name, "passed" if test.passed else test.outcome, f"{test.wall_s:.3f} s") for test in result.tests]
    title = f"{result.outcome}, {result.passed} of {len(result.tests)} tests passed, {result.backend or 'no backend'}"
    printed = "".join(f"<pre>{escape(text)}</pre>" for text in (result.stdout, result.stderr) if text)
    return _titled(title, (_table(("test", "outcome", "wall time"), rows) if rows else "") + printed)


def resume_to_html(resume: Resume) -> str:
    """The name, how much each section of the CV holds, and what was not understood."""
    rows = [(name, _brief(value)) for name, value in resume.document.items() if value and name != "meta"]
    gaps = _list(f"not understood: {gap}" for gap in resume.gaps)
    return _titled(f"CV of {resume.name or 'someone unnamed'}", _table(("section", "holds"), rows) + gaps)


def rows_to_html(result: Tabular) -> str:
    """A result of ``evals`` as its table."""
    rows = result.to_rows()
    return _titled(
        type(result).__name__, _table(rows[0] if rows else (), (map(_rounded, row.values()) for row in rows))
    )


def _rounded(value: object) -> object:
    return f"{value:.3f}" if isinstance(value, float) else value


def _said(entry: Entry) -> tuple[str, object] | None:
    match entry:
        case ReplyEntry():
            return f"interviewer, {entry.move}", entry.text
        case SubmissionEntry() | SnapshotEntry():
            return f"{entry.kind}, {entry.language}", _Code(entry.code)
        case ResultEntry(result=result):
            return "result", f"{result.outcome}, {result.passed} of {len(result.tests)} tests passed"
        case MeasuredEntry(growth=growth, tried=tried):
            return "measured", "; ".join(each.told for each in (growth, tried) if each)
        case AssessmentEntry(assessment=assessment):
            return "assessment", f"{_number(assessment.score)} {assessment.reason}"
        case NoteEntry():
            return (f"note, {entry.topic}", entry.text) if entry.text else None
        case HeardEntry():
            return f"heard of turn {entry.of_turn}", entry.text
        case _:
            return "candidate" if entry.kind == "utterance" else entry.kind, entry.text


class _Code(str):
    """Text whose lines stay as they are."""


def _evidence(evidence: Iterable[Evidence]) -> str:
    return "; ".join(f"turn {item.turn}: {_shown(item)}" for item in evidence)


def _shown(item: Evidence) -> str:
    if isinstance(item, QuoteEvidence):
        return f"“{item.quote}”"
    return item.fact if isinstance(item, FactEvidence) else f"test {item.test}"


def _brief(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} entries"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items() if isinstance(inner, str) and inner)
    return str(value)


def _number(score: float | None) -> str:
    return "not enough evidence" if score is None else f"{score:.2f}"


def _titled(title: str, body: str) -> str:
    return f"<section><h4>{escape(title)}</h4>{body}</section>"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    return to_table(head, ("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows))


def _cell(value: object) -> str:
    text = escape("" if value is None else str(value))
    return f"<td><pre>{text}</pre></td>" if isinstance(value, _Code) else f"<td>{text}</td>"


def _list(items: Iterable[str]) -> str:
    points = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{points}</ul>" if points else ""


DISPLAYS: dict[type, Callable[[Any], str]] = {
    Transcript: transcript_to_html,
    Scorecard: scorecard_to_html,
    RunResult: run_result_to_html,
    Resume: resume_to_html,
}
"""Subclasses are shown as their parent is: a Report as a Scorecard."""

RESULTS = (("evals.agreement", "Agreement"),)
"""Results of ``evals`` that are shown as their table."""
