"""What the candidate wants: rules that are sure, then likeness to examples; each with a confidence.

An answer (intent ``none``) is the default: a long utterance is never taken for a request on likeness alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import numpy as np
import yaml

from interviewlab.ports import Embedder
from interviewlab.scoring.text import sentences, words
from interviewlab.types import Intent, Signal

RULE_CONFIDENCE = 0.95
LIKENESS = 0.72
"""Cosine to an example from which it decides."""
SHORT = 16
"""Words up to which an utterance may be a request."""


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str]]]:
    text = (files("interviewlab.brains") / "intents.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Intent, re.Pattern[str]], ...]:
    return tuple((intent, _any(patterns)) for intent, patterns in _data()["rules"].items())  # type: ignore[misc]


@lru_cache(maxsize=1)
def _signals() -> tuple[tuple[Signal, re.Pattern[str]], ...]:
    return tuple((signal, _any(patterns)) for signal, patterns in _data()["signals"].items())  # type: ignore[misc]


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(words(text.replace("’", "'"))).lower()


def find_signals(text: str) -> tuple[Signal, ...]:
    """What else the utterance carries ("I don't know", "say that again"); see _requests for where it is looked for."""
    parts = _requests(text)
    return tuple(signal for signal, pattern in _signals() if any(pattern.search(part) for part in parts))


def _requests(text: str) -> list[str]:
    """Where a request may stand: in a short utterance, and in the last sentence of a longer one."""
    parts = [text, *sentences(text)[-1:]]
    return list(dict.fromkeys(_plain(part) for part in parts if len(words(part)) <= SHORT))


class IntentFinder:
    """Finds one of the eight intents."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def find(self, text: str) -> tuple[Intent, float]:
        """The intent with its confidence in [0, 1]."""
        plain = _plain(text)
        if not plain:
            return "none", 1.0
        for part in _requests(text):
            for intent, pattern in _rules():
                if pattern.search(part):
                    return intent, RULE_CONFIDENCE
        return self._by_likeness(plain) if len(plain.split()) <= SHORT else ("none", 0.9)

    def _by_likeness(self, plain: str) -> tuple[Intent, float]:
        examples = [(intent, example) for intent, rows in _data()["examples"].items() for example in rows]
        cosine = self._embedder.embed([e for _, e in examples]) @ self._embedder.embed([plain])[0]
        best = int(np.argmax(cosine))
        likeness = float(np.clip(cosine[best], 0.0, 1.0))
        if likeness < LIKENESS:
            return "none", round(1.0 - likeness / 2, 3)
        return examples[best][0], round(likeness, 3)  # type: ignore[return-value]
