"""A report as PDF, by ReportLab: Python alone, so that it works wherever the page does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any

from interviewlab.errors import BadInput, to_install
from interviewlab.reports.plain import to_line
from interviewlab.reports.story import Block, Line, Lines, Section, Table, build_story, to_shown_quote
from interviewlab.types import Report

_FONT = "Vera"
"""Comes with ReportLab; letters it lacks (Chinese, say) are shown as boxes."""


def to_pdf(report: Report) -> bytes:
    """The whole report on A4. The same report gives the same bytes. Raises BadInput where ReportLab is missing or
    cannot lay the report out."""
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import Paragraph, SimpleDocTemplate
        from reportlab.platypus.doctemplate import LayoutError
    except ImportError as error:
        raise BadInput("A PDF needs ReportLab.", f"Install it: {to_install('app')}.") from error
    styles = _styles()
    written = io.BytesIO()
    page = SimpleDocTemplate(written, pagesize=A4, title="Interview report", author="InterviewLab", invariant=1)
    flow: list[Any] = [Paragraph("Interview report", styles["Title"])]
    for section in build_story(report):
        flow += _section(section, styles)
    try:
        page.build(flow)
    except LayoutError as error:
        raise BadInput(
            "The report does not fit on the pages of a PDF.", "Use report.html, which holds the same."
        ) from error
    return written.getvalue()


def _styles() -> Any:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if _FONT not in pdfmetrics.getRegisteredFontNames():
        for name, file in (
            (_FONT, "Vera.ttf"),
            ("VeraBd", "VeraBd.ttf"),
            ("VeraIt", "VeraIt.ttf"),
            ("VeraBI", "VeraBI.ttf"),
        ):
            pdfmetrics.registerFont(TTFont(name, file))
        pdfmetrics.registerFontFamily(_FONT, normal=_FONT, bold="VeraBd", italic="VeraIt", boldItalic="VeraBI")
    styles = getSampleStyleSheet()
    for style in styles.byName.values():
        if hasattr(style, "fontName"):
            style.fontName = "VeraBd" if style.name.startswith(("Heading", "Title")) else _FONT
    styles["BodyText"].fontSize = 9
    return styles


def _section(section: Section, styles: Any) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    yield Paragraph(_plain(section.title), styles["Heading2" if section.depth == 2 else "Heading3"])
    for block in section.blocks:
        yield from _block(block, styles)


def _block(block: Block, styles: Any) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    if isinstance(block, str):
        yield Paragraph(_plain(block), styles["BodyText"])
    elif isinstance(block, Table):
        yield _table(block, styles)
    else:
        yield from _lines(block, styles)


def _lines(block: Lines, styles: Any) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    if block.title:
        yield Paragraph(f"<b>{_plain(block.title)}</b>", styles["BodyText"])
    for line in block.lines:
        yield Paragraph(_line(line), styles["BodyText"], bulletText="•")


def _line(line: Line) -> str:
    text = f"<i>“{_plain(line.text)}”</i>" if line.is_quote else _plain(line.text)
    label = f"<b>{_plain(line.label)}</b>: " if line.label else ""
    return f"{label}{text}" + ("" if line.turn is None else f" (turn {line.turn})")


def _table(table: Table, styles: Any) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, TableStyle
    from reportlab.platypus import Table as Grid

    # A row must fit on one page; what is longer stands in full elsewhere.
    rows = [
        [Paragraph(_plain(to_shown_quote(cell)), styles["BodyText"]) for cell in row]
        for row in (table.head, *table.rows)
    ]
    style = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]
    return Grid(rows, repeatRows=1, style=TableStyle([*style, ("VALIGN", (0, 0), (-1, -1), "TOP")]))


def _plain(text: str) -> str:
    """Nothing a candidate writes becomes markup."""
    return escape(to_line(text))
