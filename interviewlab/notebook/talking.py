"""A whole text interview inside a notebook."""

from __future__ import annotations

import asyncio
from html import escape
from typing import Any

import ipywidgets
from markdown_it import MarkdownIt

from interviewlab.errors import InterviewLabError
from interviewlab.interview import Interview
from interviewlab.notebook.display import run_result_to_html
from interviewlab.types import LANGUAGES, Exercise, Language

ROWS = 12
WIDE = {"width": "auto"}
"""As wide as the cell: with 100 % the margins come on top, and the right border is cut off."""


class Talk:
    """Boxes for words and for code under its exercise, and the conversation above. ``widget`` is what a cell shows.

    The interview must stay open meanwhile, so it is opened by the cell before: ``async with`` would close it again.
    """

    def __init__(self, interview: Interview) -> None:
        self._interview = interview
        self._on_desk = ""
        """The exercise whose code is in the box."""
        self._lines: list[tuple[str, str]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown = ipywidgets.HTML()
        self._said = ipywidgets.Textarea(placeholder="Your answer", layout=WIDE)
        self._send = ipywidgets.Button(description="Send", button_style="primary")
        self._task, self._ran = ipywidgets.HTML(), ipywidgets.HTML()
        self._code = ipywidgets.Textarea(rows=ROWS, layout=WIDE)
        language = interview.plan.language
        self._language = ipywidgets.Dropdown(options=list(LANGUAGES), value=language, description="language")
        self._run = ipywidgets.Button(description="Run")
        self._hand_in = ipywidgets.Button(description="Hand in")
        buttons = ipywidgets.HBox([self._language, self._run, self._hand_in])
        self._desk = ipywidgets.VBox([self._task, self._code, buttons, self._ran])
        self._send.on_click(lambda _: self._begin(self.say(self._said.value)))
        self._run.on_click(lambda _: self._begin(self.run(self._code.value, self._language.value)))
        self._hand_in.on_click(lambda _: self._begin(self.hand_in(self._code.value, self._language.value)))
        self.widget = ipywidgets.VBox([self._shown, self._said, self._send, self._desk])
        self.widget.add_class("il-talk")
        self._desk.layout.display = "none"

    async def start(self) -> None:
        """Hear the greeting, or where an interview that was begun before stands."""
        reply = await self._interview.start()
        self._add("Interviewer", reply.text)
        self._lay_out(reply.ended)

    async def say(self, text: str) -> None:
        """Answer, and hear the reply; what goes wrong stands in the conversation, and the words are in the box again.

        What is typed meanwhile stays.
        """
        if not text.strip():
            return
        if is_typed := self._said.value == text:
            self._said.value = ""
        has_reply = False
        try:
            has_reply = await self._take("You", text, self._interview.reply(text))
        finally:
            if is_typed and not has_reply:
                self._said.value = "\n".join(filter(None, (text, self._said.value)))

    async def run(self, code: str, language: Language) -> None:
        """Try code on the visible tests; no turn is taken."""
        self._run.disabled = True
        try:
            self._ran.value = run_result_to_html(await self._interview.run_code(code, language))
        except InterviewLabError as error:
            self._ran.value = f'<p role="alert"><b>{escape(str(error))}</b></p>'
        finally:
            self._run.disabled = False

    async def hand_in(self, code: str, language: Language) -> None:
        """Submit code: hidden tests run, and the interviewer speaks of them."""
        await self._take("You", "I hand this in.", self._interview.submit_code(code, language))

    async def _take(self, who: str, words: str, reply: Any) -> bool:
        """Whether the reply came."""
        self._send.disabled = self._hand_in.disabled = True
        try:
            answer = await reply
        except InterviewLabError as error:
            self._add("", str(error))
            return False
        else:
            self._add(who, words)
            self._add("Interviewer", answer.text)
            self._lay_out(answer.ended)
            return True
        finally:
            self._send.disabled = self._hand_in.disabled = self._interview.progress.is_ended

    def _lay_out(self, is_ended: bool) -> None:
        exercise = self._interview.exercise
        self._desk.layout.display = "none" if exercise is None or is_ended else ""
        self._task.value = exercise_to_html(exercise) if exercise else ""
        if exercise is not None and exercise.id != self._on_desk:
            self._on_desk = exercise.id
            self._code.value, self._ran.value = exercise.starter.get(self._language.value, ""), ""

    def _add(self, who: str, words: str) -> None:
        self._lines.append((who, words))
        rows = (f"<p><b>{escape(name)}</b> {escape(text)}</p>" for name, text in self._lines)
        self._shown.value = "".join(rows)

    def _begin(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def exercise_to_html(exercise: Exercise) -> str:
    """What is asked for, its Markdown without any HTML in it; hidden tests stay hidden."""
    told = MarkdownIt("commonmark", {"html": False}).render(exercise.statement)
    return f'<h4>{escape(exercise.title)}</h4><div style="line-height:1.45;max-width:60em">{told}</div>'
