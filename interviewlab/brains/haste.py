"""How long the candidate can still stay, where they say so: "I have to leave in 15 minutes"."""

from __future__ import annotations

import re

_WORDS = {
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
    "half an hour": 30.0,
    "quarter of an hour": 15.0,
}
_LENGTH = rf"(?:about |around |a |another )*(\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
_SAYINGS = (
    r"\b(?:have|need|must|got|gotta|should|will) (?:to )?"
    r"(?:go|leave|be (?:gone|off|somewhere|out)|drop|stop|finish|head out)\b"
    rf"(?: \w+){{0,2}} (?:in|within) {_LENGTH}",
    rf"\b(?:have|need|must|got|gotta) (?:to )?(?:pick|fetch|collect|catch|join|get)\b(?: \w+){{1,4}} in {_LENGTH}",
    rf"\b(?:only|just) (?:have|got|have got|stay|stay for) {_LENGTH} (?:more )?min",
    rf"\b(?:have|got|stay) (?:for )?(?:only |just )?{_LENGTH} (?:more )?minutes? (?:left|before|until|till)\b",
    rf"\bstay (?:for )?{_LENGTH}",
    rf"\b(?:meeting|call|train|bus|appointment|stop|class|flight)(?: \w+){{0,2}} in {_LENGTH}",
)
_HASTE = tuple(re.compile(saying) for saying in _SAYINGS)


def find_minutes_left(text: str) -> float | None:
    """Minutes from now at which the candidate wants to be gone; None where nothing of the kind is said."""
    plain = " ".join(re.findall(r"\w+", text.lower().replace("i've", "have").replace("'ve", " have")))
    found = next((match for saying in _HASTE if (match := saying.search(plain))), None)
    if found is None:
        return None
    said = found[1]
    return _WORDS[said] if said in _WORDS else float(said)
