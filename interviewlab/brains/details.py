"""What the statement of an exercise says to a candidate's question about it."""

from __future__ import annotations

import re

from interviewlab.brains.guards import mend
from interviewlab.questions.check import UNSPEAKABLE
from interviewlab.scoring.text import sentences, stems
from interviewlab.types import Exercise

_VALUES = (
    ("duplic", "twice", "repeat", "uniqu", "distinct", "equal", "same"),
    ("empti", "none", "null", "zero", "no"),
    ("negat", "posit", "sign"),
)
"""What a value may be: "can the limit be zero?" is about zero, whatever else the limit is told of."""
_OTHERS = (
    ("sort", "order", "ascend"),
    ("larg", "big", "size", "mani", "long", "limit", "million", "length", "constraint"),
    ("integ", "float", "whole", "number", "decim", "type"),
    ("letter", "case", "upper", "lower", "charact", "unicod", "space"),
    ("overlap", "touch", "insid"),
    ("return", "output", "print", "format"),
    ("tie", "first", "sever"),
)
LONGEST = 30
"""Words that can be taken in by ear."""
SAME_WORDS = 3
"""Words that question and sentence share, beside the plain ones."""
_PLAIN = frozenset(
    stems(
        "a an and are as be by can do does for from i if in is it its me mean my number of on or that the "
        "then there this to what when which with you your function"
    )
)
_CODE = re.compile(r"```.*?```", re.DOTALL)


def told_in_statement(exercise: Exercise, question: str) -> str:
    """The sentence of the statement that answers ``question``, fit for a voice; empty if none does."""
    wanted = set(stems(question))
    topics = _touched(_VALUES, wanted) or _touched(_OTHERS, wanted)
    rows = [mend(row) for row in sentences(_CODE.sub(" ", exercise.statement).replace("\n", " "))]
    found = [row for row in rows if _is_about(set(stems(row)), wanted, topics)]
    speakable = [row for row in found if not UNSPEAKABLE.search(row) and len(row.split()) <= LONGEST]
    return max(speakable, key=lambda row: len(wanted & set(stems(row))), default="")


def _touched(groups: tuple[tuple[str, ...], ...], wanted: set[str]) -> list[set[str]]:
    return [set(group) for group in groups if wanted & set(group)]


def _is_about(row: set[str], wanted: set[str], topics: list[set[str]]) -> bool:
    """Of the same topic, or in enough of the same words."""
    return any(row & topic for topic in topics) or len(row & wanted - _PLAIN) >= SAME_WORDS
