"""Which of several wordings comes next: none that is near to one of the last few. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

_Option = TypeVar("_Option")
LAST = 21
"""Wordings that are still in the ear: some three questions with their follow-ups."""
NEAR = 0.5
"""Part of the telling words that two have in common, of those of the shorter one."""
_GAP = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[a-z']+")
_COMMON = frozenset(
    _WORD.findall(
        "a about an and as at did do for from have how i in is it me of on one that the there this to was were what "
        "when where which who with would you your yourself"
    )
)


def is_near(one: str, other: str) -> bool:
    """Whether two wordings, their gaps left out, begin alike or have their telling words in common."""
    some, others = (_WORD.findall(_GAP.sub("", text).lower()) for text in (one, other))
    telling, also = set(some) - _COMMON, set(others) - _COMMON
    return some[:2] == others[:2] or len(telling & also) >= NEAR * max(1, min(len(telling), len(also)))


def pick_fresh(
    options: Sequence[_Option], said: Sequence[str], seed: int, *names: str, text: Callable[[_Option], str] = str
) -> _Option:
    """By the seed, of the wordings said least of late those that nothing of the last few is near to.

    ``said`` is in order, gaps and all.
    """
    start = number_of(seed, *names) % len(options)

    def order(option: _Option) -> tuple[bool, int, bool]:
        words = text(option)
        ago = next((n for n, each in enumerate(reversed(said)) if each == words), len(said))
        return ago < LAST, -ago, any(is_near(words, each) for each in said[-LAST:])

    return min([*options[start:], *options[:start]], key=order)


def number_of(seed: int, *names: str) -> int:
    """The same for the same seed and names, in every process."""
    return int.from_bytes(hashlib.sha256(":".join((str(seed), *names)).encode()).digest()[:8])
