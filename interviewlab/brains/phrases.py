"""Varied wording from phrases.yaml: cycled by turn, shuffled by the seed, and none of the last turns again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from interviewlab.errors import BadInput, say_broken_yaml
from interviewlab.types import Manner

_GAP = re.compile(r"\{\w+\}")
_swapped: ContextVar[dict[str, Any] | None] = ContextVar("phrases", default=None)


@lru_cache(maxsize=1)
def _bundled() -> dict[str, Any]:
    text = (files("interviewlab.brains") / "phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _phrases() -> dict[str, Any]:
    return _swapped.get() or _bundled()


@contextmanager
def phrases_from(path: Path) -> Iterator[None]:
    """Within this block the wording comes from another file, which may hold some of the lists only.

    Raises BadInput where it cannot be read or holds a list that does not exist.
    """
    known = _bundled()
    others, lines = _read(path)
    if unlike := [key for key in others if type(others[key]) is not type(known.get(key))]:
        place = f"{path.name}, line {lines[unlike[0]]}"
        raise BadInput(f"{place}: '{unlike[0]}' is no list of brains/phrases.yaml.", "Use its keys and their shape.")
    token = _swapped.set(known | others)
    try:
        yield
    finally:
        _swapped.reset(token)


@lru_cache(maxsize=1)
def _manners() -> dict[Manner, dict[str, list[str]]]:
    text = (files("interviewlab.brains") / "manners.yaml").read_text(encoding="utf-8")
    loaded: dict[Manner, dict[str, list[str]]] = yaml.safe_load(text)
    return loaded


def _read(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The lists of a file, and the line on which each begins."""
    remedy = "Write lists with the keys of brains/phrases.yaml."
    try:
        text = path.read_text(encoding="utf-8")
        others, tree = yaml.safe_load(text), yaml.compose(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The phrases {path} cannot be read as text.", remedy) from error
    except yaml.YAMLError as error:
        raise BadInput(say_broken_yaml(path.name, error), remedy) from error
    if not isinstance(others, dict) or tree is None:
        raise BadInput(f"{path.name} holds no lists of phrases.", remedy)
    return others, {key.value: key.start_mark.line + 1 for key, _ in tree.value}


class Phrasebook:
    """The phrases of one interview in one turn; ``recent`` replies, the last one last, are not begun alike."""

    def __init__(self, seed: int, turn: int, manner: Manner = "neutral", recent: Sequence[str] = ()) -> None:
        self._seed = seed
        self._turn = turn
        self._manner = manner
        self._recent = recent

    def say(self, key: str, **values: object) -> str:
        """One phrase of the list ``key``, or the phrase ``key.sub`` of a mapping, filled in."""
        head, _, sub = key.partition(".")
        entry = _manners().get(self._manner, {}).get(head) or _phrases()[head]
        if isinstance(entry, dict):
            return str(entry[sub]).format(**values)
        order = random.Random(f"{self._seed}:{head}").sample(range(len(entry)), len(entry))  # noqa: S311 wording only
        start = self._turn % len(order)
        phrases = [str(entry[place]) for place in (*order[start:], *order[:start])]
        return min(phrases, key=self._staleness).format(**values)

    def _staleness(self, phrase: str) -> tuple[int, bool]:
        """How lately it was said, 0 for not of late, and whether the last reply began with the same word."""
        fixed = max(_GAP.split(phrase), key=len)
        said = max((n for n, reply in enumerate(self._recent, 1) if fixed in reply), default=0)
        return said, bool(self._recent) and self._recent[-1].split()[:1] == phrase.split()[:1]

    def nth(self, key: str, place: int, **values: object) -> str:
        """The phrase at ``place`` of a list whose phrases are not said twice, filled in."""
        entry = _phrases()[key]
        return str(entry[place % len(entry)]).format(**values)

    def sometimes(self, key: str, one_in: int = 5) -> str:
        """A phrase that grates when it comes every time: said in one turn of ``one_in``, else empty."""
        is_due = random.Random(f"{self._seed}:{key}:{self._turn}").randrange(one_in) == 0  # noqa: S311 wording only
        return self.say(key) if is_due else ""


def fixed_phrases() -> tuple[str, ...]:
    """The phrases that are always said alike."""
    entries = (each for entry in _phrases().values() for each in (entry.values() if isinstance(entry, dict) else entry))
    return tuple(text for text in entries if isinstance(text, str) and "{" not in text)


def topic_name(area: str) -> str:
    """How an area is called aloud."""
    return str(_phrases()["topics"].get(area, area.replace("-", " ")))


def find_topic(text: str) -> str | None:
    """The area a candidate asks for, by the words people use for it; of "something else" what is named behind it."""
    plain = _ELSEWHERE.split(_REFUSED.sub(" ", text.lower()))[-1]
    return next((area for area, names in _TOPICS.items() if names.search(plain)), None)


def is_elsewhere(text: str) -> bool:
    """Whether any other subject will do."""
    return _ELSEWHERE.search(text.lower()) is not None


_ELSEWHERE = re.compile(
    r"\b(?:something|anything) (?:else|different)\b"
    r"|\b(?:another|other|different|(?:change|switch) (?:the )?) ?(?:topic|subject|area|field)s?\b"
)
_TOPIC_WORDS = {
    "machine-learning": ("machine learning", "data science", "deep learning", "neural network"),
    "sql": ("sql", "sequel"),
    "frontend": (
        *(
            "front ?-?end",
            "web (?:development|developer|page|site|interface)",
            "html",
            "css",
            "javascript",
            "typescript",
        ),
        *("(?<!to )(?<!would )(?<!you )react", "angular", "vue", "accessibility"),
    ),
    "databases": ("database", "data base", "indexes", "transaction", "nosql", "mysql", "postgres", "postgresql"),
    "concurrency": ("concurrency", "multithreading", "threads"),
    "systems-networks": ("network", "networking", "operating system", "linux", "tcp"),
    "algorithms": ("algorithm", "data structure"),
    "design": ("system design", "architecture", "distributed system", "scaling", "design", "caching", "microservice"),
    "security": ("security", "cryptography"),
    "testing": ("testing", "unit test"),
    "languages": ("programming language", "garbage collection", "runtime"),
    "engineering-practice": ("debugging", "deployment", "code review", "engineering practice"),
    "behavioural": ("behavioural", "behavioral", "teamwork", "team work", "conflict", "leadership"),
    "resume": ("my cv", "my resume", "my project", "my experience", "my work"),
}
_TOPICS = {area: re.compile(rf"\b(?:{'|'.join(names)})s?\b") for area, names in _TOPIC_WORDS.items()}
_NAMES = "|".join(sorted((name for names in _TOPIC_WORDS.values() for name in names), key=len, reverse=True))
_REFUSED = re.compile(
    r"\b(?:(?:not|never) (?:\w+ ){0,2}(?:good|strong|great|comfortable|worked|done) (?:at|in|with)"
    r"|(?:bad|weak|poor) (?:at|in)|(?:don't|do not) know (?:\w+ ){0,2}about|not(?: do| talk about)?|no more"
    r"|anything but|other than|instead of|rather than|enough (?:of|about|with)|tired of|away from|drop|leave) "
    rf"(?:more |the |about )?(?:(?:{_NAMES})s?\b|[\w-]+)"
    r"|\b[\w-]{1,40} (?:isn't|is not|aren't|are not) (?:really |quite )?(?:mine|for me|my)\b"
)
"""A subject that is named because it is not wanted."""
