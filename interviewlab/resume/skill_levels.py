"""How well somebody says they know a skill: words, stars or shares behind it, before it, beside it, above its list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from interviewlab.resume.lines import Line
from interviewlab.resume.lists import LABEL
from interviewlab.resume.skills import canonical_skill, find_skills

_NONE = (
    r"no hands|none|(?:never(?: used)?|not yet)(?! (?:used )?in )|not (?:at all|my)|no (?:knowledge|experience)|"
    r"keine (?:kenntnisse|erfahrung)"
)
_LITTLE = (
    r"rusty|basics?|beginner|novice|elementary|familiar(?:ity)?|some(?! \d)|a (?:little|bit)(?: of)?|little|limited|"
    r"exposure|"
    r"introductory|(?<!machine )(?<!deep )(?<!reinforcement )(?<!transfer )learning|"
    r"grundkenntnisse|grundlagen|grundwissen|basiskenntnisse|anfänger|notions?|connaissances de base|débutante?|"
    r"básicos?|nociones|principiante|nozioni|conoscenze di base"
)
_ONCE = (
    r"awareness|dabbl\w+|fading|forgotten|rarely|(?:long|years) ago|in the past|formerly|used to|once(?! an? )|"
    r"old(?:er)?|dormant|dusty|low|entry[- ]level|(?:never|not yet) (?:used )?in (?:production|anger)|eingerostet"
)
_WELL = (
    r"experte?|expertin|advanced|proficien\w+|fluent|strong(?:est)?|very good|good|excellent|solid|experienced|"
    r"confident|comfortable|intermediate|working knowledge|sehr gut|gut|fundiert|fortgeschritten|avancé|courant|"
    r"intermédiaire|avanzado|avanzato|intermedio"
)
_MARK = r"buono|alto|high|medium|fresh"
NONE = re.compile(rf"(?<!\w)(?:{_NONE})(?![\w-])", re.IGNORECASE)
WEAK = re.compile(rf"(?<!\w)(?:{_LITTLE}|{_ONCE})(?![\w-])", re.IGNORECASE)
LEVEL = re.compile(rf"(?<!\w)(?:{_NONE}|{_LITTLE}|{_ONCE}|{_WELL}|{_MARK})(?![\w-])", re.IGNORECASE)
_FILLERS = (
    "a ago also am and at back been but experience for from had hands have i in it kenntnisse know knowledge level "
    "long longer my no now of on skill skills still stuff than the things time to tools understanding upon use used "
    "user very well what with work"
)
FILLERS = frozenset(_FILLERS.split())
"""Words that a label may hold beside its level: ``Used to know well``."""
_BESIDE = (
    "class college course courses coursework currently daily hobby home job last mainly mostly only private production "
    "professionally projects quite rather reading school scripting scripts side since small still studies through "
    "university week weeks work writing year years month months"
)
ASIDE = FILLERS | frozenset(_BESIDE.split())
"""Words that may stand with a level behind a skill: ``basic, at university``."""
_AHEAD = "actively currently fairly just only plus quite rather really recently started"
AHEAD = FILLERS | frozenset(_AHEAD.split())
"""Words that may stand before one: ``Also some Rust``; ``Federated learning with …`` tells none."""
REMARKS = re.compile(r"\s*[,;–—]\s*|\s+(?:but|and|und|et)\s+")
STARS = re.compile(r"(?:[★☆○◯◌▪▫■□⬤●◐◑▬▭▮▯]\s?){3,10}")
FULL = frozenset("★■⬤●▪▬▮")
SHARE = re.compile(r"(\d{1,3})\s*(?:%|/\s*(5|10|100))")
LITTLE = 0.4
"""The share of stars or of a full mark up to which a skill is known a little."""
MOST_LEVEL_CHARACTERS = 60
PIECES = re.compile(r"(\s*[,;|•·]\s*(?![^()]*\))|(?<=[\w)])\.\s+|\s+(?:and|und|et|y|e|&)\s+)")
HEAD = re.compile(r"^(.+?)\s*(?:[(★☆○◯◌▪▫■□⬤●◐◑▬▭▮▯]|\s[–—-]\s|:\s|\s\d{1,3}\s?(?:%|/))")
BEFORE = re.compile(
    rf"^((?:\w+\s+){{0,4}}?)((?:{_NONE}|{_LITTLE}|{_WELL})(?:\s+(?:knowledge|skills?|experience|understanding|kenntnisse))?)"
    r"(\s+(?:of|in|with|at|de|en|di|mit))?\s+(\S.*)$",
    re.IGNORECASE,
)
"""``Basic knowledge of Rust`` and ``some Rust``; behind a preposition it goes on over commas."""


def is_weak(level: str) -> bool:
    """Whether this says that a skill is known a little, was known once, or not at all."""
    if (share := _share(level)) is not None:
        return share <= LITTLE
    return WEAK.search(level) is not None or is_none(level)


def is_none(level: str) -> bool:
    """Whether this says that it is not known."""
    return NONE.search(level) is not None


def label_level(label: str) -> str:
    """The label of a list of skills where it only tells a level, as ``Rusty hands`` does; else nothing."""
    rest = re.findall(r"\w+", LEVEL.sub(" ", label).casefold())
    return label if LEVEL.search(label) and FILLERS.issuperset(rest) else ""


def levels_in(lines: Iterable[Line]) -> dict[str, str]:
    """The level of each skill, by its canonical name, that a line tells behind it, before it or beside it."""
    found: dict[str, str] = {}
    for line in lines:
        for skill, level in (*_beside(line), *(pair for cell in line.cells for pair in _around(_without_label(cell)))):
            found.setdefault(skill, level)
    return found


def word_level(word: str) -> str:
    """The level that one item of a list tells of itself: ``basic`` of ``Go (basic)``."""
    return next((level for _, level in _around(word)), "")


def _without_label(text: str) -> str:
    match = LABEL.match(text)
    return match.group(2) if match and not canonical_skill(match.group(1)) else text


def _beside(line: Line) -> Iterator[tuple[str, str]]:
    """``Java | basic`` in a table: the only skill of a row and the only level."""
    cells = line.cells
    names = [name for cell in cells if (name := canonical_skill(cell.strip(" .:")))]
    levels = [level for cell in cells if not find_skills(cell) and (level := level_of(cell.strip()))]
    if len(cells) > 1 and len(names) == len(levels) == 1:
        yield names[0], levels[0]


def _around(text: str) -> Iterator[tuple[str, str]]:
    """Behind a skill, or before it; a preposition's level goes on over commas up to the end of the sentence."""
    parts = PIECES.split(text)
    level, goes_on = "", False
    for number in range(0, len(parts), 2):
        piece, separator = parts[number].strip(" ."), parts[number - 1] if number else "."
        if not separator.strip(" &").isalpha() and (not goes_on or separator.strip() in {".", ";"}):
            level = ""
        if told := level_before(piece):
            level, goes_on, piece = told.group(2), bool(told.group(3)), told.group(4)
        head = HEAD.match(piece)
        name = canonical_skill(head.group(1) if head else piece)
        own = level_of(_bare(piece[head.end(1) :])) if head else ""
        names = (name,) if name else find_skills(piece) if level else ()
        yield from ((each, own or level) for each in names if own or level)


def _bare(text: str) -> str:
    text = text.strip(" •–—-:.")
    in_brackets = re.match(r"\(([^()]*)\)?", text)
    return in_brackets.group(1).strip() if in_brackets else text


def level_before(text: str) -> re.Match[str] | None:
    """The level that stands before a skill, with what stands before that; ``Led some of the Go services`` has none."""
    told = BEFORE.match(text)
    is_level = told and AHEAD.issuperset(LEVEL.sub(" ", told.group(1)).casefold().split())
    return told if is_level else None


def level_of(text: str) -> str:
    """What of so short a text behind a skill says how well it is known, and nothing else: ``rusty`` of ``rusty, for
    scripts``, nothing of ``used to build the shop``."""
    if len(text) > MOST_LEVEL_CHARACTERS:
        return ""
    return text if _share(text) is not None else ", ".join(filter(_is_level, REMARKS.split(text)))


def _is_level(text: str) -> bool:
    rest = (word for word in re.findall(r"\w+", LEVEL.sub(" ", text).casefold()) if not word.isdigit())
    return LEVEL.search(text) is not None and ASIDE.issuperset(rest)


def tells_level(text: str) -> bool:
    """Whether so short a text has a word of how well something is known."""
    return len(text) <= MOST_LEVEL_CHARACTERS and (LEVEL.search(text) is not None or _share(text) is not None)


def _share(text: str) -> float | None:
    if stars := STARS.search(text):
        marks = stars.group().replace(" ", "")
        return sum(mark in FULL for mark in marks) / len(marks)
    if mark := SHARE.fullmatch(text.strip()):
        return int(mark.group(1)) / int(mark.group(2) or 100)
    return None
