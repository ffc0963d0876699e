"""Plain text and Markdown to lines. Markdown headings become larger sizes, so one set of rules reads all formats."""

from __future__ import annotations

import re
from dataclasses import replace

from interviewlab.resume.dates import is_date
from interviewlab.resume.forms import parts_dates
from interviewlab.resume.lines import BODY_SIZE, CELL_BREAK, Line, clean, strip_bullet
from interviewlab.resume.tags import without_tags

LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\(([^)\s]{0,500})\)")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
LEAD = re.compile(
    r"^(?:\*\*([^*\n]{2,60})\*\*|__([^_\n]{2,60})__|\[([^\]\n]{2,60})\]\([^)\s]{0,500}\))(?=[\s:,(–—-]\s*\S)"
)
"""Bold or linked words before plain ones."""
STRONG = re.compile(r"\*\*([^*\n]+)\*\*|__([^_\n]+)__")
EMPHASIS = re.compile(r"(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])")
CODE = re.compile(r"`([^`\n]+)`")
TABLE_RULE = re.compile(r"^\s*(?:\|\s*)?(?::?-{2,}:?\s*\|\s*)+(?::?-{2,}:?\s*(?:\|\s*)?)?$")
RULE = re.compile(r"^\s*(?:=+|-{3,}|_{3,}|\*{3,})\s*$")
RULED = re.compile(r"^[-=*~_+#]{2,}\s*\[?\s*([^\W\d_][^-=*~_+#\[\]]{2,40}?)\s*\]?\s*[-=*~_+#]{2,}$")
"""``-- WORK ------`` and ``=== SKILLS ===``."""
SIZES = {1: 17.0, 2: 14.0, 3: 11.0}


def lines_from_text(text: str) -> tuple[Line, ...]:
    """Lines of plain text or Markdown, blank lines kept as gaps."""
    lines: list[Line] = []
    gap = False
    for raw in without_tags(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if TABLE_RULE.match(raw) and "|" in raw:
            # The row above names the columns; where two of them hold dates the rows do not tell by themselves.
            lines = lines if lines and parts_dates(lines[-1].cells) else lines[:-1]
        elif RULE.match(raw):
            _underline(lines, raw, gap)
            gap = True
        elif raw.strip():
            lines.append(replace(_line(raw.rstrip()), has_gap_before=gap))
            gap = False
        else:
            gap = True
    return tuple(line for line in lines if line.whole)


def _underline(lines: list[Line], raw: str, gap: bool) -> None:
    """A row of = or - right below a short line makes that line a heading."""
    if lines and not gap and len(lines[-1].text) <= 60 and not lines[-1].is_bullet:
        size = SIZES[1] if raw.strip().startswith("=") else SIZES[2]
        lines[-1] = replace(lines[-1], size=size, is_bold=True)


def _line(raw: str) -> Line:
    stripped = re.sub(r"^>\s*", "", raw.strip())
    if ruled := RULED.match(stripped):
        stripped = f"## {ruled.group(1)}"
    if stripped.startswith("|") and stripped.endswith("|"):
        stripped = re.sub(r"\s*\|\s*", "\t", stripped.strip("|").strip())
    stripped = CODE.sub(r"\1", re.sub(r"`\s+`", "`, `", stripped))
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    size, is_bold = BODY_SIZE, False
    if heading := HEADING.match(stripped):
        size, is_bold = SIZES.get(len(heading.group(1)), 11.0), True
        stripped = heading.group(2)
    stripped, is_bullet = (stripped, False) if stripped.startswith("**") else strip_bullet(stripped)
    is_bold = is_bold or (stripped.startswith("**") and not is_bullet)
    urls = tuple(match.group(2) for match in LINK.finditer(stripped))
    lead = LEAD.match(stripped)
    lead_words = LINK.sub(r"\1", next(filter(None, lead.groups()))).strip(" :") if lead else ""
    plain = EMPHASIS.sub(r"\1", STRONG.sub(lambda match: match.group(1) or match.group(2), LINK.sub(r"\1", stripped)))
    cells = tuple(clean(cell) for cell in CELL_BREAK.split(plain))
    if len(cells) > 1 and is_date(cells[0]):
        cells = (*cells[1:], cells[0])
    x1 = float(indent + len(cells[0]))
    return Line(cells, float(indent), x1, size, is_bold, is_bullet, urls=urls, lead=lead_words)
