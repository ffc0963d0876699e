"""The form that a CV is corrected in: its fields, and the way from them to a ``Form``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from interviewlab.resume.correcting import COLUMNS, LINES, Form, Row
from interviewlab.ui.presenters.papers import to_label, to_table_label

Table = Sequence[Sequence[Any]] | None
TABLES = tuple(COLUMNS)
FIELDS = (*LINES, "location", "summary")
_WIDTHS = {
    "work": ("18%", "17%", "14%", "14%", "37%"),
    "education": ("30%", "18%", "24%", "14%", "14%"),
    "projects": ("22%", "50%", "14%", "14%"),
}
"""Of the columns of each table; a month with its year stays in one line."""


def lay_out_line(field: str) -> gr.Textbox:
    """One line of the form, named ``cv-<field>``."""
    return gr.Textbox(
        label=to_label(field, Form()), max_lines=6 if field == "summary" else 1, elem_id=f"cv-{field}", lines=1
    )


def lay_out_table(section: str) -> gr.Dataframe:
    """One table of the form; what was read of a long CV is shown without scrolling in it."""
    return gr.Dataframe(
        headers=[head for _, head in COLUMNS[section]],
        type="array",
        label=to_table_label(section, Form()),
        interactive=True,
        wrap=True,
        column_widths=list(_WIDTHS[section]),
        max_height=1600,
        elem_id=f"cv-{section}",
    )


def form_of(values: Sequence[Any]) -> Form:
    """The form as the page holds it: one text a line, skills, then the tables."""
    texts = dict(zip(FIELDS, (str(value or "") for value in values), strict=False))
    tables = dict(zip(TABLES, values[len(FIELDS) + 1 :], strict=True))
    rows = {section: tuple(_as_row(row) for row in table or ()) for section, table in tables.items()}
    return Form(
        name=texts["name"],
        label=texts["label"],
        email=texts["email"],
        phone=texts["phone"],
        url=texts["url"],
        location=texts["location"],
        summary=texts["summary"],
        skills=str(values[len(FIELDS)] or ""),
        work=rows["work"],
        education=rows["education"],
        projects=rows["projects"],
    )


def _as_row(row: Sequence[Any]) -> Row:
    return tuple("" if cell is None else str(cell) for cell in row)


def rows_of(rows: Sequence[Row], section: str) -> list[list[str]]:
    """The rows of a table as the page shows them: an empty one where there is none, to write in."""
    return [list(row) for row in rows] or [[""] * len(COLUMNS[section])]
