"""Whose interviews these are."""

from __future__ import annotations

import gradio as gr

LOCAL = "local"


def owner_of(request: gr.Request | None) -> str:
    """The owner of everything this request may see. One person on their own machine: always the same."""
    del request
    return LOCAL
