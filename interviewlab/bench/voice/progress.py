"""How far a measurement is, for whoever waits for it."""

from __future__ import annotations

import sys


def tell(line: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"{line}\n")
