"""Two versions of an interview side by side: what one said and the other did not, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Any

import ipywidgets

from interviewlab.notebook.tables import to_table
from interviewlab.types import Transcript


def compare_runs(
    first: Sequence[Transcript], second: Sequence[Transcript], names: tuple[str, str] = ("first", "second")
) -> ipywidgets.Widget:
    """A list of the interviews that differ, and every turn of the one that is chosen in which they do."""
    pairs = {one.interview_id: (one, two) for one, two in zip(first, second, strict=True)}
    choices = [(f"{name}: {len(turns)} turns", name) for name in pairs if (turns := _changed(*pairs[name]))]
    shown = ipywidgets.HTML()
    if not choices:
        shown.value = "<p>No reply differs.</p>"
        return shown
    chosen = ipywidgets.Dropdown(options=choices, description="interview", layout={"width": "36em"})

    def show(_: Any = None) -> None:
        shown.value = difference_to_html(*pairs[chosen.value], names)

    chosen.observe(show, names="value")
    show()
    box = ipywidgets.VBox([chosen, shown])
    box.add_class("il-compare")
    return box


def difference_to_html(first: Transcript, second: Transcript, names: tuple[str, str] = ("first", "second")) -> str:
    """A row for each turn in which the replies differ: what was taken away is struck out, what is new is marked."""
    was, now = first.replies(), second.replies()
    rows = []
    for turn in _changed(first, second):
        before, after = (replies[turn].text if turn in replies else "" for replies in (was, now))
        gone, new = words_to_html(before, after)
        rows.append(f"<tr><td>{turn}</td><td>{gone}</td><td>{new}</td></tr>")
    return to_table(("turn", *names), rows)


def words_to_html(before: str, after: str) -> tuple[str, str]:
    """Both texts, with the words that only one of them holds as ``<del>`` and ``<ins>``."""
    one, two = before.split(), after.split()
    left, right = list[str](), list[str]()
    for what, low, high, start, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        gone, new = escape(" ".join(one[low:high])), escape(" ".join(two[start:end]))
        left.append(gone if what == "equal" or not gone else f"<del>{gone}</del>")
        right.append(new if what == "equal" or not new else f"<ins>{new}</ins>")
    return " ".join(filter(None, left)), " ".join(filter(None, right))


def _changed(first: Transcript, second: Transcript) -> list[int]:
    was, now = first.replies(), second.replies()
    return [
        turn for turn in sorted({*was, *now}) if turn not in was or turn not in now or was[turn].text != now[turn].text
    ]
