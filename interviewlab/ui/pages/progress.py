"""Progress: past interviews, how the scores move, and two interviews side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import gradio as gr

from interviewlab.types import Report
from interviewlab.ui.clock import zone_of
from interviewlab.ui.handlers import progress as handlers
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.owner import owner_of
from interviewlab.ui.pages import past
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.past import PastEvents, PastPanel
from interviewlab.ui.pages.shell import Kept, Shell, Updates, focus, quiet
from interviewlab.ui.presenters.markup import empty_state, notice, tag
from interviewlab.ui.presenters.progress import to_comparison, to_insights, to_report_choices, to_trends
from interviewlab.ui.presenters.shelf import to_choices

NOTHING = "Interviews you hold are kept on this machine and listed here, with how your scores move."
NO_REPORT = (
    "As soon as a whole interview has ended, its scores are shown here; one question or exercise alone is not compared."
)


@dataclass(frozen=True)
class ProgressPage:
    """The components of the place."""

    nothing: gr.HTML
    past: PastPanel
    waiting: gr.HTML
    scores: gr.Column
    insights: gr.HTML
    trends: gr.HTML
    pair: gr.Column
    before: gr.Dropdown
    after: gr.Dropdown
    picked: gr.State
    """The two that the visitor chose to compare; empty while these are the last two."""
    comparison: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What a fresh look may change."""
        told = [self.nothing, self.waiting, self.scores, self.insights, self.trends]
        return [*self.past.outputs, *told, self.pair, self.before, self.after, self.comparison]


def lay_out() -> ProgressPage:
    """Build the place inside the current tab."""
    gr.HTML(tag("div", tag("h1", "Your progress"), class_="il-head"))
    nothing = gr.HTML(empty_state("Nothing here yet", NOTHING))
    kept_ones = past.lay_out()
    waiting = gr.HTML(tag("p", NO_REPORT, class_="il-soft"), visible=False)
    with gr.Column(visible=False, elem_id="scores") as scores:
        gr.HTML(tag("h2", "In short"))
        said = gr.HTML(elem_id="insights")
        gr.HTML(tag("h2", "Your scores over time"))
        lines = gr.HTML(elem_id="trends")
    with gr.Column(visible=False, elem_id="pair", elem_classes="il-panel") as pair:
        gr.HTML(tag("h2", "Two interviews side by side"))
        with gr.Row():
            before = gr.Dropdown([], label="One", min_width=220, elem_id="compare-before")
            after = gr.Dropdown([], label="The other", min_width=220, elem_id="compare-after")
        picked = gr.State(())
        comparison = gr.HTML(elem_id="comparison")
    return ProgressPage(nothing, kept_ones, waiting, scores, said, lines, pair, before, after, picked, comparison)


def wire(page: ProgressPage, tab: gr.Tab, shell: Shell, interview: InterviewPage, feedback: FeedbackPage) -> None:
    """Join events and handlers."""
    mine = PastEvents(page.past, shell, interview, feedback)
    events = _Events(page, shell, mine)
    past.wire(page.past, shell, mine)
    tab.select(events.on_look, [page.past.interviews, page.picked], page.outputs, **quiet())
    for choice in (page.before, page.after):
        choice.input(events.on_compare, [page.before, page.after], [page.comparison, page.picked], **quiet())
    gr.on(
        [page.past.rename_now.click, page.past.title.submit],
        events.on_rename,
        [page.past.interviews, page.past.title, page.picked],
        page.outputs,
        **quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#rename-past"))
    page.past.delete_now.click(
        events.on_delete,
        [page.past.asked_about, shell.kept, feedback.shown, page.picked],
        [*page.outputs, *mine.outputs],
        **quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#past-list input"))


@dataclass(frozen=True)
class _Events:
    page: ProgressPage
    shell: Shell
    past: PastEvents

    async def on_look(self, interview_id: str | None, picked: Sequence[str], request: gr.Request) -> Updates:
        """How everything stands now; what has been chosen stays chosen, if it is still there."""
        return await self._look(request, interview_id, picked)

    async def _look(self, request: gr.Request, chosen: str | None, picked: Sequence[str]) -> Updates:
        history = await handlers.get_history(self.shell.settings, owner_of(request))
        if isinstance(history, Trouble):
            return {self.page.past.notice: notice(history.sentence)}
        zone = zone_of(request)
        lines = to_choices(history.records, history.reports, zone)
        has_any, has_report = bool(history.records), bool(history.compared)
        return {
            self.page.nothing: gr.HTML(visible=not has_any),
            self.page.past.shelf: gr.Column(visible=has_any),
            self.page.past.interviews: gr.Radio(lines, value=_among(lines, chosen)),
            self.page.past.asking: gr.Column(visible=False),
            self.page.past.naming: gr.Column(visible=False),
            self.page.past.sure: gr.Row(visible=False),
            self.page.past.notice: notice(_unread(history.unread), "hint") if history.unread else "",
            self.page.waiting: gr.HTML(visible=has_any and not has_report),
            self.page.scores: gr.Column(visible=has_report),
            self.page.insights: to_insights(history.compared),
            self.page.trends: to_trends(history.compared),
            **self._pair(history.compared, zone, picked),
        }

    async def on_compare(
        self, before: str | None, after: str | None, request: gr.Request
    ) -> tuple[str, tuple[str, str]]:
        """The two that are chosen."""
        picked = before or "", after or ""
        history = await handlers.get_history(self.shell.settings, owner_of(request))
        if isinstance(history, Trouble):
            return notice(history.sentence), picked
        return _compared(history.compared, zone_of(request), *picked), picked

    async def on_rename(
        self, interview_id: str | None, title: str, picked: Sequence[str], request: gr.Request
    ) -> Updates:
        """Change its name, and look again."""
        renamed = await self.past.on_rename(interview_id, title, request)
        return {**await self._look(request, interview_id, picked), **renamed}

    async def on_delete(
        self, interview_id: str | None, kept: Kept, shown: str, picked: Sequence[str], request: gr.Request
    ) -> Updates:
        """Delete, and look again."""
        deleted = await self.past.on_delete(interview_id, kept, shown, request)
        return {**await self._look(request, None, picked), **deleted}

    def _pair(self, reports: Sequence[Report], zone: tzinfo, picked: Sequence[str]) -> Updates:
        """The two that were picked, while both are there; else the last two."""
        if len(reports) < 2:
            return {self.page.pair: gr.Column(visible=False)}
        choices, ids = to_report_choices(reports, zone), [report.interview_id for report in reports]
        first, second = picked if picked and set(picked) <= set(ids) else ids[-2:]
        return {
            self.page.pair: gr.Column(visible=True),
            self.page.before: gr.Dropdown(choices, value=first),
            self.page.after: gr.Dropdown(choices, value=second),
            self.page.comparison: _compared(reports, zone, first, second),
        }


def _among(choices: Sequence[tuple[str, str]], chosen: str | None) -> str | None:
    """What was chosen, if it can still be."""
    return chosen if chosen in [value for _, value in choices] else None


def _unread(count: int) -> str:
    kept = "One interview is" if count == 1 else f"{count} interviews are"
    return f"{kept} kept here that this version of InterviewLab cannot read."


def _compared(reports: Sequence[Report], zone: tzinfo, *interview_ids: str) -> str:
    """The two in the order in which they were held."""
    chosen = [report for report in reports if report.interview_id in interview_ids]
    if len(chosen) != 2:
        return notice("Choose two different interviews.", "hint")
    before, after = chosen
    return to_comparison(before, after, zone)
