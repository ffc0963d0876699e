"""Sections of skills to JSON Resume: lists, tables, and sentences that say what somebody can do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.dates import has_span
from interviewlab.resume.lines import Line, join_words
from interviewlab.resume.lists import LABEL, split_items
from interviewlab.resume.parts import DEED
from interviewlab.resume.skill_levels import label_level, level_before, levels_in, tells_level
from interviewlab.resume.skill_tables import ALSO_SKILL, CATEGORY, names_columns, without_told_columns
from interviewlab.resume.skills import canonical_skill, find_skills

BEHIND = re.compile(r"^(.{1,60}?)(?:\s+[–—-]\s+|\s*:\s+)(.+)$")
"""A skill, or some, and how well they are known: ``Rust – learning, seriously``."""
LONG_LABEL = re.compile(r"^([^:]{2,70}):\s+(.+)$")
DASHED_LABEL = re.compile(r"^([^,:–—]{2,40})\s+[–—]\s+([^–—]+,[^–—]+)$")
SEPARATED = re.compile(r"[,;|•·:/()]|\s[–—-]\s|\b(?:and|or|with|in|of|for)\b")
BRACKETED = re.compile(r"^(.+?)\s*\(([^()]*)\)$")
PURPOSE = re.compile(r"\s+(?:for|since|with|when|because|für|pour|para)\s.*$")
LEADING = re.compile(
    r"(?:[^\W\d_]+\s+)?(?:[^\W\d_A-Z][^\W\d_]*\s+){1,6}(?=[^\W_a-z])|"
    r"(?:[^\W\d_]+\s+){1,12}?(?:in|with|of|on|using|con|en|de|mit|avec|di)\s+(?=[^\W_a-z])"
)
"""Words of a sentence before the first name in it."""
MOST_WORDS = 6
MOST_LINES = 0.6
FEWEST_SENTENCE_WORDS = 6
LINKS = re.compile(r"\b(?:I|my|we|and|with|the|have|am|of|in|to|when|for|is|are)\b")
LICENCE = re.compile(
    r"driving licen[cs]e|driver(?:['’]?s)? licen[cs]e|führerschein|permis (?:de conduire|[a-e]\b)|patente\b",
    re.IGNORECASE,
)
_CLASS = "(?:AM|[ABCD][12]?E?|[FLTM])"
CLASS = re.compile(rf"(?:[^\W\d_]+\.?\s+)?{_CLASS}(?:\W+{_CLASS})*\W*")
"""Of vehicles, behind a licence to drive them."""
PIECES = re.compile(r"(\s*[,;|•·]\s*)(?![^()]*\))")
Fields = dict[str, Any]


def read_skills(lines: Sequence[Line], heading: str) -> list[Fields]:
    """Groups of skills: ``Languages: Python, Go`` is a group of its own, loose items share the heading's name."""
    groups: dict[tuple[str, str], list[str]] = {}
    levels = levels_in(lines)
    plain = list(_without_levels(list(parted(without_told_columns(lines)))))
    read = _tags if _are_tags(plain) else _items
    for label, text in _labelled(plain):
        for word in map(_without_brackets, read(text)):
            level = levels.get(canonical_skill(word) or word, "") or label_level(label)
            groups.setdefault((label or heading, level), []).append(word)
    return [skill_group(name, items, level) for (name, level), items in groups.items()]


def skill_group(name: str, words: Iterable[str], level: str = "") -> Fields:
    """A group of skills in JSON Resume; the level only where the CV tells one."""
    group: Fields = {"name": name, "level": level} if level else {"name": name}
    return {**group, "keywords": list(dict.fromkeys(words))}


def _without_brackets(word: str) -> str:
    """``Haskell`` of ``Haskell (some)``."""
    match = BRACKETED.match(word)
    return match.group(1) if match and tells_level(match.group(2)) and canonical_skill(match.group(1)) else word


def _items(text: str) -> Sequence[str]:
    """The items of a list; of sentences only what is known to be a skill."""
    if _is_sentence(text) or _tells(text) or not split_items(text):
        return find_skills(text)
    names = [name for item in split_items(text) for name in _names(item)]
    return [one for name in names for one in ((name,) if _could_be_skill(name) else find_skills(name))]


def _names(item: str) -> list[str]:
    """``Appium for the front`` is Appium, ``TestRail & Jira`` are two, where they are known."""
    if canonical_skill(item):
        return [item]
    if told := _told(item):
        return told
    if (level := level_before(item)) and canonical_skill(level.group(4)):
        return [level.group(4)]
    plain = PURPOSE.sub("", item)
    parts = re.split(r"\s+(?:&|and|und|et|y|e)\s+", plain)
    return parts if all(map(canonical_skill, parts)) else [item]


def _told(item: str) -> list[str]:
    """What words of a sentence name: ``comfortable with SQL``, ``he trabajado también con Vue``."""
    found = find_skills(item)
    lead = LEADING.match(item)
    return list(found) if found and lead and not find_skills(lead.group()) else []


def _could_be_skill(item: str) -> bool:
    """A name or a few words; not what tells when, where and how something was done."""
    return bool(canonical_skill(item)) or (
        len(item.split()) <= MOST_WORDS and "@" not in item and not has_span(item) and not item.endswith((".", ":"))
    )


def parted(lines: Sequence[Line]) -> Iterator[Line]:
    """``Runs it: Kubernetes | Keeps it: Kafka`` in one paragraph are two lines, and so with a semicolon between."""
    for line in lines:
        pieces = [piece for piece in re.split(r"\s+[|•·]\s+|;\s+", line.whole) if piece.strip()]
        is_list = len(pieces) > 1 and sum(LABEL.match(piece) is not None for piece in pieces) > 0.5 * len(pieces)
        yield from (replace(line, cells=(piece,), is_bold=False) for piece in pieces) if is_list else (line,)


def without_licences(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without licences to drive; those that told of nothing else go."""
    for line in lines:
        plain = [_without_licence(cell) for cell in line.cells]
        is_beside = "" in plain and "" not in line.cells
        # Beside a licence in a cell of its own stands of what class it is, or that it is clean.
        kept = [cell for cell in plain if not is_beside or (_names_skill(cell) and not CLASS.fullmatch(cell))]
        if plain == list(line.cells):
            yield line
        elif any(kept):
            yield replace(line, cells=tuple(kept))


def _without_licence(text: str) -> str:
    label = LABEL.match(text)
    if label and LICENCE.match(label.group(1)):
        return ""
    start = label.start(2) if label else 0
    pieces = PIECES.split(text[start:])
    kept = [number for number in range(0, len(pieces), 2) if not LICENCE.match(pieces[number])]
    if 2 * len(kept) > len(pieces):
        return text
    if all(CLASS.fullmatch(pieces[number]) for number in kept):
        return ""
    return text[:start] + "".join(pieces[number - 1] * (number > kept[0]) + pieces[number] for number in kept)


def _are_tags(lines: Sequence[Line]) -> bool:
    """Names side by side with nothing between them, as in a cloud of tags."""
    bare = [
        line for line in lines if not line.sides and not SEPARATED.search(line.text) and not canonical_skill(line.text)
    ]
    crowded = [line for line in bare if len(find_skills(line.whole)) > 1]
    return len(crowded) > 1 and len(bare) >= MOST_LINES * len(lines)


def _tags(text: str) -> list[str]:
    """The known names in a row of tags, and what stands before, between and behind them."""
    words, found, rest = text.split(), list[str](), list[str]()
    while words:
        count = next((n for n in range(min(4, len(words)), 0, -1) if canonical_skill(" ".join(words[:n]))), 0)
        if count:
            found += [" ".join(rest)] if rest else []
            found, rest = [*found, " ".join(words[:count])], []
        else:
            rest.append(words[0])
        words = words[count or 1 :]
    return [*found, " ".join(rest)] if rest else found


def _is_sentence(text: str) -> bool:
    words = text.split()
    return (
        len(words) >= FEWEST_SENTENCE_WORDS
        and text.rstrip().endswith((".", "!", ":"))
        and len(LINKS.findall(text)) > 1
        and len(words) > 2 * len(find_skills(text))
    )


def _tells(text: str) -> bool:
    """A sentence by its full stop and by the words between its commas, whatever its language."""
    words = text.split()
    is_long = len(words) >= FEWEST_SENTENCE_WORDS and len(words) > 2 * len(split_items(text))
    is_deed = len(words) > 2 and "," not in text and DEED.match(text) is not None
    return (is_long or is_deed) and text.endswith(".") and not find_skills(text)


def _without_levels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without the name of a table's columns, and without what only says how well something is known."""
    was_level = False
    are_columns = any(_names_skill(side) for line in lines for side in line.sides)
    for number, line in enumerate(lines):
        if number == 0 and names_columns(line.cells):
            continue
        if was_level and _is_rest_of_level(line):
            continue
        plain = line if line.sides and are_columns else _without_level(line)
        was_level = plain is not line
        yield plain


def _without_level(line: Line) -> Line:
    match = BEHIND.match(line.text)
    if match and not line.sides and _names_skill(match.group(1)) and not _names_skill(match.group(2)):
        return replace(line, cells=(match.group(1),), is_bold=False)
    if line.sides and canonical_skill(line.text) and not any(map(_names_skill, line.sides)):
        return replace(line, cells=(line.text,), is_bold=False)
    return line


def _is_rest_of_level(line: Line) -> bool:
    """The second row of ``STM32 – could draw / the block diagram``."""
    return line.text[:1].islower() and not line.is_bullet and not _names_skill(line.text)


def _names_skill(text: str) -> bool:
    return any(canonical_skill(item) for item in split_items(text))


def _labelled(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Label and text of every line; a line without label goes on the one above if that one had a label."""
    found: list[tuple[str, str]] = []
    dashed = [match for line in lines if (match := DASHED_LABEL.match(line.text)) and not line.sides]
    are_dashed = len(dashed) > 1 and len(dashed) >= MOST_LINES * len(lines)
    for number, line in enumerate(lines):
        match = LABEL.match(line.text) or (DASHED_LABEL.match(line.text) if are_dashed else _long_label(line.text))
        if match:
            found.append((match.group(1), ", ".join([match.group(2), *line.sides])))
        elif line.sides and ("," in line.sides[0] or line.text.endswith(":") or CATEGORY.fullmatch(line.text)):
            found.append((line.text.rstrip(":"), ", ".join(_without_label(side) for side in line.sides)))
        elif (
            (line.text.endswith(":") and not _is_sentence(line.text))
            or _is_subheading(line, lines)
            or _is_kind(lines[number:], lines)
            or _is_level(lines[number:])
        ):
            found.append((line.text.rstrip(": "), ""))
        elif found and found[-1][0] and _goes_on(found[-1][1], line):
            found[-1] = (found[-1][0], _join(found[-1][1], ", ".join(line.cells)))
        else:
            found.append(("", ", ".join(line.cells)))
    return found


def _long_label(text: str) -> re.Match[str] | None:
    """``On the top shelf, for later: Rust`` and ``Data — Spark, dbt``: words that name no skill before some that do."""
    match = LONG_LABEL.match(text) or DASHED_LABEL.match(text)
    return match if match and not find_skills(match.group(1)) and find_skills(match.group(2)) else None


def _without_label(side: str) -> str:
    """``Stores Snowflake, PostgreSQL`` in a second column: a word that only labels the skill behind it goes."""
    first, *rest = side.split(" ", 1)
    head = rest[0].split(",")[0] if rest else ""
    is_label = head and canonical_skill(head) and not canonical_skill(side.split(",")[0]) and not canonical_skill(first)
    return rest[0] if is_label else side


def _is_subheading(line: Line, lines: Sequence[Line]) -> bool:
    """Bold alone above plain lists."""
    return line.is_bold and not line.sides and "," not in line.text and any(not other.is_bold for other in lines)


def _is_kind(rest: Sequence[Line], lines: Sequence[Line]) -> bool:
    """``Platforms`` alone, above names: of a section's ``lines``, where ``rest`` begins.

    In a list with one name a line ``Testing`` and ``DevOps`` are names too.
    """
    line, *below = rest
    if not below or not _names_kind(line) or _names_kind(below[0]):
        return False
    if below[0].is_bullet and not line.is_bullet:
        return True
    if all(_names_kind(one) and not ALSO_SKILL.fullmatch(one.text) for one in (lines[0], line)):
        return True
    names = [other for other in lines if not _names_kind(other)]
    lists = [other for other in names if other.sides or len(split_items(other.text)) > 1]
    return not line.is_bullet and len(lists) > 0.5 * len(names)


def _is_level(rest: Sequence[Line]) -> bool:
    """``Rusty`` alone above a list."""
    line, *below = rest
    is_alone = not line.sides and not line.is_bullet and "," not in line.text and not find_skills(line.text)
    return is_alone and bool(below) and bool(label_level(line.text)) and len(find_skills(below[0].whole)) > 1


def _names_kind(line: Line) -> bool:
    return not line.sides and CATEGORY.fullmatch(line.text) is not None


def _goes_on(text: str, line: Line) -> bool:
    return not text or line.is_bullet or "," in text


def _join(text: str, more: str) -> str:
    if not text:
        return more
    return join_words(text, more) if text.endswith(("-", ",", "(")) or more[:1].islower() else f"{text}, {more}"
