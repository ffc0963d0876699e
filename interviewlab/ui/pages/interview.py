"""Interview: the conversation beside the exercise and its editor."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

import gradio as gr

from interviewlab.types import Exercise, Language
from interviewlab.ui.handlers.views import InterviewView
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, draft_key
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.camera import to_mirror
from interviewlab.ui.presenters.exercise import to_exercise, to_own_test, to_result
from interviewlab.ui.presenters.markup import empty_state, tag
from interviewlab.ui.presenters.transcript import to_status, to_transcript
from interviewlab.ui.presenters.voice import CONSENT, to_voice_panel

HANDED_IN = "All tests of what you handed in"
HIDDEN: Literal["hidden"] = "hidden"
"""Not shown, but there for a script to press."""
RUN = "Run tests"
WATCH_S = 20.0
"""Between two looks at the editor."""


@dataclass(frozen=True)
class InterviewPage:
    """The components of the place."""

    nothing: gr.Column
    go_prepare: gr.Button
    room: gr.Column
    status: gr.HTML
    shown_turn: gr.State
    """The turn of the last reply on the page, which an answer is to; None before there is any."""
    transcript: gr.HTML
    live: gr.HTML
    notice: gr.HTML
    mend: gr.Column
    mend_text: gr.Textbox
    mend_turn: gr.Textbox
    mend_open: gr.Button
    mend_save: gr.Button
    mend_cancel: gr.Button
    voice_start: gr.Button
    voice_push: gr.Button
    voice_consent: gr.Checkbox
    voice_direct: gr.Button
    voice_notice: gr.HTML
    voice_ticket: gr.Textbox
    voice_refresh: gr.Button
    composer: gr.Column
    answer: gr.Textbox
    unsent: gr.Textbox
    """The answer that could not be sent; never shown."""
    send: gr.Button
    hint: gr.Button
    hold: gr.Button
    end: gr.Button
    sure: gr.Row
    end_now: gr.Button
    go_on: gr.Button
    over: gr.Column
    see_feedback: gr.Button
    desk: gr.Column
    exercise: gr.HTML
    language: gr.Dropdown
    code: gr.Code
    written: gr.Textbox
    """The language of what stands in the editor, which follows the chosen one a moment later; never shown."""
    own_tests: gr.Textbox
    run: gr.Button
    submit: gr.Button
    reset: gr.Button
    reset_sure: gr.Row
    reset_now: gr.Button
    reset_not: gr.Button
    results: gr.HTML
    watch: gr.Timer
    """Runs while an exercise is on the table."""
    offered: gr.State
    """The turn of the last offer of help."""

    @property
    def outputs(self) -> list[Any]:
        """All components, for handlers that may change any of them."""
        return [getattr(self, field.name) for field in fields(self)]

    def updates(self, view: InterviewView, shell: Shell, kept: Kept, drafts: Drafts) -> Updates:
        """The page as the interview stands. The editor is touched only when another exercise lies on the table."""
        ended = view.progress.is_ended
        interviewer = shell.interviewer_of(view.plan)
        exercise_id = view.exercise.id if view.exercise else ""
        has_desk = view.exercise is not None and not ended
        shown: Updates = {
            self.nothing: gr.Column(visible=False),
            self.room: gr.Column(visible=True),
            self.status: to_status(view.plan, view.progress, view.quiet_s),
            self.shown_turn: view.progress.turn,
            self.transcript: to_transcript(view.transcript, interviewer, allow_correction=not ended),
            self.live: "",
            self.notice: "",
            self.composer: gr.Column(visible=not ended),
            self.sure: gr.Row(visible=False),
            self.over: gr.Column(visible=ended),
            self.desk: gr.Column(visible=has_desk),
            self.watch: gr.Timer(active=has_desk),
            shell.kept: {
                "interview_id": view.interview_id,
                "exercise_id": exercise_id,
                "interviewer": interviewer,
            },
        }
        if kept.get("interview_id") != view.interview_id:
            shown[self.mend] = gr.Column(visible=False)
        if view.exercise and kept != shown[shell.kept]:
            shown |= self.on_desk(view, view.exercise, shell, drafts)
        return shown

    def on_desk(self, view: InterviewView, exercise: Exercise, shell: Shell, drafts: Drafts) -> Updates:
        """Another exercise lies on the table: its statement, the draft or the starter, its last result."""
        choices = shell.can_run(exercise.starter) or shell.can_run(("python",))
        languages = [name for _, name in choices]
        last = drafts.get(draft_key(view.interview_id, exercise.id, "language"), view.plan.language)
        language = next((name for name in languages if name == last), languages[0])
        own_tests = drafts.get(draft_key(view.interview_id, exercise.id, "tests"), "")
        return {
            self.exercise: to_exercise(exercise, language),
            self.language: gr.Dropdown(choices, value=language),
            **self.in_editor(view.interview_id, exercise, language, drafts),
            self.own_tests: gr.Textbox(own_tests, placeholder=to_own_test(exercise, language)),
            self.reset_sure: gr.Row(visible=False),
            self.results: to_result(view.result, HANDED_IN, language) if view.result else "",
        }

    def in_editor(self, interview_id: str, exercise: Exercise, language: Language, drafts: Drafts) -> Updates:
        """The draft in this language, or the starter where there is none."""
        code = drafts.get(draft_key(interview_id, exercise.id, language), exercise.starter[language])
        editor = gr.Code(code, language=labels.EDITOR_MODE[language])  # type: ignore[arg-type]
        return {self.code: editor, self.written: language}

    def clear(self) -> Updates:
        """No interview is open, and nothing of the last one is left on the page."""
        words = (self.answer, self.unsent, self.mend_text, self.mend_turn, self.own_tests, self.code)
        drawn = (self.status, self.transcript, self.live, self.notice, self.exercise, self.results)
        return {
            self.nothing: gr.Column(visible=True),
            self.room: gr.Column(visible=False),
            self.watch: gr.Timer(active=False),
            self.mend: gr.Column(visible=False),
            **dict.fromkeys((*words, *drawn), ""),
        }


def lay_out() -> InterviewPage:
    """Build the place inside the current tab."""
    with gr.Column() as nothing:
        gr.HTML(empty_state("No interview is open", "Set one up in Prepare, or go on with one from Progress."))
        go_prepare = gr.Button("Go to Prepare", variant="primary", elem_classes="il-narrow")
    with gr.Column(visible=False, elem_id="room") as room:
        status = gr.HTML(elem_id="status")
        with gr.Row(equal_height=False, elem_id="table"):
            with gr.Column(scale=5, min_width=320, elem_id="talk"):
                talk = _lay_out_talk()
            with gr.Column(scale=6, min_width=320, visible=False, elem_id="desk", elem_classes="il-panel") as desk:
                tools = {**_lay_out_desk(), "watch": gr.Timer(WATCH_S, active=False), "offered": gr.State(-1)}
    frame = {"nothing": nothing, "go_prepare": go_prepare, "room": room, "status": status, "desk": desk}
    return InterviewPage(shown_turn=gr.State(None), **frame, **talk, **tools)


def _lay_out_talk() -> dict[str, Any]:
    with gr.Column(elem_id="conversation", elem_classes="il-panel"):
        said = {"transcript": gr.HTML(elem_id="transcript"), "live": gr.HTML(elem_id="live")}
    said["notice"] = gr.HTML(elem_id="interview-notice")
    talk = {**said, **_lay_out_composer(), **_lay_out_over()}
    gr.HTML(to_mirror(), elem_id="mirror")
    return talk


def _lay_out_composer() -> dict[str, Any]:
    with gr.Column(elem_id="composer") as composer:
        gr.HTML(tag("a", "Go to the exercise", href="#desk"), elem_id="to-desk")
        mend = _lay_out_mend()
        voice = _lay_out_voice()
        answer = gr.Textbox(
            label="Your answer",
            placeholder="Enter sends, Shift+Enter starts a new line",
            lines=1,
            max_lines=8,
            max_length=20_000,
            elem_id="answer",
        )
        with gr.Row(elem_classes="il-actions"):
            send = gr.Button("Send", variant="primary", min_width=110, elem_id="send")
            hint = gr.Button("Ask for a hint", min_width=110, elem_id="hint")
            hold = gr.Button("Hold on", min_width=90, elem_id="hold")
            end = gr.Button("End interview", variant="stop", min_width=110, elem_id="end")
        with gr.Row(visible=False, elem_id="sure", elem_classes="il-actions il-sure") as sure:
            gr.HTML(tag("p", "End the interview and get your feedback?"))
            end_now = gr.Button("End it now", variant="stop", min_width=110, elem_id="end-now")
            go_on = gr.Button("Go on", min_width=110, elem_id="go-on")
    return {
        **mend,
        **voice,
        "composer": composer,
        "answer": answer,
        "unsent": gr.Textbox(visible=False),
        "send": send,
        "hint": hint,
        "hold": hold,
        "end": end,
        "sure": sure,
        "end_now": end_now,
        "go_on": go_on,
    }


def _lay_out_mend() -> dict[str, Any]:
    opener = gr.Button("Correct an answer", elem_id="mend-open", elem_classes="il-unseen")
    turn = gr.Textbox(visible=False)
    with gr.Column(visible=False, elem_id="mend", elem_classes="il-panel") as mend:
        text = gr.Textbox(
            label="What you really said", lines=3, max_lines=8, max_length=20_000, elem_id="mend-text", interactive=True
        )
        with gr.Row(elem_classes="il-actions"):
            save = gr.Button("Save the correction", variant="primary", min_width=110, elem_id="mend-save")
            cancel = gr.Button("Leave it as heard", min_width=110, elem_id="mend-cancel")
    return {
        "mend": mend,
        "mend_text": text,
        "mend_turn": turn,
        "mend_open": opener,
        "mend_save": save,
        "mend_cancel": cancel,
    }


def _lay_out_voice() -> dict[str, Any]:
    with gr.Row(elem_id="voice", elem_classes="il-panel"):
        start = gr.Button("Start voice", min_width=110, elem_id="voice-start")
        push = gr.Button("Push to talk", min_width=110, elem_id="voice-push")
        consent = gr.Checkbox(False, label=CONSENT, elem_id="voice-consent", container=False)
        gr.HTML(to_voice_panel(), elem_id="voice-panel")
        direct = gr.Button("Talk directly", min_width=110, elem_id="voice-direct", visible=HIDDEN)
        refresh = gr.Button("Show the spoken turn", elem_id="voice-refresh", elem_classes="il-unseen")
    return {
        "voice_start": start,
        "voice_push": push,
        "voice_direct": direct,
        "voice_consent": consent,
        "voice_notice": gr.HTML(elem_id="voice-notice"),
        "voice_ticket": gr.Textbox(visible=False),
        "voice_refresh": refresh,
    }


def _lay_out_over() -> dict[str, Any]:
    with gr.Column(visible=False, elem_id="over") as over:
        gr.HTML(tag("p", "The interview has ended. Everything you said and wrote is kept.", class_="il-soft"))
        see = gr.Button("See your feedback", variant="primary", elem_id="see-feedback")
    return {"over": over, "see_feedback": see}


def _lay_out_desk() -> dict[str, Any]:
    exercise = gr.HTML(elem_id="exercise")
    language = gr.Dropdown(
        [("Python", "python")], value="python", label="Language", elem_id="code-language", filterable=False
    )
    code = gr.Code(
        label="Your code",
        language="python",
        lines=12,
        max_lines=28,
        interactive=True,
        elem_id="code",
    )
    gr.HTML(tag("p", "Ctrl+Enter runs the tests. Esc, then Tab leaves the editor.", class_="il-soft il-tip"))
    own_tests = gr.Textbox(
        label="Your own tests, one a line: arguments => what they should give",
        lines=2,
        max_lines=8,
        max_length=20_000,
        elem_id="own-tests",
        elem_classes="il-mono",
    )
    with gr.Row(elem_classes="il-actions"):
        run = gr.Button(RUN, min_width=120, elem_id="run")
        submit = gr.Button("Submit", variant="primary", min_width=120, elem_id="submit")
        reset = gr.Button("Reset to starter", min_width=120, elem_id="reset")
    with gr.Row(visible=False, elem_classes="il-actions il-sure") as reset_sure:
        gr.HTML(tag("p", "Throw away what you wrote in this language?"))
        reset_now = gr.Button("Reset it", variant="stop", min_width=110, elem_id="reset-now")
        reset_not = gr.Button("Keep it", min_width=110, elem_id="reset-not")
    return {
        "exercise": exercise,
        "language": language,
        "code": code,
        "written": gr.Textbox(visible=False),
        "own_tests": own_tests,
        "run": run,
        "submit": submit,
        "reset": reset,
        "reset_sure": reset_sure,
        "reset_now": reset_now,
        "reset_not": reset_not,
        "results": gr.HTML(elem_id="results"),
    }
