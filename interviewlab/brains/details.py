"""What the statement of an exercise says to a candidate's question about it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from interviewlab.brains.marks import mend
from interviewlab.questions.check import UNSPEAKABLE
from interviewlab.scoring.text import sentences, stems
from interviewlab.types import Exercise

_NOUGHT, _FROM, _UP_TO, _PLACE = "0", "from a number", "up to a number", "a place"
"""What a rule says in figures and not in these words."""
_VALUES = (
    ("duplic", "twice", "repeat", "uniqu", "distinct", "equal", "same"),
    ("empti", "none", "null", "zero", "no", _NOUGHT),
    ("negat", "posit", "sign", _FROM),
)
"""What a value may be: "can the limit be zero?" is about zero, whatever else the limit is told of."""
_OTHERS = (
    ("sort", "order", "ascend"),
    ("larg", "big", "size", "mani", "long", "limit", "million", "length", _UP_TO),
    ("integ", "float", "whole", "decim", "fraction"),
    ("letter", "case", "upper", "lower", "charact", "unicod", "space"),
    ("overlap", "touch", "insid"),
    ("return", "output", "print", "format"),
    ("tie", "first", "sever"),
)
_RESULT = frozenset(("return", "output", "result"))
"""Nothing that a value is asked of."""
LONGEST = 30
"""Words that can be taken in by ear."""
SHORTEST = 3
"""Words of a clause that can stand by itself."""
SAME_WORDS = 3
"""Words that question and sentence share, beside the plain ones."""
_PLAIN = frozenset(
    stems(
        "a an and are as be by can could do does for from how i if in is it its just me mean must my number of okay on "
        "one only or should so than that the then there they this to what when which will with would you your function"
    )
)
_CODE = re.compile(r"```.*?```|^\s*\|.*$", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"\*\*Examples?\*\*.*?(?=\*\*Constraints\*\*|\Z)", re.DOTALL)
"""What happens in one case is no rule."""
_HEAD = re.compile(r"^\W*Constraints\W*")
_COUNTED = re.compile(r"\(from 0\)|\bcounted from 0\b")
_NAME = re.compile(r"`([A-Za-z_]+)`")
_FIGURES = (
    (re.compile(r"`(\d[\d ]*) <= (\w+) <= (\d[\d ]*)`"), r"\2 from \1 to \3"),
    (re.compile(r"`(\w+) >= (\d[\d ]*)`"), r"\1 at least \2"),
    (re.compile(r"`(\w+) <= (\d[\d ]*)`"), r"\1 at most \2"),
    (
        re.compile(
            r"(?<=\w)\s+`\[[^`]*\]`(?= (?:pairs|lists|triples|entries)\b)|(?<=\w)(?<! of)(?<! as)\s+`\[[^`]*\]`"
        ),
        "",
    ),
)
"""How to say what stands in signs; what a list looks like can be left out behind its name."""


def told_in_statement(exercise: Exercise, question: str) -> str:
    """The rule of the statement that answers ``question``, fit for a voice; empty if none does, or none can be said."""
    names = {stem for name in _NAME.findall(exercise.statement) for stem in stems(name)}
    wanted = set(stems(question)) - _PLAIN
    rules = {row: _stems(row) for row in rules_of(exercise.statement)}
    values = _touched(_VALUES, set(stems(question)))
    topics = values or _touched(_OTHERS, wanted - names)
    known = Counter(stem for row in rules.values() for stem in row)
    things = (wanted & set(known)).difference(*topics, _RESULT) if values else set[str]()
    found = [row for row, its in rules.items() if _is_about(its, wanted, topics, things, is_value=bool(values))]
    best = max(found, key=lambda row: _likeness(rules[row], wanted, topics, known), default="")
    return "" if UNSPEAKABLE.search(best) or len(best.split()) > LONGEST else best


@lru_cache(maxsize=32)
def rules_of(statement: str) -> tuple[str, ...]:
    """The sentences of the statement and the parts between its semicolons, as a voice would say them."""
    text = _EXAMPLE.sub("\n", _CODE.sub(" ", statement))
    for pattern, spoken in _FIGURES:
        text = pattern.sub(spoken, text)
    told = (row for row in sentences(re.sub(r"\n(?!\n)", " ", text)) if not row.endswith("?"))
    rows = [_HEAD.sub("", mend(row)) for row in told]
    return tuple(_as_sentence(part) for row in rows for part in _clauses(row))


def _clauses(row: str) -> list[str]:
    parts = [part.strip() for part in row.split(";")]
    return parts if all(len(part.split()) >= SHORTEST for part in parts) else [row]


def _as_sentence(part: str) -> str:
    """A clause as a sentence of its own; of figures in signs only those that can be said."""
    kept = [each for each in part.split(", ") if not UNSPEAKABLE.search(each)]
    said = ", ".join(kept) if kept and part[:5].lower() in ("up to", "each ") else part
    return f"{said[:1].upper()}{said[1:].rstrip('.,:;')}."


def _stems(row: str) -> set[str]:
    """The words of a rule, and what its figures say."""
    row = _COUNTED.sub("", row)
    found = set(stems(re.sub(r"\bpositions?\b", _PLACE, row))) - {"no"}
    said = ((_FROM, r"\bfrom -?\d|\bat least \d"), (_UP_TO, r"\b(?:up to|at most|to) \d"))
    return found | {name for name, pattern in said if re.search(pattern, row, re.IGNORECASE)}


def _touched(groups: tuple[tuple[str, ...], ...], wanted: set[str]) -> list[set[str]]:
    return [set(group) for group in groups if wanted & set(group)]


def _is_about(row: set[str], wanted: set[str], topics: list[set[str]], things: set[str], *, is_value: bool) -> bool:
    """Of the same topic, or in enough of the same words; what is asked of a thing must be told of it."""
    is_on_topic = any(row & topic for topic in topics)
    if is_value:
        return is_on_topic and (not things or bool(row & things) or "none" in row)
    return is_on_topic or len(row & wanted) >= SAME_WORDS


def _likeness(row: set[str], wanted: set[str], topics: list[set[str]], known: Counter[str]) -> float:
    """Words that both have, each the more the fewer rules have it, beside the length; a topic counts as a word."""
    shared = sum(1.0 / known[stem] for stem in row & wanted)
    of_topics = sum(max(1.0 / known[stem] for stem in row & topic) for topic in topics if row & topic)
    return float((shared + of_topics) / len(row - _PLAIN) ** 0.5)
