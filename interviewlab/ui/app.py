"""The whole page: places, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from interviewlab.settings import Settings
from interviewlab.types import Language
from interviewlab.ui import api
from interviewlab.ui.clock import zone_of
from interviewlab.ui.door.identity import signed_in_name
from interviewlab.ui.handlers import interview as interviewing
from interviewlab.ui.handlers import shelf
from interviewlab.ui.handlers.fetching import Fetching
from interviewlab.ui.handlers.surroundings import Surroundings
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.handlers.voice import VoiceDesk
from interviewlab.ui.owner import model_of, owner_of
from interviewlab.ui.pages import (
    feedback,
    interview,
    interview_wiring,
    prepare,
    prepare_cv,
    prepare_model,
    progress,
    voice_wiring,
)
from interviewlab.ui.pages.shell import Drafts, Kept, Shell, Updates, keep_in_browser, quiet
from interviewlab.ui.presenters.markup import Html, busy, notice, tag
from interviewlab.ui.theme import look

KEEP_PLACE = "(kept) => { sessionStorage.setItem('interviewlab-place', JSON.stringify(kept ?? {})); }"
FIND_PLACE = """(kept, drafts) => {
  const mine = JSON.parse(sessionStorage.getItem("interviewlab-place") ?? "{}");
  return [mine.interview_id ? mine : kept, drafts];
}"""
"""A tab goes back to its own interview after a reload, a new one to that of the browser."""
VISITORS = 16
"""How many events of one kind are handled at the same time."""
UPLOADS_S = (3600, 12 * 3600)
"""How often uploads are looked over, and how old one may get that nobody could read; all go when the server ends."""


def build_app(settings: Settings, voice: VoiceDesk | None = None, fetching: Fetching | None = None) -> gr.Blocks:
    """The page, not yet served. ``voice`` is told later which app serves it."""
    with gr.Blocks(**look(), analytics_enabled=False, fill_width=True, delete_cache=UPLOADS_S) as app:
        gr.HTML(_masthead(settings))
        if settings.whose == "space" and settings.oauth_client_secret.get_secret_value():
            _lay_out_sign_in(settings)
        if fetching and fetching.missing:
            _show_fetching(fetching)
        kept, drafts = keep_in_browser("kept"), keep_in_browser("drafts")
        admission = voice_wiring.lay_out_admission()
        with gr.Tabs(selected="prepare", elem_id="places") as places:
            with gr.Tab("Prepare", id="prepare", elem_id="place-prepare"):
                preparing = prepare.lay_out(settings)
            with gr.Tab("Interview", id="interview", elem_id="place-interview", render_children=True):
                talking = interview.lay_out()
            with gr.Tab("Feedback", id="feedback", elem_id="place-feedback", render_children=True):
                judged = feedback.lay_out()
            with gr.Tab("Progress", id="progress", elem_id="place-progress", render_children=True) as tab:
                looking_back = progress.lay_out()
        shell = Shell(settings, places, kept, drafts, Surroundings(settings))
        prepare.wire(preparing, shell, talking, judged)
        desk = voice or VoiceDesk(settings)
        interview_wiring.wire(talking, shell, judged, desk)
        voice_wiring.wire(talking, shell, desk, admission)
        feedback.wire(judged, shell, desk.recordings, talking)
        progress.wire(looking_back, tab, shell, talking, judged)
        _wire_arrival(app, _Arrival(shell, preparing, talking, judged))
        api.lay_out(shell, desk)
    app.queue(default_concurrency_limit=VISITORS)
    page: gr.Blocks = app
    return page


def _masthead(settings: Settings) -> Html:
    words = tag("span", "Interview", tag("b", "Lab"))
    account = Html() if settings.whose == "local" else tag("a", "Your account", href="account", class_="il-account")
    return tag("header", tag("span", class_="il-mark", aria_hidden="true"), words, account, class_="il-masthead")


def _lay_out_sign_in(settings: Settings) -> None:
    """The button says who is signed in as long as the door knows them; by itself it forgets them with their token."""
    button = gr.LoginButton(size="sm", elem_classes="il-narrow")

    def tell(request: gr.Request) -> gr.LoginButton:
        name = signed_in_name(request.request.scope, settings) if request.request else ""
        return gr.LoginButton(button.logout_value.format(name) if name else button.value, interactive=True)

    button.attach_load_event(tell, None)


def _show_fetching(fetching: Fetching) -> None:
    """A line that tells how far the models of a first start are, until they are here."""
    line, clock = gr.HTML(elem_id="fetching"), gr.Timer(2.0)

    async def tell() -> tuple[str, gr.Timer]:
        is_on = bool(fetching.missing)
        return busy(fetching.sentence or "First start: fetching models…") if is_on else "", gr.Timer(active=is_on)

    clock.tick(tell, None, [line, clock], **quiet())


def _wire_arrival(app: gr.Blocks, arrival: _Arrival) -> None:
    shell = arrival.shell
    outputs = [*arrival.interview.outputs, *arrival.feedback.outputs, shell.kept, shell.places, arrival.prepare.notice]
    kept = [shell.kept, shell.drafts]
    app.load(arrival.on_load, kept, outputs, js=FIND_PLACE, **quiet())
    shell.kept.change(fn=None, inputs=shell.kept, js=KEEP_PLACE, show_api=False)
    app.load(arrival.on_papers, None, arrival.prepare.cv.outputs, **quiet())
    app.load(arrival.on_own_model, None, arrival.prepare.model.outputs, **quiet())
    seen = [arrival.prepare.parts, arrival.prepare.language]
    app.load(arrival.on_look_around, arrival.prepare.language, seen, **quiet())


@dataclass(frozen=True)
class _Arrival:
    """Someone opens or reloads the page."""

    shell: Shell
    prepare: prepare.PreparePage
    interview: interview.InterviewPage
    feedback: feedback.FeedbackPage

    async def on_load(self, kept: Kept, drafts: Drafts, request: gr.Request) -> Updates:
        """Find the interview this browser was in, if there is one."""
        if not (interview_id := kept.get("interview_id", "")):
            return {self.shell.kept: kept}
        owner = owner_of(request)
        view = await interviewing.come_back(self.shell.settings, owner, interview_id, model_of(request))
        if isinstance(view, Trouble):
            return {self.shell.kept: {} if view.is_gone else kept, self.prepare.notice: notice(view.sentence)}
        shown = self.interview.updates(view, self.shell, {}, drafts)
        report = await shelf.get_feedback(self.shell.settings, owner, interview_id)
        if report is None or isinstance(report, Trouble):
            return {**shown, **self.shell.go("interview")}
        return {**shown, **self.feedback.updates(report, self.shell, zone_of(request)), **self.shell.go("feedback")}

    async def on_papers(self, request: gr.Request) -> Updates:
        """The CVs and jobs of this person."""
        return await prepare_cv.open_shelf(self.prepare.cv, self.shell, owner_of(request))

    async def on_own_model(self, request: gr.Request) -> Updates:
        """The model that this browser session brought."""
        return prepare_model.show_own_model(self.prepare.model, request)

    async def on_look_around(self, language: Language) -> Updates:
        """What works here, once the page is up."""
        return await prepare.show_parts(self.prepare, self.shell, language)
