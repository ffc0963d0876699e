"""The words of a PDF's page in rows, and each row in segments: words that stand together."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from interviewlab.resume.lines import HYPHENATED, clean, strip_bullet

CELL_GAP_EM = 1.15
BROKEN_GAP_EM = 0.3
"""What a label that ends within a word keeps from the text beside it."""
LABEL_COLUMN_GAP_EM = 0.45
"""The same where a narrow column of labels was found."""
OVERPRINT_EM = 0.2
"""How far a text begins within the one before it that it lies upon."""
LABEL_UPON_EM = 0.6
"""The same of a word that begins a text of its own."""
FEWEST_UPON = 2
"""Letters of one row."""
TEX_LOGO = frozenset("LATEX")
"""Letters that stand upon one another on purpose."""
LABEL_GAP_EM = 0.2
"""What a label or date in the margin keeps from the text beside it at least."""


BOLD = re.compile(r"bold|black|heavy|semibd", re.IGNORECASE)
LEAD_ENDS = " :,;–—-·|("
ICON_URLS = dict.fromkeys("\uf09b\uf113\uf092", "https://github.com/")
ICON_URLS |= dict.fromkeys("\uf0e1\uf08c", "https://www.linkedin.com/in/")
ICON_URLS |= {"\uf296": "https://gitlab.com/"}
"""Where FontAwesome's marks of networks lead to."""
HANDLE = re.compile(r"@?(?:in/)?[\w-]{3,39}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together in one row. Points, from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    page: int
    urls: tuple[str, ...] = ()
    lead: str = ""


Row = list[Segment]


def cluster_words(words: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Words whose middles lie within a third of their height, in rows."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=_middle):
        if row and _middle(word) - _middle(row[0]) > 0.34 * max(row[0]["bottom"] - row[0]["top"], 4.0):
            yield sorted(row, key=lambda item: float(item["x0"]))
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda item: float(item["x0"]))


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def has_overprint(characters: Sequence[dict[str, Any]]) -> bool:
    """Whether letters lie upon others, as those of a label that is too wide for its column."""
    letters = [letter for letter in characters if letter["text"].isascii() and letter["text"].isalpha()]
    letters.sort(key=lambda letter: (round(letter["top"]), letter["x0"]))
    upon = Counter(
        round(now["top"])
        for before, now in itertools.pairwise(letters)
        if before["x1"] - now["x0"] > OVERPRINT_EM * now["size"]
        and round(before["top"]) == round(now["top"])
        and before["text"] != now["text"]
        and not {before["text"], now["text"]} <= TEX_LOGO
    )
    return max(upon.values(), default=0) >= FEWEST_UPON


def split_row(
    words: list[dict[str, Any]],
    page: int,
    links: list[dict[str, Any]],
    edge: float | None,
    beside: Sequence[float] = (),
) -> Row:
    """The segments of one row; ``edge`` is where most rows begin, ``beside`` where texts beside short labels do."""
    groups: list[list[dict[str, Any]]] = []
    for word in words:
        if groups and not _is_apart(groups[-1], word, edge, beside):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [segment for group in groups if (segment := _segment(group, page, links)).text]


def _is_apart(group: list[dict[str, Any]], word: dict[str, Any], edge: float | None, beside: Sequence[float]) -> bool:
    if len(group) == 1 and strip_bullet(group[0]["text"] + " ") == ("", True):
        return False
    gap, size = word["x0"] - group[-1]["x1"], max(word["size"], 6.0)
    if gap > CELL_GAP_EM * size or gap < -LABEL_UPON_EM * size:
        return True
    is_broken = len(group) == 1 and bool(HYPHENATED.search(group[0]["text"])) and word["text"][:1].isupper()
    if gap > BROKEN_GAP_EM * size and is_broken:
        return True
    if gap > LABEL_COLUMN_GAP_EM * size and any(abs(word["x0"] - x) < 1 for x in beside):
        return True
    if edge is None or gap < LABEL_GAP_EM * size or abs(word["x0"] - edge) > 1.5:
        return False
    return bool(group[0]["x0"] < edge - 10)


def _segment(words: list[dict[str, Any]], page: int, links: list[dict[str, Any]]) -> Segment:
    box = (min(w["x0"] for w in words), max(w["x1"] for w in words), words[0]["top"], max(w["bottom"] for w in words))
    size = max(words, key=lambda word: len(word["text"]))["size"]
    bold = sum(len(word["text"]) for word in words if BOLD.search(word["fontname"]))
    letters = sum(len(word["text"]) for word in words)
    raw = _join(words)
    is_bold = bold * 2 > letters or _starts_bold(words)
    urls = (*_urls(box, links), *_icon_urls(words))
    return Segment(_tidy(raw), *box, float(size), is_bold, page, tuple(dict.fromkeys(urls)), _lead(words))


def _lead(words: list[dict[str, Any]]) -> str:
    """The bold words at the beginning, bullets aside, where plain ones follow."""
    begin = 1 if strip_bullet(words[0]["text"] + " ") == ("", True) else 0
    bold = list(itertools.takewhile(lambda word: BOLD.search(word["fontname"]), words[begin:]))
    is_lead = bold and begin + len(bold) < len(words) and len(bold[0]["text"]) > 1
    return clean(_join(bold)).strip(LEAD_ENDS) if is_lead else ""


def _icon_urls(words: list[dict[str, Any]]) -> list[str]:
    """``(GitHub's mark) ada`` as an address."""
    return [
        ICON_URLS[first["text"]] + second["text"].removeprefix("in/").lstrip("@/")
        for first, second in itertools.pairwise(words)
        if first["text"] in ICON_URLS and HANDLE.fullmatch(second["text"])
    ]


def _join(words: list[dict[str, Any]]) -> str:
    """A word whose font changes in the middle comes as two words without a gap; spaced-out letters become words."""
    if _is_spaced_out(words):
        return _join_letters(words)
    parts = [words[0]["text"]]
    for before, word in itertools.pairwise(words):
        parts.append("" if word["x0"] - before["x1"] < 0.1 * word["size"] else " ")
        parts.append(word["text"])
    return "".join(parts)


def _is_spaced_out(words: list[dict[str, Any]]) -> bool:
    """``E D U C A T I O N``, as templates set their headings."""
    return len(words) > 3 and sum(len(word["text"]) == 1 for word in words) >= 0.8 * len(words)


def _join_letters(words: list[dict[str, Any]]) -> str:
    """Letters with the usual gap between them are one word, a gap half as wide again ends it."""
    gaps = [word["x0"] - before["x1"] for before, word in itertools.pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 3]
    parts = [words[0]["text"]]
    for gap, word in zip(gaps, words[1:], strict=True):
        parts.append(" " if gap > 1.5 * usual + 0.02 * word["size"] else "")
        parts.append(word["text"])
    return "".join(parts)


def _tidy(raw: str) -> str:
    """Clean text that keeps its leading bullet, also one drawn as an icon."""
    text, is_bullet = strip_bullet(raw + " ")
    return f"• {clean(text)}" if is_bullet and not raw[0].isdigit() else clean(raw)


def _starts_bold(words: list[dict[str, Any]]) -> bool:
    """``Nexus AI, Co-Founder`` with only the company in bold is still the head of an entry."""
    return bool(re.search(r"bold|black|heavy", words[0]["fontname"], re.I)) and len(words[0]["text"]) > 1


def _urls(box: tuple[float, float, float, float], links: list[dict[str, Any]]) -> tuple[str, ...]:
    x0, x1, top, bottom = box
    inside = [
        link["uri"]
        for link in links
        if link["x0"] < x1 and link["x1"] > x0 and link["top"] < (top + bottom) / 2 < link["bottom"]
    ]
    return tuple(dict.fromkeys(inside))
