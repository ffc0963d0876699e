"""Bring your own model, on the Prepare place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewlab.settings import Settings
from interviewlab.ui.door.identity import hub_token
from interviewlab.ui.handlers import own_model as handlers
from interviewlab.ui.handlers.own_model import OwnModelView
from interviewlab.ui.handlers.views import Trouble
from interviewlab.ui.owner import door_of, owner_of, visit_of
from interviewlab.ui.pages.shell import Updates, quiet
from interviewlab.ui.presenters.markup import busy, notice
from interviewlab.ui.presenters.own_model import to_own_model

TRYING = "Trying your model…"


@dataclass(frozen=True)
class ModelPanel:
    """The components that a model is brought by."""

    told: gr.HTML
    trouble: gr.HTML
    url: gr.Textbox
    name: gr.Textbox
    key: gr.Textbox
    use: gr.Button
    use_token: gr.Button
    stop: gr.Button

    @property
    def outputs(self) -> list[Any]:
        """What any event here may change."""
        return [self.told, self.trouble, self.key, self.stop]


def lay_out(settings: Settings) -> ModelPanel:
    """Build the panel; hidden where nobody may bring a model."""
    with gr.Accordion(
        "Bring your own language model", open=False, visible=settings.own_models != "none", elem_id="own-model"
    ):
        told, trouble = gr.HTML(to_own_model("", ""), elem_id="own-model-told"), gr.HTML(elem_id="own-model-trouble")
        with gr.Row():
            url = gr.Textbox(
                label="Address of an OpenAI-compatible endpoint",
                placeholder="https://api.openai.com/v1",
                max_lines=1,
                max_length=500,
                min_width=240,
                elem_id="own-model-url",
            )
            name = gr.Textbox(
                label="Model",
                placeholder="gpt-4o-mini",
                max_lines=1,
                max_length=200,
                min_width=200,
                elem_id="own-model-name",
            )
            key = gr.Textbox(
                label="Key", type="password", max_lines=1, max_length=500, min_width=200, elem_id="own-model-key"
            )
        with gr.Row(elem_classes="il-actions"):
            use = gr.Button("Use this model", min_width=110, elem_id="own-model-use")
            use_token = gr.Button(
                "Use my Hugging Face token",
                min_width=110,
                visible=settings.whose == "space" and bool(settings.oauth_client_secret.get_secret_value()),
                elem_id="own-model-token",
            )
            stop = gr.Button("Stop using it", variant="stop", min_width=110, visible=False, elem_id="own-model-stop")
    return ModelPanel(told, trouble, url, name, key, use, use_token, stop)


def wire(panel: ModelPanel) -> None:
    """Join events and handlers."""
    events = _Events(panel)
    once = quiet(trigger_mode="once")
    panel.use.click(events.on_use, [panel.url, panel.key, panel.name], panel.outputs, **once)
    panel.use_token.click(events.on_token, panel.name, panel.outputs, **once)
    panel.stop.click(events.on_stop, None, panel.outputs, **once)


def show_own_model(panel: ModelPanel, request: gr.Request) -> Updates:
    """Whether a model of this browser session's own is in use."""
    found = handlers.find_own_model(door_of(request), owner_of(request), visit_of(request))
    return _shown(panel, found)


@dataclass(frozen=True)
class _Events:
    panel: ModelPanel

    async def on_use(self, url: str, key: str, name: str, request: gr.Request) -> AsyncIterator[Updates]:
        """Try it, which may take a while, and use it from now on; the key goes from the page."""
        yield {self.panel.trouble: busy(TRYING)}
        door, owner, visit = door_of(request), owner_of(request), visit_of(request)
        yield self._told(await handlers.bring_own_model(door, owner, visit, url=url, key=key, name=name))

    async def on_token(self, name: str, request: gr.Request) -> AsyncIterator[Updates]:
        """The same with the token of the sign-in."""
        yield {self.panel.trouble: busy(TRYING)}
        door, owner, visit = door_of(request), owner_of(request), visit_of(request)
        token = hub_token(request.request.scope, door.settings) if request.request else ""
        yield self._told(await handlers.bring_hub_token(door, owner, visit, token, name))

    async def on_stop(self, request: gr.Request) -> Updates:
        """Forget it."""
        await handlers.drop_own_model(door_of(request), owner_of(request), visit_of(request))
        return _shown(self.panel, None)

    def _told(self, found: OwnModelView | Trouble) -> Updates:
        if isinstance(found, Trouble):
            return {self.panel.trouble: notice(found.sentence)}
        return {**_shown(self.panel, found), self.panel.key: ""}


def _shown(panel: ModelPanel, found: OwnModelView | None) -> Updates:
    told = to_own_model(found.name, found.host) if found else to_own_model("", "")
    return {panel.told: told, panel.trouble: "", panel.stop: gr.Button(visible=found is not None)}
