"""Tables of skills: which columns name something one can do, and which say how well, since when or what for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from interviewlab.resume.dates import take_span
from interviewlab.resume.lines import Line
from interviewlab.resume.lists import split_items
from interviewlab.resume.skills import canonical_skill

FEWEST_ROWS = 2
MOST_HEAD_WORDS = 3
MOST = 0.6
"""The share of a section's lines that are rows, of a column's cells that are of one kind."""
FEWEST_TOLD = 2.5
"""Words of a column's cells, on average, that tell instead of naming."""
COLUMN = re.compile(
    r"(?:(?:key|main|technical|my)\s)?(?:skills?|technolog(?:y|ies)|tools?|"
    r"competenc(?:y|es?|ies)|languages?|areas?|names?|"
    r"levels?|years?|experience|last used|proficienc(?:y|ies)|rating|since|how long|how well|kenntnis(?:se)?|niveau|"
    r"compétences?|nivel|stufe|software|products?|systems?|methods?|frameworks?|platforms?|details|version|"
    r"frequency|how often|"
    r"technologie(?:n)?|werkzeuge?|jahre|erfahrung|seit|zuletzt|outils?|depuis|années|herramientas?|desde|años|strumenti|"
    r"livello|anni|categor(?:y|ies)|kategorie|bereich|domaine|área)",
    re.IGNORECASE,
)
"""What a table of skills calls its columns."""
KIND = re.compile(
    r"areas?|categor(?:y|ies)|kategorien?|bereiche?|domaines?|áreas?|ambit[oi]|groups?|types?", re.IGNORECASE
)
"""The column that tells what kind of skills a row has."""
PURPOSE = re.compile(
    r"(?:(?:what|where|how) (?:for|i use|used?)\b.*|i use it for|used? (?:for|in|at)|use|purpose|notes?|"
    r"comments?|remarks?|"
    r"examples?|context|projects?|applied in|einsatz|verwendung|bemerkung(?:en)?|beispiele?|usage|uso|utilisation)",
    re.IGNORECASE,
)
CATEGORY = re.compile(
    r"(?:programming |scripting |operating |cloud |web )?(?:languages|databases|data(?: stores)?|frameworks|"
    r"libraries|tools|platforms|cloud|devops|testing|methods|systems|programming|bi|front-?end|back-?end|web|mobile|os|"
    r"soft skills|"
    r"hard skills|infrastructure|"
    r"sprachen|datenbanken|werkzeuge|methoden|langages|bases de données|outils|lenguajes|bases de datos)",
    re.IGNORECASE,
)
"""What a column of skills is headed by, or a row of them."""
ALSO_SKILL = re.compile(
    r"cloud|devops|testing|programming|bi|front-?end|back-?end|web|mobile|os|infrastructure|data", re.IGNORECASE
)
"""Of these, what a list of skills also names."""
LEVEL = re.compile(
    r"(?:very |sehr |well |most |nearly |almost )?(?:expert(?:e|in)?|advanced|intermediate|basics?|beginner|good|gut|"
    r"fluent|proficient|working|familiar|daily|weekly|monthly|rarely|sometimes|often|occasional(?:ly)?|"
    r"every (?:day|week|month)|grundkenntnisse|grundlagen|"
    r"fortgeschritten|fundiert|solide|profi|avancé|courant|intermédiaire|notions|débutant|avanzado|alto|"
    r"medio|básico|intermedio|avanzato|buono|base|high|medium|low|strong|solid|learning|rusty|yes|no|"
    r"täglich|wöchentlich|regelmäßig|gelegentlich|quotidien)(?: (?:knowledge|user|level|kenntnisse|use))?",
    re.IGNORECASE,
)
LENGTH = re.compile(
    r"(?:>|<|~|ca\.|over|more than|über|plus de)?\s*\d{1,2}(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|y|months?|jahren?|"
    r"ans?|années|años?|anni|%|/\s*(?:5|10))?\.?",
    re.IGNORECASE,
)
MARKS = re.compile(r"[★☆○◯◌▪▫■□⬤●◐◑*+x✓✔\s]+")


def names_columns(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are what a table of skills calls its columns."""
    return len(cells) > 1 and all(COLUMN.fullmatch(cell) or PURPOSE.fullmatch(cell) for cell in map(_bare, cells))


def without_told_columns(lines: Sequence[Line]) -> list[Line]:
    """A table's rows with only the cells that name skills, or what kind they are of; other lines as they are."""
    lines = [
        line
        for number, line in enumerate(lines)
        if not _names_kinds(line.cells) and not _heads_columns(line, lines[number + 1 :])
    ]
    count = max((len(line.cells) for line in lines), default=0)
    rows = [line for line in lines if len(line.cells) == count]
    if count < 2 or len(rows) < FEWEST_ROWS or len(rows) < MOST * len(lines):
        return list(lines)
    head, body = (rows[0], rows[1:]) if _is_head(rows) else (None, rows)
    columns = [[row.cells[number] for row in body] for number in range(count)]
    kept = [number for number in range(count) if not _tells(columns[number], head.cells[number] if head else "")]
    if not kept or (head is None and len(kept) == count):
        return list(lines)
    return [
        replace(line, cells=tuple(line.cells[number] for number in kept)) if line in rows else line
        for line in lines
        if line is not head
    ]


def _names_kinds(cells: Sequence[str]) -> bool:
    """``BI | Databases | Languages`` above columns of names."""
    are_kinds = len(cells) > 1 and any(CATEGORY.fullmatch(_bare(cell)) for cell in cells)
    return are_kinds and not any(map(_is_known, cells))


def _heads_columns(line: Line, below: Sequence[Line]) -> bool:
    """A row in bold that names no skill, above plain rows of as many cells that mostly do."""
    rows = list(itertools.takewhile(lambda other: not other.is_bold and len(other.cells) == len(line.cells), below))
    cells = [cell for row in rows for cell in row.cells]
    is_head = line.is_bold and len(line.cells) > 1 and len(rows) >= FEWEST_ROWS and not any(map(_is_known, line.cells))
    return is_head and all(len(cell.split()) <= MOST_HEAD_WORDS for cell in line.cells) and _mostly_known(cells)


def _mostly_known(cells: Sequence[str]) -> bool:
    return sum(map(_is_known, cells)) >= MOST * len(cells)


def _bare(cell: str) -> str:
    return cell.strip(" :?.")


def _is_head(rows: Sequence[Line]) -> bool:
    """The names of columns, or of the kinds of skills below."""
    cells, body = rows[0].cells, [cell for row in rows[1:] for cell in row.cells]
    if names_columns(cells):
        return True
    is_known = sum(_is_known(cell) for cell in body) >= MOST * len(body)
    return bool(body) and is_known and _names_kinds(cells)


def _is_known(cell: str) -> bool:
    return any(canonical_skill(item) for item in split_items(cell))


def _tells(cells: Sequence[str], name: str) -> bool:
    """Whether a column says how well, since when or what for."""
    if PURPOSE.fullmatch(_bare(name)) or KIND.fullmatch(_bare(name)):
        return True
    filled = [cell for cell in cells if cell.strip()]
    known = sum(map(_is_known, filled))
    if sum(map(_is_level, filled)) >= MOST * len(filled):
        return True
    words = sum(len(cell.split()) for cell in filled)
    return not known and words >= FEWEST_TOLD * len(filled) and not any("," in cell for cell in filled)


def _is_level(cell: str) -> bool:
    first = _bare(cell.split(",")[0].split("(")[0])
    span, rest = take_span(cell)
    is_date = span is not None and len(re.findall(r"[^\W\d_]{3,}", rest)) <= 1
    return is_date or any(pattern.fullmatch(first) for pattern in (LEVEL, LENGTH, MARKS))
