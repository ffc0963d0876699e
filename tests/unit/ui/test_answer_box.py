"""The box of the answer: emptied once, when its words are on their way, and never after that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
import pytest

from interviewlab.ui.handlers.views import Speaking, Step, Trouble
from interviewlab.ui.pages import interview, interview_wiring

TROUBLE = Trouble("The model does not answer.")


@pytest.mark.parametrize(
    ("steps", "boxes", "unsent"),
    [
        ([Speaking("I said."), Speaking("I said.", "Good."), Speaking("I said.", "Good. Why?")], [""], [""]),
        ([Speaking("I said."), TROUBLE], [""], ["", "I said."]),
        ([TROUBLE], [], ["I said."]),
    ],
)
async def test_what_is_typed_while_a_reply_grows_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, steps: list[Step], boxes: list[str], unsent: list[str]
) -> None:
    async def say(*given: Any) -> AsyncIterator[Step]:
        for step in steps:
            yield step

    monkeypatch.setattr(interview_wiring.handlers, "say", say)
    monkeypatch.setattr(interview_wiring, "owner_of", lambda request: "ada")
    monkeypatch.setattr(interview_wiring, "model_of", lambda request: None)
    monkeypatch.setattr(interview_wiring._Events, "show", lambda *given: {})
    with gr.Blocks():
        page = interview.lay_out()
    stub: Any = type("Stub", (), {"settings": None})
    events = interview_wiring._Events(page, stub, stub, stub)
    shown = [step async for step in events.on_say("I said.", {}, {}, None, gr.Request())]
    assert [step[page.answer] for step in shown if page.answer in step] == boxes
    assert [step[page.unsent] for step in shown if page.unsent in step] == unsent
