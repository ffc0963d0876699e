"""What a JSON Resume holds where a list, a text or an entry is wanted; whatever has another shape is left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"(?:\([^()]*\)|[^,;\n])+")


def items_of(value: Any) -> list[dict[str, Any]]:
    """The entries of a section."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """A text without blanks around it, or an empty one."""
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: Any) -> tuple[str, ...]:
    """The texts of a list that have anything in them."""
    return tuple(filter(None, map(text_of, value))) if isinstance(value, list) else ()


def strings_of(value: Any) -> Iterator[str]:
    """Every text in it, however deep, as it is written."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_of(item)


def words_of(text: str) -> list[str]:
    """The names between commas, semicolons and line ends outside of brackets."""
    return list(filter(None, map(str.strip, _WORD.findall(text))))
