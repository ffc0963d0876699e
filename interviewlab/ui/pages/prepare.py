"""Prepare: what kind of interview, about which CV, and what works here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import gradio as gr

from interviewlab.doctor import can_interview
from interviewlab.planning import PlanWishes
from interviewlab.scoring.rubric import list_rubrics
from interviewlab.settings import Settings
from interviewlab.types import INTERVIEW_TYPES, LANGUAGES, LEVELS, MANNERS, InterviewType, Language, Level
from interviewlab.ui.handlers import prepare as handlers
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.owner import model_of, owner_of
from interviewlab.ui.pages import prepare_cv, prepare_data, prepare_model
from interviewlab.ui.pages.feedback import FeedbackPage
from interviewlab.ui.pages.interview import InterviewPage
from interviewlab.ui.pages.shell import Shell, Updates, focus, quiet, warn
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, busy, notice, tag
from interviewlab.ui.presenters.shelf import to_parts
from interviewlab.ui.presenters.voice import to_microphone_test, to_patience

EXERCISE_LANGUAGES: tuple[Language, ...] = tuple(name for name in LANGUAGES if name != "sql")
"""Those that exercises are set in, if the sandbox runs them here; questions about SQL are talked about."""
MINUTES = (15, 30, 45, 60)
REAL, PRACTICE = "Real", "Practice"
_Choices = tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown, gr.Radio, gr.Radio, gr.Dropdown, gr.Textbox, gr.Radio]


@dataclass(frozen=True)
class PreparePage:
    """The components of the place."""

    cv: prepare_cv.CvPanel
    data: prepare_data.DataPanel
    candidate: gr.Textbox
    type: gr.Dropdown
    level: gr.Dropdown
    language: gr.Dropdown
    minutes: gr.Radio
    mode: gr.Radio
    rubric: gr.Dropdown
    interviewer: gr.Textbox
    manner: gr.Radio
    model: prepare_model.ModelPanel
    start: gr.Button
    notice: gr.HTML
    parts: gr.HTML

    @property
    def wishes(self) -> list[Any]:
        """What the candidate filled in, in the order ``on_start`` takes it."""
        return [
            self.cv.upload,
            self.cv.resume,
            self.cv.job,
            self.candidate,
            self.type,
            self.level,
            self.language,
            self.minutes,
            self.mode,
            self.rubric,
            self.interviewer,
            self.manner,
        ]


def lay_out(settings: Settings) -> PreparePage:
    """Build the place inside the current tab."""
    gr.HTML(_welcome())
    with gr.Row(equal_height=False):
        with gr.Column(scale=1, min_width=320, elem_classes="il-panel"):
            gr.HTML(tag("h2", "The interview"))
            choices = _lay_out_choices()
        with gr.Column(scale=1, min_width=320, elem_classes="il-panel"):
            gr.HTML(tag("h2", "About you (optional)"))
            candidate = gr.Textbox(
                label="Your name",
                placeholder="Left empty, it is taken from your CV",
                max_lines=1,
                max_length=80,
                elem_id="candidate",
            )
            cv = prepare_cv.lay_out()
            data = prepare_data.lay_out(settings, candidate, cv)
    with gr.Column(elem_id="begin"):
        message = gr.HTML(elem_id="prepare-notice")
        start = gr.Button("Start the interview", variant="primary", size="lg", elem_id="start")
    with gr.Accordion("Test the microphone", open=False, elem_id="microphone-test"):
        gr.HTML(to_microphone_test())
    model = prepare_model.lay_out(settings)
    with gr.Accordion("What works here", open=False, elem_id="what-works"):
        parts = gr.HTML(busy("Looking at what is installed here…"), elem_id="parts")
    return PreparePage(cv, data, candidate, *choices, model=model, start=start, notice=message, parts=parts)


def wire(page: PreparePage, shell: Shell, interview: InterviewPage, feedback: FeedbackPage) -> None:
    """Join events and handlers."""
    prepare_cv.wire(page.cv, shell, interview, feedback)
    prepare_data.wire(page.data, shell, interview, feedback)
    prepare_model.wire(page.model)
    events = _Events(page, shell, interview)
    page.type.input(_about, page.type, page.type, **quiet(queue=False))
    gr.on(
        [page.start.click, page.candidate.submit],
        events.on_start,
        [*page.wishes, shell.drafts],
        [page.start, page.notice, shell.kept, shell.places, *interview.outputs],
        **quiet(trigger_mode="once"),
    ).then(fn=None, js=focus("#answer textarea"))


async def show_parts(page: PreparePage, shell: Shell, language: Language) -> Updates:
    """What the doctor found, and the languages that run here; ``language`` stays chosen if it is one of them."""
    found = await shell.surroundings.look()
    if isinstance(found, Trouble):
        return {page.parts: notice(found.sentence)}
    choices = shell.can_run(EXERCISE_LANGUAGES)
    names = [name for _, name in choices]
    chosen = language if language in names else next(iter(names), None)
    return {
        page.parts: to_parts(found, can_interview(found)),
        page.language: gr.Dropdown(choices, value=chosen),
    }


def _about(kind: InterviewType) -> gr.Dropdown:
    """What an interview of this type asks."""
    return gr.Dropdown(info=labels.ABOUT_TYPE[kind])


def _welcome() -> Html:
    title = tag("h1", "Practise a technical interview")
    text = "Answer questions, write code that really runs, and get feedback that shows the words it rests on."
    return tag("div", title, tag("p", text), class_="il-welcome")


def _lay_out_choices() -> _Choices:
    kind = gr.Dropdown(
        [(labels.TYPE[t], t) for t in INTERVIEW_TYPES],
        value="mixed",
        label="Type",
        info=labels.ABOUT_TYPE["mixed"],
        elem_id="type",
    )
    with gr.Row():
        level = gr.Dropdown(
            [(labels.LEVEL_OF_JOB, ""), *((labels.LEVEL[name], name) for name in LEVELS)],
            value="",
            label="Level",
            min_width=130,
            elem_id="level",
        )
        language = gr.Dropdown(
            [(labels.LANGUAGE[name], name) for name in EXERCISE_LANGUAGES],
            value="python",
            label="Language",
            min_width=130,
            elem_id="language",
        )
    minutes = gr.Radio([(f"{n} min", n) for n in MINUTES], value=30, label="Length", elem_id="minutes")
    mode = gr.Radio(
        [PRACTICE, REAL],
        value=PRACTICE,
        label="Mode",
        info="Practice says after each answer what it covered. Real keeps this for the end.",
        elem_id="mode",
    )
    with gr.Row():
        with gr.Column(min_width=200):
            gr.HTML(to_patience())
        rubric = gr.Dropdown(
            [(labels.spoken(name).capitalize(), name) for name in list_rubrics()],
            value="default",
            label="Rubric",
            info="What weighs most in your report.",
            min_width=200,
            elem_id="rubric",
        )
    with gr.Row():
        interviewer = gr.Textbox(
            label="Interviewer's name",
            placeholder="Alex",
            max_lines=1,
            max_length=40,
            min_width=130,
            elem_id="interviewer",
        )
        manner = gr.Radio(
            [(labels.MANNER[name], name) for name in MANNERS],
            value="neutral",
            label="Manner",
            min_width=200,
            elem_id="manner",
        )
    return kind, level, language, minutes, mode, rubric, interviewer, manner


@dataclass(frozen=True)
class _Events:
    page: PreparePage
    shell: Shell
    interview: InterviewPage

    async def on_start(
        self,
        resume: str | None,
        resume_id: str | None,
        job: str | None,
        candidate: str | None,
        kind: InterviewType,
        level: Level | Literal[""],
        language: Language,
        minutes: float,
        mode: str,
        rubric: str,
        interviewer: str | None,
        manner: str,
        drafts: dict[str, str],
        request: gr.Request,
    ) -> AsyncIterator[Updates]:
        """Start an interview and go to it; on trouble stay here with everything as it was filled in."""
        owner = owner_of(request, "starts")
        doing = "Reading your CV…" if resume else "Preparing your questions…"
        yield {self.page.start: gr.Button("Starting…"), self.page.notice: busy(doing)}
        wishes = PlanWishes(
            kind,
            level,
            language,
            minutes,
            is_practice=mode == PRACTICE,
            candidate=(candidate or "").strip(),
            resume=Path(resume) if resume else None,
            job=(job or "").strip(),
            rubric=rubric,
            interviewer=(interviewer or "").strip(),
            manner=manner,
        )
        model = model_of(request)
        view = await handlers.start_interview(self.shell.settings, owner, wishes, resume_id or "", model)
        yield self._started(view, drafts)

    def _started(self, view: Any, drafts: dict[str, str]) -> Updates:
        ready: Updates = {self.page.start: gr.Button("Start the interview")}
        if isinstance(view, Trouble):
            warn(view.sentence)
            return {**ready, self.page.notice: notice(view.sentence)}
        shown = self.interview.updates(view, self.shell, {}, drafts)
        return {**ready, self.page.notice: "", **shown, **self.shell.go("interview")}
