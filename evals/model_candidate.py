"""A language model that plays a candidate of a given level."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Protocol

from evals.batch import ScoringFailed, Usage
from evals.candidates import Line, Persona
from interviewlab.errors import BadInput
from interviewlab.types import Exercise, Reply

PROMPT = Path(__file__).parent / "prompts" / "candidate.md"
_FENCE = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)


class Talker(Protocol):
    """What answers: ``Chat`` of the endpoint."""

    async def ask(self, system: str, user: str, temperature: float = 0.0) -> tuple[str, Usage]:
        """Text for text."""


class ModelSpeaker:
    """Plays ``persona``; it knows the last reply and the exercise, nothing of key points."""

    def __init__(self, talker: Talker, persona: Persona) -> None:
        self.used = Usage()
        """What all that it said took."""
        self._talker = talker
        self._persona = persona
        self._prompt = PROMPT.read_text(encoding="utf-8")

    async def answer(self, reply: Reply, exercise: Exercise | None) -> Line:
        """What the model says, or the code it writes. Raises BadInput where the endpoint fails."""
        part = {"level": self._persona.level, "manner": self._persona.manner, "says": reply.text}
        if exercise is not None:
            part |= {"exercise": exercise.statement, "starter": exercise.starter.get(self._persona.language, "")}
        try:
            text, used = await self._talker.ask(self._prompt, json.dumps(part, ensure_ascii=False), temperature=0.7)
        except ScoringFailed as error:
            raise BadInput(f"The candidate's model failed: {error}.", "Try again, or use --speaker written.") from error
        self.used += used
        code = _FENCE.search(text)
        if exercise is not None and code:
            return {"submit": code.group(1), "language": self._persona.language}
        return {"say": text}
