"""Which questions are near to what a CV and a job name, and which areas are a trade of theirs. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

import yaml

from interviewlab.questions.bank import Bank
from interviewlab.types import Question

TRADE_NAMES = 2
"""So many names make a trade,"""
TRADE_SHARE = 0.25
"""where they are this part of all."""


@cache
def _near() -> dict[str, frozenset[str]]:
    """Skills of the bank by a skill of a CV or a job, that in lower case."""
    text = files("interviewlab.questions").joinpath("near.yaml").read_text(encoding="utf-8")
    near: dict[str, set[str]] = {}
    for skill, names in yaml.safe_load(text).items():
        for name in names:
            near.setdefault(name.casefold(), set()).add(skill)
    return {name: frozenset(skills) for name, skills in near.items()}


@cache
def _trades() -> dict[str, frozenset[str]]:
    """Names of a CV or a job, in lower case, by the area whose trade they tell."""
    text = files("interviewlab.questions").joinpath("trades.yaml").read_text(encoding="utf-8")
    return {area: frozenset(name.casefold() for name in names) for area, names in yaml.safe_load(text).items()}


def is_trade(area: str, names: Iterable[str]) -> bool:
    """Whether skills by their canonical names are those of who works in ``area``."""
    folded = {name.casefold() for name in names}
    told = len(folded & _trades().get(area, frozenset()))
    return told >= max(TRADE_NAMES, TRADE_SHARE * len(folded))


def bank_skills(names: Iterable[str]) -> frozenset[str]:
    """Skills of the bank that are near to skills by their canonical names."""
    folded = {name.casefold() for name in names}
    return frozenset(folded.union(*(_near().get(name, frozenset()) for name in folded)))


def named_skills(bank: Bank, area: str, text: str) -> frozenset[str]:
    """Of what an area's questions are about, what ``text`` names, by its own name or else by one that is near to it."""
    skills, said = skills_of_area(bank, area), text.casefold()
    named = {name for name in (*skills, *_near()) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)}
    return frozenset(named & skills) or bank_skills(named) & skills


def is_near(question: Question, skills: Collection[str]) -> bool:
    """Whether a question is about one of these skills of the bank."""
    return any(skill in skills for skill in question.skills)


def skills_of_area(bank: Bank, area: str) -> frozenset[str]:
    """All that an area's questions are about, but no name of a whole area."""
    return frozenset(s for q in bank.questions if q.area == area for s in q.skills) - frozenset(bank.areas)
