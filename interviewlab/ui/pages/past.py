"""The list of past interviews: open one again, replay it, try one of its questions again, or delete it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.ui.clock import zone_of
from interviewlab.ui.handlers import interview as interviewing
from interviewlab.ui.handlers import progress, shelf
from interviewlab.ui.handlers.views import InterviewView, Trouble
from interviewlab.ui.owner import model_of, owner_of
from interviewlab.ui.pages.closing import OpenPlaces
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters.markup import busy, notice, tag

CHOOSE = "Choose an interview from the list first."


@dataclass(frozen=True)
class PastPanel:
    """The components of the panel."""

    shelf: gr.Column
    interviews: gr.Radio
    open: gr.Button
    replay: gr.Button
    again: gr.Button
    delete: gr.Button
    asking: gr.Column
    question: gr.Dropdown
    again_now: gr.Button
    again_not: gr.Button
    sure: gr.Row
    asked_about: gr.State
    """The interview that a confirmation deletes, whatever has been chosen since."""
    delete_now: gr.Button
    keep: gr.Button
    rename: gr.Button
    naming: gr.Column
    title: gr.Textbox
    rename_now: gr.Button
    rename_not: gr.Button
    notice: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What a fresh look at the shelf may change."""
        asked = [self.asking, self.question, self.naming, self.title, self.sure]
        return [self.shelf, self.interviews, *asked, self.notice]


def lay_out() -> PastPanel:
    """Build the panel inside the current column."""
    with gr.Column(visible=False, elem_classes="il-panel") as column:
        interviews = gr.Radio([], label="Interviews, newest first", elem_id="past-list", elem_classes="il-list")
        with gr.Row(elem_classes="il-actions"):
            open_ = gr.Button("Open", variant="primary", min_width=110, elem_id="open-past")
            replay = gr.Button("Replay", min_width=110, elem_id="replay-past")
            again = gr.Button("Retry a question", min_width=110, elem_id="retry-past")
            rename = gr.Button("Rename", min_width=110, elem_id="rename-past")
            delete = gr.Button("Delete", variant="stop", min_width=110, elem_id="delete-past")
        with gr.Column(visible=False, elem_id="retry") as asking:
            question = gr.Dropdown([], label="Which question or exercise?", elem_id="retry-question")
            with gr.Row(elem_classes="il-actions"):
                again_now = gr.Button("Start it", variant="primary", min_width=110, elem_id="retry-now")
                again_not = gr.Button("Not now", min_width=110, elem_id="retry-not")
        naming = _lay_out_naming()
        with gr.Row(visible=False, elem_classes="il-actions il-sure") as sure:
            gr.HTML(tag("p", "Delete this interview, its transcript, recordings and report for good?"))
            asked_about = gr.State()
            delete_now = gr.Button("Delete it now", variant="stop", min_width=110, elem_id="delete-now")
            keep = gr.Button("Keep it", min_width=110, elem_id="keep")
    message = gr.HTML(elem_id="past-notice")
    actions = (open_, replay, again, delete, asking, question, again_now, again_not)
    confirmation = (sure, asked_about, delete_now, keep)
    return PastPanel(column, interviews, *actions, *confirmation, rename=rename, **naming, notice=message)


def _lay_out_naming() -> dict[str, Any]:
    with gr.Column(visible=False, elem_id="naming") as naming:
        title = gr.Textbox(
            label="What it is called in this list",
            placeholder="Left empty: its type and level",
            max_lines=1,
            max_length=shelf.LONGEST_NAME,
            interactive=True,
            elem_id="past-title",
        )
        with gr.Row(elem_classes="il-actions"):
            save = gr.Button("Save the name", variant="primary", min_width=110, elem_id="rename-now")
            leave = gr.Button("Leave it", min_width=110, elem_id="rename-not")
    return {"naming": naming, "title": title, "rename_now": save, "rename_not": leave}


def wire(panel: PastPanel, shell: Shell, events: PastEvents) -> None:
    """Join events and handlers; what changes the list is wired by the place."""
    everything = events.outputs
    panel.open.click(events.on_open, [panel.interviews, shell.drafts], everything, **quiet(trigger_mode="once")).then(
        fn=None, js=focus("#feedback-title", "#answer textarea", "#past-list input")
    )
    panel.replay.click(events.on_replay, panel.interviews, everything, **quiet(trigger_mode="once")).then(
        fn=None, js="() => window.interviewlab.replay.open()"
    )
    _wire_again(panel, shell, events, everything)
    panel.interviews.input(_leave, None, [panel.sure, panel.asking, panel.naming], **quiet(queue=False))
    panel.rename.click(events.on_ask_name, panel.interviews, panel.outputs, **quiet()).then(
        fn=None, js=focus("#past-title input", "#past-title textarea", "#past-list input")
    )
    panel.rename_not.click(lambda: gr.Column(visible=False), None, panel.naming, **quiet()).then(
        fn=None, js=focus("#rename-past")
    )
    panel.delete.click(_ask, panel.interviews, [panel.sure, panel.asked_about, panel.notice], **quiet()).then(
        fn=None, js=focus("#delete-now", "#past-list input")
    )
    panel.keep.click(lambda: gr.Row(visible=False), None, panel.sure, **quiet()).then(fn=None, js=focus("#delete-past"))


def _wire_again(panel: PastPanel, shell: Shell, events: PastEvents, everything: list[Any]) -> None:
    panel.again.click(events.on_ask_which, panel.interviews, panel.outputs, **quiet()).then(
        fn=None, js=focus("#retry-question input", "#past-list input")
    )
    panel.again_not.click(lambda: gr.Column(visible=False), None, panel.asking, **quiet()).then(
        fn=None, js=focus("#retry-past")
    )
    chosen = [panel.interviews, panel.question, shell.drafts]
    panel.again_now.click(events.on_again, chosen, everything, **quiet(trigger_mode="once")).then(
        fn=None, js=focus("#answer textarea", "#retry-question input")
    )


def _ask(interview_id: str | None) -> tuple[gr.Row, str | None, str]:
    return gr.Row(visible=bool(interview_id)), interview_id, "" if interview_id else notice(CHOOSE, "hint")


def _leave() -> tuple[gr.Row, gr.Column, gr.Column]:
    """What was asked about one interview is not asked about another."""
    return gr.Row(visible=False), gr.Column(visible=False), gr.Column(visible=False)


@dataclass(frozen=True)
class PastEvents:
    """What happens with the interview that is chosen in the list."""

    panel: PastPanel
    shell: Shell
    interview: InterviewPage
    feedback: FeedbackPage

    @property
    def outputs(self) -> list[Any]:
        """What these events may change."""
        mine = [*self.panel.outputs, *self.interview.outputs, *self.feedback.outputs]
        return [*mine, self.shell.kept, self.shell.places]

    async def on_open(self, interview_id: str | None, drafts: Drafts, request: gr.Request) -> Updates:
        """Go to the report of an ended interview, or on with one that has not ended."""
        return await self._show(
            interview_id,
            request,
            lambda view: {**self.interview.updates(view, self.shell, {}, drafts), **self.shell.go("interview")},
        )

    async def on_replay(self, interview_id: str | None, request: gr.Request) -> Updates:
        """Go to the interview as it went; one that has not ended is shown as far as it got."""
        return await self._show(
            interview_id, request, lambda view: {**self.feedback.unfinished(view), **self.shell.go("feedback")}
        )

    async def _show(
        self, interview_id: str | None, request: gr.Request, unfinished: Callable[[InterviewView], Updates]
    ) -> Updates:
        """The report of an ended interview; what ``unfinished`` makes of one that has not ended."""
        if not interview_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        owner = owner_of(request)
        report = await shelf.get_feedback(self.shell.settings, owner, interview_id)
        if isinstance(report, Trouble):
            return self._trouble(report)
        if report:
            return {**self.feedback.updates(report, self.shell, zone_of(request)), **self.shell.go("feedback")}
        view = await interviewing.find_interview(self.shell.settings, owner, interview_id, model_of(request))
        if isinstance(view, Trouble):
            return self._trouble(view)
        return unfinished(view)

    async def on_ask_which(self, interview_id: str | None, request: gr.Request) -> Updates:
        """Offer what was asked in it."""
        if not interview_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        asked = await progress.list_asked(self.shell.settings, owner_of(request), interview_id)
        if isinstance(asked, Trouble):
            return {self.panel.notice: notice(asked.sentence, "hint"), self.panel.asking: gr.Column(visible=False)}
        if not asked:
            return {self.panel.notice: notice("Nothing was asked in this interview yet.", "hint")}
        choices = gr.Dropdown(list(asked), value=asked[0][1])
        return {self.panel.asking: gr.Column(visible=True), self.panel.question: choices, self.panel.notice: ""}

    async def on_again(
        self, interview_id: str | None, question_id: str | None, drafts: Drafts, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """A new interview about that one question."""
        if not interview_id or not question_id:
            yield {self.panel.notice: notice("Choose a question first.", "hint")}
            return
        owner = owner_of(request, "starts")
        yield {self.panel.notice: busy("Preparing your question…")}
        view = await progress.try_again(self.shell.settings, owner, interview_id, question_id, model_of(request))
        if isinstance(view, Trouble):
            yield self._trouble(view)
            return
        left = {self.panel.notice: "", self.panel.asking: gr.Column(visible=False)}
        yield {**self.interview.updates(view, self.shell, {}, drafts), **left, **self.shell.go("interview")}

    async def on_ask_name(self, interview_id: str | None, request: gr.Request) -> Updates:
        """Offer its name to be changed."""
        if not interview_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        title = await shelf.get_title(self.shell.settings, owner_of(request), interview_id)
        if isinstance(title, Trouble):
            return self._trouble(title)
        return {self.panel.naming: gr.Column(visible=True), self.panel.title: title, self.panel.notice: ""}

    async def on_rename(self, interview_id: str | None, title: str, request: gr.Request) -> Updates:
        """Change its name."""
        if not interview_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        trouble = await shelf.rename_interview(self.shell.settings, owner_of(request), interview_id, title)
        return self._trouble(trouble) if trouble else {self.panel.notice: notice("The interview is renamed.", "hint")}

    async def on_delete(self, interview_id: str | None, kept: Kept, shown: str, request: gr.Request) -> Updates:
        """Delete, and clear the places where the interview was open."""
        if not interview_id:
            return {self.panel.notice: notice(CHOOSE, "hint")}
        trouble = await shelf.delete_interview(self.shell.settings, owner_of(request), interview_id)
        if trouble:
            return self._trouble(trouble)
        closed = OpenPlaces(self.shell, self.interview, self.feedback).close([interview_id], kept, shown)
        return {self.panel.notice: notice("The interview is deleted.", "hint"), **closed}

    def _trouble(self, trouble: Trouble) -> Updates:
        warn(trouble.sentence)
        return {self.panel.notice: notice(trouble.sentence)}
