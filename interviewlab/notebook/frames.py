"""The types as pandas tables: one line an entry, an axis, a test, a section."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from interviewlab.types import Resume, RunResult, Scorecard, Transcript

if TYPE_CHECKING:
    import pandas as pd

Shown = Transcript | Scorecard | RunResult | Resume
Row = dict[str, Any]


def to_frame(shown: Shown) -> pd.DataFrame:
    """A table with a column a field; values are as in the type, nested ones as plain dicts and lists.

    Raises TypeError for anything but a Transcript, Scorecard, Report, RunResult or Resume.
    """
    import pandas as pd

    for kind, (to_rows, columns) in _TABLES.items():
        if isinstance(shown, kind):
            rows = to_rows(shown)
            return pd.DataFrame(rows, columns=None if rows else list(columns))
    raise TypeError(f"to_frame knows {', '.join(kind.__name__ for kind in _TABLES)}, not {type(shown).__name__}")


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
