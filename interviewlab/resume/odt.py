"""OpenDocument text to lines, through odfdo. Runs only in the reading child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from odfdo import Document

from interviewlab.errors import BadUpload
from interviewlab.resume.lines import BODY_SIZE, CELL_BREAK, Line, clean, strip_bullet

MAX_LINES = 5000
MAX_DEPTH = 40
HEADING_SIZES = {"1": 17.0, "2": 14.0, "3": 12.0}
PARAGRAPHS = frozenset({"text:p", "text:h"})
_BLOCKS = "text:section text:list-item text:list-header table:table-header-rows office:text draw:frame draw:text-box"
BLOCKS = frozenset(_BLOCKS.split())


def lines_from_odt(data: bytes) -> tuple[Line, ...]:
    """Lines in document order; raises BadUpload when there are no words."""
    document = Document(BytesIO(data))
    bold = _bold_styles(document)
    lines: list[Line] = []
    gap = False
    for line in _blocks(document.body.children, bold):
        if line.whole:
            lines.append(replace(line, has_gap_before=gap))
        gap = not line.whole
        if len(lines) > MAX_LINES:
            raise BadUpload(
                "The ODT has more paragraphs than a CV can have.", "Upload only the pages that are your CV."
            )
    if not lines:
        raise BadUpload("The ODT has no text in it.", "Type the CV into it, or export it as PDF.")
    return tuple(lines)


def _bold_styles(document: Any) -> frozenset[str]:
    """Names of styles that set bold type themselves."""
    names = set()
    for style in document.get_styles():
        for properties in style.children:
            if properties.get_attribute_string("fo:font-weight") == "bold":
                names.add(style.get_attribute_string("style:name") or "")
    return frozenset(names - {""})


def _blocks(elements: Iterable[Any], bold: frozenset[str], depth: int = 0, is_bullet: bool = False) -> Iterator[Line]:
    if depth > MAX_DEPTH:
        return
    for element in elements:
        tag = element.tag
        if tag in PARAGRAPHS:
            yield from _paragraph(element, bold, is_bullet)
        elif tag == "text:list":
            yield from _blocks(element.children, bold, depth + 1, is_bullet=True)
        elif tag == "table:table":
            yield from _table(element, bold, depth + 1)
        elif tag in BLOCKS:
            yield from _blocks(element.children, bold, depth + 1, is_bullet)


def _table(table: Any, bold: frozenset[str], depth: int) -> Iterator[Line]:
    """A row of one-line cells is one line; a row of longer cells is a layout, read cell by cell."""
    for row in _rows(table):
        cells = [[line for line in _blocks(cell.children, bold, depth) if line.whole] for cell in row.children]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            yield replace(filled[0][0], cells=tuple(line.whole for cell in filled for line in cell))
        else:
            yield from (line for cell in filled for line in cell)


def _rows(table: Any) -> Iterator[Any]:
    for element in table.children:
        if element.tag == "table:table-row":
            yield element
        elif element.tag in ("table:table-header-rows", "table:table-row-group"):
            yield from _rows(element)


def _paragraph(element: Any, bold: frozenset[str], is_bullet: bool) -> Iterator[Line]:
    size, is_bold = BODY_SIZE, element.get_attribute_string("text:style-name") in bold
    if element.tag == "text:h":
        level = element.get_attribute_string("text:outline-level") or "3"
        size, is_bold = HEADING_SIZES.get(level, 11.0), True
    elif element.children and not (element.text or "").strip():
        is_bold = is_bold or element.children[0].get_attribute_string("text:style-name") in bold
    urls = tuple(_urls(element))
    for raw in "".join(_words(element)).split("\n"):
        text, has_bullet = strip_bullet(raw.strip())
        cells = tuple(clean(cell) for cell in CELL_BREAK.split(text))
        yield Line(cells, size=size, is_bold=is_bold, is_bullet=is_bullet or has_bullet, urls=urls)


def _words(element: Any, depth: int = 0) -> Iterator[str]:
    """The text of a paragraph with tabs and line breaks as characters; what a text box in it holds has its lines."""
    yield element.text or ""
    for child in element.children:
        if child.tag == "text:tab":
            yield "\t"
        elif child.tag == "text:line-break":
            yield "\n"
        elif child.tag == "text:s":
            yield " "
        elif depth < MAX_DEPTH and child.tag in PARAGRAPHS:
            yield from ("\n", *_words(child, depth + 1), "\n")
        elif depth < MAX_DEPTH and child.tag not in ("office:annotation", "text:note"):
            yield from _words(child, depth + 1)
        yield child.tail or ""


def _urls(element: Any, depth: int = 0) -> Iterator[str]:
    for child in element.children:
        if child.tag == "text:a" and (url := child.get_attribute_string("xlink:href")):
            yield url
        if depth < MAX_DEPTH:
            yield from _urls(child, depth + 1)
