"""The words a candidate is likely to say next, as a prompt for ears that read one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_TOKENS = 96
"""Whisper would read 223, but 100 tokens double the time that it takes to write down a dozen words after them."""
_ODD = re.compile(r"[^a-z\s'-]")


def vocabulary_prompt(about: str, *terms: Iterable[str], max_tokens: int = MAX_TOKENS) -> str:
    """``about`` (the question), then the terms, each once, until ``max_tokens`` are used up.

    Groups of terms come in order of their weight: cues, skills, the CV. Within a group, terms that are not spelt like
    ordinary words (``kubectl``, ``O(n)``, ``PostgreSQL``) come first: ears get those wrong most.
    """
    prompt = _shorten(" ".join(about.split()), max_tokens // 2)
    left = max_tokens - _tokens(prompt)
    chosen: list[str] = []
    for term in _unique(terms, known=prompt.lower()):
        if (cost := _tokens(term) + 1) <= left:
            left -= cost
            chosen.append(term)
    return f"{prompt} {', '.join(chosen)}.".strip() if chosen else prompt


def _unique(groups: Iterable[Iterable[str]], known: str) -> Iterable[str]:
    seen: set[str] = set()
    for group in groups:
        for term in sorted((" ".join(term.split()) for term in group), key=lambda term: not _ODD.search(term)):
            if term and term.lower() not in seen and term.lower() not in known:
                seen.add(term.lower())
                yield term


def _shorten(text: str, max_tokens: int) -> str:
    """The last words that fit: the end of a question asks, its beginning sets the scene."""
    words = text.split()
    while words and _tokens(" ".join(words)) > max_tokens:
        words = words[1:]
    return " ".join(words)


def _tokens(text: str) -> int:
    """An upper estimate: three letters a token in words, one for every other character."""
    return sum(1 + len(word) // 3 for word in re.findall(r"[A-Za-z]+", text)) + len(re.findall(r"[^A-Za-z\s]", text))
