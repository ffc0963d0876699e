"""How one model takes a question: as every endpoint knows it, until the model refuses a part of it by name. Pure.

OpenAI's reasoning models take no ``max_tokens`` and mostly no ``temperature``. What they think counts among
``max_completion_tokens``, so there is room for it, and they are asked for the least that they accept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interviewlab.types import Chat

EFFORTS = ("none", "minimal", "low")
"""Of reasoning, the least first; no model knows all of them."""
THINKING_TOKENS = 2_000
"""Room for reasoning before an answer."""
_REFUSALS = ("unsupported_parameter", "unsupported_value")
_DISPENSABLE = ("temperature", "max_tokens", "reasoning_effort")


class Dialect:
    """What one model takes, learned from what it refuses."""

    def __init__(self, model: str) -> None:
        self._model = model
        # Names of parameters, and values of reasoning_effort.
        self._refused: set[str] = set()

    def question(self, chat: Chat) -> dict[str, Any]:
        """The parameters of a completion."""
        messages = [{"role": "system", "content": chat.system}, {"role": "user", "content": chat.user}]
        question: dict[str, Any] = {"model": self._model, "messages": messages}
        if "temperature" not in self._refused:
            question["temperature"] = chat.temperature
        if "max_tokens" not in self._refused:
            return {**question, "max_tokens": chat.longest_tokens}
        question["max_completion_tokens"] = self.longest_tokens(chat)
        return {**question, "reasoning_effort": self._effort} if self._effort else question

    def longest_tokens(self, chat: Chat) -> int:
        """How many tokens an answer may have, reasoning included."""
        is_thinking = "max_tokens" in self._refused and self._effort != "none"
        return chat.longest_tokens + (THINKING_TOKENS if is_thinking else 0)

    def learn(self, question: Mapping[str, Any], code: object, parameter: object) -> bool:
        """Whether ``question`` can be put otherwise, now that one ``parameter`` of it was refused with ``code``."""
        if code not in _REFUSALS or parameter not in _DISPENSABLE or parameter not in question:
            return False
        self._refused |= self._meant(question, str(code), str(parameter))
        return True

    @property
    def _effort(self) -> str | None:
        return next((effort for effort in EFFORTS if effort not in self._refused), None)

    @staticmethod
    def _meant(question: Mapping[str, Any], code: str, parameter: str) -> set[str]:
        if parameter != "reasoning_effort":
            return {parameter}
        return set(EFFORTS) if code == "unsupported_parameter" else {question[parameter]}
