"""Is an answer the expected one? Pure; runs in our process, never in the candidate's."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence

from pydantic import JsonValue

from interviewlab.sandbox.limits import SHOWN_CHARS

DEEPEST = 250
"""How many lists in lists an answer may have; tests themselves cannot be read with more."""
SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
"""Numbers that JSON has no words for travel as ``{"$float": NAME}``."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def is_same(got: JsonValue, expected: JsonValue, tolerance: float | None = None, any_order: bool = False) -> bool:
    """Equal as values: 1 is 1.0, true is not 1, NaN is NaN.

    Floats may differ by ``tolerance``, absolute or relative. ``any_order`` takes the outermost list as a multiset.
    """
    if any_order and isinstance(got, list) and isinstance(expected, list):
        return _is_permutation(got, expected, tolerance)
    if isinstance(expected, list):
        return (
            isinstance(got, list)
            and len(got) == len(expected)
            and all(is_same(one, other, tolerance) for one, other in zip(got, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and got.keys() == expected.keys()
            and all(is_same(got[key], value, tolerance) for key, value in expected.items())
        )
    return _is_same_scalar(got, expected, tolerance)


def _is_same_scalar(got: JsonValue, expected: JsonValue, tolerance: float | None) -> bool:
    if _is_number(got) and _is_number(expected):
        return _is_close(got, expected, tolerance)  # type: ignore[arg-type]
    return type(got) is type(expected) and got == expected


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_close(got: float, expected: float, tolerance: float | None) -> bool:
    if isinstance(got, float) and isinstance(expected, float) and math.isnan(got) and math.isnan(expected):
        return True
    if tolerance is None or got == expected:
        return got == expected
    try:
        return math.isclose(got, expected, rel_tol=tolerance, abs_tol=tolerance)
    except OverflowError:
        return False


def _is_permutation(got: Sequence[JsonValue], expected: Sequence[JsonValue], tolerance: float | None) -> bool:
    if len(got) != len(expected):
        return False
    if tolerance is None:
        return Counter(map(to_canonical, got)) == Counter(map(to_canonical, expected))
    left = list(got)
    for wanted in expected:
        match = next((index for index, one in enumerate(left) if is_same(one, wanted, tolerance)), None)
        if match is None:
            return False
        left.pop(match)
    return True


def to_canonical(value: JsonValue) -> str:
    """JSON text that is equal for equal values."""
    return json.dumps(_integral(value), sort_keys=True, ensure_ascii=False)


def _integral(value: JsonValue) -> JsonValue:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_integral(one) for one in value]
    if isinstance(value, dict):
        return {key: _integral(one) for key, one in value.items()}
    return value


def to_wire(value: JsonValue) -> JsonValue:
    """The value with NaN and the infinities in words that every language reads."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, list):
        return [to_wire(one) for one in value]
    if isinstance(value, dict):
        return {key: to_wire(one) for key, one in value.items()}
    return value


def from_wire(value: JsonValue, deepest: int = DEEPEST) -> JsonValue:
    """The inverse of ``to_wire``; also ``{"$int": DIGITS}``.

    Raises ValueError for digits that are none, RecursionError for more than ``deepest`` lists in lists.
    """
    if not deepest:
        raise RecursionError
    if isinstance(value, list):
        return [from_wire(one, deepest - 1) for one in value]
    if isinstance(value, dict):
        name = value.get("$float")
        if len(value) == 1 and isinstance(name, str) and name in SPECIAL:
            return SPECIAL[name]
        digits = value.get("$int")
        if len(value) == 1 and isinstance(digits, str):
            return int(digits)
        return {key: from_wire(one, deepest - 1) for key, one in value.items()}
    return value


def is_same_text(got: str, expected: str) -> bool:
    """Equal lines, trailing white space of each line and of the whole aside."""
    return _trimmed(got) == _trimmed(expected)


def is_same_lines(got: str, expected: str) -> bool:
    """The same lines, each as often, in whatever order."""
    return sorted(_trimmed(got)) == sorted(_trimmed(expected))


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def to_shown(value: JsonValue) -> str:
    """JSON for the page, cut to about ``SHOWN_CHARS``."""
    return cut(json.dumps(value, ensure_ascii=False))


def to_printable(text: str) -> str:
    """The text with what cannot be shown or stored replaced.

    That is control characters (of eight bits too: a terminal obeys them), halves of characters, and what turns around
    the direction of the text behind it.
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def cut(text: str) -> str:
    """The beginning of the text, fit to be shown, with an ellipsis where something is missing."""
    text = to_printable(text)
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"
