"""Entries written as a form, ``Company: Acme`` above ``Designation: Engineer``, or as a table with named columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.dates import is_date, take_span
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import TITLE

_WORDS = {
    "organisation": "company|company name|employer|employer name|name of employer|organisation|organization|"
    "organisation name|organization name|client|client name|customer|firm|entreprise|employeur|empresa|unternehmen|"
    "arbeitgeber|firma|kunde|auftraggeber|mandant|cliente|entreprise cliente|opdrachtgever|azienda|"
    "company organisation|company organization",
    "position": "designation|position|role|job title|title|post|job role|post held|position held|poste|puesto|cargo|"
    "stelle|rolle|funktion|tätigkeit|function|fonction|rôle|rol|función|função|ruolo|functie|occupation|"
    "occupation or position held|job position|your role",
    "institution": "institution|institute|university|school|college|school college|college university|board university|"
    "institute university|university board|name of institution|name of institute|university institute|"
    "university college|institution university|board|établissement|institución|hochschule",
    "degree": "degree|qualification|course|examination|exam|diploma|degree course|course degree|programme|program|"
    "education|class|standard|award|award obtained|qualification obtained|certificate|examination passed|"
    "degree diploma|diplôme|título|abschluss",
    "area": "major|field|field of study|subject|specialization|specialisation|branch|stream|discipline",
    "dates": "duration|period|dates|date|years|year|from to|tenure|time|timeline|year of passing|passing year|"
    "year of completion|graduation|graduation year|completed|year of graduation|month and year|when|période|"
    "zeitraum|dauer|laufzeit|von bis|durée|dates et durée|periodo|período|periode|fechas|año|jahr|tenure period|"
    "time period|project duration",
    "start": "from|start|start date|begin|beginning|von|ab|du|début|desde|inicio|da|inizio|van|od",
    "end": "to|until|till|end|end date|bis|au|fin|hasta|até|fine|tot|do",
    "project": "project|project name|project title|name of project|title of the project|name|projet|proyecto",
    "place": "location|place|city|country|town|address|ort|lieu|lugar",
    "score": "percentage|cgpa|gpa|percentage cgpa|cgpa percentage|grade|score|marks|marks obtained|aggregate|"
    "class grade|"
    "percentage of marks|result|division",
}
LABELS = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
LABELLED = re.compile(r"^([^\W\d][^:]{1,30}?)\s*:\s*(\S.*)$")
HEAD = {"work": "organisation position dates start end place"}
HEAD |= {"education": "institution degree area dates start end place", "projects": "project dates start end place"}
FEWEST_COLUMNS = 3
LONGEST_POST = 60
"""Characters of a title that stands without a label."""
DATES = frozenset({"dates", "start", "end"})


def kind_of_label(text: str, section: str) -> str | None:
    """What a label or a column's name announces in a section, or None."""
    words = re.sub(r"[^\w\s]", " ", text).casefold().split()
    kind = LABELS.get(" ".join(words)) or LABELS.get(" ".join(words[: words.index("and")]) if "and" in words else "")
    if not kind and "/" in text:
        kind = next((one for part in text.split("/") if (one := LABELS.get(part.strip(" :").casefold()))), None)
    if section == "projects" and kind in {"position", "organisation"}:
        return "project" if " ".join(words) == "title" else None
    if section != "projects" and kind == "project":
        return None
    return kind


def parts_dates(cells: Sequence[str]) -> bool:
    """Whether a row names columns among which beginning and end are two."""
    kinds = [kind_of_label(cell, "work") for cell in cells]
    return len(cells) >= FEWEST_COLUMNS and "start" in kinds and "end" in kinds


def is_form(lines: Sequence[Line], section: str) -> bool:
    """Whether the section's entries begin with labelled lines."""
    kinds = [kind for line in lines if not _is_bare(line) and (kind := _kind(line, section)) in HEAD[section].split()]
    are_dated = section == "work" and kinds.count("organisation") > 1 and sum(map(_is_bare, lines)) > 1
    is_told = len(set(kinds)) > 1 or are_dated or (section == "projects" and kinds.count("project") > 1)
    return len(kinds) > 1 and is_told and _kind(lines[0], section) in HEAD[section].split()


def _kind(line: Line, section: str) -> str | None:
    if line.is_bullet:
        return None
    if match := LABELLED.match(line.text):
        return kind_of_label(match.group(1), section)
    if _is_bare(line):
        return "dates"
    is_pair = (len(line.sides) == 1 and line.sides[0]) or _has_dates_behind(line)
    return kind_of_label(line.text.rstrip(": "), section) if is_pair else None


def _has_dates_behind(line: Line) -> bool:
    """``Employer | Acme | 2019 – 2021``: dates that stood beside the whole form."""
    return len(line.sides) == 2 and is_date(line.sides[1])


def _is_bare(line: Line) -> bool:
    """A date and nothing else, above what labels tell."""
    return not line.sides and not line.is_bullet and is_date(line.text)


def form_entries(lines: Sequence[Line], section: str) -> list[tuple[dict[str, str], list[Line]]]:
    """For each entry what its labels tell, by kind, and its other lines; a label that comes again begins the next."""
    entries: list[tuple[dict[str, str], list[Line]]] = []
    for number, line in enumerate(lines):
        kind = _kind(line, section)
        if kind is None:
            if section == "work" and entries and _is_post_below(lines[number - 1], line):
                entries[-1][0].setdefault("position", line.text)
            elif entries:
                entries[-1][1].append(line)
            continue
        if not entries or kind in entries[-1][0]:
            entries.append(({}, []))
        if _has_dates_behind(line):
            entries[-1][0].setdefault("dates", line.sides[1])
            line = replace(line, cells=line.cells[:2])
        entries[-1][0][kind] = _value(line)
    return entries


def _is_post_below(above: Line, line: Line) -> bool:
    """A title alone below the dates of a form."""
    is_alone = not line.sides and not line.is_bullet and len(line.text) <= LONGEST_POST
    return _is_bare(above) and is_alone and TITLE.search(line.text) is not None


def _value(line: Line) -> str:
    match = LABELLED.match(line.text)
    if _is_bare(line):
        return line.text
    return ", ".join([match.group(2), *line.sides]) if match else ", ".join(line.sides)


def table_entries(lines: Sequence[Line], section: str) -> list[tuple[dict[str, str], list[Line]]]:
    """The same of a table whose first row names its columns; empty where there is none."""
    for number, line in enumerate(lines):
        kinds = [kind_of_label(cell, section) for cell in line.cells]
        if len(line.cells) >= FEWEST_COLUMNS and sum(kind is not None for kind in kinds) >= len(kinds) - 1:
            rows = [_in_order(row, kinds) for row in lines[number + 1 :] if len(row.cells) == len(kinds)]
            return [(dict(_cells(kinds, row)), []) for row in rows]
    return []


def _in_order(row: Line, kinds: Sequence[str | None]) -> Line:
    """Dates that stood first were put last, where most entries have them."""
    own = kinds[-1] in DATES
    count = 0 if own or kinds[0] not in DATES or not is_date(row.cells[-1]) else 1
    count += bool(count and kinds[1] in DATES and is_date(row.cells[-2]))
    return replace(row, cells=(*row.cells[-count:], *row.cells[:-count])) if count else row


def _cells(kinds: Sequence[str | None], row: Line) -> Iterator[tuple[str, str]]:
    yield from ((kind, cell) for kind, cell in zip(kinds, row.cells, strict=True) if kind and cell.strip())


def told_entries(lines: Sequence[Line], section: str) -> list[tuple[dict[str, Any], list[Line]]]:
    """What labels or the names of columns tell of each entry, its ``span`` too; empty where there are neither."""
    if not lines:
        return []
    found = form_entries(lines, section) if is_form(lines, section) else table_entries(lines, section)
    return [({**values, "span": take_span(_dates(values))[0]}, rest) for values, rest in found]


def _dates(values: dict[str, str]) -> str:
    """The dates in a cell, or the beginning and the end in two."""
    both = [values[kind] for kind in ("start", "end") if values.get(kind)]
    return values.get("dates") or " – ".join(both)


def without_columns(lines: Sequence[Line], section: str) -> list[Line]:
    """The lines without the row that names the columns of a table."""
    return [line for line in lines if not line.sides or not all(kind_of_label(cell, section) for cell in line.cells)]


def without_labels(line: Line) -> Line:
    """``Role: Engineer`` and ``City: Paris | Country: France`` without the words that only announce."""
    if len(line.cells) == 2 and kind_of_label(line.text.rstrip(": "), "work") in {"organisation", "position"}:
        return replace(line, cells=line.sides)
    pieces = [
        re.sub(r"^(?:city|town|country|location|place)\s*:\s*", "", one, flags=re.I) for one in line.text.split(" | ")
    ]
    is_place = pieces != line.text.split(" | ")
    text = ", ".join(pieces) if is_place else line.text
    match = LABELLED.match(text)
    kind = kind_of_label(match.group(1), "work") if match else None
    return replace(
        line, cells=(match.group(2) if match and kind in {"organisation", "position"} else text, *line.sides)
    )
