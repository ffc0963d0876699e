"""DOCX to lines, through python-docx. Runs only in the reading child."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import takewhile
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from interviewlab.errors import BadUpload
from interviewlab.resume.dates import has_span, is_date
from interviewlab.resume.headings import section_of
from interviewlab.resume.lines import BODY_SIZE, CELL_BREAK, Line, clean, strip_bullet

MAX_PARAGRAPHS = 5000
MAX_DEPTH = 4
"""Tables inside tables, as layouts use them, down to this depth."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A text box once more, for readers that know no newer form."""
CONTROL, BOX = f"{W}sdt", f"{W}txbxContent"
WRAPPERS = (CONTROL, *(f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple")))
"""What stands around paragraphs, cells or words: content controls, tracked insertions, marks, fields."""
HEADING_SIZES = {"title": 17.0, "heading 1": 14.0, "heading 2": 12.0, "heading 3": 11.0}


def lines_from_docx(data: bytes) -> tuple[Line, ...]:
    """Lines in document order, the page header's first; raises BadUpload when there are no words."""
    lines: list[Line] = []
    for line in (line for part in _parts(Document(BytesIO(data))) for line in _blocks(part.iter_inner_content())):
        lines.append(line)
        if len(lines) > MAX_PARAGRAPHS:
            raise BadUpload(
                "The DOCX has more paragraphs than a CV can have.", "Upload only the pages that are your CV."
            )
    kept = tuple(_with_gaps(lines))
    if not kept:
        raise BadUpload("The DOCX has no text in it.", "Type the CV into it, or export it as PDF.")
    return kept


def _parts(document: Any) -> Iterator[Any]:
    """The header of the first page where it has its own, that of the others, and the body, with all words in reach."""
    section = document.sections[0] if document.sections else None
    if section is not None and section.different_first_page_header_footer:
        yield _opened(section.first_page_header)
    if section is not None:
        yield _opened(section.header)
    yield _opened(document._body)


def _opened(part: Any) -> Any:
    """The part with what wrappers hold in their place, and what text boxes hold behind the paragraph they hang on."""
    for wrapper in list(part._element.iter(*WRAPPERS)):
        for child in _held(wrapper):
            wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)
    for box in reversed(list(part._element.iter(BOX))):
        anchor = next(box.iterancestors(f"{W}p"), None)
        if anchor is not None and next(box.iterancestors(FALLBACK), None) is None:
            for child in reversed(list(box)):
                anchor.addnext(child)
    return part


def _held(wrapper: Any) -> list[Any]:
    """What a wrapper holds; the hint in a content control that nobody filled is no word of the CV."""
    content = wrapper.find(f"{W}sdtContent") if wrapper.tag == CONTROL else wrapper
    if content is not None and wrapper.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
        for run in list(content.iter(f"{W}r")):
            run.getparent().remove(run)
    return [] if content is None else list(content)


def _with_gaps(lines: Iterable[Line]) -> Iterator[Line]:
    """Empty paragraphs become gaps before the next line."""
    gap = False
    for line in lines:
        if line.whole:
            yield replace(line, has_gap_before=gap)
        gap = not line.whole


def _blocks(blocks: Iterable[Any], depth: int = 0) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block)
        elif isinstance(block, Table) and depth < MAX_DEPTH:
            yield from _table(block, depth + 1)


def _table(table: Table, depth: int) -> Iterator[Line]:
    """A row of one-line cells is one line; a row of longer cells is a layout, read cell by cell."""
    rows = [_filled(row, depth) for row in table.rows]
    is_labelled = sum(len(row) == 2 and len(row[0]) == 1 and section_of(row[0][0].text) is not None for row in rows) > 2
    for filled in rows:
        if is_labelled and len(filled) == 2 and len(filled[0]) == 1 and section_of(filled[0][0].text):
            yield replace(filled[0][0], size=HEADING_SIZES["heading 2"], is_bold=True)
            yield from (replace(line, starts_column=False) for line in filled[1])
        elif len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            yield replace(filled[0][0], cells=tuple(line.whole for cell in filled for line in cell))
        else:
            for number, cell in enumerate(filled):
                yield replace(cell[0], starts_column=number > 0 and len(cell) > 3 and len(filled[0]) > 1)
                yield from cell[1:]


def _filled(row: Any, depth: int) -> list[list[Line]]:
    """The lines of each cell that has any."""
    cells = [list(_blocks(cell.iter_inner_content(), depth)) for cell in _unmerged(row.cells)]
    filled = [_whole_dates([line for line in cell if line.whole]) for cell in cells]
    return [cell for cell in filled if cell]


def _whole_dates(cell: list[Line]) -> list[Line]:
    """A cell of two lines that are one span of time, ``2019 –`` above ``present``, in one."""
    both = " ".join(line.whole for line in cell)
    return [replace(cell[0], cells=(both,))] if len(cell) == 2 and has_span(both) and is_date(both) else cell


def _unmerged(cells: Iterable[Any]) -> list[Any]:
    """Cells without the repetitions that python-docx gives for merged ones."""
    seen: dict[int, Any] = {}
    for cell in cells:
        seen.setdefault(id(cell._tc), cell)
    return list(seen.values())


def _paragraph(paragraph: Paragraph) -> Iterator[Line]:
    """One line for each typed line of the paragraph."""
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    size, is_bold = _look(paragraph, style)
    is_list = "list" in style or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None)
    urls = tuple(link.url for link in paragraph.hyperlinks if link.url)
    lead = _lead(paragraph)
    for number, raw in enumerate(paragraph.text.split("\n")):
        text, has_bullet = strip_bullet(raw.strip())
        cells = tuple(clean(cell) for cell in CELL_BREAK.split(text))
        is_bullet = has_bullet or (is_list and "heading" not in style)
        yield Line(cells, size=size, is_bold=is_bold, is_bullet=is_bullet, urls=urls, lead="" if number else lead)


def _lead(paragraph: Paragraph) -> str:
    """The bold words with which a paragraph of plain type begins."""
    runs = [run for run in paragraph.runs if run.text]
    bold = list(takewhile(lambda run: run.bold or not run.text.strip(), runs))
    words = clean("".join(run.text for run in bold)).strip(" :,;–—-·|(")
    return words if len(bold) < len(runs) and "\t" not in "".join(run.text for run in bold) else ""


def _look(paragraph: Paragraph, style: str) -> tuple[float, bool]:
    """Font size in points and whether most letters, or the first words, are bold."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    sizes = [run.font.size.pt for run in runs if run.font.size is not None]
    named = next((size for name, size in HEADING_SIZES.items() if style.startswith(name)), None)
    default = paragraph.style.font.size.pt if paragraph.style is not None and paragraph.style.font.size else BODY_SIZE
    bold = bool(runs and runs[0].bold and not re.fullmatch(r"\W*", runs[0].text))
    return max(sizes) if sizes else (named or default), bold or named is not None
