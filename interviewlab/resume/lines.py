"""The shape every format is brought into before it is understood: lines in reading order, and their look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interviewlab.resume.places import is_place
from interviewlab.resume.schools import DEGREE, names_school

BULLETS = "•◦▪▫‣⁃∙●○■□►▶➢➤✓✔·◆◇♦❖⬥⁍\uf0b7\uf0a7\uf0d8"
BULLET = re.compile(
    rf"^(?:(?:[{BULLETS}]|\(cid:(?!(?:2[1278]|29|3[01]|1[1-5])\))\d+\))\s*|[-*–—+]\s+|\(?\d{{1,2}}[.)]\s+)"
)
CELL_BREAK = re.compile(r"(?<!\s)\s*\t+\s*| {3,}")
LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00a0": " ",
        "\u00ad": "",
        "\u200b": "",
    }
)
UNMAPPED = re.compile(r"\(cid:(\d+)\)")
"""How the PDF reader writes a character whose font does not say which letter it is."""
TEX_CODES = {11: "ff", 12: "fi", 13: "fl", 14: "ffi", 15: "ffl", 21: "–", 22: "—", 27: "ff", 28: "fi", 29: "fl"}
TEX_CODES |= {30: "ffi", 31: "ffl"}
TEX_CODES |= {code: chr(code) for code in range(0xC0, 0x100)} | {0xD7: "Œ", 0xDF: "SS", 0xF7: "œ", 0xFF: "ß"}
"""What TeX's bitmap fonts have at these places (OT1 and T1 encodings)."""
MISTAKEN = str.maketrans("ªŁØŒºæıłøœß", "ãèéêëñõøùúû")
"""Letters with accents of such fonts, as they come out where a reader takes them for Adobe's standard encoding."""
ICON = re.compile(r"[\ue000-\uf8ff]")
_PREFIXES = "co cross end full high large long low multi non off on open part real self short small state two well"
DATED = re.compile(r"\b(?:(?:19|20)\d\d|present|now|today)\)?$", re.IGNORECASE)
NAMED = re.compile(r"\S{2,30}(?:\s\S{2,20})?\s+[—–]\s")
"""``ledger — an append-only log`` begins something new."""
DATED_NAME = re.compile(
    r"[\w.-]+(?:\s[\w.-]+){0,3}\s[(\[](?:(?:since|seit|depuis|desde)\s)?(?:19|20)\d\d\s?(?:[–—-]\s?(?:(?:19|20)\d\d|present|now)?)?[)\]]"
)
CLOSED = re.compile(r"(?:[.!?)]|\bhttps?://\S+)$")
"""``fada (2016–2017)`` does so below a line that is complete."""
ANNOUNCED = re.compile(r"[^\W\d_a-z][\w/&'’-]*(?:\s[\w/&'’-]+){0,3}\s?:\s")
"""``Nice to have: Rust`` does too."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST_PARAGRAPH = 4000
"""Characters after which a line is no longer joined: what is looked for in it costs more than its length."""
YEAR_FIRST = re.compile(r"(?:(?:since|seit|depuis|desde)\s)?(?:19|20)\d\d\b", re.IGNORECASE)
LINKING = re.compile(r"(?:and|of|for|in|the|et|de|des|du|und|für|y|e|i|a)\s", re.IGNORECASE)
"""A second line of a heading, not a new one."""
BROKEN_OFF = re.compile(r"^[^@/]{24,}[a-zà-ÿ,]$")
GOES_ON = re.compile(r"[a-zà-ÿ]+[,;]?(?:\s|$)")
HYPHENATED = re.compile(r"[^\W\d_]{2}-$")
OPEN_END = re.compile(r"(?:[,&/-]|\b(?:and|of|for|in|the|with|et|de|und|y))$")
AWAITING = re.compile(
    r"(?:[,&/–-]|\b(?:an?|and|at|of|for|from|in|the|with|to|by|et|de|la|à|und|an|der|die|am|bei|y|e|di|do|da))$"
)
"""How a line ends that needs the next one."""
LINKED_END = re.compile(r"^.{40,}\s(?:and|of|for|the|et|des?|und|für|y|para)$")
"""The same of a long line, wherever the margin is."""
HEAD_DATES = re.compile(r"\b(?:19|20)\d\d\s?(?:[–—-]|to)\s?(?:(?:19|20)\d\d|present|now|today)\)?$", re.IGNORECASE)
LONGEST_HEAD = 90
LONGEST_DEGREE = 110
KEEPS_HYPHEN = frozenset(_PREFIXES.split())
BODY_SIZE = 10.0
NEAR = 7
"""Lines before and after one that show how wide its column is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``cells`` are its parts left to right: the first is the text, the others stand apart at its right.

    ``x0`` and ``x1`` bound the first cell in points, or in characters where the source is text; ``size`` is the
    font's in points; ``urls`` are the links the line carries; ``page`` counts from 1, 0 where there are no pages;
    ``lead`` are the words set in bold, or linked, with which a line begins that goes on in plain type.
    """

    cells: tuple[str, ...]
    x0: float = 0.0
    x1: float = 0.0
    size: float = BODY_SIZE
    is_bold: bool = False
    is_bullet: bool = False
    has_gap_before: bool = False
    starts_column: bool = False
    urls: tuple[str, ...] = ()
    page: int = 0
    lead: str = ""

    @property
    def text(self) -> str:
        """The first cell."""
        return self.cells[0]

    @property
    def sides(self) -> tuple[str, ...]:
        """The cells at the right of the text."""
        return self.cells[1:]

    @property
    def whole(self) -> str:
        """All cells as one string."""
        return "  ".join(cell for cell in self.cells if cell)


def clean(text: str) -> str:
    """Text without ligatures, icons and repeated blanks; an icon between words becomes a bar."""
    text = ICON.sub("\u241f", map_codes(text).translate(LIGATURES)).strip("\u241f ")
    return re.sub(r" ?\u241f[ \u241f]*", " | ", re.sub(r"\s+", " ", text)).strip()


def map_codes(text: str) -> str:
    """Ligatures and dashes for codes that a bitmap font left unnamed; other unnamed characters go."""
    return UNMAPPED.sub(lambda match: TEX_CODES.get(int(match.group(1)), ""), text)


def strip_bullet(text: str) -> tuple[str, bool]:
    """Text without a leading bullet or list number, and whether there was one."""
    match = BULLET.match(text)
    return (text[match.end() :], True) if match else (text, False)


def text_from_lines(lines: Iterable[Line]) -> str:
    """Plain text in reading order, one line each, bullets as ``- ``."""
    parts: list[str] = []
    for line in lines:
        gap = "\n" if line.has_gap_before and parts else ""
        parts.append(f"{gap}{'- ' if line.is_bullet else ''}{line.whole}")
    return "\n".join(parts)


def body_size(lines: Sequence[Line]) -> float:
    """The font size most of the text is set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else BODY_SIZE


def join_words(first: str, second: str) -> str:
    """Two pieces of one sentence; a word hyphenated at the line's end is made whole again."""
    if first.endswith(("http:", "https:")):
        return first + second
    match = re.search(r"(\w+)-$", first)
    if not match or not second:
        return f"{first} {second}".strip()
    is_hyphenation = second[0].islower() and match.group(1).lower() not in KEEPS_HYPHEN
    return (first[:-1] if is_hyphenation else first) + second


def join_wrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Logical lines: what was broken at the margin is joined again, lone right-hand cells join the row above."""
    right_edge = max((line.x1 for line in lines if not line.sides), default=0.0)
    joined: list[Line] = []
    previous: Line | None = None
    for number, line in enumerate(lines):
        near = lines[max(0, number - NEAR) : number + NEAR]
        here = max((one.x1 for one in near if not one.sides), default=right_edge)
        if joined and previous and _continues(joined[-1], previous, line, right_edge, here):
            joined[-1] = _merge(joined[-1], line)
        else:
            joined.append(line)
        previous = line
    return tuple(line for line in joined if line.whole)


def _continues(entry: Line, previous: Line, line: Line, right_edge: float, near_edge: float) -> bool:
    """Whether a line goes on the entry; ``near_edge`` is how far to the right the lines around it reach."""
    if line.starts_column or len(entry.text) > LONGEST_PARAGRAPH:
        return False
    if _is_open(entry.text) and ")" in line.text[:40] and not line.has_gap_before:
        return True
    if line.is_bullet or (previous.text.endswith(".") and _is_dated_head(line)):
        return False
    if previous.text.endswith(("http:", "https:")):
        return True
    if not line.text:
        return True
    if (
        _are_barred(previous, line)
        or DATED.search(previous.text)
        or NAMED.match(line.text)
        or (DATED_NAME.match(line.text) and (CLOSED.search(previous.text) or DATED_NAME.match(entry.text)))
        or ANNOUNCED.match(line.text)
    ):
        return False
    if LINKING.match(line.text) and line.is_bold and entry.is_bold and line.size == previous.size and not line.sides:
        return True
    if (
        DEGREE.match(line.text)
        and ":" not in line.text
        and YEAR.search(line.text)
        and not AWAITING.search(previous.text)
    ):
        return False
    if _is_school_below(entry, previous, line) or _are_years(entry, previous, line):
        return False
    if _is_plain_rest(entry, previous, line, right_edge) or _is_country_below(previous, line):
        return True
    if line.has_gap_before or line.is_bold != entry.is_bold or abs(line.size - entry.size) > 0.6:
        return False
    if LINKED_END.search(previous.text) and abs(line.x0 - previous.x0) <= 2 and line.page and not line.is_bullet:
        return True
    if HYPHENATED.search(previous.text) and GOES_ON.match(line.text) and abs(line.x0 - entry.x0) <= 2:
        return True
    if entry.is_bullet:
        return line.x0 > entry.x0 + 1.5
    if line.sides or abs(line.x0 - entry.x0) > 2 or (not line.page and line.x0 < entry.x0):
        return False
    if not line.is_bold and GOES_ON.match(line.text) and BROKEN_OFF.search(previous.text) and not previous.sides:
        return True
    if len(previous.text) <= 40:
        return _was_full(previous, line, near_edge)
    share = 0.7 if entry.is_bold else 0.85
    is_sentence = line.text[0].islower() or not entry.is_bold or bool(entry.sides)
    return is_sentence and previous.x1 >= share * right_edge


def _is_plain_rest(entry: Line, previous: Line, line: Line, right_edge: float) -> bool:
    """A full line that began in bold and went on in plain type goes on so below: ``Acme – Bath,`` and ``UK``."""
    is_open = bool(entry.lead) and entry.is_bold and not line.is_bold and AWAITING.search(previous.text) is not None
    is_below = abs(line.x0 - previous.x0) <= 2 and abs(line.size - entry.size) < 0.6 and not line.has_gap_before
    return is_open and is_below and previous.x1 >= 0.85 * right_edge


def _is_country_below(previous: Line, line: Line) -> bool:
    """``Universidad Nacional, Bogotá,`` and ``Colombia``."""
    town = previous.text.rstrip(",").rsplit(",", 1)[-1].strip()
    is_below = abs(line.x0 - previous.x0) <= 2 and not line.has_gap_before and not line.sides
    return is_below and previous.text.endswith(",") and is_place(town) and is_place(f"{town}, {line.text}")


def _is_dated_head(line: Line) -> bool:
    """``Blip.pt, Frontend Developer (Porto, 2017-2021)``: no rest of a sentence."""
    is_short = len(line.text) <= LONGEST_HEAD and line.text[:1].isupper() and not line.text.endswith(".")
    return is_short and HEAD_DATES.search(line.text) is not None


def _are_years(entry: Line, previous: Line, line: Line) -> bool:
    """``2015 BEng, Salford`` above ``2011 A-levels, Loreto College`` are two entries of a list of years."""
    both = YEAR_FIRST.match(entry.text) and YEAR_FIRST.match(line.text)
    return bool(both) and not AWAITING.search(previous.text)


def _are_barred(previous: Line, line: Line) -> bool:
    """Two lines with bars and years, as in ``BSc | Leeds | 2014``, are two entries."""
    return all("|" in one.text and YEAR.search(one.text) for one in (previous, line))


def _is_school_below(entry: Line, previous: Line, line: Line) -> bool:
    """A school in the line below its degree, or the other way round, is no broken line."""
    if (
        len(entry.text) > LONGEST_DEGREE
        or entry.is_bullet
        or AWAITING.search(previous.text)
        or not line.text[:1].isupper()
    ):
        return False
    is_school = names_school(line.text.split(",")[0]) and DEGREE.search(entry.text) is not None
    return is_school or (DEGREE.match(line.text) is not None and names_school(entry.text))


def _was_full(previous: Line, line: Line, right_edge: float) -> bool:
    """Whether a short line of a narrow column broke off in a phrase: there was no room for the next word."""
    if previous.sides or not previous.text or not line.page:
        return False
    first = line.text.split(maxsplit=1)[0]
    room = (previous.x1 - previous.x0) / len(previous.text) * (len(first) + 1)
    is_last_word = " " not in line.text and len(previous.text.split()) > 3
    is_broken = OPEN_END.search(previous.text) or first[:1].islower() or is_last_word
    return bool(is_broken) and " " in previous.text and previous.x1 + room > right_edge


def _is_open(text: str) -> bool:
    """Whether a parenthesis is still open, as in ``(2018`` where a dash and a year follow on the next line."""
    return text.count("(") > text.count(")")


def _merge(entry: Line, line: Line) -> Line:
    text = join_words(entry.text, f"- {line.text}" if line.is_bullet else line.text)
    return replace(entry, cells=(text, *entry.sides, *line.sides), urls=(*entry.urls, *line.urls))
