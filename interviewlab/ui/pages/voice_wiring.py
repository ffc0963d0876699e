"""The events of the voice panel: an invitation to call, and showing a spoken turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import gradio as gr

from interviewlab.ui.handlers import interview as handlers
from interviewlab.ui.handlers.views import Invitation, Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.owner import owner_of
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates
from interviewlab.ui.presenters.markup import busy, notice

CALL = "(payload) => window.interviewlab.voice.start(payload)"


def wire(page: InterviewPage, shell: Shell, desk: VoiceDesk) -> None:
    """Join events and handlers."""
    events = _Events(page, shell, desk)
    page.voice_start.click(
        events.on_start,
        shell.kept,
        [page.voice_notice, page.voice_ticket],
        show_progress="hidden",
        show_api=False,
        trigger_mode="once",
    ).then(fn=None, inputs=page.voice_ticket, js=CALL)
    page.voice_refresh.click(
        events.on_turn,
        [shell.kept, shell.drafts],
        [*(part for part in page.outputs if part not in (page.voice_notice, page.voice_ticket)), shell.kept],
        show_progress="hidden",
        show_api=False,
        trigger_mode="always_last",
    )


@dataclass(frozen=True)
class _Events:
    page: InterviewPage
    shell: Shell
    desk: VoiceDesk

    async def on_start(self, kept: Kept, request: gr.Request) -> AsyncIterator[Updates]:
        """Get everything ready for a call; the browser makes it."""
        yield {self.page.voice_ticket: "", self.page.voice_notice: busy("Preparing the voice…")}
        async for step in self.desk.invite(owner_of(request), kept.get("interview_id", "")):
            if isinstance(step, Trouble):
                yield {self.page.voice_notice: notice(step.sentence)}
            elif isinstance(step, Invitation):
                yield {self.page.voice_notice: "", self.page.voice_ticket: step.payload}
            else:
                yield {self.page.voice_notice: busy(step)}

    async def on_turn(self, kept: Kept, drafts: Drafts, request: gr.Request) -> Updates:
        """A turn was spoken: show the interview as it stands."""
        view = await handlers.find_interview(self.shell.settings, owner_of(request), kept.get("interview_id", ""))
        if isinstance(view, Trouble):
            return {self.page.notice: notice(view.sentence)}
        return self.page.updates(view, self.shell, kept, drafts)
