"""How long the candidate can still stay, where they say so: "I have to leave in 15 minutes"."""

from __future__ import annotations

import re

_FEW = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0}
"""Numbers that count only with their unit: "the next call in one of them"."""
_MANY = {
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "twelve": 12.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "twenty five": 25.0,
    "thirty": 30.0,
    "forty": 40.0,
    "forty five": 45.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
}
_SET = {
    "half an hour": 30.0,
    "half hour": 30.0,
    "quarter of an hour": 15.0,
    "three quarters of an hour": 45.0,
    "an hour and a half": 90.0,
    "one and a half hours": 90.0,
    "an hour": 60.0,
    "couple of hours": 120.0,
    "couple of minutes": 2.0,
}
_UNITS = {"h": 60.0, "m": 1.0, "s": 1 / 60}
"""Minutes of a unit, by the letter it begins with."""


def _any(words: dict[str, float]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ABOUT = r"(?:about |around |roughly |a |another )*"
_UNIT = r"(?:hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b"
_TIMED = (
    rf"{_ABOUT}(?:(?P<length>{_any(_SET)})\b"
    rf"|(?P<number>\d{{1,3}}(?:\.\d)?|{_any(_MANY | _FEW)}) ?(?:more )?(?P<unit>{_UNIT}))"
)
_OTHER = rf"(?! (?:more )?(?:{_UNIT}|five|(?:day|week|month|year)s?\b))(?!\.)"
_BARE = rf"{_ABOUT}(?P<minutes>\d{{1,2}}|{_any(_MANY)})\b{_OTHER}"
_LENGTH = rf"(?:{_TIMED}|{_BARE})"
_SAYINGS = (
    r"\b(?:have|need|must|got|gotta|should|will) (?:to )?"
    r"(?:go|leave|be (?:gone|off|somewhere|out)|drop|stop|finish|head out)\b"
    rf"(?: \w+){{0,2}} (?:in|within) {_LENGTH}",
    rf"\b(?:have|need|must|got|gotta) (?:to )?(?:pick|fetch|collect|catch|join|get)\b(?: \w+){{1,4}} in {_LENGTH}",
    rf"\b(?:only|just) (?:have|got|have got|stay|stay for) {_TIMED}",
    rf"\b(?:have|got|stay) (?:for )?(?:only |just )?{_TIMED} (?:left|before|until|till)\b",
    rf"\bstay (?:for )?{_LENGTH}",
    rf"\b(?:meeting|call|train|bus|appointment|stop|class|flight)(?: \w+){{0,2}} in {_LENGTH}",
)
_HASTE = tuple(re.compile(saying) for saying in _SAYINGS)
_AT_EASE = re.compile(r"\bno (?:rush|hurry)\b|\bplenty of time\b|\bnot in a (?:rush|hurry)\b")


def find_minutes_left(text: str) -> float | None:
    """Minutes from now at which the candidate wants to be gone; None where nothing of the kind is said.

    Of two times in one breath the later one counts: "in ten minutes, no, I can stay half an hour".
    """
    plain = " ".join(re.findall(r"\d+\.\d|\w+", text.lower().replace("i've", "have").replace("'ve", " have")))
    if _AT_EASE.search(plain):
        return None
    found = [match for saying in _HASTE for match in saying.finditer(plain)]
    if not found:
        return None
    return _minutes(max(found, key=re.Match.end).groupdict())


def _minutes(said: dict[str, str | None]) -> float:
    if length := said["length"]:
        return _SET[length]
    number = said["number"] or said.get("minutes") or ""
    known = (_MANY | _FEW).get(number)
    return (float(number) if known is None else known) * _UNITS[(said["unit"] or "m")[0]]
