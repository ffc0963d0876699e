"""PDF to lines in reading order, through pdfplumber's words. Runs only in the reading child."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import PdfminerException

from interviewlab.errors import BadUpload
from interviewlab.resume.columns import find_split
from interviewlab.resume.dates import is_date
from interviewlab.resume.forms import FEWEST_COLUMNS, HEAD, kind_of_label
from interviewlab.resume.headings import section_of
from interviewlab.resume.lines import MISTAKEN, Line, clean, join_wrapped, strip_bullet

MIN_LETTERS = 25
"""Fewer letters than this on all pages together: the pages are pictures."""
MAX_WORDS = 30_000
MOST_PITCH_EM = 1.8
"""Rows further apart than this are paragraphs of their own, however many they are."""
NAMELESS = "unknown"
"""What a bitmap font of TeX is called."""
CELL_GAP_EM = 1.15
WORD_GAP_EM = 0.16
"""Justified LaTeX sets spaces this narrow."""
LABEL_GAP_EM = 0.2
"""What a label or date in the margin keeps from the text beside it at least."""
CARD_SHARE = 0.3
"""How far a second card begins from the left, as a share of the text's width; labels stand closer."""
CELL_EDGE = 2.0
"""Points by which the rows of a cell may begin apart."""
EDGE_ROWS = 5
"""Rows that begin at one x make it the edge of the text."""
FOOTER = re.compile(
    r"^(?:page\s*)?\d{1,3}(?:\s*(?:/|of|von)\s*\d{1,3})?$|^.{0,60}[–—|-]\s*(?:page\s*)?\d{1,3}\s*(?:/|of)\s*\d{1,3}$|"
    r"^last updated\b.{0,40}$|^.{0,50}\b(?:curriculum\s?vitae|résumé)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together in one row. Points, from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    page: int
    urls: tuple[str, ...] = ()


Row = list[Segment]


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
    columns = _into_columns(_without_footers(pages))
    return tuple(line for column in columns for line in join_wrapped(_lines(column))), tuple(unread)


def _letters(pages: list[list[Row]]) -> int:
    return sum(character.isalpha() for page in pages for row in page for part in row for character in part.text)


def _open(data: bytes) -> Any:
    try:
        return pdfplumber.open(BytesIO(data))
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
        extra_attrs=["size", "fontname"], use_text_flow=False, keep_blank_chars=False, x_tolerance_ratio=WORD_GAP_EM
    )
    words = [
        word | {"text": word["text"].translate(MISTAKEN)} if word["fontname"] == NAMELESS else word for word in words
    ]
    links = [link for link in page.hyperlinks if isinstance(link.get("uri"), str)]
    page.close()
    rows = list(_cluster(words))
    edge = _text_edge(rows)
    segments = [_segments(row, number + 1, links, edge) for row in rows]
    if gutter := _gutter(rows, segments):
        rows = [part for row in rows for part in _halves(row, gutter)]
        segments = _rows_again([_segments(row, number + 1, links, edge) for row in rows])
    return _with_whole_labels(segments, edge)


def _gutter(rows: Sequence[list[dict[str, Any]]], segments: list[Row]) -> float | None:
    """The x between two columns that stand closer than the words of a row may; None where there is none."""
    heads = [(part.text, part.x0, part.x1, part.top) for row in segments for part in row]
    words = [(word["text"], float(word["x0"]), float(word["x1"]), float(word["top"])) for row in rows for word in row]
    return find_split(heads, words)


def _halves(row: list[dict[str, Any]], gutter: float) -> list[list[dict[str, Any]]]:
    """The words left and right of the gutter; those that lie across it keep the row whole."""
    if any(word["x0"] < gutter < word["x1"] for word in row):
        return [row]
    left = [word for word in row if word["x0"] < gutter]
    return [half for half in (left, row[len(left) :]) if half]


def _rows_again(segments: list[Row]) -> list[Row]:
    """Segments of one height that were cut at the gutter are one row again."""
    rows: list[Row] = []
    for row in segments:
        if rows and row and rows[-1] and row[0].top == rows[-1][0].top and row[0].x0 >= rows[-1][-1].x1:
            rows[-1] = [*rows[-1], *row]
        elif row:
            rows.append(row)
    return rows


def _with_whole_labels(rows: list[Row], edge: float | None) -> list[Row]:
    """A date that the margin or a cell broke into two rows, ``2021–`` and ``present``, is one again."""
    kept: list[Row] = []
    for row in rows:
        above = kept[-1] if kept else []
        if len(above) > 1 and row and _is_rest_of_date(above, row[0], edge):
            kept[-1] = [replace(above[0], text=f"{above[0].text} {row[0].text}"), *above[1:]]
            row = row[1:]
        if row:
            kept.append(row)
    return kept


def _is_rest_of_date(above: Row, rest: Segment, edge: float | None) -> bool:
    first = above[0]
    is_beside = edge is not None and max(first.x1, rest.x1) < edge
    is_below = abs(first.x0 - rest.x0) < CELL_EDGE and max(first.x1, rest.x1) < above[1].x0
    if not (is_beside or is_below) or not is_date(f"{first.text} {rest.text}"):
        return False
    return first.text[-1] in "–-—" or not is_date(first.text)


def _text_edge(rows: Sequence[list[dict[str, Any]]]) -> float | None:
    """The x at which most rows begin, beside labels and dates in the margin."""
    starts = Counter(round(float(row[0]["x0"])) for row in rows)
    edge, count = starts.most_common(1)[0] if starts else (0, 0)
    return float(edge) if count >= EDGE_ROWS else None


def _cluster(words: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Words whose middles lie within a third of their height, in rows."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=_middle):
        if row and _middle(word) - _middle(row[0]) > 0.34 * max(row[0]["bottom"] - row[0]["top"], 4.0):
            yield sorted(row, key=lambda item: float(item["x0"]))
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda item: float(item["x0"]))


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _segments(words: list[dict[str, Any]], page: int, links: list[dict[str, Any]], edge: float | None) -> Row:
    groups: list[list[dict[str, Any]]] = []
    for word in words:
        if groups and not _is_apart(groups[-1], word, edge):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [segment for group in groups if (segment := _segment(group, page, links)).text]


def _is_apart(group: list[dict[str, Any]], word: dict[str, Any], edge: float | None) -> bool:
    if len(group) == 1 and strip_bullet(group[0]["text"] + " ") == ("", True):
        return False
    gap, size = word["x0"] - group[-1]["x1"], max(word["size"], 6.0)
    if gap > CELL_GAP_EM * size:
        return True
    if edge is None or gap < LABEL_GAP_EM * size or abs(word["x0"] - edge) > 1.5:
        return False
    return bool(group[0]["x0"] < edge - 10)


def _segment(words: list[dict[str, Any]], page: int, links: list[dict[str, Any]]) -> Segment:
    box = (min(w["x0"] for w in words), max(w["x1"] for w in words), words[0]["top"], max(w["bottom"] for w in words))
    size = max(words, key=lambda word: len(word["text"]))["size"]
    bold = sum(len(word["text"]) for word in words if re.search(r"bold|black|heavy|semibd", word["fontname"], re.I))
    letters = sum(len(word["text"]) for word in words)
    raw = _join(words)
    is_bold = bold * 2 > letters or _starts_bold(words)
    return Segment(_tidy(raw), *box, float(size), is_bold, page, _urls(box, links))


def _join(words: list[dict[str, Any]]) -> str:
    """A word whose font changes in the middle comes as two words without a gap; spaced-out letters become words."""
    if _is_spaced_out(words):
        return _join_letters(words)
    parts = [words[0]["text"]]
    for before, word in itertools.pairwise(words):
        parts.append("" if word["x0"] - before["x1"] < 0.1 * word["size"] else " ")
        parts.append(word["text"])
    return "".join(parts)


def _is_spaced_out(words: list[dict[str, Any]]) -> bool:
    """``E D U C A T I O N``, as templates set their headings."""
    return len(words) > 3 and sum(len(word["text"]) == 1 for word in words) >= 0.8 * len(words)


def _join_letters(words: list[dict[str, Any]]) -> str:
    """Letters with the usual gap between them are one word, a gap half as wide again ends it."""
    gaps = [word["x0"] - before["x1"] for before, word in itertools.pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 3]
    parts = [words[0]["text"]]
    for gap, word in zip(gaps, words[1:], strict=True):
        parts.append(" " if gap > 1.5 * usual + 0.02 * word["size"] else "")
        parts.append(word["text"])
    return "".join(parts)


def _tidy(raw: str) -> str:
    """Clean text that keeps its leading bullet, also one drawn as an icon."""
    text, is_bullet = strip_bullet(raw + " ")
    return f"• {clean(text)}" if is_bullet and not raw[0].isdigit() else clean(raw)


def _starts_bold(words: list[dict[str, Any]]) -> bool:
    """``Nexus AI, Co-Founder`` with only the company in bold is still the head of an entry."""
    return bool(re.search(r"bold|black|heavy", words[0]["fontname"], re.I)) and len(words[0]["text"]) > 1


def _urls(box: tuple[float, float, float, float], links: list[dict[str, Any]]) -> tuple[str, ...]:
    x0, x1, top, bottom = box
    inside = [
        link["uri"]
        for link in links
        if link["x0"] < x1 and link["x1"] > x0 and link["top"] < (top + bottom) / 2 < link["bottom"]
    ]
    return tuple(dict.fromkeys(inside))


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


def _into_columns(pages: list[list[Row]]) -> list[list[Row]]:
    """One stream of rows, or the left and the right column of all pages as two streams."""
    left: list[Row] = []
    right: list[Row] = []
    split: float | None = None
    for page in pages:
        found = find_split([(part.text, part.x0, part.x1, part.top) for row in page for part in row])
        split = found or (split if split is not None and _keeps(page, split) else None)
        for row in page if split is not None else _cards_apart(page):
            crosses = split is None or any(part.x0 < split < part.x1 for part in row)
            ours = row if crosses else [part for part in row if split is not None and part.x0 < split]
            left.extend([ours] if ours else [])
            others = [part for part in row if part not in ours]
            right.extend([others] if others else [])
    return [column for column in (left, right) if column]


def _cards_apart(page: list[Row]) -> list[Row]:
    """A grid of cards, two heads side by side, is read card column by card column within its section."""
    regions: list[list[Row]] = [[]]
    for row in page:
        if len(row) == 1 and section_of(row[0].text):
            regions.append([])
        regions[-1].append(row)
    return [row for region in regions for row in _columns_of(region)]


def _names_columns(row: Row) -> bool:
    """The first row of a table: ``Employer``, ``Job Title``, ``Period``."""
    return sum(any(kind_of_label(part.text, section) for section in HEAD) for part in row) >= FEWEST_COLUMNS


def _columns_of(region: list[Row]) -> list[Row]:
    region_heads = [row for row in region if not _names_columns(row)]
    heads = [
        part.x0
        for row in region_heads
        for part in row[1:]
        if part.is_bold and row[0].is_bold and not is_date(part.text)
    ]
    starts = [part.x0 for row in region for part in row[1:]]
    left_edge = min((row[0].x0 for row in region), default=0.0)
    right_edge = max((part.x1 for row in region for part in row), default=0.0)
    heads = [x for x in heads if x - left_edge > CARD_SHARE * (right_edge - left_edge)]
    split = next((x for x in heads if sum(abs(x - start) < 2 for start in starts) > 1), None)
    if split is None or any(part.x0 < split - 2 < part.x1 for row in region for part in row):
        return region
    heading = region[:1] if section_of(region[0][0].text) else []
    left = [[part for part in row if part.x0 < split - 2] for row in region[len(heading) :]]
    right = [[part for part in row if part.x0 >= split - 2] for row in region[len(heading) :]]
    return [*heading, *(row for row in (*left, *right) if row)]


def _keeps(page: list[Row], split: float) -> bool:
    """Whether the columns of the page before go on: nothing lies across their border."""
    return not any(part.x0 < split < part.x1 for row in page for part in row)


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
        is_aside = row[0].x0 > left_edge + 0.6 * (right_edge - left_edge) and number > 0 and len(rows[number - 1]) > 1
        lines.append(_line(row, gap and row[0].page == rows[number - 1][0].page, is_aside, number == 0))
    return lines


def _line(row: Row, gap: bool, is_aside: bool, starts_column: bool) -> Line:
    if len(row) > 1 and is_date(row[0].text):
        row = [*row[1:], row[0]]
    head = row[0]
    text, is_bullet = strip_bullet(head.text)
    cells = ("", *(part.text for part in row)) if is_aside else (text, *(part.text for part in row[1:]))
    urls = tuple(dict.fromkeys(url for part in row for url in part.urls))
    return Line(cells, head.x0, head.x1, head.size, head.is_bold, is_bullet, gap, starts_column, urls, head.page)
