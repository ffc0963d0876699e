"""Feedback: the report of one interview and its files."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import gradio as gr

from interviewlab.ui.clock import zone_of
from interviewlab.ui.handlers import shelf as handlers
from interviewlab.ui.handlers.progress import try_again
from interviewlab.ui.handlers.recordings import RecordingDesk
from interviewlab.ui.handlers.replay import get_replay
from interviewlab.ui.handlers.views import FeedbackView, InterviewView, Trouble
from interviewlab.ui.owner import model_of, owner_of
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Drafts, Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import busy, empty_state, joined, notice, tag
from interviewlab.ui.presenters.papers import to_plan
from interviewlab.ui.presenters.recordings import to_recordings
from interviewlab.ui.presenters.replay import to_replay
from interviewlab.ui.presenters.report import to_report
from interviewlab.ui.presenters.timeline import Call

REPLAY = "Replay the interview: words, code and sound, with the feedback on each moment"
FILES: dict[handlers.FileName, str] = {
    "report.pdf": "PDF",
    "report.html": "Web page",
    "report.md": "Markdown",
    "report.json": "JSON",
    "report.csv": "CSV",
    "transcript.vtt": "Subtitles",
    "transcript.jsonl": "Transcript",
}


@dataclass(frozen=True)
class FeedbackPage:
    """The components of the place; ``shown`` is the id of the interview whose report is shown. The replay, which may
    be hours long, is drawn when it is unfolded."""

    shown: gr.State
    title: gr.HTML
    files: gr.Row
    buttons: tuple[gr.Button, ...]
    payload: gr.Textbox
    fold: gr.Accordion
    recordings: gr.HTML
    replay: gr.HTML
    report: gr.HTML
    again: gr.Button
    again_id: gr.Textbox
    notice: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What ``updates`` may change."""
        about = [self.shown, self.title, self.files, self.report, self.notice]
        return [*about, self.fold, self.replay, self.recordings]

    def updates(self, view: FeedbackView, shell: Shell, zone: tzinfo) -> Updates:
        """The page with this report."""
        return {
            self.shown: view.report.interview_id,
            **self._folded(is_there=True),
            self.notice: "",
            self.title: _title(f"Ended {labels.moment(view.report.created_at, zone)}"),
            self.files: gr.Row(visible=True),
            self.report: joined(
                to_report(view.report, view.transcript, shell.interviewer_of(view.transcript.plan)),
                to_plan(view.transcript.plan),
            ),
        }

    def unfinished(self, view: InterviewView) -> Updates:
        """The page of an interview that goes on: only its replay, as far as it got."""
        return {
            **self.clear(),
            self.shown: view.interview_id,
            self.title: _title("Not ended yet: there is no report, but you can replay how far it got."),
            **self._folded(is_there=True),
            self.report: "",
        }

    def clear(self) -> Updates:
        """The page with no report."""
        return {
            self.shown: "",
            self.title: _title(""),
            self.files: gr.Row(visible=False),
            **self._folded(is_there=False),
            self.report: _nothing(),
            self.notice: "",
        }

    def _folded(self, *, is_there: bool) -> Updates:
        return {self.fold: gr.Accordion(visible=is_there, open=False), self.replay: "", self.recordings: ""}


def lay_out() -> FeedbackPage:
    """Build the place inside the current tab."""
    shown = gr.State("")
    title = gr.HTML(_title(""))
    with gr.Row(visible=False, elem_classes="il-actions", elem_id="files") as files:
        gr.HTML(tag("p", "Download", class_="il-soft"), elem_classes="il-lead")
        buttons = tuple(gr.Button(name, size="sm", min_width=70) for name in FILES.values())
    message = gr.HTML(elem_id="feedback-notice")
    payload = gr.Textbox(visible=False)
    with gr.Accordion(REPLAY, open=False, visible=False, elem_id="replay-fold") as fold:
        replay = gr.HTML(elem_id="replay")
        recordings = gr.HTML(elem_id="recordings")
    report = gr.HTML(_nothing(), elem_id="report")
    again = gr.Button("Try this again", elem_id="again", elem_classes="il-unseen")
    parts = (shown, title, files, buttons, payload, fold, recordings, replay, report)
    return FeedbackPage(*parts, again, again_id=gr.Textbox(visible=False), notice=message)


def wire(page: FeedbackPage, shell: Shell, desk: RecordingDesk, interview: InterviewPage) -> None:
    """Join events and handlers."""
    looking = _Listen(shell, desk)
    page.fold.expand(looking.on_unfolded, page.shown, [page.replay, page.recordings], **quiet())
    for name, button in zip(FILES, page.buttons, strict=True):
        button.click(_Fetch(shell, name).on_click, page.shown, page.payload, **quiet()).then(
            fn=None, inputs=page.payload, js="(payload) => window.interviewlab.download(payload)"
        )
    page.again.click(
        _Again(page, shell, interview).on_again,
        [page.shown, page.again_id, shell.drafts],
        [page.notice, *interview.outputs, shell.kept, shell.places],
        js="(shown, _, drafts) => [shown, window.interviewlab.chosenQuestion, drafts]",
        **quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#answer textarea"))


@dataclass(frozen=True)
class _Listen:
    """How the interview that is shown went, with its recorded calls."""

    shell: Shell
    desk: RecordingDesk

    async def on_unfolded(self, interview_id: str, request: gr.Request) -> tuple[str, str]:
        """The replay, and a player for each call; empty where there is nothing to play."""
        if not interview_id:
            return "", ""
        view = await get_replay(self.shell.settings, self.desk, owner_of(request), interview_id)
        if isinstance(view, Trouble):
            return notice(view.sentence), ""
        calls = [Call(call.url, call.started_at, call.duration_s) for call in view.calls]
        replay = to_replay(view.transcript, view.report, calls, self.shell.interviewer_of(view.transcript.plan))
        return replay, to_recordings(
            [(call.url, call.started_at, call.duration_s) for call in view.calls], zone_of(request)
        )


@dataclass(frozen=True)
class _Again:
    """One question or exercise once more, from the report that names it."""

    page: FeedbackPage
    shell: Shell
    interview: InterviewPage

    async def on_again(
        self, interview_id: str, question_id: str, drafts: Drafts, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """A new interview about it, and go there."""
        yield {self.page.notice: busy("Preparing your question…")}
        owner, model = owner_of(request, "starts"), model_of(request)
        view = await try_again(self.shell.settings, owner, interview_id, question_id or "", model)
        if isinstance(view, Trouble):
            warn(view.sentence)
            yield {self.page.notice: notice(view.sentence)}
            return
        shown = self.interview.updates(view, self.shell, {}, drafts)
        yield {**shown, self.page.notice: "", **self.shell.go("interview")}


@dataclass(frozen=True)
class _Fetch:
    """One file, handed to the browser to save: none lies about on the server."""

    shell: Shell
    name: handlers.FileName

    async def on_click(self, interview_id: str, request: gr.Request) -> str:
        """Name and content (base64) as JSON, or an empty string after a warning."""
        content = await handlers.get_file(self.shell.settings, owner_of(request), interview_id, self.name)
        if isinstance(content, Trouble):
            warn(content.sentence)
            return ""
        return json.dumps({"name": self.name, "content": b64encode(content).decode()})


def _title(when: str) -> str:
    head = tag("h1", "Your feedback", id="feedback-title", tabindex=-1)
    return tag("div", head, tag("p", when, class_="il-soft"), class_="il-head")


def _nothing() -> str:
    return empty_state(
        "No report yet", "End an interview and its report appears here, each score beside the words it rests on."
    )
