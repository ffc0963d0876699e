"""Columns, cards and broken cells of a PDF's pages, brought into one stream of rows or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.columns import find_split
from interviewlab.resume.dates import is_date
from interviewlab.resume.forms import FEWEST_COLUMNS, HEAD, kind_of_label
from interviewlab.resume.headings import section_of
from interviewlab.resume.lines import HYPHENATED, join_words
from interviewlab.resume.schools import DEGREE, names_school
from interviewlab.resume.segments import Row, Segment
from interviewlab.resume.skill_tables import names_columns

CARD_SHARE = 0.3
"""How far a second card begins from the left, as a share of the text's width; labels stand closer."""
FEWEST_HEADINGS = 2
LABEL_COLUMN = 90.0
"""Points from a label to the text beside it, at most."""
LABEL_INDENT = 12.0
FEWEST_LABELS = 2
MOST_DEGREE_WORDS = 4
MOST_PITCH = 2.0
"""Of a cell's second row, in font sizes."""
NEXT_ROW = 1.6
"""The same of a row right below; further away a degree with a text beside it begins an entry of its own."""
CELL_EDGE = 2.0
"""Points by which the rows of a cell may begin apart."""


def find_gutter(rows: Sequence[list[dict[str, Any]]], segments: list[Row]) -> float | None:
    """The x between two columns that stand closer than the words of a row may; None where there is none."""
    heads = [(part.text, part.x0, part.x1, part.top) for row in segments for part in row]
    words = [(word["text"], float(word["x0"]), float(word["x1"]), float(word["top"])) for row in rows for word in row]
    return find_split(heads, words)


def cut_at(row: list[dict[str, Any]], gutter: float) -> list[list[dict[str, Any]]]:
    """The words left and right of the gutter; those that lie across it keep the row whole."""
    if any(word["x0"] < gutter < word["x1"] for word in row):
        return [row]
    left = [word for word in row if word["x0"] < gutter]
    return [half for half in (left, row[len(left) :]) if half]


def rows_again(segments: list[Row]) -> list[Row]:
    """Segments of one height that were cut at the gutter are one row again."""
    rows: list[Row] = []
    for row in segments:
        if rows and row and rows[-1] and row[0].top == rows[-1][0].top and row[0].x0 >= rows[-1][-1].x1:
            rows[-1] = [*rows[-1], *row]
        elif row:
            rows.append(row)
    return rows


def beside_labels(rows: Sequence[Row]) -> list[float]:
    """Where texts begin that stand beside labels in a narrow column at the left, in points; mostly nowhere."""
    left = min((row[0].x0 for row in rows), default=0.0)
    starts = Counter(
        round(row[1].x0)
        for row in rows
        if len(row) > 1 and row[0].x0 - left < LABEL_INDENT and row[1].x0 - row[0].x0 < LABEL_COLUMN
    )
    return [start for start, count in starts.items() if count >= FEWEST_LABELS]


def with_whole_labels(rows: list[Row], edge: float | None) -> list[Row]:
    """A date, or a degree, that the margin or a cell broke into two rows, ``2021–`` and ``present``, is one again."""
    kept: list[Row] = []
    for row in rows:
        for number in range(len(kept) - 1, max(-1, len(kept) - 3), -1):
            above = kept[number]
            if len(above) > 1 and row and _is_rest_of_label(above, row, edge):
                kept[number] = [replace(above[0], text=f"{above[0].text} {row[0].text}"), *above[1:]]
                row = row[1:]
                break
        if row:
            kept.append(row)
    return kept


def _is_rest_of_label(above: Row, row: Row, edge: float | None) -> bool:
    first, rest = above[0], row[0]
    is_beside = edge is not None and max(first.x1, rest.x1) < edge
    is_below = abs(first.x0 - rest.x0) < CELL_EDGE and max(first.x1, rest.x1) < above[1].x0
    both = f"{first.text} {rest.text}"
    is_entry = len(row) > 1 and abs(row[1].x0 - above[1].x0) < CELL_EDGE and DEGREE.fullmatch(rest.text)
    most = NEXT_ROW if is_entry else 3 * MOST_PITCH
    is_narrow = above[1].x0 - first.x0 < LABEL_COLUMN and rest.bottom - first.bottom < most * first.size
    if is_narrow and abs(first.x0 - rest.x0) < CELL_EDGE and _is_rest_of_degree(first.text, rest.text):
        return True
    if not (is_beside or is_below) or not is_date(both):
        return False
    return first.text[-1] in "–-—" or not is_date(first.text)


def _is_rest_of_degree(first: str, rest: str) -> bool:
    """``Executive`` and ``MBA``, ``Diplôme`` and ``d'ingénieur``, ``Class`` and ``XII``."""
    both = f"{first} {rest}"
    is_short = len(both.split()) <= MOST_DEGREE_WORDS
    return is_short and bool(DEGREE.search(both)) and not DEGREE.fullmatch(first) and not names_school(rest)


def with_whole_words(rows: list[Row]) -> list[Row]:
    """A cell beside others that ends within a word, ``Computer Sci-``, goes on in the row below."""
    kept: list[Row] = []
    for row in rows:
        above = kept[-1] if kept else []
        pairs = [(old, new) for old in above for new in row if len(above) > 1 and _is_rest_of_word(old, new)]
        rests = {id(old): new for old, new in pairs}
        if rests:
            kept[-1] = [_with_word(part, rests.get(id(part))) for part in above]
            row = [part for part in row if not any(part is new for _, new in pairs)]
        if row:
            kept.append(row)
    return kept


def _is_rest_of_word(above: Segment, below: Segment) -> bool:
    is_below = abs(above.x0 - below.x0) < CELL_EDGE and 0 < below.top - above.top < MOST_PITCH * above.size
    return is_below and bool(HYPHENATED.search(above.text)) and below.text[:1].islower()


def _with_word(part: Segment, rest: Segment | None) -> Segment:
    return replace(part, text=join_words(part.text, rest.text)) if rest else part


def with_whole_cells(rows: list[Row]) -> list[Row]:
    """Below the names of a table's columns, what a cell goes on with in the next row joins the row above."""
    kept: list[Row] = []
    columns: Row = []
    for row in rows:
        if len(row) > 1 and all(any(kind_of_label(part.text, section) for section in HEAD) for part in row):
            columns = row
        elif columns and not _is_in(columns, row):
            columns = []
        elif columns and kept and row is not columns and _goes_on(columns, kept[-1], row):
            kept[-1] = [_with_rest(part, row) for part in kept[-1]]
            continue
        kept.append(row)
    return kept


def _is_in(columns: Row, row: Row) -> bool:
    return all(any(abs(part.x0 - column.x0) < CELL_EDGE for column in columns) for part in row)


def _goes_on(columns: Row, above: Row, row: Row) -> bool:
    """A row close below that has no first cell, and only cells that stand above too."""
    starts = [part.x0 for part in above]
    is_close = row[0].top - max(part.bottom for part in above) < 0.5 * row[0].size
    is_first_empty = abs(row[0].x0 - columns[0].x0) >= CELL_EDGE and abs(above[0].x0 - columns[0].x0) < CELL_EDGE
    has_all = all(any(abs(part.x0 - start) < CELL_EDGE for start in starts) for part in row)
    return is_close and is_first_empty and has_all and len(columns) >= FEWEST_COLUMNS


def _with_rest(part: Segment, row: Row) -> Segment:
    rest = next((one for one in row if abs(one.x0 - part.x0) < CELL_EDGE), None)
    return replace(part, text=f"{part.text} {rest.text}", bottom=rest.bottom) if rest else part


def into_columns(pages: list[list[Row]]) -> list[list[Row]]:
    """One stream of rows, or the left and the right column of all pages as two streams."""
    left: list[Row] = []
    right: list[Row] = []
    split: float | None = None
    for page in pages:
        boxes = [(part.text, part.x0, part.x1, part.top) for row in page for part in row]
        found = None if _heading_look(page) else find_split(boxes)
        split = found or (split if split is not None and _keeps(page, split) else None)
        for row in page if split is not None else _cards_apart(page):
            crosses = split is None or any(part.x0 < split < part.x1 for part in row)
            ours = row if crosses else [part for part in row if split is not None and part.x0 < split]
            left.extend([ours] if ours else [])
            others = [part for part in row if part not in ours]
            right.extend([others] if others else [])
    return [column for column in (left, right) if column]


def _cards_apart(page: list[Row]) -> list[Row]:
    """Where two heads stand side by side, cards or whole sections, they are read one after the other."""
    look = _heading_look(page)
    regions: list[list[Row]] = [[]]
    for row in page:
        if (len(row) == 1 and section_of(row[0].text)) or (look and {_look(part) for part in row} == {look}):
            regions.append([])
        regions[-1].append(row)
    return [row for region in regions for row in (_sections_apart(region, look) or _columns_of(region))]


def _look(part: Segment) -> tuple[int, bool]:
    return (round(part.size), part.is_bold)


def _heading_look(page: list[Row]) -> tuple[int, bool] | None:
    """The look in which headings stand alone and, at least once, side by side; larger than most of the text."""
    letters: Counter[int] = Counter()
    for part in (part for row in page for part in row):
        letters[round(part.size)] += len(part.text)
    body = letters.most_common(1)[0][0] if letters else 0
    alone = [row[0] for row in page if len(row) == 1 and _look(row[0])[0] > body]
    for left, right in (row for row in page if len(row) == 2):
        alike = [part for part in alone if _look(part) == _look(left) == _look(right)]
        if len(alike) >= FEWEST_HEADINGS and all(abs(part.x0 - left.x0) < CELL_EDGE for part in alike):
            return _look(left)
    return None


def _sections_apart(region: list[Row], look: tuple[int, bool] | None) -> list[Row]:
    """The left section, then the right one; empty where the region does not begin with two headings."""
    if look is None or not region or len(region[0]) != 2 or {_look(part) for part in region[0]} != {look}:
        return []
    split = region[0][1].x0 - CELL_EDGE
    if any(part.x0 < split < part.x1 for row in region for part in row):
        return []
    left = [[part for part in row if part.x0 < split] for row in region]
    right = [[part for part in row if part.x0 >= split] for row in region]
    return [row for row in (*left, *right) if row]


def _names_columns(row: Row) -> bool:
    """The first row of a table: ``Employer``, ``Job Title``, ``Period``, or ``Area``, ``Tools``, ``Level``."""
    is_table = sum(any(kind_of_label(part.text, section) for section in HEAD) for part in row) >= FEWEST_COLUMNS
    return is_table or names_columns([part.text for part in row])


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
    return [*heading, *(row for row in left if row), *_columns_of([row for row in right if row])]


def _keeps(page: list[Row], split: float) -> bool:
    """Whether the columns of the page before go on: nothing lies across their border."""
    return not any(part.x0 < split < part.x1 for row in page for part in row)
