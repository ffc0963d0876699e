"""What the statement of an exercise says to a candidate's question about it."""

from __future__ import annotations

import re

from interviewlab.brains.guards import mend
from interviewlab.questions.check import UNSPEAKABLE
from interviewlab.scoring.text import sentences, stems
from interviewlab.types import Exercise

_TOPICS = (
    ("sort", "order", "ascend"),
    ("duplic", "twice", "repeat", "uniqu", "distinct", "equal", "same"),
    ("empti", "none", "null", "zero", "no"),
    ("negat", "posit", "sign"),
    ("larg", "big", "size", "mani", "long", "limit", "million", "length", "constraint"),
    ("integ", "float", "whole", "number", "decim", "type"),
    ("letter", "case", "upper", "lower", "charact", "unicod", "space"),
    ("overlap", "touch", "insid"),
    ("return", "output", "print", "format"),
    ("tie", "first", "sever"),
)
LONGEST = 30
"""Words that can be taken in by ear."""
_CODE = re.compile(r"```.*?```", re.DOTALL)


def told_in_statement(exercise: Exercise, question: str) -> str:
    """The sentence of the statement that answers ``question``, fit for a voice; empty if none does."""
    wanted = set(stems(question))
    topics = [group for group in _TOPICS if wanted & set(group)]
    rows = [mend(row) for row in sentences(_CODE.sub(" ", exercise.statement).replace("\n", " "))]
    found = [row for row in rows if any(set(stems(row)) & set(group) for group in topics)]
    speakable = [row for row in found if not UNSPEAKABLE.search(row) and len(row.split()) <= LONGEST]
    return max(speakable, key=lambda row: len(wanted & set(stems(row))), default="")
