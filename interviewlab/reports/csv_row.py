"""A report as one row of a table, for a spreadsheet of many."""

from __future__ import annotations

import csv
import io

from interviewlab.types import AXES, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by a spreadsheet."""


def to_csv(report: Report, *, has_head: bool = True) -> str:
    """One line, under a line of names if ``has_head``; a missing score is an empty cell."""
    written = io.StringIO()
    cells = _cells(report)
    rows = csv.writer(written, lineterminator="\n")
    if has_head:
        rows.writerow(cells)
    rows.writerow(map(_safe, cells.values()))
    return written.getvalue()


def _cells(report: Report) -> dict[str, object]:
    last = {each.exercise_id: each for each in report.submissions}.values()
    return {
        "interview_id": report.interview_id,
        "created_at": report.created_at.isoformat(),
        "brain": report.brain,
        "judge": report.judge,
        "rubric": report.rubric.name,
        "rubric_hash": report.rubric.hash,
        "overall": report.overall.score,
        "level": report.overall.level,
        **{axis: report.axes[axis].score if axis in report.axes else None for axis in AXES},
        "questions": len(report.questions),
        "questions_scored": sum(question.score is not None for question in report.questions),
        "tests_passed": sum(each.passed for each in last) if last else None,
        "tests": sum(each.total for each in last) if last else None,
        "words": report.delivery.words if report.delivery else None,
        "gaps": len(report.gaps),
        "ignored": len(report.ignored),
    }


def _safe(value: object) -> object:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
