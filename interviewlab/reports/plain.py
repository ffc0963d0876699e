"""Text of other people, made fit to stand in one line of a document."""

from __future__ import annotations

import unicodedata

# These reorder or hide what follows them, beyond the quote that holds them.
_STEERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def to_line(text: str) -> str:
    """One line: white space runs become one space; control and direction characters are gone."""
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in _STEERING)
