"""Numbers with their units, as values that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\w.])(?P<value>(?P<thousands>[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?)|\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>%|percent|ns|us|µs|ms|sec(?:ond)?s?|s\b|min(?:ute)?s?|h(?:our)?s?\b|"
    r"[kmgt]i?b(?:ytes?)?(?:/s)?\b|bits?|bytes?|[kmg]?hz|m\b|km\b)?",
    re.IGNORECASE,
)
_UNITS = {
    "%": (0.01, ""), "percent": (0.01, ""), "ns": (1e-9, "s"), "us": (1e-6, "s"), "µs": (1e-6, "s"), "ms": (1e-3, "s"),
    "s": (1.0, "s"), "sec": (1.0, "s"), "second": (1.0, "s"), "min": (60.0, "s"), "minute": (60.0, "s"), "h": (3600.0, "s"),
    "hour": (3600.0, "s"), "bit": (0.125, "b"), "byte": (1.0, "b"), "b": (1.0, "b"), "kb": (1e3, "b"), "mb": (1e6, "b"),
    "gb": (1e9, "b"), "tb": (1e12, "b"), "kib": (1024.0, "b"), "mib": (1024.0**2, "b"), "gib": (1024.0**3, "b"),
    "hz": (1.0, "hz"), "khz": (1e3, "hz"), "mhz": (1e6, "hz"), "ghz": (1e9, "hz"), "m": (1.0, "m"), "km": (1e3, "m"),
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A number with its unit taken in: "50 ms" and "0.05 s" are the same."""

    value: float
    unit: str


def quantities(text: str) -> frozenset[Quantity]:
    """The numbers of a text as values in base units; a comma before three digits parts thousands, as in "1,000"."""
    found = set()
    for match in _NUMBER.finditer(text):
        name = (match["unit"] or "").lower()
        name = name.removesuffix("/s").removesuffix("ytes").removesuffix("yte") if name[:1] in "kmgt" else name
        factor, unit = _UNITS.get(name) or _UNITS.get(name.rstrip("s")) or (1.0, "")
        value = match["value"].replace(",", "" if match["thousands"] else ".")
        found.add(Quantity(round(float(value) * factor, 12), unit))
    return frozenset(found)


def is_telling(quantity: Quantity) -> bool:
    """Whether a number is an amount and not a count of items ("2 phases", "1.")."""
    return bool(quantity.unit) or quantity.value > SMALL_COUNT or quantity.value != int(quantity.value)


SMALL_COUNT = 5
