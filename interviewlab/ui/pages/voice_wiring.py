"""The events of the voice panel: leave to call or to talk without a call, showing and mending a spoken turn."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.ui.handlers import interview as handlers
from interviewlab.ui.handlers.views import Invitation, Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.owner import model_of, owner_of
from interviewlab.ui.pages.interview import HIDDEN, InterviewPage
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters.markup import busy, notice

CALL = "(payload) => window.interviewlab.voice.start(payload)"
PUSH = "() => window.interviewlab.push.start()"
ADMITTED = "(payload) => window.interviewlab.panel.admitted(payload)"
CHOSEN = "(_, kept) => [window.interviewlab.chosenTurn, kept]"


def lay_out_admission() -> tuple[gr.Button, gr.Textbox]:
    """A button that scripts press, wherever the visitor is, and where they find their pass."""
    return gr.Button("Ask for leave to speak", elem_id="voice-admit", elem_classes="il-unseen"), gr.Textbox(
        visible=False
    )


def wire(page: InterviewPage, shell: Shell, desk: VoiceDesk, admission: tuple[gr.Button, gr.Textbox]) -> None:
    """Join events and handlers."""
    events = _Events(page, shell, desk)
    for button, handler in ((page.voice_start, events.on_start), (page.voice_direct, events.on_direct)):
        button.click(
            handler,
            [shell.kept, page.voice_consent],
            [page.voice_notice, page.voice_ticket, page.voice_direct],
            **quiet(trigger_mode="once"),
        ).success(fn=None, inputs=page.voice_ticket, js=CALL)
    page.voice_push.click(fn=None, js=PUSH)
    ask, told = admission
    ask.click(events.on_admit, shell.kept, told, **quiet(trigger_mode="once")).then(fn=None, inputs=told, js=ADMITTED)
    page.voice_refresh.click(
        events.on_turn, [shell.kept, shell.drafts], _shown(page, shell), **quiet(trigger_mode="always_last")
    )
    _wire_mending(page, shell, events)


def _wire_mending(page: InterviewPage, shell: Shell, events: _Events) -> None:
    parts = [page.mend, page.mend_text, page.mend_turn, page.notice]
    page.mend_open.click(events.on_mend, [page.mend_turn, shell.kept], parts, js=CHOSEN, **quiet()).then(
        fn=None, js=focus("#mend-text textarea")
    )
    gr.on(
        [page.mend_save.click, page.mend_text.submit],
        events.on_mended,
        [page.mend_turn, page.mend_text, shell.kept, shell.drafts],
        [page.mend, *_shown(page, shell)],
        **quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#answer textarea"))
    page.mend_cancel.click(lambda: gr.Column(visible=False), None, page.mend, **quiet(queue=False)).then(
        fn=None, js=focus("#answer textarea")
    )


def _shown(page: InterviewPage, shell: Shell) -> list[Any]:
    """What shows how the interview stands; what the visitor is busy with is left alone."""
    mine = (page.voice_notice, page.voice_direct, page.voice_ticket, page.voice_consent, page.mend_text, page.mend_turn)
    return [*(part for part in page.outputs if part not in (*mine, page.mend)), shell.kept]


@dataclass(frozen=True)
class _Events:
    page: InterviewPage
    shell: Shell
    desk: VoiceDesk

    async def on_start(self, kept: Kept, is_recorded: bool, request: gr.Request) -> AsyncIterator[Updates]:
        """Get everything ready for a call; the browser makes it."""
        async for updates in self._call(kept, is_recorded, request, is_direct=False):
            yield updates

    async def on_direct(self, kept: Kept, is_recorded: bool, request: gr.Request) -> AsyncIterator[Updates]:
        """The same without LiveKit."""
        async for updates in self._call(kept, is_recorded, request, is_direct=True):
            yield updates

    async def _call(
        self, kept: Kept, is_recorded: bool, request: gr.Request, *, is_direct: bool
    ) -> AsyncIterator[Updates]:
        owner = owner_of(request, "talks")
        doing, direct = busy("Preparing the voice…"), self.page.voice_direct
        yield {self.page.voice_ticket: "", self.page.voice_notice: doing, direct: gr.Button(visible=HIDDEN)}
        interview_id = kept.get("interview_id", "")
        model = model_of(request)
        async for step in self.desk.invite(owner, interview_id, is_recorded, is_direct=is_direct, model=model):
            if isinstance(step, Trouble):
                offered = gr.Button(visible=step.can_go_direct or HIDDEN)
                yield {self.page.voice_notice: notice(step.sentence), direct: offered}
            elif isinstance(step, Invitation):
                yield {self.page.voice_notice: "", self.page.voice_ticket: step.payload}
            else:
                yield {self.page.voice_notice: busy(step)}

    async def on_admit(self, kept: Kept, request: gr.Request) -> str:
        """A pass for what the scripts do without a call, or a sentence, as JSON."""
        step = await self.desk.admit(owner_of(request), kept.get("interview_id", ""), model_of(request))
        return json.dumps({"trouble": step.sentence}) if isinstance(step, Trouble) else step.payload

    async def on_turn(self, kept: Kept, drafts: Drafts, request: gr.Request) -> Updates:
        """A turn was spoken: show the interview as it stands."""
        view = await handlers.find_interview(self.shell.settings, owner_of(request), kept.get("interview_id", ""))
        if isinstance(view, Trouble):
            return {self.page.notice: notice(view.sentence)}
        return self.page.updates(view, self.shell, kept, drafts)

    async def on_mend(self, turn: str, kept: Kept, request: gr.Request) -> Updates:
        """Offer what was understood to be put right."""
        view = await handlers.find_interview(self.shell.settings, owner_of(request), kept.get("interview_id", ""))
        if isinstance(view, Trouble):
            return {self.page.notice: notice(view.sentence)}
        said = view.transcript.utterances().get(int(turn))
        if said is None:
            return {self.page.notice: notice("There is no such answer in this interview.")}
        return {self.page.mend: gr.Column(visible=True), self.page.mend_text: said.text, self.page.mend_turn: turn}

    async def on_mended(self, turn: str, text: str, kept: Kept, drafts: Drafts, request: gr.Request) -> Updates:
        """Record the correction; on trouble the text stays."""
        interview_id = kept.get("interview_id", "")
        view = await handlers.correct(self.shell.settings, owner_of(request), interview_id, int(turn), text)
        if isinstance(view, Trouble):
            warn(view.sentence)
            return {self.page.notice: notice(view.sentence)}
        return {**self.page.updates(view, self.shell, kept, drafts), self.page.mend: gr.Column(visible=False)}
