"""A section's lines grouped into entries: a head of one to three lines, then bullets and prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from interviewlab.resume.dates import (
    OPEN,
    RANGE,
    WORD_RANGE,
    Span,
    has_span,
    is_date,
    is_duration,
    take_span,
    without_length,
)
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import TITLE, split_commas
from interviewlab.resume.schools import DEGREE

MAX_HEAD_LINES = 4
MOST_POST_WORDS = 14
FEWEST_TOLD = 5
"""Words of a line that tells what was done; fewer may still be the place or the team."""
_WORKED = r"(?:I (?:am|was) )?(?:currently |presently |previously )?(?:working|worked|employed|serving|served|interned)"
POSTS = (
    re.compile(rf"{_WORKED} as (?:an? )?(?P<post>[^.;]{{3,60}}?) (?:in|at|with|for) (?P<house>[^;]{{2,80}})", re.I),
    re.compile(rf"{_WORKED} (?:in|at|with|for) (?P<house>[^;]{{2,80}}?) as (?:an? )?(?P<post>[^.;]{{3,60}})", re.I),
)
"""A post told in a sentence."""
UNTIL_DATES = re.compile(r"[\s,(]*\b(?:from|since|during)?\s*$", re.IGNORECASE)
LINKED = re.compile(r"[a-z]\s(?:for|of|and|with|in|on|für|und|de|pour|para|di)\s")
INDENT = 6.0
"""Points from the left edge of its section at which a line below the dates of an entry is one of its points."""
LONGEST_CUT = 120
"""Characters of a head that stands in one paragraph with what was done."""
SENTENCE_END = re.compile(r"[a-zà-ÿ)]{2}\.\s+[^\W\d_a-z]")
LABELLED = re.compile(
    r"^(?:projects?|technolog(?:y|ies)|tech(?: stack)?|tools|stack|environment|description|tasks|responsibilities|"
    r"technik|(?:eingesetzte )?technologien|umgebung|werkzeuge|aufgaben?|tätigkeiten|projekte?|inhalt|thema|branche|"
    r"environnement(?: technique)?|outils|"
    r"missions?|"
    r"tecnologías|tecnologias|tecnologie|entorno|tareas|funciones|tools used|duties|achievements|achieved|"
    r"thesis|advisor|supervisor|grade|specialisation|minor|coursework)\s*:\s",
    re.IGNORECASE,
)
"""Lines that say themselves that they are no head."""


@dataclass(slots=True)
class Entry:
    """One job, school or project: its head lines, its prose and its bullets, side cells kept apart."""

    head: list[Line] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    bullets: list[Line] = field(default_factory=list)
    beside_date: str = ""
    """What stood behind the date in its cell; mostly the place. Known once the dates were taken."""
    is_further_post: bool = False
    """Whether it tells of another position with the employer of the entry before."""

    @property
    def has_body(self) -> bool:
        """Whether prose or bullets have begun."""
        return bool(self.prose or self.bullets)

    @property
    def has_date(self) -> bool:
        """Whether a cell of the head carries a date."""
        return any(has_span(cell) or take_span(cell)[0] for line in self.head for cell in line.cells)

    def highlights(self) -> list[str]:
        """The bullets' words."""
        return [line.text for line in self.bullets]

    def urls(self) -> tuple[str, ...]:
        """Links of the head."""
        return tuple(url for line in self.head for url in line.urls)

    def _dates_of_post(self, first: str) -> str:
        """The dates beside a title, where those of the employer stand above them; nothing else."""
        house, *others = self.head or [Line(("",))]
        if first not in house.sides or not is_date(first) or TITLE.search(house.text):
            return ""
        posts = [line for line in others if TITLE.search(line.text) and any(map(has_span, line.sides))]
        return next((side for line in posts[:1] for side in line.sides if has_span(side) and is_date(side)), "")

    def take_dates(self) -> tuple[Span | None, list[str]]:
        """The entry's span, and the head's and side cells without it and without lengths of time."""
        cells = [without_length(cell) for line in self.head for cell in line.cells]
        cells += [side for line in (*self.prose, *self.bullets) for side in line.sides]
        chosen = next(
            (c for tells in (has_span, is_date, lambda cell: take_span(cell)[0]) for c in cells if tells(c)), ""
        )
        if not chosen:
            return None, [cell for cell in cells if cell and not is_duration(cell)]
        if post := self._dates_of_post(chosen):
            cells = [cell for cell in cells if cell == post or not is_date(without_length(cell))]
            chosen = post
        span, rest = take_span(chosen)
        index = cells.index(chosen)
        is_behind = rest and chosen.endswith(rest) and not TITLE.search(rest) and len(rest.split()) <= 4
        self.beside_date = rest if is_behind else ""
        left = [*cells[:index], rest, *cells[index + 1 :]]
        return span, [cell for cell in left if cell and not is_duration(cell)]


def heads_apart(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs that begin with employer, position and dates, cut behind the dates."""
    return [part for line in lines for part in _cut(line)]


def told_posts(lines: Sequence[Line]) -> list[Line]:
    """``Working as Developer in Acme, Pune from May 2019 to till date.`` as the head of an entry."""
    return [_told_post(line) for line in lines]


def _told_post(line: Line) -> Line:
    dated = next((found for pattern in (RANGE, WORD_RANGE) if (found := pattern.search(line.text))), None)
    head = UNTIL_DATES.sub("", line.text[: dated.start()]) if dated else ""
    told = next((found for pattern in POSTS if (found := pattern.fullmatch(head))), None)
    if dated is None or told is None or not TITLE.search(told.group("post")):
        return line
    cells = (told.group("post"), told.group("house"), dated.group())
    return replace(line, cells=cells, is_bullet=False, is_bold=True, lead="")


def heads_without_bullets(lines: Sequence[Line]) -> list[Line]:
    """Lists with one post a bullet, ``• Baker, Woolworths – 2015–2018``: those bullets are heads."""
    if (
        not lines
        or not _is_post_in_bullet(lines[0])
        or any(has_span(line.whole) for line in lines if not line.is_bullet)
    ):
        return list(lines)
    return [replace(line, is_bullet=False, lead="") if _is_post_in_bullet(line) else line for line in lines]


def _is_post_in_bullet(line: Line) -> bool:
    dated = next((found for pattern in (RANGE, WORD_RANGE, OPEN) if (found := pattern.search(line.text))), None)
    if not line.is_bullet or dated is None or dated.end() > LONGEST_CUT:
        return False
    head = line.text[: dated.end()] if dated.start() > 1 else line.text[:LONGEST_CUT]
    return bool(TITLE.search(head)) and not SENTENCE_END.search(head)


def _cut_beside_date(line: Line) -> list[Line]:
    """``Acme, Web Engineer. I lead the shop.`` beside its dates: what was done stands below the head."""
    end = SENTENCE_END.search(line.text)
    head = line.text[: end.end()].rpartition(".")[0] if end else ""
    is_head = bool(TITLE.search(head)) and len(split_commas(head)) > 1 and len(head) <= LONGEST_CUT
    if not end or not is_head or line.is_bullet or len(line.sides) != 1 or not is_date(line.sides[0]):
        return []
    told = line.text[len(head) + 1 :].strip()
    return [
        replace(line, cells=(head, *line.sides), lead=""),
        replace(line, cells=(told,), is_bullet=True, is_bold=False, lead="", has_gap_before=False),
    ]


def _cut(line: Line) -> list[Line]:
    if apart := _cut_beside_date(line):
        return apart
    if has_span(line.lead) and TITLE.search(line.lead) and line.text.startswith(line.lead) and not line.sides:
        return [
            replace(line, cells=(line.lead,), lead=""),
            replace(line, cells=(line.text[len(line.lead) :].strip(" .:–—-"),), is_bullet=True, has_gap_before=False),
        ]
    dated = next((found for pattern in (RANGE, WORD_RANGE, OPEN) if (found := pattern.search(line.text))), None)
    end = dated.end() if dated else 0
    told = re.match(r"\)?[.:;]\s+(?=\S)", line.text[end:])
    head = line.text[:end]
    is_phrase = ": " not in head and not SENTENCE_END.search(head)
    is_head = end <= LONGEST_CUT and is_phrase and head.count("(") == head.count(")") and TITLE.search(head)
    if not told or line.sides or line.is_bullet or not is_head:
        return [line]
    return [
        replace(line, cells=(head,), lead=""),
        replace(line, cells=(line.text[end + told.end() :],), is_bullet=True, has_gap_before=False),
    ]


def group_entries(lines: Sequence[Line]) -> list[Entry]:
    """Entries in order; bullets before any head make an entry without one."""
    entries: list[Entry] = []
    edge = min((line.x0 for line in lines), default=0.0)
    heads_bold = bool(lines) and lines[0].is_bold and any(not line.is_bold and not line.is_bullet for line in lines)
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if entries and entries[-1].has_date and _is_indented(line, edge):
            line = replace(line, is_bullet=True)
        opens = not entries or _opens_entry(entries[-1], line, lines[0], heads_bold)
        if opens or _is_next_post(entries[-1], line, following):
            entries.append(Entry())
        elif _is_post_beside_date(entries[-1], line, lines[0]):
            entries.append(Entry(is_further_post=True))
        _add(entries[-1], line)
    return entries


def _is_indented(line: Line, edge: float) -> bool:
    """A point whose bullet is drawn and not written."""
    is_plain = not line.is_bold and not line.sides and not line.is_bullet
    return is_plain and line.page > 0 and line.x0 > edge + INDENT and not has_span(line.text)


def _opens_entry(entry: Entry, line: Line, first: Line, heads_bold: bool) -> bool:
    if line.is_bullet or _is_prose(line):
        return False
    is_larger = bool(entry.head) and (not line.sides or entry.has_date) and line.size > entry.head[-1].size + 0.6
    if is_larger and abs(line.size - first.size) < 0.6:
        return True
    looks_like_first = line.is_bold == first.is_bold and abs(line.size - first.size) < 0.6
    if heads_bold or first.is_bold:
        return looks_like_first and (entry.has_body or entry.has_date or line.has_gap_before)
    if entry.has_body:
        return looks_like_first or (line.is_bold and _is_date_cell_in(line))
    is_whole = entry.has_date and len(entry.head) > 0
    return is_whole and (line.has_gap_before or has_span(line.whole) or _is_date_cell_in(line))


def _is_date_cell_in(line: Line) -> bool:
    return any(map(is_date, line.sides)) or (bool(line.sides) and is_date(line.text))


def _is_next_post(entry: Entry, line: Line, following: Line | None) -> bool:
    """A further position with the same employer: a title alone, its dates on the line below."""
    if not entry.has_body or following is None or line.is_bullet or line.sides:
        return False
    is_title = bool(TITLE.search(line.text)) and len(line.text.split()) <= 8 and not line.text.endswith(".")
    return is_title and not following.is_bullet and RANGE.match(following.text) is not None


def _is_post_beside_date(entry: Entry, line: Line, first: Line) -> bool:
    """A further position with the employer in bold above, its dates in the same line."""
    if not entry.has_body or line.is_bullet or line.is_bold or not first.is_bold or len(line.sides) > 1:
        return False
    return bool(TITLE.search(line.text)) and has_span(line.whole) and len(line.whole.split()) <= MOST_POST_WORDS


def _add(entry: Entry, line: Line) -> None:
    if not line.is_bullet and not line.sides and is_duration(line.text):
        return
    if line.is_bullet:
        entry.bullets.append(line)
    elif (
        entry.has_body
        or len(entry.head) >= MAX_HEAD_LINES
        or (entry.head and (_is_prose(line) or _is_told(entry, line)))
    ):
        entry.prose.append(line)
    else:
        entry.head.append(line)


def _is_told(entry: Entry, line: Line) -> bool:
    """What was done, below a dated line that names position and employer: ``Architect, Acme, Berlin``."""
    first = entry.head[0]
    parts = [part for cell in first.cells for part in split_commas(take_span(cell)[1])]
    names_both = len(parts) > 1 and entry.has_date and bool(TITLE.search(parts[0])) and not TITLE.search(parts[-1])
    return (
        names_both
        and not line.sides
        and not line.is_bold
        and len(line.text.split()) >= FEWEST_TOLD - bool(LINKED.search(line.text))
        and not has_span(line.text)
        and not DEGREE.search(line.text)
    )


def _is_prose(line: Line) -> bool:
    """A sentence or a paragraph rather than a head."""
    text = line.text
    if line.is_bold:
        return False
    if LABELLED.match(f"{text.rstrip(': ')}: {line.sides[0]}" if len(line.sides) == 1 else text):
        return True
    words = text.split()
    is_sentence = text.endswith(".") and (
        len(words) > 4 or (len(words) > 1 and words[-1][0].islower()) or (len(words) in (3, 4) and len(words[-1]) > 4)
    )
    return is_sentence or (len(text) > 110 and not line.sides)
