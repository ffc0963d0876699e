"""The events of the Interview place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.sandbox.limits import EVERYWHERE
from interviewlab.types import Language
from interviewlab.ui.clock import zone_of
from interviewlab.ui.handlers import interview as handlers
from interviewlab.ui.handlers.views import HINT, HOLD, InterviewView, Speaking, Step, Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.owner import model_of, owner_of
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import HANDED_IN, RUN, InterviewPage
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters.exercise import to_exercise, to_result
from interviewlab.ui.presenters.markup import busy, notice
from interviewlab.ui.presenters.transcript import to_live

KEEP_DRAFT = "(code, language, kept, drafts) => window.interviewlab.keepDraft(code, language, kept, drafts)"
KEEP_STARTER = (
    "(...all) => { window.interviewlab.focus(['#code .cm-content']); return window.interviewlab.keepDraft(...all); }"
)
KEEP_TESTS = "(text, kept, drafts) => window.interviewlab.keepDraft(text, 'tests', kept, drafts)"
KEEP_LANGUAGE = "(language, kept, drafts) => window.interviewlab.keepDraft(language, 'language', kept, drafts)"
CATCH_UP = "() => window.interviewlab.voice.catchUp()"
RUNNING = f"Running the tests… One that takes longer than {EVERYWHERE.wall_s:g} s is stopped."
NEXT_FOCUS = """(unsent) => {
  window.interviewlab.voice.catchUp();
  window.interviewlab.giveBack(unsent);
  window.interviewlab.moveOn(['#answer textarea', '#see-feedback']);
}"""
"""One step does all of it: Gradio runs no second step of JavaScript alone after a first."""


def wire(page: InterviewPage, shell: Shell, feedback: FeedbackPage, desk: VoiceDesk) -> None:
    """Join events and handlers."""
    events = _Events(page, shell, feedback, desk)
    _wire_talk(page, shell, events)
    _wire_desk(page, shell, events)
    _wire_end(page, shell, events)


def _wire_talk(page: InterviewPage, shell: Shell, events: _Events) -> None:
    outputs = [*page.outputs, shell.kept]
    once = quiet(trigger_mode="once")
    said = [page.answer, shell.kept, shell.drafts, page.shown_turn]
    gr.on([page.answer.submit, page.send.click], events.on_say, said, outputs, **once).then(
        fn=None, inputs=page.unsent, js=NEXT_FOCUS, show_api=False
    )
    for button, words in ((page.hint, HINT), (page.hold, HOLD)):
        asking = _Asking(events, words)
        button.click(asking.on_click, [shell.kept, shell.drafts], outputs, **once).then(fn=None, js=CATCH_UP)
    page.go_prepare.click(lambda: gr.Tabs(selected="prepare"), None, shell.places, **quiet(queue=False))


def _wire_desk(page: InterviewPage, shell: Shell, events: _Events) -> None:
    outputs = [*page.outputs, shell.kept]
    editor = [page.code, page.written, shell.kept]
    page.run.click(events.on_run, [*editor, page.own_tests], [page.results, page.run], **quiet(trigger_mode="once"))
    handed_in = [*editor, shell.drafts, page.own_tests, page.shown_turn]
    page.submit.click(events.on_submit, handed_in, outputs, **quiet(trigger_mode="once")).then(fn=None, js=CATCH_UP)
    page.language.input(
        events.on_language,
        [page.language, shell.kept, shell.drafts],
        [page.code, page.written, page.exercise, page.notice],
        **quiet(trigger_mode="always_last"),
    )
    page.watch.tick(events.on_watch, [*editor, shell.drafts], outputs, **quiet(trigger_mode="once"))
    page.offered.change(fn=None, js=CATCH_UP, show_api=False)
    kept_here: dict[str, Any] = {"fn": None, "outputs": shell.drafts, "show_api": False}
    page.code.input(inputs=[*editor, shell.drafts], js=KEEP_DRAFT, **kept_here)
    page.own_tests.input(inputs=[page.own_tests, shell.kept, shell.drafts], js=KEEP_TESTS, **kept_here)
    page.language.input(inputs=[page.language, shell.kept, shell.drafts], js=KEEP_LANGUAGE, **kept_here)
    _wire_reset(page, shell, events)


def _wire_reset(page: InterviewPage, shell: Shell, events: _Events) -> None:
    ask = quiet(queue=False)
    editor = focus("#code .cm-content")
    page.reset.click(lambda: gr.Row(visible=True), None, page.reset_sure, **ask).then(fn=None, js=focus("#reset-now"))
    page.reset_not.click(lambda: gr.Row(visible=False), None, page.reset_sure, **ask).then(fn=None, js=editor)
    page.reset_now.click(
        events.on_reset,
        [page.written, shell.kept],
        [page.code, page.written, page.reset_sure, page.notice],
        **quiet(),
    ).then(
        fn=None,
        inputs=[page.code, page.written, shell.kept, shell.drafts],
        outputs=shell.drafts,
        js=KEEP_STARTER,
        show_api=False,
    )


def _wire_end(page: InterviewPage, shell: Shell, events: _Events) -> None:
    ask = quiet(queue=False)
    page.end.click(lambda: gr.Row(visible=True), None, page.sure, **ask).then(fn=None, js=focus("#end-now"))
    page.go_on.click(lambda: gr.Row(visible=False), None, page.sure, **ask).then(fn=None, js=focus("#answer textarea"))
    outputs = [*page.outputs, *events.feedback.outputs, shell.places, shell.kept]
    gr.on(
        [page.end_now.click, page.see_feedback.click],
        events.on_end,
        [shell.kept, shell.drafts],
        outputs,
        **quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#feedback-title", "#answer textarea"))


@dataclass(frozen=True)
class _Events:
    page: InterviewPage
    shell: Shell
    feedback: FeedbackPage
    desk: VoiceDesk

    async def on_say(
        self, text: str, kept: Kept, drafts: Drafts, shown_turn: int | None, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """Send the answer, which leaves its box at once: what is typed there meanwhile stays. On trouble after that it
        is given back by the page, to a box that is empty.
        """
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        steps = handlers.say(self.shell.settings, owner, interview_id, text, model_of(request), shown_turn)
        sent: Updates = {self.page.answer: "", self.page.unsent: ""}
        async for step in steps:
            shown = self.show(step, kept, drafts)
            if isinstance(step, Trouble):
                yield {**shown, self.page.unsent: text}
            else:
                yield {**shown, **sent}
            sent = {}

    async def on_run(
        self, code: str, language: Language, kept: Kept, own_tests: str, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """Run the visible tests and the candidate's own."""
        owner = owner_of(request, "runs")
        yield {self.page.results: busy(RUNNING), self.page.run: gr.Button("Running…")}
        interview_id = kept.get("interview_id", "")
        result = await handlers.run(self.shell.settings, owner, interview_id, code or "", language, own_tests or "")
        ready = gr.Button(RUN)
        if isinstance(result, Trouble):
            warn(result.sentence)
            yield {self.page.results: notice(result.sentence), self.page.run: ready}
        else:
            what = "Visible tests and your own" if (own_tests or "").strip() else "Visible tests"
            yield {self.page.results: to_result(result, what, language), self.page.run: ready}

    async def on_submit(
        self,
        code: str,
        language: Language,
        kept: Kept,
        drafts: Drafts,
        own_tests: str,
        shown_turn: int | None,
        request: gr.Request,
    ) -> AsyncIterator[Updates]:
        """Hand the code in, with the candidate's own tests."""
        owner = owner_of(request, "runs")
        yield {self.page.results: busy("Running the hidden tests…")}
        interview_id = kept.get("interview_id", "")
        handed = (code or "", language, model_of(request), own_tests or "", shown_turn)
        async for step in handlers.submit(self.shell.settings, owner, interview_id, *handed):
            shown = self.show(step, kept, drafts)
            if isinstance(step, Trouble):
                shown[self.page.results] = notice(step.sentence)
            if isinstance(step, InterviewView):
                shown[self.page.results] = to_result(step.result, HANDED_IN, language) if step.result else ""
            yield shown

    async def on_watch(
        self, code: str | None, language: Language, kept: Kept, drafts: Drafts, request: gr.Request
    ) -> Updates:
        """Look at the editor while an exercise is open; trouble waits for the next look."""
        nothing: Updates = {self.page.notice: gr.skip()}
        if not kept.get("exercise_id"):
            return nothing
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        step = await handlers.watch(self.shell.settings, owner, interview_id, code or "", language)
        if not isinstance(step, InterviewView):
            return nothing
        return {**self.show(step, kept, drafts), self.page.offered: step.progress.turn}

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

    async def on_reset(self, language: Language, kept: Kept, request: gr.Request) -> Updates:
        """The starter in place of what was written."""
        shown = await self.on_language(language, kept, {}, request)
        shown.pop(self.page.exercise, None)
        return {**shown, self.page.reset_sure: gr.Row(visible=False)}

    async def on_end(self, kept: Kept, drafts: Drafts, request: gr.Request) -> AsyncIterator[Updates]:
        """End the interview and show its report."""
        owner, interview_id = owner_of(request), kept.get("interview_id", "")
        doing = busy("Writing your report…")
        yield {self.page.notice: doing, self.page.sure: gr.Row(visible=False)}
        ended = await handlers.finish(self.shell.settings, owner, interview_id, model_of(request))
        if isinstance(ended, Trouble):
            yield self.show(ended, kept, drafts)
            return
        await self.desk.ended(interview_id)
        view = await handlers.find_interview(self.shell.settings, owner, interview_id)
        yield {
            **self.show(view, kept, drafts),
            **self.feedback.updates(ended, self.shell, zone_of(request)),
            **self.shell.go("feedback"),
        }

    def show(self, step: Step, kept: Kept, drafts: Drafts) -> Updates:
        """How the page looks after this step."""
        match step:
            case Speaking():
                name = kept.get("interviewer") or self.shell.settings.interviewer
                live = to_live(step.utterance, step.reply, name)
                return {self.page.live: live, self.page.notice: ""}
            case Trouble():
                warn(step.sentence)
                shown = self.page.updates(step.view, self.shell, kept, drafts) if step.view else {}
                return {**shown, self.page.live: "", self.page.notice: notice(step.sentence)}
            case InterviewView():
                return self.page.updates(step, self.shell, kept, drafts)


@dataclass(frozen=True)
class _Asking:
    """A button that says something for the candidate; what stands in the answer's box stays there."""

    events: _Events
    words: str

    async def on_click(self, kept: Kept, drafts: Drafts, request: gr.Request) -> AsyncIterator[Updates]:
        """Say it."""
        settings, interview_id, owner = self.events.shell.settings, kept.get("interview_id", ""), owner_of(request)
        async for step in handlers.say(settings, owner, interview_id, self.words, model_of(request)):
            yield self.events.show(step, kept, drafts)
