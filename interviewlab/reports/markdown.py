"""A report as Markdown (CommonMark with tables), to read, print or paste."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewlab.reports.plain import to_line
from interviewlab.reports.story import Block, Line, Lines, Section, Table, build_story
from interviewlab.types import Report

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
# Addresses become links on some pages without any markup.
_ADDRESSES = re.compile(r"(?i)\b(?:(https?|ftp)(://)|(www)(\.))")
# What would make a list or a rule of a line.
_OPENING = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")


def to_markdown(report: Report) -> str:
    """The whole report; a quote of the candidate stays plain text whatever it holds."""
    parts = ["# Interview report", *(part for section in build_story(report) for part in _section(section))]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """``text`` on one line, with every character that Markdown could read as markup made plain."""
    line = _SIGNS.sub(r"\\\1", to_line(text))
    line = _ADDRESSES.sub(r"\1\3\\\2\4", line)
    opening = _OPENING.match(line)
    if opening is None:
        return line
    sign = opening.group()
    return f"{sign}\\{line[len(sign) :]}" if sign.isdigit() else f"\\{line}"


def _section(section: Section) -> Iterator[str]:
    yield f"{'#' * section.depth} {escape(section.title)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield escape(block)
    elif isinstance(block, Table):
        yield _table(block)
    else:
        yield from _lines(block)


def _table(table: Table) -> str:
    rows = [table.head, ("---",) * len(table.head), *(tuple(map(escape, row)) for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _lines(block: Lines) -> Iterator[str]:
    if block.title:
        yield f"**{escape(block.title)}**"
    yield "\n".join(f"- {_line(line)}" for line in block.lines)


def _line(line: Line) -> str:
    text = f"“{escape(line.text)}”" if line.is_quote else escape(line.text)
    label = f"{escape(line.label)}: " if line.label else ""
    return f"{label}{text}" + ("" if line.turn is None else f" (turn {line.turn})")
