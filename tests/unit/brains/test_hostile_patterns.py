"""No pattern that reads what a candidate says may be held up: each is fed repetitions of its own words.

Run in a child process that is ended where it does not come back: a pattern that hangs holds the whole process.
"""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import islice, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from interviewlab import analysis, brains, scoring
from interviewlab.brains import intents
from interviewlab.orchestrator.context import build_context
from interviewlab.orchestrator.state import Incoming
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.story_rules import story_rules
from interviewlab.types import Plan, Progress, Utterance

PACKAGES = (analysis, brains, scoring)
MODULES = tuple(
    f"{package.__name__}.{each.name}" for package in PACKAGES for each in pkgutil.iter_modules(package.__path__)
)
GROUPS = ("any", "idle", "asked", "settled")
REPEATED = 48
"""Times that words come again: what takes twice as long with each would not end."""
SAMPLES = 24
PATIENCE_S = 120
"""A child that is still busy then hangs; it takes a few seconds."""


def patterns() -> Iterator[re.Pattern[str]]:
    for group in GROUPS:
        yield from (pattern for _, pattern in intents._patterns(group))
    yield from story_rules().signs.values()
    for rule in story_rules().follow_ups.values():
        yield from (rule.asked, rule.told)
    for name in MODULES:
        for value in vars(import_module(name)).values():
            found = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            rows = [each if isinstance(each, tuple) else (each,) for each in found]
            yield from (each for row in rows for each in row if isinstance(each, re.Pattern))


def samples(tree: Any) -> list[str]:
    """Texts that this part of a pattern matches, a few of each of its ways."""
    parts = [_of(code, value) for code, value in tree]
    widest = max((len(each) for each in parts), default=1)
    plain = ["".join(each[min(n, len(each) - 1)] for each in parts) for n in range(widest)]
    return list(dict.fromkeys([*plain, *("".join(each) for each in islice(product(*parts), SAMPLES))]))


def _of(code: Any, value: Any) -> list[str]:
    if code is op.LITERAL:
        return [chr(value)]
    if code is op.IN:
        return ["w" if value[0][0] is op.CATEGORY or value[0][0] is op.NEGATE else chr(_first(value[0]))]
    if code is op.BRANCH:
        return list(dict.fromkeys(text for tree in value[1] for text in samples(tree)))[: 4 * SAMPLES]
    if code is op.SUBPATTERN:
        return samples(value[3])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return ["", *samples(value[2])] if value[0] == 0 else samples(value[2])
    return ["x"] if code in (op.ANY, op.NOT_LITERAL) else [""]


def _first(item: Any) -> int:
    return int(item[1][0] if item[0] is op.RANGE else item[1])


def hostile(tree: Any, before: tuple[str, ...] = ("",)) -> Iterator[str]:
    """What leads to each repetition, then one or two of its ways over and over, and an end that does not fit."""
    for code, value in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[1] > 1:
            ways = [each for each in samples(value[2]) if each][:SAMPLES]
            for lead in before:
                yield from (f"{lead}{(one + other) * REPEATED} zzz" for one, other in product(ways, ways[:SAMPLES]))
        for inner in _inner(code, value):
            yield from hostile(inner, before)
        texts = [each for each in _of(code, value) if each] or [""]
        before = tuple(dict.fromkeys(each + text for each in before for text in (texts[0], texts[-1])))[:3]


def _inner(code: Any, value: Any) -> tuple[Any, ...]:
    if code is op.BRANCH:
        return tuple(value[1])
    if code is op.SUBPATTERN:
        return (value[3],)
    return (value[2],) if code in (op.MAX_REPEAT, op.MIN_REPEAT) else ()


def feed_all() -> None:
    """Run by the child."""
    for pattern in patterns():
        for text in dict.fromkeys(hostile(parser.parse(pattern.pattern, pattern.flags))):
            pattern.search(text)
        pattern.search(" " * 20_000)
    for phrase in (
        "which language do i" + " want to" * 60 + " x",
        "can i just" + " also just" * 60,
        "a, and b" + " " * 20_000,
    ):
        intents.find_wanted(phrase)


def ends(code: str) -> bool:
    try:
        subprocess.run([sys.executable, "-c", code], timeout=PATIENCE_S, check=True, cwd=_here())
    except subprocess.TimeoutExpired:
        return False
    return True


def _here() -> str:
    return str(__file__).rsplit("/", 1)[0]


def test_repetitions_of_its_own_words_hold_up_no_pattern() -> None:
    assert ends("from test_hostile_patterns import feed_all; feed_all()")


def test_the_search_for_hostile_words_finds_a_pattern_that_hangs() -> None:
    bad = r"^which language do i( (want( to)?|to|use))*$"
    assert any(text.startswith("which language do i want to want") for text in hostile(parser.parse(bad)))


def test_only_a_brief_question_is_one_about_how_to_work() -> None:
    assert intents.find_wanted("which language do i have to use").aside == "language"
    assert intents.find_wanted("which language do you want me to write it in").aside == "language"
    assert intents.find_wanted("which language am i allowed to use for this").aside == "language"
    assert intents.find_wanted("should i think about caching " + "and more caching " * 10 + "out loud").aside is None


def test_long_gaps_are_closed_before_anything_is_read_and_short_ones_stay() -> None:
    said = f"We used  Kafka{' ' * 9000}for events"
    incoming = Incoming.model_validate(
        {"turn": 1, "sequence": 1, "now": "2026-01-01T00:00:00Z", "utterance": Utterance(text=said)}
    )
    context = build_context(Plan(), load_bank(), Progress(), incoming)
    assert context.utterance is not None
    assert context.utterance.text == "We used  Kafka for events"
