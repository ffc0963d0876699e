"""How much a cell works through: everything for a reader, a small sample where notebooks are only tried."""

from __future__ import annotations

from interviewlab.settings import Settings


def size(whole: int, fast: int) -> int:
    """``whole``, or ``fast`` where ``INTERVIEWLAB_NOTEBOOKS_FAST`` is set."""
    return fast if Settings().notebooks_fast else whole
