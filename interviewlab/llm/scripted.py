"""A language model that says what it is told to, for tests and benches."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

from pydantic import BaseModel

from interviewlab.errors import ModelFailed
from interviewlab.llm.forms import read_growing, read_whole
from interviewlab.ports import Form, PartialForm
from interviewlab.types import Chat, Usage

Script = Callable[[Chat], Mapping[str, Any] | str | ModelFailed]
"""From a question to the fields of the answer, to text as it would come, or to a failure."""
PIECE = 16
"""Characters that come at a time."""


class ScriptedChat:
    """Answers by ``script``; remembers what it was asked. Four characters are a token, and nothing costs."""

    def __init__(self, script: Script, name: str = "llm:scripted", breaks_after: int | None = None) -> None:
        self.name = name
        self.asked: list[Chat] = []
        self._script = script
        self._breaks_after = breaks_after

    async def stream(self, chat: Chat, form: type[BaseModel]) -> AsyncGenerator[PartialForm, None]:
        """The answer in pieces; broken off after ``breaks_after`` characters, if so told."""
        text = self._text(chat)
        for end in range(PIECE, len(text) + PIECE, PIECE):
            if self._breaks_after is not None and end > self._breaks_after:
                raise ModelFailed("The scripted model broke off.", cause="broken off", retryable=True)
            if values := read_growing(text[:end]):
                yield PartialForm(values)
        yield PartialForm(read_whole(text, form, "The scripted model").model_dump(), _usage(chat, text))

    async def ask(self, chat: Chat, form: type[Form]) -> tuple[Form, Usage]:
        """The answer at once."""
        text = self._text(chat)
        found = read_whole(text, form, "The scripted model")
        return form.model_validate(found.model_dump()), _usage(chat, text)

    async def check(self) -> str:
        """Always there."""
        return "scripted"

    async def aclose(self) -> None:
        """Nothing is open."""

    def _text(self, chat: Chat) -> str:
        self.asked.append(chat)
        answer = self._script(chat)
        if isinstance(answer, ModelFailed):
            raise answer
        return answer if isinstance(answer, str) else json.dumps(answer)


def _usage(chat: Chat, text: str) -> Usage:
    return Usage(calls=1, tokens_in=len(chat.system + chat.user) // 4, tokens_out=len(text) // 4)
