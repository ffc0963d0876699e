"""By what a story is read: the data of ``stories.yaml``, which says what each part of it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Kind:
    """A kind of key point: lines of signs that tell it together, sentences that tell it, what else it bears on."""

    told: tuple[frozenset[str], ...]
    like: tuple[str, ...]
    shows: str


@dataclass(frozen=True)
class FollowUp:
    """What a follow-up may ask for, and how often ``told`` stands in a story that has answered it. In small letters."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    least: int


@dataclass(frozen=True)
class StoryRules:
    """``stories.yaml`` with its pieces put together; each field is explained there."""

    signs: dict[str, re.Pattern[str]]
    kinds: dict[str, Kind]
    points: dict[str, str]
    praise: tuple[str, ...]
    work: tuple[str, ...]
    elsewhere: tuple[str, ...]
    follow_ups: dict[str, FollowUp]


@lru_cache(maxsize=1)
def story_rules() -> StoryRules:
    """The rules, read once a process."""
    data: dict[str, Any] = yaml.safe_load(
        files("interviewlab.scoring").joinpath("stories.yaml").read_text(encoding="utf-8")
    )
    pieces: dict[str, str] = {}
    for name, text in data["words"].items():
        pieces[name] = _filled(text, pieces)
    return StoryRules(
        signs={name: re.compile(_filled(text, pieces), re.IGNORECASE) for name, text in data["signs"].items()},
        kinds={
            name: Kind(tuple(map(frozenset, kind["told"])), tuple(kind["like"]), kind.get("shows", ""))
            for name, kind in data["kinds"].items()
        },
        points=data["points"],
        praise=tuple(data["praise"]),
        work=tuple(data["work"]),
        elsewhere=tuple(data["elsewhere"]),
        follow_ups={
            name: FollowUp(re.compile(each["asked"]), re.compile(_filled(each["told"], pieces)), each.get("least", 1))
            for name, each in data["follow_ups"].items()
        },
    )


def _filled(text: str, pieces: dict[str, str]) -> str:
    for name, piece in pieces.items():
        text = text.replace("{" + name + "}", piece)
    return text
