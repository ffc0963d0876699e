"""A text to edit, a button, and what comes of it: prompts and rubrics are tried without leaving the page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from html import escape
from inspect import isawaitable
from typing import Any

import ipywidgets

from interviewlab.errors import InterviewLabError
from interviewlab.notebook.frames import to_frame


def edit(text: str, show: Callable[[str], Any], verb: str = "Try it") -> ipywidgets.Widget:
    """``show`` is given the text at each click. It gives HTML, or what ``to_frame`` knows, at once or awaited.

    An error of ours is said in its sentence, and what was shown last stays.
    """
    area = ipywidgets.Textarea(value=text, layout={"width": "48em", "height": "22em"})
    button = ipywidgets.Button(description=verb, button_style="primary")
    said, shown = ipywidgets.HTML(), ipywidgets.HTML()

    async def work() -> None:
        began = time.perf_counter()
        try:
            made = show(area.value)
            made = await made if isawaitable(made) else made
        except InterviewLabError as error:
            said.value = f'<p role="alert"><b>{escape(str(error))}</b></p>'
        else:
            shown.value = made if isinstance(made, str) else to_frame(made).to_html(index=False)
            said.value = f"<p>Took {time.perf_counter() - began:.1f} s.</p>"
        finally:
            button.disabled = False

    running: set[asyncio.Task[None]] = set()

    def begin(_: Any) -> None:
        button.disabled = True
        said.value = "<p>Working…</p>"
        task = asyncio.get_running_loop().create_task(work())
        running.add(task)
        task.add_done_callback(running.discard)

    button.on_click(begin)
    box = ipywidgets.VBox([area, button, said, shown])
    box.add_class("il-edit")
    return box
