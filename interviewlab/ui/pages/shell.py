"""What all places share: the tabs and what this browser keeps over a reload."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import gradio as gr

from interviewlab.settings import Settings
from interviewlab.types import Language, Plan
from interviewlab.ui.handlers.surroundings import Surroundings
from interviewlab.ui.presenters import labels

Place = Literal["prepare", "interview", "feedback", "progress"]
Kept = dict[str, str]
Drafts = dict[str, str]
Updates = dict[Any, Any]


@dataclass(frozen=True)
class Shell:
    """The frame around the places.

    ``kept`` names the interview and exercise on the page; ``drafts`` holds code as typed, by ``draft_key``.
    Both live in the browser and are only a convenience: the server checks the owner of every id it is given.
    """

    settings: Settings
    places: gr.Tabs
    kept: gr.BrowserState
    drafts: gr.BrowserState
    surroundings: Surroundings

    def can_run(self, languages: Iterable[Language]) -> list[tuple[str, Language]]:
        """Those of them that run here, with their names; all of them while nobody has looked."""
        here = self.surroundings.languages
        return [(labels.LANGUAGE[name], name) for name in languages if not here or name in here]

    def go(self, place: Place) -> Updates:
        """Show this place."""
        return {self.places: gr.Tabs(selected=place)}

    def interviewer_of(self, plan: Plan | None) -> str:
        """The interviewer's name in an interview of this plan."""
        return (plan.persona.name if plan else "") or self.settings.interviewer


def keep_in_browser(name: str) -> gr.BrowserState:
    """A value in the browser's local storage that outlives a restart of the server, hence the fixed key."""
    return gr.BrowserState({}, storage_key=f"interviewlab-{name}", secret="interviewlab")  # noqa: S106


def draft_key(interview_id: str, exercise_id: str, language: str) -> str:
    """Where a draft is kept, that of the own tests under ``tests`` in place of a language; app.js builds the same."""
    return f"{interview_id}/{exercise_id}/{language}"


def warn(sentence: str) -> None:
    """A passing warning. Gradio renders its text as HTML, so it is escaped here."""
    gr.Warning(html.escape(sentence))


def quiet(**more: Any) -> dict[str, Any]:
    """How events are wired: the page's own words say what is going on, and programs have endpoints of their own."""
    return {"show_progress": "hidden", "show_api": False, **more}


def focus(*selectors: str, after: str = "") -> str:
    """JavaScript that moves the focus to the first of these that shows on the page, the first one preferred, when it
    has done what ``after`` says. One step does both: Gradio runs no second step of JavaScript alone after a first.
    """
    return f"() => {{ {after}; window.interviewlab.focus({list(selectors)!r}); }}"
