"""Past interviews: open one again, or delete it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.ui.handlers import interview as interviewing
from interviewlab.ui.handlers import shelf as handlers
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.owner import owner_of
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, focus, warn
from interviewlab.ui.presenters.markup import empty_state, notice, tag
from interviewlab.ui.presenters.shelf import to_choices

CHOOSE = "Choose an interview from the list first."


@dataclass(frozen=True)
class PastPage:
    """The components of the place."""

    nothing: gr.HTML
    shelf: gr.Column
    interviews: gr.Radio
    open: gr.Button
    delete: gr.Button
    sure: gr.Row
    delete_now: gr.Button
    keep: gr.Button
    notice: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What a fresh look at the shelf may change."""
        return [self.nothing, self.shelf, self.interviews, self.sure, self.notice]


def lay_out() -> PastPage:
    """Build the place inside the current tab."""
    gr.HTML(tag("div", tag("h1", "Past interviews"), class_="il-head"))
    nothing = gr.HTML(empty_state("Nothing here yet", "Interviews you hold are kept on this machine and listed here."))
    with gr.Column(visible=False, elem_classes="il-panel") as shelf:
        interviews = gr.Radio([], label="Newest first", elem_id="past-list", elem_classes="il-list")
        with gr.Row(elem_classes="il-actions"):
            open_ = gr.Button("Open", variant="primary", min_width=110, elem_id="open-past")
            delete = gr.Button("Delete", variant="stop", min_width=110, elem_id="delete-past")
        with gr.Row(visible=False, elem_classes="il-actions il-sure") as sure:
            gr.HTML(tag("p", "Delete this interview, its transcript and its report for good?"))
            delete_now = gr.Button("Delete it now", variant="stop", min_width=110, elem_id="delete-now")
            keep = gr.Button("Keep it", min_width=110, elem_id="keep")
    return PastPage(nothing, shelf, interviews, open_, delete, sure, delete_now, keep, gr.HTML(elem_id="past-notice"))


def wire(page: PastPage, tab: gr.Tab, shell: Shell, interview: InterviewPage, feedback: FeedbackPage) -> None:
    """Join events and handlers."""
    events = _Events(page, shell, interview, feedback)
    quiet: dict[str, Any] = {"show_progress": "hidden", "show_api": False}
    everything = [*page.outputs, *interview.outputs, *feedback.outputs, shell.kept, shell.places]
    tab.select(events.on_look, None, page.outputs, **quiet)
    page.open.click(events.on_open, [page.interviews, shell.drafts], everything, **quiet).then(
        fn=None, js=focus("#feedback-title", "#answer textarea", "#past-list input")
    )
    page.delete.click(_ask, page.interviews, [page.sure, page.notice], **quiet).then(
        fn=None, js=focus("#delete-now", "#past-list input")
    )
    page.keep.click(lambda: gr.Row(visible=False), None, page.sure, **quiet).then(fn=None, js=focus("#delete-past"))
    page.delete_now.click(events.on_delete, [page.interviews, shell.kept, feedback.shown], everything, **quiet).then(
        fn=None, js=focus("#past-list input")
    )


def _ask(interview_id: str | None) -> tuple[gr.Row, str]:
    return gr.Row(visible=bool(interview_id)), "" if interview_id else notice(CHOOSE, "hint")


@dataclass(frozen=True)
class _Events:
    page: PastPage
    shell: Shell
    interview: InterviewPage
    feedback: FeedbackPage

    async def on_look(self, request: gr.Request) -> Updates:
        """What is on the shelf now."""
        records = await handlers.list_interviews(self.shell.settings, owner_of(request))
        if isinstance(records, Trouble):
            return {self.page.notice: notice(records.sentence)}
        return {
            self.page.nothing: gr.HTML(visible=not records),
            self.page.shelf: gr.Column(visible=bool(records)),
            self.page.interviews: gr.Radio(to_choices(records), value=None),
            self.page.sure: gr.Row(visible=False),
            self.page.notice: "",
        }

    async def on_open(self, interview_id: str | None, drafts: Drafts, request: gr.Request) -> Updates:
        """Go to the report of an ended interview, or on with one that has not ended."""
        if not interview_id:
            return {self.page.notice: notice(CHOOSE, "hint")}
        owner = owner_of(request)
        report = await handlers.get_feedback(self.shell.settings, owner, interview_id)
        if isinstance(report, Trouble):
            return self._trouble(report)
        if report:
            return {**self.feedback.updates(report, self.shell), **self.shell.go("feedback")}
        view = await interviewing.find_interview(self.shell.settings, owner, interview_id)
        if isinstance(view, Trouble):
            return self._trouble(view)
        return {**self.interview.updates(view, self.shell, {}, drafts), **self.shell.go("interview")}

    async def on_delete(self, interview_id: str | None, kept: Kept, shown: str, request: gr.Request) -> Updates:
        """Delete, and clear the places where the interview was open."""
        if not interview_id:
            return {self.page.notice: notice(CHOOSE, "hint")}
        trouble = await handlers.delete_interview(self.shell.settings, owner_of(request), interview_id)
        if trouble:
            return self._trouble(trouble)
        updates = {**await self.on_look(request), self.page.notice: notice("The interview is deleted.", "hint")}
        if kept.get("interview_id") == interview_id:
            updates |= {**self.interview.leave(), self.shell.kept: {}}
        return {**updates, **self.feedback.clear()} if shown == interview_id else updates

    def _trouble(self, trouble: Trouble) -> Updates:
        warn(trouble.sentence)
        return {self.page.notice: notice(trouble.sentence)}
