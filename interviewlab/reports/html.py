"""A report as one HTML page: nothing is loaded from elsewhere, it prints, it follows light and dark."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from importlib.resources import files

from interviewlab.reports.plain import to_line
from interviewlab.reports.radar_svg import radar_svg
from interviewlab.reports.story import Block, Line, Lines, Section, Table, build_story
from interviewlab.reports.talk import anchors_by_turn, to_talk
from interviewlab.types import Report, Transcript

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(report: Report, transcript: Transcript | None = None) -> str:
    """The whole page; with a transcript its words stand at the end and each quote links to the turn it is from."""
    turns = anchors_by_turn(transcript) if transcript else {}
    sections = [_section(section, turns) for section in build_story(report)]
    body = [sections[0], radar_svg(report), *sections[1:], to_talk(transcript) if transcript else ""]
    style = files("interviewlab.reports").joinpath("report.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Interview report</title>\n<style>\n{style}</style>\n</head>\n<body>\n<h1>Interview report</h1>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _plain(text: str) -> str:
    return escape(to_line(text))


def _section(section: Section, turns: Collection[int]) -> str:
    tag = f"h{section.depth}"
    return "\n".join([f"<{tag}>{_plain(section.title)}</{tag}>", *(_block(block, turns) for block in section.blocks)])


def _block(block: Block, turns: Collection[int]) -> str:
    if isinstance(block, str):
        return f"<p>{_plain(block)}</p>"
    return _table(block) if isinstance(block, Table) else _list(block, turns)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_plain(cell)}</th>' for cell in table.head)
    rows = "".join(f"<tr>{''.join(f'<td>{_plain(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows)
    return f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>'


def _list(block: Lines, turns: Collection[int]) -> str:
    title = f"<h4>{_plain(block.title)}</h4>\n" if block.title else ""
    items = "\n".join(f"<li>{_line(line, turns)}</li>" for line in block.lines)
    return f"{title}<ul>\n{items}\n</ul>"


def _line(line: Line, turns: Collection[int]) -> str:
    text = f"<q>{_plain(line.text)}</q>" if line.is_quote else _plain(line.text)
    label = f"<strong>{_plain(line.label)}</strong>: " if line.label else ""
    return f"{label}{text}{_turn(line.turn, turns)}"


def _turn(turn: int | None, turns: Collection[int]) -> str:
    if turn is None:
        return ""
    name = f'<a href="#turn-{turn}">turn {turn}</a>' if turn in turns else f"turn {turn}"
    return f' <span class="turn">({name})</span>'
