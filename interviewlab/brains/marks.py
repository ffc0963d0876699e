"""Marks that belong on a page and not into a voice."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"```.*?```|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`|^[^\S\n]*(?:#+|[-*•>]|\d+[.)])\s+", re.M | re.S
)


def mend(text: str) -> str:
    """``text`` without the marks of Markdown and without blocks of code, on one line; digits are the voice's to say."""
    return " ".join(_MARKS.sub("", text).split())
