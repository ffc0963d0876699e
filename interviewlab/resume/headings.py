"""Section headings: which words name which section of a JSON Resume, and which lines of a CV are headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from interviewlab.resume.lines import Line, body_size
from interviewlab.resume.schools import names_school
from interviewlab.resume.words import load_words

MOST_TITLE_WORDS = 5
FEWEST_TITLES = 3
"""Lines of one style that are taken for headings though no word of them is known."""
LEAST_TOLD = 0.2
"""The share of headings whose words tell something, in a style that has only headings."""
OWN_WORDS = re.compile(r"(?:what|where|how|things|stuff|ce que|lo que|cosas|was ich|wo ich|womit ich)\s", re.IGNORECASE)
"""``What I test with``: how titles in somebody's own words begin."""
OPEN_ENDS = (" and", " &", " und", " et", " e", " y", " i", " och", " og")
"""How a title ends that goes on in the next row."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Titles:
    names: Mapping[str, str]
    words: Mapping[str, str]
    qualifiers: frozenset[str]
    joining: frozenset[str]


@lru_cache(maxsize=1)
def _titles() -> _Titles:
    data = load_words("headings")
    names = _by_title(data["foreign"]) | _by_title(data["names"])
    lists = {name: frozenset(words.split(", ")) for name, words in data["lists"].items()}
    return _Titles(names, _by_title(data["words"]), lists["qualifiers"], lists["joining"])


def _by_title(sections: Mapping[str, str]) -> dict[str, str]:
    return {title: section for section, titles in sections.items() for title in titles.split(", ")}


def section_of(text: str) -> str | None:
    """The section a heading opens, or None if its words are not known. ``Selected Honors`` opens awards."""
    text = re.sub(
        r"(?:(?<!\s)\s+)?\([^()]*\)\s*(?::\s*)?$|^\s*(?:\d{1,2}(?:\.\d{1,2})+|(?:\d{1,2}|[ivxIVX]{1,4})[.)]|\d(?=\s[^\W\d_a-z]))\s+",
        "",
        text,
    )
    if len(text) > 50 or re.search(r"[.,;@\d]", text.rstrip(" .")):
        return None
    words, titles = _words(text), _titles()
    if words[-2:] == ["i", "use"]:
        words = words[:-2]
    while words:
        if section := titles.names.get(" ".join(words)) or _first_of_two(words, titles):
            return section
        if words[0] not in titles.qualifiers:
            return None
        words = words[1:]
    return None


def _words(text: str) -> list[str]:
    plain = re.sub(r"['’]ve\b", " have", text.replace("&", " and ").replace("+", " and "), flags=re.IGNORECASE)
    words = re.sub(r"[^\w\s]|_", " ", plain).casefold().split()
    return ["".join(words)] if _is_spaced_out(words) else words


def _first_of_two(words: Sequence[str], titles: _Titles) -> str | None:
    """``Ausbildung und Schule``: where one of two names is known, it decides; of two, the first."""
    for number, word in enumerate(words[1:-1], 1):
        if word in titles.joining and (
            found := titles.names.get(" ".join(words[:number])) or titles.names.get(" ".join(words[number + 1 :]))
        ):
            # A University of Science and Technology is no title.
            return found if found == "education" or not names_school(" ".join(words)) else None
    return None


def section_by_words(text: str) -> str | None:
    """The section that most words of an unlisted title tell: ``Schools attended`` is education, ``Talks`` is none."""
    told = Counter(section for word in _words(text) if (section := _titles().words.get(word)))
    return told.most_common(1)[0][0] if told else None


def section_of_label(text: str) -> str | None:
    """The section of a label in a mixed list: ``Technical`` and ``Computer skills`` are skills."""
    words, names = re.sub(r"[^\w\s]", " ", text).casefold().split(), _titles().names
    return section_of(text) or next((names[word] for word in words[-1:] if word in names), None)


def _is_spaced_out(words: Sequence[str]) -> bool:
    """``E D U C A T I O N``, as some templates set it."""
    return len(words) > 4 and all(len(word) == 1 for word in words)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's section (``other`` if its words are not known) and the lines below it.

    ``is_listed`` means the title is a known name; else what stands in the section may tell better what it is.
    """

    kind: str
    heading: str
    lines: tuple[Line, ...]
    is_listed: bool = True


def split_sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """The CV in sections; what stands above the first heading is ``basics``."""
    lines = _whole_titles(lines)
    looks, body = _looks(lines), body_size(lines)
    is_plain = not any(style[0] > round(body) or style[1] for style in looks)
    sections: list[tuple[str, str, list[Line], bool]] = [("basics", "", [], True)]
    for number, line in enumerate(lines):
        kind = _heading_kind(line, looks, body)
        is_listed = kind is not None
        # What stands first is the person's name, even where it looks like a heading.
        below = lines[number + 1] if number + 1 < len(lines) else None
        is_title = _is_title(line, below, looks, body) or (is_plain and _stands_alone(line, below))
        if kind is None and number > 0 and is_title:
            told = section_by_words(line.text)
            kind, is_listed = told or "other", told == "other"
        if line.starts_column and kind is None:
            sections.append(("basics", "", [], True))
        if kind is None:
            sections[-1][2].append(line)
        else:
            sections.append((kind, line.text.strip(" :|"), [], is_listed))
    return tuple(
        Section(kind, heading, tuple(content), is_listed) for kind, heading, content, is_listed in sections if content
    )


def _whole_titles(lines: Sequence[Line]) -> list[Line]:
    """``ESPERIENZA`` above ``PROFESSIONALE``, as a narrow column breaks it, is one title."""
    whole: list[Line] = []
    for line in lines:
        above = whole[-1] if whole else None
        is_alike = above is not None and not above.sides and not line.sides and _style(above) == _style(line)
        stands_out = line.is_bold or _style(line)[2]
        if above and is_alike and stands_out and len(line.text.split()) < MOST_TITLE_WORDS - 1:
            both = f"{above.text} {line.text}"
            if section_of(both) and (not section_of(line.text) or above.text.casefold().endswith(OPEN_ENDS)):
                whole[-1] = replace(above, cells=(both,))
                continue
        whole.append(line)
    return whole


Style = tuple[float, bool, bool]


@dataclass(slots=True)
class _Look:
    """How many lines of a style could be headings, how many have listed and how many have telling words, and how many
    are something else for sure."""

    alone: int = 0
    listed: int = 0
    told: int = 0
    others: int = 0


def _style(line: Line) -> Style:
    text = re.sub(r"\s*\([^()]*\)", "", line.text)
    letters = [character for character in text if character.isalpha()]
    is_caps = len(letters) > 1 and all(character.isupper() for character in letters)
    return (float(round(line.size)), line.is_bold, is_caps)


def _could_head(line: Line) -> bool:
    """A few words; behind a number only in capitals, as in ``2. EDUCATION``."""
    is_marked = line.is_bullet and not _style(line)[2]
    return not line.sides and not is_marked and len(line.text.split()) <= 6 and not re.search(r"[.;@]$", line.text)


def _looks(lines: Sequence[Line]) -> dict[Style, _Look]:
    """The styles of all lines but the first, in the order in which they come."""
    looks: dict[Style, _Look] = {}
    for line in lines:
        look = looks.setdefault(_style(line), _Look())
        if not _could_head(line) or YEAR.search(line.text):
            look.others += 1
            continue
        look.alone += 1
        look.listed += section_of(line.text) is not None
        look.told += section_by_words(line.text) is not None
    return looks


def _heading_kind(line: Line, looks: Mapping[Style, _Look], body: float) -> str | None:
    """The section that a line with a listed title opens; None if it is no heading."""
    if not _could_head(line) or (section := section_of(line.text)) is None:
        return None
    known = [style for style, look in looks.items() if look.listed]
    stands_out = [style for style in known if style[0] > round(body) or style[1] or style[2]]
    return section if _style(line) in stands_out or not stands_out else None


def _is_title(line: Line, below: Line | None, looks: Mapping[Style, _Look], body: float) -> bool:
    """Whether a line is set as the headings of this CV are, whatever its words are."""
    if not _could_head(line) or YEAR.search(line.text):
        return False
    style = _style(line)
    look = looks[style]
    is_larger = style[0] > round(body) and line.size > body + 0.4
    is_apart = line.has_gap_before or (below is not None and below.has_gap_before)
    is_shouted = style[2] and is_apart and len(line.text) > 3
    if not is_larger and not is_shouted:
        return False
    if look.listed:
        is_kept_apart = not look.others and look.listed + look.told > LEAST_TOLD * look.alone
        return look.listed >= 0.4 * look.alone or is_kept_apart
    return style == _outermost(looks, body)


def _stands_alone(line: Line, below: Line | None) -> bool:
    """In text without any type: a few words between blank lines; right above a text only if they tell a section."""
    if below is None or not line.has_gap_before or not _could_head(line) or re.search(r"[\d,:|()]", line.text):
        return False
    if len(line.text.split()) > MOST_TITLE_WORDS or not line.text[:1].isupper():
        return False
    return below.has_gap_before or section_by_words(line.text) is not None or OWN_WORDS.match(line.text) is not None


def _outermost(looks: Mapping[Style, _Look], body: float) -> Style | None:
    """Where no title is listed: the first style that stands out, comes again and holds nothing but short lines."""
    if any(look.listed for look in looks.values()):
        return None
    return next(
        (
            style
            for style, look in looks.items()
            if look.alone >= FEWEST_TITLES and not look.others and (style[0] > round(body) or style[2])
        ),
        None,
    )
