"""Feedback: the report of one interview and its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.ui.handlers import shelf as handlers
from interviewlab.ui.handlers.recordings import RecordingDesk
from interviewlab.ui.handlers.views import FeedbackView, Trouble
from interviewlab.ui.owner import owner_of
from interviewlab.ui.pages.shell import Shell, Updates, warn
from interviewlab.ui.presenters.markup import empty_state, joined, notice, tag
from interviewlab.ui.presenters.papers import to_plan
from interviewlab.ui.presenters.recordings import to_recordings
from interviewlab.ui.presenters.report import to_report

FILES: tuple[handlers.FileName, ...] = ("report.json", "report.md", "transcript.jsonl")


@dataclass(frozen=True)
class FeedbackPage:
    """The components of the place; ``shown`` is the id of the interview whose report is shown."""

    shown: gr.State
    title: gr.HTML
    files: gr.Row
    buttons: tuple[gr.Button, ...]
    payload: gr.Textbox
    recordings: gr.HTML
    report: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What ``updates`` may change."""
        return [self.shown, self.title, self.files, self.report]

    def updates(self, view: FeedbackView, shell: Shell) -> Updates:
        """The page with this report."""
        return {
            self.shown: view.report.interview_id,
            self.title: _title(f"Ended {view.report.created_at:%d %b %Y, %H:%M} UTC"),
            self.files: gr.Row(visible=True),
            self.report: joined(
                to_report(view.report, view.transcript, shell.settings.interviewer), to_plan(view.transcript.plan)
            ),
        }

    def clear(self) -> Updates:
        """The page with no report."""
        return {self.shown: "", self.title: _title(""), self.files: gr.Row(visible=False), self.report: _nothing()}


def lay_out() -> FeedbackPage:
    """Build the place inside the current tab."""
    shown = gr.State("")
    title = gr.HTML(_title(""))
    with gr.Row(visible=False, elem_classes="il-actions", elem_id="files") as files:
        buttons = tuple(gr.Button(f"Download {name}", size="sm", min_width=170) for name in FILES)
    payload = gr.Textbox(visible=False)
    recordings = gr.HTML(elem_id="recordings")
    report = gr.HTML(_nothing(), elem_id="report")
    return FeedbackPage(shown, title, files, buttons, payload, recordings, report)


def wire(page: FeedbackPage, shell: Shell, desk: RecordingDesk) -> None:
    """Join events and handlers."""
    page.shown.change(_Listen(desk).on_shown, page.shown, page.recordings, show_progress="hidden", show_api=False)
    for name, button in zip(FILES, page.buttons, strict=True):
        button.click(
            _Fetch(shell, name).on_click, page.shown, page.payload, show_progress="hidden", show_api=False
        ).then(fn=None, inputs=page.payload, js="(payload) => window.interviewlab.download(payload)")


@dataclass(frozen=True)
class _Listen:
    """The recorded calls of the interview that is shown."""

    desk: RecordingDesk

    async def on_shown(self, interview_id: str, request: gr.Request) -> str:
        """A player for each; an empty string where there are none."""
        if not interview_id:
            return ""
        calls = await self.desk.list_recordings(owner_of(request), interview_id)
        if isinstance(calls, Trouble):
            return notice(calls.sentence)
        return to_recordings((call.url, call.started_at, call.duration_s) for call in calls)


@dataclass(frozen=True)
class _Fetch:
    """The text of one file, handed to the browser to save: no file lies about on the server."""

    shell: Shell
    name: handlers.FileName

    async def on_click(self, interview_id: str, request: gr.Request) -> str:
        """Name and text as JSON, or an empty string after a warning."""
        text = await handlers.get_file(self.shell.settings, owner_of(request), interview_id, self.name)
        if isinstance(text, Trouble):
            warn(text.sentence)
            return ""
        return json.dumps({"name": self.name, "text": text})


def _title(when: str) -> str:
    head = tag("h1", "Your feedback", id="feedback-title", tabindex=-1)
    return tag("div", head, tag("p", when, class_="il-soft"), class_="il-head")


def _nothing() -> str:
    return empty_state(
        "No report yet", "End an interview and its report appears here, each score beside the words it rests on."
    )
