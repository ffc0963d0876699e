"""Text into sentences, so that the first can sound while the next is made. Pure."""

from __future__ import annotations

import re

LONGEST = 240
"""Characters; a longer sentence is cut at a clause, so that no sound waits for a whole paragraph."""
_END = re.compile(r"""(?<=[.!?…])["'”’)\]]*\s+(?=["'“‘(\[`]*[A-Z0-9_`])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)""")
_NO_END = re.compile(
    r"(?:^|[\s(\"'])(?:e\.g|i\.e|etc|vs|cf|approx|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|Inc|Ltd|Jr|Sr|[A-Z])\.$", re.IGNORECASE
)
_CLAUSE = re.compile(r"(?<=[,;:])\s+")


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text`` in order, white space around them removed; joined they say the same."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _NO_END.search(text[start : end.start()]):
            continue
        found += _clauses(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in (*found, *_clauses(text[start:].strip())) if sentence]


def _clauses(sentence: str) -> list[str]:
    if len(sentence) <= LONGEST:
        return [sentence]
    parts = [""]
    for clause in _CLAUSE.split(sentence):
        if parts[-1] and len(parts[-1]) + len(clause) > LONGEST:
            parts.append("")
        parts[-1] = f"{parts[-1]} {clause}".strip()
    return parts
