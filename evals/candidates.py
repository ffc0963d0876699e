"""Simulated candidates: what they know (level), how they talk (manner), how they behave.

Where truth comes from. A *written* candidate says what stands in ``interviewlab.candidates``: answers written from the
questions' texts without sight of the key points; its level is the level they were written for (levels 2 and 4 take
the two beside them in turn, topic by topic). A *human* candidate says what people answered in an examination that other
people marked; its level is the mark. A *model* candidate is a language model that was told its level, which proves
least: nobody has marked what it says.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

import yaml

from interviewlab.candidates.candidate import Candidate
from interviewlab.errors import BadInput
from interviewlab.scoring.text import sentences
from interviewlab.types import Exercise, Language, Reply

Manner = Literal["plain", "terse", "rambling", "anxious", "overconfident"]
Behaviour = Literal["cooperative", "silent", "gibberish", "parrot", "injecting", "contradicting", "code-only"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
LEVELS = (1, 2, 3, 4, 5)
NOT_ANSWERING: tuple[Behaviour, ...] = ("silent", "gibberish", "parrot", "code-only")
"""Behaviours that show no knowledge, whatever the level: their truth is level 1."""
TERSE_SENTENCES = 2
PATIENCE_TURNS = 8
"""Turns after which one who shows nothing gives up."""
_STOCKS: dict[int, tuple[str, str]] = {
    1: ("poor", "poor"),
    2: ("poor", "middling"),
    3: ("middling", "middling"),
    4: ("middling", "strong"),
    5: ("strong", "strong"),
}
Line = dict[str, Any]
"""As a script has it: ``say``, ``submit`` with ``language``, or ``finish``."""


@dataclass(frozen=True)
class Persona:
    """One simulated candidate; the same persona answers the same way each time."""

    level: int
    manner: Manner = "plain"
    behaviour: Behaviour = "cooperative"
    seed: int = 0
    language: Language = "python"

    def __post_init__(self) -> None:
        _check("level", self.level, LEVELS)
        _check("manner", self.manner, MANNERS)
        _check("behaviour", self.behaviour, BEHAVIOURS)

    @property
    def name(self) -> str:
        """Names it and its seed."""
        return f"level-{self.level}-{self.manner}-{self.behaviour}-{self.seed}"

    @property
    def true_level(self) -> int:
        """The level that this candidate shows."""
        return 1 if self.behaviour in NOT_ANSWERING else self.level


class Speaker(Protocol):
    """Who knows the answers."""

    async def answer(self, reply: Reply, exercise: Exercise | None) -> Line:
        """The next line of a script."""


class WrittenSpeaker:
    """Answers from what is written down for its level; a level between two takes them in turn, topic by topic."""

    def __init__(self, persona: Persona) -> None:
        self._persona = persona
        names = set(_STOCKS[persona.level])
        self._stocks = {name: Candidate(name, persona.language) for name in names}
        self._topics: list[str] = []

    async def answer(self, reply: Reply, exercise: Exercise | None) -> Line:
        """From the stock that this question or exercise falls to."""
        topic = reply.exercise_id or reply.question_id or ""
        if topic not in self._topics:
            self._topics.append(topic)
        turn = self._persona.seed + self._topics.index(topic)
        return self._stocks[_STOCKS[self._persona.level][turn % 2]].answer(reply, exercise)


class HumanSpeaker:
    """Answers each question with what people of its level answered, and then has no more to say."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self._answers = {question: list(said) for question, said in answers.items()}

    async def answer(self, reply: Reply, exercise: Exercise | None) -> Line:
        """The one answer they gave, by the id of the question."""
        if reply.move == "greet":
            return {"say": "Yes, I'm ready."}
        left = self._answers.get(reply.question_id or "")
        if left is None:
            return {"finish": True}
        return {"say": left.pop(0) if left else "I have nothing to add to that."}


class SimulatedCandidate:
    """A speaker with the manner and the behaviour of a persona."""

    def __init__(self, persona: Persona, speaker: Speaker) -> None:
        self.persona = persona
        self._speaker = speaker
        self._draw = random.Random(f"{persona.name}:talk")  # noqa: S311 wording only
        self._turns = 0

    async def answer(self, reply: Reply, exercise: Exercise | None) -> Line:
        """The next line of a script."""
        self._turns += 1
        if self.persona.behaviour in NOT_ANSWERING:
            return self._show_nothing(reply, exercise)
        line = await self._speaker.answer(reply, exercise)
        if "say" not in line or reply.move == "greet":
            return line
        return {"say": self._behaved(self._mannered(str(line["say"])))}

    def _show_nothing(self, reply: Reply, exercise: Exercise | None) -> Line:
        if self._turns > PATIENCE_TURNS:
            return {"finish": True}
        match self.persona.behaviour:
            case "silent":
                return {"say": ""}
            case "gibberish":
                return {"say": gibberish(self._draw)}
            case "parrot":
                return {"say": reply.text}
            case _:
                return self._only_code(exercise)

    def _only_code(self, exercise: Exercise | None) -> Line:
        language = self.persona.language
        code = _manners()["code_only"].get(language, _manners()["code_only"]["python"])
        return {"submit": code, "language": language} if exercise else {"say": code}

    def _mannered(self, said: str) -> str:
        match self.persona.manner:
            case "plain":
                return said
            case "terse":
                return " ".join(sentences(said)[:TERSE_SENTENCES])
            case manner:
                phrases = _manners()[manner]
                return f"{self._draw.choice(phrases['before'])} {said} {self._draw.choice(phrases['after'])}"

    def _behaved(self, said: str) -> str:
        if self.persona.behaviour in ("injecting", "contradicting"):
            return f"{said} {self._draw.choice(_manners()[self.persona.behaviour])}"
        return said


def gibberish(draw: random.Random) -> str:
    """A dozen words that are none."""
    syllables = ("ba", "dro", "fli", "gu", "ke", "lom", "ni", "pra", "sto", "tu", "vex", "wi")
    words = ("".join(draw.choice(syllables) for _ in range(draw.randint(2, 4))) for _ in range(12))
    return " ".join(words).capitalize() + "."


def injection_texts() -> tuple[str, ...]:
    """What injecting candidates add to their answers."""
    return tuple(_manners()["injecting"])


def padding_texts() -> tuple[str, ...]:
    """Talk without content."""
    return (*_manners()["rambling"]["before"], *_manners()["rambling"]["after"])


def _check(what: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        raise BadInput(f"There is no {what} '{value}'.", f"Choose one of {', '.join(map(str, allowed))}.")


@lru_cache(maxsize=1)
def _manners() -> dict[str, Any]:
    text = (Path(__file__).parent / "data" / "manners.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
