"""PDF to lines in reading order, through pdfplumber's words. Runs only in the reading child."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import PdfminerException

from interviewlab.errors import BadUpload
from interviewlab.resume.dates import is_cut_date, is_date
from interviewlab.resume.lines import MISTAKEN, Line, join_wrapped, strip_bullet
from interviewlab.resume.pdf_columns import (
    beside_labels,
    cut_at,
    find_gutter,
    into_columns,
    rows_again,
    with_whole_cells,
    with_whole_labels,
    with_whole_words,
)
from interviewlab.resume.pdf_sides import with_whole_degrees, with_whole_sides
from interviewlab.resume.segments import Row, cluster_words, has_overprint, split_row

MIN_LETTERS = 25
"""Fewer letters than this on all pages together: the pages are pictures."""
MAX_WORDS = 30_000
MOST_PITCH_EM = 1.8
"""Rows further apart than this are paragraphs of their own, however many they are."""
NAMELESS = "unknown"
"""What a bitmap font of TeX is called."""
WORD_GAP_EM = 0.16
"""Justified LaTeX sets spaces this narrow."""
ASIDE_WITHIN = 3
"""Rows."""
FEWEST_LABELS = 3
MOST_CROSSING = 0.1
"""Of the rows below the first label."""
EDGE_ROWS = 5
"""Rows that begin at one x make it the edge of the text."""
FOOTER = re.compile(
    r"^(?:page\s*)?\d{1,3}(?:\s*(?:/|of|von)\s*\d{1,3})?$|^.{0,60}[–—|-]\s*(?:page\s*)?\d{1,3}\s*(?:/|of)\s*\d{1,3}$|"
    r"^last updated\b.{0,40}$|^.{0,50}\b(?:curriculum\s?vitae|résumé)$",
    re.IGNORECASE,
)


def lines_from_pdf(data: bytes, max_pages: int) -> tuple[Line, ...]:
    """Logical lines in reading order; raises BadUpload for a password, too many pages, or pages without text."""
    return read_pdf(data, max_pages)[0]


def read_pdf(data: bytes, max_pages: int) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines, and a sentence for each page that is a picture and was not read. Raises as ``lines_from_pdf``."""
    pages: list[list[Row]] = []
    unread: list[str] = []
    words = 0
    with _open(data) as document:
        _check_pages(document, max_pages)
        for number, page in enumerate(document.pages):
            is_picture = bool(page.images)
            pages.append(_rows(page, number))
            words += sum(len(part.text.split()) for row in pages[-1] for part in row)
            if words > MAX_WORDS:
                raise BadUpload("The PDF holds far more text than a CV.", "Upload only the pages that are your CV.")
            if is_picture and not pages[-1]:
                unread.append(f"Page {number + 1} is a picture without text (a scan) and was not read.")
    if _letters(pages) < MIN_LETTERS:
        raise BadUpload(
            "The PDF has no text, its pages are pictures (a scan).",
            "Export the CV from the program it was written in, or run text recognition over it first.",
        )
    columns = into_columns(_without_footers(pages))
    return tuple(line for column in columns for line in join_wrapped(_lines(column))), tuple(unread)


def _letters(pages: list[list[Row]]) -> int:
    return sum(character.isalpha() for page in pages for row in page for part in row for character in part.text)


def _open(data: bytes) -> Any:
    """The document from its mark on, from which its offsets count."""
    try:
        return pdfplumber.open(BytesIO(data[max(0, data.find(b"%PDF-")) :]))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], (PDFPasswordIncorrect, PDFEncryptionError)):
            raise BadUpload(
                "The PDF is protected by a password.", "Save a copy without a password and upload that."
            ) from error
        raise


def _check_pages(document: Any, max_pages: int) -> None:
    for number, _ in enumerate(PDFPage.create_pages(document.doc), 1):
        if number > max_pages:
            raise BadUpload(
                f"The PDF has more than {max_pages} pages, too many for a CV.",
                "Upload only the pages that are your CV.",
            )


def _rows(page: Any, number: int) -> list[Row]:
    """The page's rows from top to bottom, each split into segments where the gap is wide."""
    words = page.extract_words(
        extra_attrs=["size", "fontname"],
        use_text_flow=has_overprint(page.chars),
        keep_blank_chars=False,
        x_tolerance_ratio=WORD_GAP_EM,
    )
    words = [word | {"text": _as_drawn(word)} for word in words]
    links = [link for link in page.hyperlinks if isinstance(link.get("uri"), str)]
    page.close()
    rows = list(cluster_words(words))
    edge = _text_edge(rows)
    segments = [split_row(row, number + 1, links, edge) for row in rows]
    if beside := beside_labels(segments):
        segments = [split_row(row, number + 1, links, edge, beside) for row in rows]
    if gutter := find_gutter(rows, segments):
        rows = [part for row in rows for part in cut_at(row, gutter)]
        segments = rows_again([split_row(row, number + 1, links, edge) for row in rows])
    whole = with_whole_words(with_whole_degrees(with_whole_sides(segments)))
    return with_whole_cells(with_whole_labels(whole, edge))


def _as_drawn(word: dict[str, Any]) -> str:
    """A soft hyphen that is drawn is a hyphen."""
    text: str = word["text"].replace("\u00ad", "-")
    return text.translate(MISTAKEN) if word["fontname"] == NAMELESS else text


def _text_edge(rows: Sequence[list[dict[str, Any]]]) -> float | None:
    """The x at which most rows begin, beside labels and dates in the margin."""
    starts = Counter(round(float(row[0]["x0"])) for row in rows)
    edge, count = starts.most_common(1)[0] if starts else (0, 0)
    inner = (float(x) for x in sorted(starts, reverse=True) if x > edge and starts[x] >= EDGE_ROWS)
    beside = next((x for x in inner if _stands_beside(rows, x)), None)
    return beside or (float(edge) if count >= EDGE_ROWS else None)


def _stands_beside(rows: Sequence[list[dict[str, Any]]], edge: float) -> bool:
    """Whether texts begin at this x beside labels that leave it free: ``Mar 2023 – Jun`` in a narrow margin."""
    labelled = [number for number, row in enumerate(rows) if _has_label(row, edge)]
    below = rows[labelled[0] :] if labelled else []
    crossing = sum(any(word["x0"] < edge - 2 and word["x1"] > edge - 1 for word in row) for row in below)
    return len(labelled) >= FEWEST_LABELS and crossing <= MOST_CROSSING * len(below)


def _has_label(row: list[dict[str, Any]], edge: float) -> bool:
    """Words that no bullet begins, then one at the edge."""
    at = next((number for number, word in enumerate(row) if abs(word["x0"] - edge) <= 1.5), 0)
    return (
        at > 0
        and strip_bullet(row[0]["text"] + " ") != ("", True)
        and is_cut_date(" ".join(w["text"] for w in row[:at]))
    )


def _without_footers(pages: list[list[Row]]) -> list[list[Row]]:
    """Pages without page numbers and without what later pages repeat at their edges."""
    seen: set[str] = set()
    kept = []
    for page in pages:
        edges = {0, 1, len(page) - 2, len(page) - 1}
        kept.append([row for number, row in enumerate(page) if number not in edges or not _is_running(row, seen)])
        seen |= {_edge_key(page[number]) for number in edges if 0 <= number < len(page)}
    return kept


def _edge_key(row: Row) -> str:
    return re.sub(r"\d+", "#", " ".join(part.text for part in row))


def _is_running(row: Row, seen: set[str]) -> bool:
    text = " ".join(part.text for part in row)
    return bool(FOOTER.match(text)) or (_edge_key(row) in seen and len(text) < 80)


def _lines(rows: list[Row]) -> list[Line]:
    pitches = sorted(
        now[0].top - before[0].top for before, now in itertools.pairwise(rows) if now[0].top > before[0].top
    )
    sizes = sorted(part.size for row in rows for part in row)
    pitch = min(pitches[len(pitches) // 3], MOST_PITCH_EM * sizes[len(sizes) // 2]) if pitches else 12.0
    right_edge = max(part.x1 for row in rows for part in row)
    left_edge = min(part.x0 for row in rows for part in row)
    lines = []
    for number, row in enumerate(rows):
        before = rows[number - 1][0].top if number else None
        gap = before is not None and (row[0].top - before > 1.4 * pitch or row[0].top < before)
        is_aside = row[0].x0 > left_edge + 0.6 * (right_edge - left_edge) and _is_below_side(row, rows[:number])
        lines.append(_line(row, gap and row[0].page == rows[number - 1][0].page, is_aside, number == 0))
    return lines


def _is_below_side(row: Row, above: Sequence[Row]) -> bool:
    """Whether a cell stands right below a row with a cell at its right, or a bit below one that ends where it does."""
    near = [other for other in above[-ASIDE_WITHIN:] if len(other) > 1]
    return bool(above) and (len(above[-1]) > 1 or any(abs(other[-1].x1 - row[-1].x1) < 4 for other in near))


def _line(row: Row, gap: bool, is_aside: bool, starts_column: bool) -> Line:
    if len(row) > 1 and is_date(row[0].text):
        row = [*row[1:], row[0]]
    head = row[0]
    text, is_bullet = strip_bullet(head.text)
    cells = ("", *(part.text for part in row)) if is_aside else (text, *(part.text for part in row[1:]))
    urls = tuple(dict.fromkeys(url for part in row for url in part.urls))
    return Line(
        cells, head.x0, head.x1, head.size, head.is_bold, is_bullet, gap, starts_column, urls, head.page, head.lead
    )
