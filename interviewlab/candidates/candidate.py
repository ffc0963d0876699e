"""A candidate of fixed level that answers whatever is asked, the same way each time."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from interviewlab.types import Exercise, Language, Reply

Name = Literal["strong", "middling", "poor", "silent"]
CANDIDATES: tuple[str, ...] = get_args(Name)
_CODE: dict[str, tuple[str, ...]] = {"strong": ("correct",), "middling": ("buggy", "correct"), "poor": ("broken",) * 3}
_GIVE_UP = "Let's stop here."


class Candidate:
    """Answers by the question's id from what is written down for its level.

    Source of truth: answers.yaml, personal.yaml and code.yaml were written from the questions' texts alone, so a score
    of these candidates does not follow from the key points by construction.
    """

    def __init__(self, name: str, language: Language) -> None:
        self._name = name
        self._language = language
        self._given: Counter[str] = Counter()

    def answer(self, reply: Reply, exercise: Exercise | None) -> dict[str, Any]:
        """The next line of a script: ``say``, ``submit`` or ``finish``."""
        if self._name == "silent":
            return {"say": ""} if self._count("silence") < 8 else {"finish": True}
        if reply.move == "greet":
            return {"say": "Yes, I'm ready."}
        if reply.move == "evaluate":
            return {"say": _data("personal")["reflection"][self._name]}
        if exercise is not None and reply.exercise_id == exercise.id:
            return self._at_exercise(reply, exercise)
        return {"say": self._on_question(reply.question_id or "")}

    def _on_question(self, question_id: str) -> str:
        rows = _data("answers").get(question_id, {}).get(self._name)
        if rows is None:
            rows, question_id = _data("personal")[self._name], "personal"
        count = self._count(question_id)
        return str(rows[count]) if count < len(rows) else "I don't know anything more about that."

    def _at_exercise(self, reply: Reply, exercise: Exercise) -> dict[str, Any]:
        known = _data("code").get(exercise.id)
        if known is None:
            return {"say": _GIVE_UP}
        if reply.move == "set_exercise":
            return {"say": known["plan"][self._name]}
        codes, count = _CODE[self._name], self._given[f"{exercise.id}:code"]
        is_asked_back = reply.move == "review_code" and count > 0
        if count < len(codes) and not (is_asked_back and self._given[f"{exercise.id}:talk"] < count):
            self._count(f"{exercise.id}:code")
            return {"submit": known[self._language][codes[count]], "language": self._language}
        talk = known["talk"][self._name]
        return {"say": talk[min(self._count(f"{exercise.id}:talk"), len(talk) - 1)]}

    def _count(self, key: str) -> int:
        self._given[key] += 1
        return self._given[key] - 1


@lru_cache(maxsize=3)
def _data(name: str) -> dict[str, Any]:
    text = (files("interviewlab.candidates") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
