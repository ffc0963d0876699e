"""The types as pandas tables: one line an entry, an axis, a test, a section, a field that a node changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from interviewlab.types import Resume, RunResult, Scorecard, Transcript

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


@runtime_checkable
class Tabular(Protocol):
    """What says itself what a table of it holds: a replayed turn, results of ``evals``."""

    def to_rows(self) -> list[Row]:
        """A line each, with the same fields."""


@runtime_checkable
class Framed(Protocol):
    """What makes its table itself, as a graded run does."""

    def to_frame(self) -> pd.DataFrame:
        """The table."""


@runtime_checkable
class Line(Protocol):
    """One of many that make a table together."""

    def to_row(self) -> Row:
        """Its line."""


Shown = Transcript | Scorecard | RunResult | Resume | Tabular | Framed | Sequence[Line]


def to_frame(shown: Shown) -> pd.DataFrame:
    """A table with a column a field; values are as in the type, nested ones as plain dicts and lists.

    Raises TypeError for anything but a Transcript, Scorecard, Report, RunResult, Resume, a replayed turn or results of
    ``evals``.
    """
    import pandas as pd

    if isinstance(shown, Framed):
        return shown.to_frame()
    if isinstance(shown, Tabular):
        return pd.DataFrame(shown.to_rows())
    if isinstance(shown, list | tuple) and all(isinstance(each, Line) for each in shown):
        return pd.DataFrame([each.to_row() for each in shown])
    for kind, (to_rows, columns) in _TABLES.items():
        if isinstance(shown, kind):
            rows = to_rows(shown)
            return pd.DataFrame(rows, columns=None if rows else list(columns))
    known = ", ".join(kind.__name__ for kind in _TABLES)
    raise TypeError(f"to_frame knows {known} and results of evals, not {type(shown).__name__}")


def _entries(transcript: Transcript) -> list[Row]:
    """The columns shared by all entries come first; ``at`` stays a time."""
    return [{**entry.model_dump(mode="json"), "at": entry.at} for entry in transcript.entries]


def _axes(scorecard: Scorecard) -> list[Row]:
    return [
        {
            "axis": name,
            "score": axis.score,
            "level": axis.level,
            "reason": axis.reason,
            "evidence": len(axis.evidence),
            "rubric": scorecard.rubric.name,
        }
        for name, axis in scorecard.axes.items()
    ]


def _tests(result: RunResult) -> list[Row]:
    return [test.model_dump(mode="json") for test in result.tests]


def _sections(resume: Resume) -> list[Row]:
    return [
        {"section": section, "entry": number, **(entry if isinstance(entry, dict) else {"value": entry})}
        for section, value in resume.document.items()
        for number, entry in enumerate(value if isinstance(value, list) else [value])
    ]


_TABLES: dict[type, tuple[Callable[[Any], list[Row]], tuple[str, ...]]] = {
    Transcript: (_entries, ("sequence", "turn", "at", "kind")),
    Scorecard: (_axes, ("axis", "score", "level", "reason", "evidence", "rubric")),
    RunResult: (_tests, ("name", "passed", "outcome", "wall_s")),
    Resume: (_sections, ("section", "entry")),
}
