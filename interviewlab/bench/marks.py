"""A page of which one part is written by a command, between two marks."""

from __future__ import annotations

from interviewlab.errors import BadInput


def put_between(page: str, begin: str, end: str, written: str, name: str = "The page") -> str:
    """``page`` with ``written`` between the lines ``begin`` and ``end``. Raises BadInput where it lacks one of them."""
    before, opened, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise BadInput(f"{name} has no place for the table.", f"Write the lines {begin} and {end} where it belongs.")
    return f"{before}{begin}\n{written}{end}{after}"
