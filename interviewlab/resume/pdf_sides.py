"""Cells at the sides of a PDF's page that their narrow column broke into rows: dates, places, degrees, heads."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from interviewlab.resume.dates import has_span, is_cut_date, is_date, span_at_end
from interviewlab.resume.lines import HYPHENATED, join_words
from interviewlab.resume.places import is_place
from interviewlab.resume.schools import DEGREE
from interviewlab.resume.segments import Row, Segment

MOST_BROKEN = 3
"""Rows in which a broken cell goes on, at most."""
MOST_PITCH = 2.0
"""Of a cell's rows, in font sizes."""
CELL_EDGE = 2.0
"""Points by which the rows of a cell may begin apart."""
RIGHT_EDGE = 4.0
"""The same of their ends: a hyphen may hang over."""
LONGEST_CELL = 60
MOST_GAP_EM = 3.0
"""Between the words of a justified row."""
MOST_PARTS = 3
FEWEST_DATES = 2
LABEL_COLUMN = 90.0
"""Points of a column of labels, at most."""
UNFINISHED = re.compile(r"(?:[–—-]|\b(?:to|until|till|bis|à|au|hasta|até|a|al|tot|do))$", re.IGNORECASE)
"""How a date ends that goes on in the next row."""
BROKEN_LABEL = re.compile(r"([^\W\d_]{2,}-)\s*([^\W\d_a-z].*)?$")
"""``Mas-`` in a column of degrees, perhaps with the school beside it."""
TOUCHED_LABEL = re.compile(r"([^\W\d_]+)\s+([^\W\d_a-z].*)$")
"""``Class PSBB Senior Secondary School``, above ``XII``."""


def with_whole_sides(rows: list[Row]) -> list[Row]:
    """Dates and places that a narrow column broke, ``May 2020 – presen-`` and ``te``, and the heads beside them."""
    kept = [_justified(row) for row in rows]
    kept = _with_sides_apart(_with_dates_apart(kept))
    kept = _joined_cells(kept, -1, _completes_place)
    kept = _joined_cells(kept, -1, _completes_date)
    kept = _joined_cells(kept, 0, _completes_date)
    return _with_whole_heads(kept)


def _justified(row: Row) -> Row:
    """``Newcastle``, ``upon`` and ``Tyne,`` with wide gaps between them at the end of a row are one cell."""
    for count in range(MOST_PARTS, 1, -1):
        parts, text = row[-count:], " ".join(part.text for part in row[-count:])
        is_close = all(b.x0 - a.x1 < MOST_GAP_EM * a.size for a, b in itertools.pairwise(parts))
        is_one = is_date(text) or (is_place(text.rstrip(",")) and is_place(text.split(",")[0]))
        if len(row) > count and is_close and is_one and not any(is_date(part.text) for part in parts):
            return [*row[:-count], replace(parts[0], text=text, x1=parts[-1].x1)]
    return list(row)


def _joined_cells(rows: list[Row], place: int, completes: Callable[[Segment, list[Segment]], bool]) -> list[Row]:
    """The rows with the first or the last cells joined that only together are what they are."""
    kept = [list(row) for row in rows]
    for number, row in enumerate(kept):
        if not row or (place == 0 and len(row) == 1):
            continue
        count = _count_rests(row[place], kept[number + 1 : number + 1 + MOST_BROKEN], place, completes)
        if count:
            rests = [below.pop(place) for below in kept[number + 1 : number + 1 + count]]
            row[place] = replace(row[place], text=_text_of([row[place], *rests]), bottom=rests[-1].bottom)
    return [row for row in kept if row]


def _count_rests(
    first: Segment, below: Sequence[Row], place: int, completes: Callable[[Segment, list[Segment]], bool]
) -> int:
    rests: list[Segment] = []
    found = 0
    for row in below:
        if not row or not _is_below(rests[-1] if rests else first, row[place]):
            break
        rests.append(row[place])
        if completes(first, rests):
            found = len(rests)
    return found


def _is_below(above: Segment, rest: Segment) -> bool:
    is_close = 0 < rest.top - above.top < MOST_PITCH * above.size
    is_aligned = abs(above.x0 - rest.x0) < CELL_EDGE or abs(above.x1 - rest.x1) < RIGHT_EDGE
    is_alike = abs(above.size - rest.size) < 0.6 and above.is_bold == rest.is_bold
    return is_close and is_aligned and is_alike and len(rest.text) <= LONGEST_CELL


def _text_of(parts: Sequence[Segment]) -> str:
    text = parts[0].text
    for part in parts[1:]:
        text = join_words(text, part.text)
    return text


def _completes_date(first: Segment, rests: list[Segment]) -> bool:
    """Whether a date, or a place with a date behind it, ends with the last of the rests and not before."""
    before, text = _text_of([first, *rests[:-1]]), _text_of([first, *rests])
    if len(first.text) > LONGEST_CELL or (is_date(before) and not UNFINISHED.search(before)):
        return False
    if UNFINISHED.search(text) or any(map(_is_whole_date, rests)):
        return False
    return is_date(text) or (has_span(text) and not has_span(before) and is_cut_date(first.text))


def _is_whole_date(part: Segment) -> bool:
    return has_span(part.text) or (is_date(part.text) and UNFINISHED.search(part.text) is not None)


def _completes_place(first: Segment, rests: list[Segment]) -> bool:
    text = _text_of([first, *rests])
    is_open = first.text.endswith(",") or (not is_place(first.text) and is_place(text.split(",")[0]))
    return is_open and not is_date(rests[-1].text) and is_place(text)


def _with_dates_apart(rows: list[Row]) -> list[Row]:
    """A text that touches the date at its right, where other dates end at that edge, is a cell of its own."""
    ends = Counter(round(row[-1].x1) for row in rows if len(row) > 1 and is_date(row[-1].text))
    edge, count = ends.most_common(1)[0] if ends else (0, 0)
    kept: list[Row] = []
    for row in rows:
        last = row[-1]
        start = span_at_end(last.text) if count >= FEWEST_DATES and abs(last.x1 - edge) < RIGHT_EDGE else 0
        if start:
            middle = last.x1 - (last.x1 - last.x0) * (len(last.text) - start) / len(last.text)
            head = replace(last, text=last.text[:start].rstrip(" ,"), x1=middle)
            row = [*row[:-1], head, replace(last, text=last.text[start:], x0=middle, is_bold=False)]
        kept.append(row)
    return kept


def _with_sides_apart(rows: list[Row]) -> list[Row]:
    """``Work and Pensions Newcastle upon Tyne,`` above ``United Kingdom`` at the right: the head touches the place, or
    the beginning of a date."""
    kept: list[Row] = []
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        is_over = below and row and abs(row[-1].x1 - below[-1].x1) < RIGHT_EDGE
        split = _side_at_end(row[-1].text, below[-1].text) if is_over and row[-1].x0 < below[-1].x0 else None
        if split:
            head, town = split
            edge = row[-1].x1 - (row[-1].x1 - row[-1].x0) * len(town) / len(row[-1].text)
            row = [*row[:-1], replace(row[-1], text=head, x1=edge), replace(row[-1], text=town, x0=edge, is_bold=False)]
        kept.append(row)
    return kept


def _side_at_end(text: str, rest: str) -> tuple[str, str] | None:
    if is_place(f"{text} {rest}"):
        return None
    starts = [match.start() for match in re.finditer(r"(?:(?<=\s)|(?<=[a-z]-))(?=[^\W\d_a-z])", text)]
    if (cut := span_at_end(f"{text} {rest}")) and cut < len(text):
        return text[:cut].rstrip(), text[cut:]
    towns = [start for start in starts if is_place(text[start:].rstrip(",")) and is_place(f"{text[start:]} {rest}")]
    towns = towns if text.endswith(",") else []
    return (text[: towns[0]].rstrip(), text[towns[0] :]) if towns else None


def _with_whole_heads(rows: list[Row]) -> list[Row]:
    """``Department for Work and Pensions`` and ``Digital``, both in bold beside cells of their own: one head."""
    kept: list[Row] = []
    for row in rows:
        above = kept[-1] if kept else []
        if len(above) == len(row) == 2 and _is_rest_of_head(above, row):
            kept[-1] = [replace(above[0], text=join_words(above[0].text, row[0].text), lead=""), *above[1:], *row[1:]]
        else:
            kept.append(row)
    return kept


def _is_rest_of_head(above: Row, row: Row) -> bool:
    first, rest = above[0], row[0]
    is_alike = (
        first.is_bold and rest.is_bold and abs(first.size - rest.size) < 0.6 and abs(first.x0 - rest.x0) < CELL_EDGE
    )
    word = rest.text.split()[0]
    room = (first.x1 - first.x0) / max(len(first.text), 1) * (len(word) + 1)
    is_full = first.x1 - first.x0 > LABEL_COLUMN and first.x1 + room > min(above[1].x0, row[1].x0)
    return is_alike and is_full and not first.lead and 0 < rest.top - first.top < MOST_PITCH * first.size


def with_whole_degrees(rows: list[Row]) -> list[Row]:
    """A degree that a narrow column broke, ``Inge-``, ``nie-``, ``ría`` or ``Laurea``, ``magistrale``, is one again.

    Its first row may touch the text beside it.
    """
    kept = [list(row) for row in rows]
    for number, row in enumerate(kept):
        match = BROKEN_LABEL.match(row[0].text) or TOUCHED_LABEL.match(row[0].text) if row else None
        is_degree = len(row) > 1 and bool(DEGREE.fullmatch(row[0].text))
        if match is None and not is_degree:
            continue
        word, beside = (match.group(1), match.group(2)) if match else (row[0].text, None)
        below = kept[number + 1 : number + 1 + 2 * MOST_BROKEN]
        whole, count = _whole_degree(word, row[0], below)
        if count:
            rests = [replace(row[0], text=beside, x0=row[0].x0 + 6 * CELL_EDGE)] if beside else []
            kept[number] = [replace(row[0], text=whole), *rests, *row[1:]]
            for other in below[:count]:
                if _is_rest_of_degree(other, row[0]):
                    del other[0]
    return [row for row in kept if row]


def _whole_degree(word: str, label: Segment, below: Sequence[Row]) -> tuple[str, int]:
    """The longest degree that the words below a label make with it, and in how many rows."""
    found, above = ("", 0), label
    for count, row in enumerate(below, 1):
        if not _is_rest_of_degree(row, label):
            continue
        if row[0].top - above.top > (MOST_PITCH if len(row) > 1 else 2 * MOST_PITCH) * label.size:
            break
        above = row[0]
        word = join_words(word, row[0].text)
        if DEGREE.fullmatch(word):
            found = (word, count)
        elif not HYPHENATED.search(word):
            break
    return found


def _is_rest_of_degree(row: Row, label: Segment) -> bool:
    is_below = bool(row) and abs(row[0].x0 - label.x0) < CELL_EDGE and " " not in row[0].text
    return is_below and row[0].is_bold == label.is_bold
