"""The events of the Interview place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.types import Language
from interviewlab.ui.handlers import interview as handlers
from interviewlab.ui.handlers.views import HINT, InterviewView, Speaking, Step, Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.owner import owner_of
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import HANDED_IN, InterviewPage
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, focus, warn
from interviewlab.ui.presenters.exercise import to_exercise, to_result
from interviewlab.ui.presenters.markup import busy, notice
from interviewlab.ui.presenters.transcript import to_live

KEEP_DRAFT = "(code, language, kept, drafts) => window.interviewlab.keepDraft(code, language, kept, drafts)"
CATCH_UP = "() => window.interviewlab.voice.catchUp()"
NEXT_FOCUS = focus("#answer textarea", "#see-feedback")


def wire(page: InterviewPage, shell: Shell, feedback: FeedbackPage, desk: VoiceDesk) -> None:
    """Join events and handlers."""
    events = _Events(page, shell, feedback, desk)
    _wire_talk(page, shell, events)
    _wire_desk(page, shell, events)
    _wire_end(page, shell, events)


def _quiet(**more: Any) -> dict[str, Any]:
    return {"show_progress": "hidden", "show_api": False, **more}


def _wire_talk(page: InterviewPage, shell: Shell, events: _Events) -> None:
    outputs = [*page.outputs, shell.kept]
    once = _quiet(trigger_mode="once")
    gr.on(
        [page.answer.submit, page.send.click], events.on_say, [page.answer, shell.kept, shell.drafts], outputs, **once
    ).then(fn=None, js=NEXT_FOCUS).then(fn=None, js=CATCH_UP)
    page.hint.click(events.on_hint, [page.answer, shell.kept, shell.drafts], outputs, **once).then(fn=None, js=CATCH_UP)
    page.go_prepare.click(lambda: gr.Tabs(selected="prepare"), None, shell.places, **_quiet(queue=False))


def _wire_desk(page: InterviewPage, shell: Shell, events: _Events) -> None:
    outputs = [*page.outputs, shell.kept]
    editor = [page.code, page.language, shell.kept]
    page.run.click(events.on_run, editor, [page.results], **_quiet(trigger_mode="once"))
    page.submit.click(events.on_submit, [*editor, shell.drafts], outputs, **_quiet(trigger_mode="once")).then(
        fn=None, js=CATCH_UP
    )
    page.language.input(
        events.on_language,
        [page.language, shell.kept, shell.drafts],
        [page.code, page.exercise, page.notice],
        **_quiet(),
    )
    page.code.input(fn=None, inputs=[*editor, shell.drafts], outputs=shell.drafts, js=KEEP_DRAFT, show_api=False)


def _wire_end(page: InterviewPage, shell: Shell, events: _Events) -> None:
    ask = _quiet(queue=False)
    page.end.click(lambda: gr.Row(visible=True), None, page.sure, **ask).then(fn=None, js=focus("#end-now"))
    page.go_on.click(lambda: gr.Row(visible=False), None, page.sure, **ask).then(fn=None, js=focus("#answer textarea"))
    outputs = [*page.outputs, *events.feedback.outputs, shell.places, shell.kept]
    gr.on(
        [page.end_now.click, page.see_feedback.click],
        events.on_end,
        [shell.kept, shell.drafts],
        outputs,
        **_quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#feedback-title", "#answer textarea"))


@dataclass(frozen=True)
class _Events:
    page: InterviewPage
    shell: Shell
    feedback: FeedbackPage
    desk: VoiceDesk

    async def on_say(self, text: str, kept: Kept, drafts: Drafts, request: gr.Request) -> AsyncIterator[Updates]:
        """Send the answer; on trouble it comes back into its box."""
        steps = handlers.say(self.shell.settings, owner_of(request), kept.get("interview_id", ""), text)
        async for step in steps:
            box = text if isinstance(step, Trouble) else ""
            yield {**self._show(step, kept, drafts), self.page.answer: box}

    async def on_hint(self, text: str, kept: Kept, drafts: Drafts, request: gr.Request) -> AsyncIterator[Updates]:
        """Ask for a hint; what stands in the box stays there."""
        steps = handlers.say(self.shell.settings, owner_of(request), kept.get("interview_id", ""), HINT)
        async for step in steps:
            yield self._show(step, kept, drafts)

    async def on_run(self, code: str, language: Language, kept: Kept, request: gr.Request) -> AsyncIterator[Updates]:
        """Run the visible tests."""
        yield {self.page.results: busy("Running the visible tests…")}
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        result = await handlers.run(self.shell.settings, owner, interview_id, code or "", language)
        if isinstance(result, Trouble):
            warn(result.sentence)
            yield {self.page.results: notice(result.sentence)}
        else:
            yield {self.page.results: to_result(result, "Visible tests")}

    async def on_submit(
        self, code: str, language: Language, kept: Kept, drafts: Drafts, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """Hand the code in."""
        yield {self.page.results: busy("Running the hidden tests…")}
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        async for step in handlers.submit(self.shell.settings, owner, interview_id, code or "", language):
            shown = self._show(step, kept, drafts)
            if isinstance(step, Trouble):
                shown[self.page.results] = notice(step.sentence)
            if isinstance(step, InterviewView):
                shown[self.page.results] = to_result(step.result, HANDED_IN) if step.result else ""
            yield shown

    async def on_language(self, language: Language, kept: Kept, drafts: Drafts, request: gr.Request) -> Updates:
        """Another language: its draft or starter."""
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        view = await handlers.find_interview(self.shell.settings, owner, interview_id)
        if isinstance(view, Trouble):
            return {self.page.notice: notice(view.sentence)}
        if view.exercise is None:
            return {self.page.notice: notice("There is no exercise on the table any more.")}
        editor = self.page.in_editor(interview_id, view.exercise, language, drafts)
        return {**editor, self.page.exercise: to_exercise(view.exercise, language)}

    async def on_end(self, kept: Kept, drafts: Drafts, request: gr.Request) -> AsyncIterator[Updates]:
        """End the interview and show its report."""
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        doing = busy("Writing your report…")
        yield {self.page.notice: doing, self.page.sure: gr.Row(visible=False)}
        ended = await handlers.finish(self.shell.settings, owner, interview_id)
        if isinstance(ended, Trouble):
            yield self._show(ended, kept, drafts)
            return
        await self.desk.ended(interview_id)
        view = await handlers.find_interview(self.shell.settings, owner, interview_id)
        yield {
            **self._show(view, kept, drafts),
            **self.feedback.updates(ended, self.shell),
            **self.shell.go("feedback"),
        }

    def _show(self, step: Step, kept: Kept, drafts: Drafts) -> Updates:
        match step:
            case Speaking():
                live = to_live(step.utterance, step.reply, self.shell.settings.interviewer)
                return {self.page.live: live, self.page.notice: ""}
            case Trouble():
                warn(step.sentence)
                return {self.page.live: "", self.page.notice: notice(step.sentence)}
            case InterviewView():
                return self.page.updates(step, self.shell, kept, drafts)
