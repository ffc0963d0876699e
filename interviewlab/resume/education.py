"""Schools and degrees: the entries of a section on education, taken apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from interviewlab.resume.dates import is_date, take_span
from interviewlab.resume.degrees import split_degree
from interviewlab.resume.entries import Entry, group_entries
from interviewlab.resume.fields import PLACE, Fields, filled
from interviewlab.resume.forms import told_entries, without_columns, without_labels
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import split_commas, split_strong
from interviewlab.resume.places import cities, is_place, split_place
from interviewlab.resume.schools import BOOTCAMP, DEGREE, GLUED, LEAVING, names_school
from interviewlab.resume.study_notes import COURSES, GPA, NOTE, plain_cell

ABBREVIATED = re.compile(r"\b((?:Bachelor|Master|Doctor|Associate)\b[^,–|·]*?) - [A-Z][\w.]{0,7}(?=,|$|\s·)")
TRACK = re.compile(r"(?:parcours|spécialité|option|mention|schwerpunkt|vertiefung|track|indirizzo)\s+\w", re.IGNORECASE)
IN_BRACKETS = re.compile(r"^([^()]+?)\s*\(([^()]+)\)$")
"""``MSc Statistics (LMU München)``."""
NO_NAME = re.compile(r"\([^()]*\)|\d+(?:[.,]\d+)?\s*%?")
"""Asides in brackets and marks."""
SENTENCE_END = re.compile(r"(?<=[a-zà-ÿ]{3})\.\s+")
TELLS = ("school", "degree", "date")
DATE_WITHIN = 3
"""Lines within which an entry tells its date."""
FROM_SCHOOL = re.compile(
    r"\s+(?:at|from|por|an der|an|am|à|de|presso|na|hos|vid)\s+(?:(?:la|el|the)\s+|l['’])?(?=[^\W\d_a-z])"
)
FACULTY = re.compile(r"(?:school|department|dept\.?|faculty|institute) of\b", re.IGNORECASE)
"""Where somebody studied within a school that is named too."""
TOPIC = re.compile(
    r"\b(?:development|developer|engineer|engineering|science|analytics|design|data|web|software|full[- ]?stack|coding|"
    r"programming|security|cyber\w*|cloud|devops|python|javascript|java)\b",
    re.IGNORECASE,
)
"""What a bootcamp teaches: a name with it is the course's and not the school's."""
SUBJECT = re.compile(r"ingenier[ií]a\s+(?:de|en)\s+\w", re.IGNORECASE)
"""Behind a degree what was studied, and no degree of its own."""
ACRONYM = re.compile(r"[A-ZÀ-Þ]{3,7}")
OF_SUBJECT = re.compile(r"(?:bachelor|master|doctor) of [\w ]+, [^,]+$", re.IGNORECASE)
"""``Bachelor of Economics, Statistics``."""
HONS = re.compile(r"\(?\bhons\b\.?\)?|\(?\bhonours\b\)?", re.IGNORECASE)
"""Says how good a degree is, not of what."""
MOST_WORDS = 3
"""Of a further subject behind a comma."""
FOCUS = re.compile(r"^(?:speciali[sz]ation|major|focus|field|subject)\s*:\s*", re.IGNORECASE)
STUDIED = re.compile(r"^(?:studied|read|studium der|studium)\s+(.+?)(?:\s+(?:at|an der|am)\s+(.+))?$", re.IGNORECASE)


def read_education(lines: Sequence[Line]) -> list[Fields]:
    """Schools and degrees."""
    if told := told_entries(lines, "education"):
        return [school for values, rest in told if (school := _told_school(values, rest))]
    lines = [without_labels(line) for line in without_columns(lines, "education")]
    if all(line.is_bullet for line in lines):
        lines = [replace(line, is_bullet=False, is_bold=True) for line in lines]
    lines = [
        replace(line, is_bullet=line.is_bullet or (number > 0 and (_is_note(line) or _is_aside(lines, number))))
        for number, line in enumerate(lines)
    ]
    entries = [entry for part in _parted(lines) for entry in group_entries(part)]
    return [school for entry in entries if (school := _entry_school(entry))]


def _is_note(line: Line) -> bool:
    return bool(NOTE.match(line.text)) and not line.sides and not line.is_bold


def _is_aside(lines: Sequence[Line], number: int) -> bool:
    """A plain line with a date of its own, neither school nor degree, below a dated head in bold."""
    line, above = lines[number], lines[number - 1]
    is_below_head = lines[0].is_bold and above.is_bold and take_span(above.whole)[0] is not None
    return is_below_head and not line.is_bold and not line.sides and _told_by(line) == {"date"}


def _parted(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines, cut where school, degree and date are told and the next degree or school with a date begins."""
    if len(dates := [number for number, line in enumerate(lines) if is_date(line.whole)]) > 1 and dates[0] == 0:
        yield from (lines[start:end] for start, end in itertools.pairwise([*dates, len(lines)]))
        return
    start, told = 0, set[str]()
    for number, line in enumerate(lines):
        here = set() if line.is_bullet else _told_by(line)
        if len(told) == len(TELLS) and here - {"date"} and _has_date_near(lines[number : number + DATE_WITHIN]):
            begin = number - 1 if number - 1 > start and _heads(lines[number - 1], lines[start]) else number
            yield lines[start:begin]
            start, told = begin, set()
        told |= here
        if {"degree", "date"} <= here & _next_told(lines[number + 1 :]):
            # Of two lines with degree and date the first tells the school too, whatever it calls it.
            told = set(TELLS)
    yield lines[start:]


def _next_told(lines: Sequence[Line]) -> set[str]:
    return next((_told_by(line) for line in lines if not line.is_bullet), set())


def _heads(line: Line, first: Line) -> bool:
    """Whether a line that tells nothing known is the name of a school above its degree."""
    is_alike = line.is_bold == first.is_bold and abs(line.size - first.size) < 0.6 and not line.is_bullet
    return is_alike and not _told_by(line) and (line.has_gap_before or line.is_bold)


def _told_by(line: Line) -> set[str]:
    """Which of ``TELLS`` a line has in it."""
    cells = [take_span(cell)[1] for cell in line.cells]
    pieces = [part for cell in cells for piece in split_strong(cell) for part in _from_school(piece)]
    words = [part for piece in pieces for part in split_commas(piece)]
    has = {"degree": any(DEGREE.search(word) for word in words), "date": take_span(line.whole)[0] is not None}
    has["school"] = any(names_school(word) and not DEGREE.match(word) for word in words)
    return {what for what in TELLS if has[what]}


def _has_date_near(lines: Sequence[Line]) -> bool:
    return any(take_span(line.whole)[0] for line in lines if not line.is_bullet)


def _told_school(values: Fields, rest: Sequence[Line]) -> Fields:
    written = re.sub(r"(?<=\S)\s*\(\s*\)", "", plain_cell(values.get("degree", "")))
    both = re.fullmatch(r"(.+?)\s*\(([^()]{4,})\)", written)
    degree, area = both.groups() if both else split_degree(written, "", "")
    institution, place = split_place(values.get("institution", ""))
    return filled(
        {
            "institution": institution,
            "area": values.get("area") or area,
            "studyType": degree,
            "location": values.get("place") or place,
            **(values["span"].fields(single_is_end=True) if values["span"] else {}),
            "score": values.get("score", ""),
            "highlights": [line.text for line in rest],
        }
    )


def _entry_school(entry: Entry) -> Fields:
    span, cells = entry.take_dates()
    notes = [line.text for line in (*entry.prose, *entry.bullets)]
    courses = next((match.group(1) for text in (*cells, *notes) if (match := COURSES.match(text))), "")
    gpa = next((match.group(1) for text in (*cells, *notes) if (match := GPA.search(text))), "")
    told = [cell for cell in cells if NOTE.match(cell)] if any(not NOTE.match(cell) for cell in cells) else []
    school = _school([plain for cell in cells if cell not in told and (plain := plain_cell(cell))])
    school |= span.fields(single_is_end=True) if span else {}
    school |= {"score": gpa, "courses": split_commas(courses.rstrip(".")), "highlights": [*told, *notes]}
    return filled(school)


def _school(cells: Sequence[str]) -> Fields:
    pieces = _pieces(cells)
    # MS is a degree before it is Mississippi.
    towns = [piece for piece in pieces if is_place(piece) and not DEGREE.fullmatch(piece) and len(pieces) > 1]
    place = next((piece for piece in towns if "," not in piece or not names_school(split_commas(piece)[0])), "")
    institution, degree, area, rest = "", "", "", list[str]()
    if not place:
        place, pieces = _take_town(pieces)
    parts = _school_parts([piece for piece in pieces if piece != place])
    faculties = _faculties(pieces) if sum(map(names_school, parts)) > 1 else []
    own = next((split_commas(piece) for piece in pieces if OF_SUBJECT.match(piece)), [])
    for part in parts:
        if (studied := STUDIED.match(part)) and not degree:
            degree, area, institution = "Studies", studied.group(1), studied.group(2) or institution
        elif TRACK.match(part) and area:
            area = f"{area}, {part}"
        elif _is_school(part, parts) and part not in faculties:
            whole = (
                [institution, part]
                if institution
                else [rest.pop(), part]
                if area and rest and rest[-1] not in own
                else [part]
            )
            institution = ", ".join(whole)
        elif degree and not area and SUBJECT.match(part):
            area = part
        elif DEGREE.search(part) or (BOOTCAMP.search(part) and len(parts) > 1):
            degree, area = (degree, area) if degree and area else split_degree(part, degree, area)
        else:
            rest.append(part)
    rest = [part for part in rest if len(part) > 1 and not NO_NAME.fullmatch(part)]
    rest = [part for part in rest if not (PLACE.fullmatch(part) and institution.endswith(f" {part}"))]
    if own and institution and degree and own[0] == f"{degree} of {area}" and rest[:1] == own[1:2]:
        degree, area, rest = own[0], rest[0], rest[1:]
    if degree and area and institution:
        # MSc in Robotics, Cognition, Intelligence
        own = next((split_commas(piece) for piece in pieces if DEGREE.search(piece) and institution not in piece), [])
        area = ", ".join([area, *(part for part in rest if part in own and len(part.split()) <= MOST_WORDS)])
        rest = [part for part in rest if part not in own]
    if not institution and rest:
        named = [number for number, part in enumerate(rest) if ACRONYM.fullmatch(part)]
        institution = rest.pop(
            named[0]
            if len(named) == 1
            else -1
            if degree and len(rest) > 1 and not area and DEGREE.match(pieces[0])
            else 0
        )
    if not area and rest and not LEAVING.search(degree):
        area = ", ".join(rest)
    elif rest and not _tells_area(pieces):
        institution = ", ".join([institution, *rest])
    institution, tail = split_place(institution) if not place and not _is_campus(institution) else (institution, "")
    return {
        "institution": institution.strip(" ,"),
        "area": FOCUS.sub("", area),
        "studyType": degree,
        "location": place or tail,
    }


def _pieces(cells: Sequence[str]) -> list[str]:
    """What dashes, bars and dots part; ``Technion – Israel Institute of Technology`` stays whole beside a degree."""
    pieces: list[str] = []
    for number, cell in enumerate(cells):
        others = (*cells[:number], *cells[number + 1 :])
        both = IN_BRACKETS.match(cell)
        if both and DEGREE.search(both.group(1)) and names_school(both.group(2)) and not names_school(both.group(1)):
            pieces.extend(part.strip(" ,") for part in both.groups())
            continue
        split = [part for half in _sentences(ABBREVIATED.sub(r"\1", cell)) for part in split_strong(half)]
        is_name = len(split) == 2 and "|" not in cell and not DEGREE.search(cell) and names_school(cell)
        if is_name and not any(map(is_place, split)) and any(DEGREE.search(other) for other in others):
            split = [cell]
        is_alone = not any(DEGREE.search(other) for other in others)
        pieces.extend(part for piece in split for part in (is_alone and _beside_school(piece)) or _from_school(piece))
    return [plain for piece in pieces if (plain := _without_town(piece))]


def _beside_school(piece: str) -> list[str]:
    """``B.Tech Indian Institute of Technology, Physics``, the degree in a narrow column, perhaps without a gap."""
    match = DEGREE.match(piece) or GLUED.match(piece)
    rest = piece[match.end() :].lstrip(" .") if match else ""
    is_school = rest[:1].isupper() and names_school(rest.split(",")[0]) and not DEGREE.match(rest)
    return [match.group(), rest] if match and is_school else []


def _sentences(cell: str) -> list[str]:
    """``Nazarbayev University, Astana. Master of Science``: school and degree with a full stop between them."""
    for match in SENTENCE_END.finditer(cell):
        if names_school(cell[: match.start()]) and DEGREE.match(cell, match.end()):
            return [cell[: match.start()], cell[match.end() :]]
    return [cell]


def _from_school(piece: str) -> list[str]:
    """``Licenciado en Física por la Universidad de Sevilla``: degree and school."""
    for match in FROM_SCHOOL.finditer(piece):
        degree, school = piece[: match.start()], piece[match.end() :]
        if DEGREE.search(degree) and not names_school(degree) and names_school(school.split(",")[0]):
            return [degree, school]
    return [piece]


def _without_town(piece: str) -> str:
    """``Universidad de los Andes (Bogotá, Colombia)`` without what only says where it is."""
    match = re.search(r"\s*\(([^()]+)\)", piece)
    return piece.replace(match.group(), "") if match and is_place(match.group(1)) else piece


def _faculties(pieces: Sequence[str]) -> list[str]:
    """``School of Computing`` behind a degree, where the school itself is named too."""
    return [part for piece in pieces if DEGREE.match(piece) for part in split_commas(piece) if FACULTY.match(part)]


def _is_school(part: str, parts: Sequence[str]) -> bool:
    others = [other for other in parts if other != part]
    if not names_school(part):
        return False
    if BOOTCAMP.search(part) and TOPIC.search(part) and any(not TOPIC.search(other) for other in others):
        return False
    if BOOTCAMP.search(part) and others and not any(DEGREE.search(other) for other in others):
        return not any(names_school(other) for other in others) and part == parts[-1]
    match = DEGREE.match(part)
    # M.S. Ramaiah Institute of Technology
    is_initial = match is not None and "." in match.group() and any(DEGREE.match(other) for other in others)
    return match is None or (is_initial and not re.search(r"\s(?:in|of)\s.*,|\sin\s", part))


def _is_campus(institution: str) -> bool:
    """``University of Nigeria, Nsukka``: behind the name of a region the town belongs to the school's name."""
    match = re.fullmatch(r"(?:the\s+)?(?:\w+\s+)?university of ([\w\s]+),\s+[\w\s]+", institution, re.IGNORECASE)
    return match is not None and match.group(1) not in cities()


def _take_town(pieces: list[str]) -> tuple[str, list[str]]:
    """``Diplôme, École Centrale, Nantes``: behind degree and school in one piece, a third name is the town."""
    for number, piece in enumerate(pieces):
        parts = split_commas(piece)
        if "," in split_place(piece)[1]:
            continue
        if len(parts) > 2 and names_school(parts[-2]) and PLACE.fullmatch(parts[-1]) and DEGREE.search(parts[0]):
            return parts[-1], [*pieces[:number], ", ".join(parts[:-1]), *pieces[number + 1 :]]
    return "", pieces


def _school_parts(pieces: Sequence[str]) -> list[str]:
    """Comma parts, but a place at the end of a piece stays with its school."""
    parts: list[str] = []
    has_area = _tells_area(pieces)
    for piece in pieces:
        rest, place = split_place(piece)
        found = split_commas(rest)
        if has_area and names_school(piece) and not DEGREE.search(piece):
            found = [rest]
        if place and found and names_school(found[-1]):
            found[-1] = f"{found[-1]}, {place}"
        parts.extend(found)
    return parts


def _tells_area(pieces: Sequence[str]) -> bool:
    """Whether a piece names a degree and what was studied: then no part of the school's name is the subject."""
    return any(
        DEGREE.search(piece)
        and (
            re.search(r",\s|\s(?:in|en|em)\s", piece)
            or (not names_school(piece) and re.search(r"[^\W\d_]{4}", HONS.sub("", DEGREE.sub("", piece))))
        )
        for piece in pieces
    )
