"""What is kept of a person, and its deletion as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from interviewlab.settings import Settings
from interviewlab.ui.handlers.papers import delete_everything
from interviewlab.ui.owner import door_of, owner_of
from interviewlab.ui.pages import prepare_cv
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters.markup import notice, tag
from interviewlab.ui.presenters.shelf import to_keeping

FORGOTTEN = "Everything about you is deleted{}, and nothing of it is left in this browser."
FORGET_HERE = focus("#forget-me", after="window.interviewlab.forget()")


@dataclass(frozen=True)
class DataPanel:
    """The components that tell what is kept, and delete it; ``candidate`` and ``papers`` stand beside them."""

    candidate: gr.Textbox
    papers: prepare_cv.CvPanel
    forget: gr.Button
    sure: gr.Row
    forget_now: gr.Button
    forget_not: gr.Button
    notice: gr.HTML


def lay_out(settings: Settings, candidate: gr.Textbox, papers: prepare_cv.CvPanel) -> DataPanel:
    """Build the panel inside the current column."""
    with gr.Accordion("Your data", open=False, elem_id="your-data"):
        gr.HTML(to_keeping(is_local=settings.whose == "local", retention_days=settings.retention_days))
        forget = gr.Button("Delete everything about me", variant="stop", size="sm", elem_id="forget-me")
        with gr.Row(visible=False, elem_classes="il-actions il-sure") as sure:
            gr.HTML(tag("p", "Delete every CV, job, interview, recording and report of yours for good?"))
            forget_now = gr.Button("Delete everything now", variant="stop", min_width=110, elem_id="forget-now")
            forget_not = gr.Button("Keep everything", min_width=110, elem_id="forget-not")
        message = gr.HTML(elem_id="data-notice")
    return DataPanel(candidate, papers, forget, sure, forget_now, forget_not, message)


def wire(panel: DataPanel, shell: Shell, interview: InterviewPage, feedback: FeedbackPage) -> None:
    """Join events and handlers."""
    asked = [panel.sure, panel.notice]
    panel.forget.click(lambda: (gr.Row(visible=True), ""), None, asked, **quiet()).then(
        fn=None, js=focus("#forget-now")
    )
    panel.forget_not.click(lambda: gr.Row(visible=False), None, panel.sure, **quiet()).then(
        fn=None, js=focus("#forget-me")
    )
    shown = [panel.candidate, *panel.papers.outputs, *interview.outputs, *feedback.outputs]
    forgetting = _Forgetting(panel, shell, interview, feedback)
    panel.forget_now.click(
        forgetting.on_forget, None, [*asked, shell.kept, shell.drafts, *shown], **quiet(trigger_mode="once")
    ).then(fn=None, js=FORGET_HERE)


@dataclass(frozen=True)
class _Forgetting:
    panel: DataPanel
    shell: Shell
    interview: InterviewPage
    feedback: FeedbackPage

    async def on_forget(self, request: gr.Request) -> Updates:
        """Delete everything of this person, and what the page shows of it."""
        trouble = await delete_everything(door_of(request), owner_of(request))
        if trouble:
            warn(trouble.sentence)
            return {self.panel.notice: notice(trouble.sentence)}
        account = ", your account too" if self.shell.settings.whose == "accounts" else ""
        return {
            **prepare_cv.empty(self.panel.papers),
            **self.interview.clear(),
            **self.feedback.clear(),
            self.panel.candidate: "",
            self.shell.kept: {},
            self.shell.drafts: {},
            self.panel.sure: gr.Row(visible=False),
            self.panel.notice: notice(FORGOTTEN.format(account), "hint"),
        }
