"""Many regular expressions asked together whether one of them is met, for little more than the few that can be.

Read from a rule itself: some words of which each of its matches holds one ("mark", "point" or "score"; and "give" or
"award"). A text that holds none of them cannot meet the rule, which is then not tried; looking for a plain word costs a
hundredth of trying a rule at every letter. Where nothing can be read from a rule it is always tried, so that the answer
is that of all rules joined by "|".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MOST = 48
"""Strings up to which a part of a rule is written out; beyond, its pieces are looked for apart."""
MOST_SIGNS = 10
"""Signs up to which a class ("[:;-]") is written out."""
SIGNS = 4
_FREQUENT = "zqxjkvbpygfwmucldrhsnioate "
"""Letters of English from the rarest on, and the space."""

Needs = tuple[frozenset[str], ...]
"""Of each set a match holds at least one string."""


class Rules:
    """Rules as one: ``is_met`` says what ``re.search("(?:…)|(?:…)", text) is not None`` would.

    Each set of words is a bit. A word stands for its set by four signs in a row, a shorter one by itself.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)

    @cached_property
    def _needs(self) -> dict[str, Needs]:
        """Read at the first text, not when a program starts."""
        return {pattern: needs_of(pattern) for pattern in self._patterns}

    @cached_property
    def _bits(self) -> dict[frozenset[str], int]:
        sets = dict.fromkeys(some for needs in self._needs.values() for some in needs)
        return {some: 1 << n for n, some in enumerate(sets)}

    @cached_property
    def _rules(self) -> list[tuple[str, int]]:
        return [(pattern, sum(self._bits[some] for some in sets)) for pattern, sets in self._needs.items()]

    @cached_property
    def _signs(self) -> dict[str, int]:
        return self._sets_of(
            (_sign(word), bit) for some, bit in self._bits.items() for word in some if not _is_short(word)
        )

    @cached_property
    def _short(self) -> dict[str, int]:
        return self._sets_of((word, bit) for some, bit in self._bits.items() for word in some if _is_short(word))

    @staticmethod
    def _sets_of(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
        found: dict[str, int] = {}
        for word, bit in pairs:
            found[word] = found.get(word, 0) | bit
        return found

    def is_met(self, text: str) -> bool:
        """Whether any rule is found anywhere in ``text``."""
        held = 0
        for sign in self._signs.keys() & {text[n : n + SIGNS] for n in range(len(text) - SIGNS + 1)}:
            held |= self._signs[sign]
        for word, bits in self._short.items():
            if word in text:
                held |= bits
        possible = [rule for rule, needs in self._rules if held & needs == needs]
        return any(_compiled(rule).search(text) for rule in possible)


def _is_short(word: str) -> bool:
    return len(word) < SIGNS


@cache
def _compiled(rule: str) -> re.Pattern[str]:
    """Most rules are never tried."""
    return re.compile(rule)


def _sign(word: str) -> str:
    """The signs in a row of a word that other words are the least likely to hold."""
    return min((word[n : n + SIGNS] for n in range(len(word) - SIGNS + 1)), key=lambda s: sum(map(_FREQUENT.find, s)))


@cache
def needs_of(pattern: str) -> Needs:
    """What every match of ``pattern`` holds, set by set; empty where nothing is known."""
    read = _read_row(parser.parse(pattern))
    return tuple(dict.fromkeys(_least(some) for some in read.needs))


class _Read(NamedTuple):
    whole: frozenset[str] | None
    """All it can match, where that is little."""
    needs: Needs


_NOTHING = frozenset([""])
_UNKNOWN = _Read(None, ())


def _read_row(row: Iterable[tuple[Any, Any]]) -> _Read:
    """Of parts one after the other: what stands together is written out as long as it is little."""
    needs: list[frozenset[str]] = []
    together, is_whole = _NOTHING, True
    for part in row:
        whole, own = _read_part(*part)
        if whole is not None and len(together) * len(whole) <= MOST:
            together = frozenset(a + b for a, b in product(together, whole))
            continue
        needs += [together, *own]
        together, is_whole = whole or _NOTHING, False
    needs = [some for some in (*needs, together) if "" not in some]
    return _Read(together if is_whole else None, tuple(needs))


def _read_part(code: Any, what: Any) -> _Read:
    if code is codes.LITERAL:
        return _exactly([chr(what)])
    if code is codes.IN:
        return _read_class(what)
    if code is codes.BRANCH:
        return _read_either([_read_row(row) for row in what[1]])
    if code is codes.SUBPATTERN and not what[1] and not what[2]:
        return _read_row(what[3])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _read_repeat(*what)
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return _Read(_NOTHING, ())
    return _UNKNOWN


def _exactly(strings: Iterable[str]) -> _Read:
    whole = frozenset(strings)
    return _Read(whole, () if "" in whole else (whole,))


def _read_class(signs: Sequence[tuple[Any, Any]]) -> _Read:
    if len(signs) > MOST_SIGNS or any(code is not codes.LITERAL for code, _ in signs):
        return _UNKNOWN
    return _exactly(chr(sign) for _, sign in signs)


def _read_either(ways: Sequence[_Read]) -> _Read:
    """A match goes one of the ways: it holds what that one needs most."""
    whole = [way.whole for way in ways if way.whole is not None]
    if len(whole) == len(ways) and sum(map(len, whole)) <= MOST:
        return _exactly(frozenset().union(*whole))
    if all(way.needs for way in ways):
        return _Read(None, (frozenset().union(*(max(way.needs, key=_worth) for way in ways)),))
    return _UNKNOWN


def _read_repeat(least: int, most: int, row: Iterable[tuple[Any, Any]]) -> _Read:
    read = _read_row(row)
    if most == 1 and read.whole is not None:
        return read if least else _exactly(read.whole | _NOTHING)
    return _Read(None, read.needs if least else ())


def _least(strings: frozenset[str]) -> frozenset[str]:
    """Without those that hold another of them."""
    return frozenset(s for s in strings if not any(other != s and other in s for other in strings))


def _worth(strings: frozenset[str]) -> tuple[int, int]:
    """More for longer and for fewer strings, which are met less often."""
    return min(map(len, strings)), -len(strings)
