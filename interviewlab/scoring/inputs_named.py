"""Which kinds of input somebody has thought of: in words, and in the tests beside the code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

KINDS = ("smallest", "empty", "repeated", "largest")
_IN_WORDS = {
    "smallest": r"single|smallest|shortest|minimum|minimal|tiny|tiniest|(?:only|just|size|length|exactly) one|one "
    r"(?!of\b|by\b|after\b|or\b|more\b|could\b|can\b|would\b|has\b|is\b)[a-z]+",
    "empty": r"empty|nothing|none|nulls?|blank|zero|no [a-z]+s|without any",
    "repeated": r"repeat\w*|duplicat\w*|doubled|equal|identical|the same (?!as|way|thing|idea|for|time|place)[a-z]+"
    r"|twice|ties?|several times|more than once",
    "largest": r"huge|largest|biggest|longest|maximum|maximal|large|enormous|upper limit|thousands?|millions?"
    r"|overflow\w*",
}
_WORDS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _IN_WORDS.items()}
_TEST_LINE = re.compile(r"\b(?:assert\w*|expect)\b", re.IGNORECASE)
_EXPECTATION = re.compile(r"={2,3}|=>|\bgives\b|\bis (?:True|False|None)\b|\)\s*\.\s*(?:not\s*\.\s*)?to[A-Z]\w*\(")
_CALL = re.compile(r"(?<![.\w])(?!assert|expect|it\b|len\b|list\b|sorted\b|tuple\b|set\b|str\b|JSON)\w+\(")
_VALUE = re.compile(r""""[^"]*"|'[^']*'|-?\b\d[\d_.]*\b""")
_IN_TESTS = {
    "smallest": re.compile(r"""\[\s*(?:-?\w+|"[^"]*"|'[^']*')\s*\]|\A\s*(?:[01]|"[^"]"|'[^']')\s*(?:,|\Z)"""),
    "empty": re.compile(r"""\[\s*\]|""|''|\{\s*\}|\b(?:null|None)\b"""),
    "largest": re.compile(r"\*\*|\b\d+e\d|\b\d{5,}\b|\b\d{1,3}(?:_\d{3})+\b|\*\s*\d{2,}|\brange\(\d{3,}|\.repeat\("),
}


def kinds_in_words(texts: Iterable[str]) -> set[str]:
    """The kinds that these sentences name; each is about inputs already."""
    told = list(texts)
    return {kind for kind, named in _WORDS.items() if any(named.search(text) for text in told)}


def kinds_in_tests(code: str, lines: str) -> set[str]:
    """The kinds among the arguments of assertions in ``code`` and of tests that are ``lines``. Nothing is run."""
    given = [part for line in code.splitlines() if _TEST_LINE.search(line) for part in _arguments(line, is_call=True)]
    given += [part for line in lines.splitlines() for part in _arguments(line, is_call=False)]
    kinds = {kind for kind, pattern in _IN_TESTS.items() if any(pattern.search(part) for part in given)}
    return kinds | ({"repeated"} if any(map(_has_equal_values, given)) else set())


def _arguments(line: str, *, is_call: bool) -> list[str]:
    """What is given to the call, without what it should give."""
    before = _EXPECTATION.split(line, maxsplit=1)[0]
    called = _CALL.search(before)
    if called is None:
        return [] if is_call else [before]
    return [_up_to_its_end(before[called.end() :])]


def _up_to_its_end(given: str) -> str:
    """The text before the parenthesis that closes the call."""
    depth = 0
    for place, sign in enumerate(given):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return given[:place]
    return given


def _has_equal_values(given: str) -> bool:
    """Whether a value stands twice in the lists that are given, or a text is one sign over and over."""
    start, end = given.find("["), given.rfind("]")
    values = _VALUE.findall(given[start:end] if 0 <= start < end else given)
    texts = (value[1:-1] for value in values if value[0] in "\"'")
    return max(Counter(values).values(), default=0) > 1 or any(len(t) > 1 and len(set(t)) == 1 for t in texts)
