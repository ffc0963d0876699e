"""Whose interviews these are: what the door found out about a request."""

from __future__ import annotations

from typing import Literal

import gradio as gr

from interviewlab.errors import LimitReached
from interviewlab.ui.door.doorkeeper import DOOR, OWNER, Door

Kind = Literal["runs", "starts", "talks"]


def owner_of(request: gr.Request | None, spends: Kind | None = None) -> str:
    """The owner of everything this request may see. A request that came in by no door has none and is refused.

    ``spends``: one of what a person may have only so many of in an hour.
    """
    scope = request.request.scope if request is not None and request.request is not None else {}
    if not (owner := scope.get(OWNER)):
        raise gr.Error("Nobody is known to have sent this. Load the page again.", print_exception=False)
    limits = door_of(request).limits
    if spends and limits:
        try:
            getattr(limits, spends).spend(owner)
        except LimitReached as error:
            raise gr.Error(str(error), print_exception=False) from error
    return str(owner)


def door_of(request: gr.Request | None) -> Door:
    """The door by which a request with an owner came in."""
    if request is None or request.request is None:
        raise gr.Error("Nobody is known to have sent this. Load the page again.", print_exception=False)
    door: Door = request.request.scope[DOOR]
    return door
