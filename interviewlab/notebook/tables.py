"""Tables of words: to the left, with room between the columns, which notebooks do not give by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_LOOK = (
    "<style>.il-table :is(td,th){text-align:left!important;vertical-align:top;padding:.2em 1.2em .2em 0;"
    "white-space:normal;max-width:44em;line-height:1.45}.il-table pre{margin:0;white-space:pre-wrap}</style>"
)


def to_table(head: Iterable[str], rows: Iterable[str]) -> str:
    """A table with these titles, plain text, and rows, which are HTML from ``<tr>`` on."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return f'{_LOOK}<table class="il-table"><thead><tr>{names}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
