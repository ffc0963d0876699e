"""Whose interviews these are: what the door found out about a request."""

from __future__ import annotations

import asyncio
from typing import Literal

import gradio as gr

from interviewlab.errors import LimitReached
from interviewlab.ports import ChatModel
from interviewlab.ui.door.doorkeeper import DOOR, OWNER, Door
from interviewlab.ui.door.identity import cookie_of
from interviewlab.ui.door.own_models import COOKIE as VISIT

Kind = Literal["runs", "starts", "talks", "uploads"]
UPLOAD_S = 60.0
"""So long an upload that was read stays: an interview may have been begun with it in the same moment."""


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


def visit_of(request: gr.Request | None) -> str:
    """What tells one browser session of an owner from another; empty where the browser keeps no cookie."""
    scope = request.request.scope if request is not None and request.request is not None else {}
    return cookie_of(scope, VISIT)


def model_of(request: gr.Request) -> ChatModel | None:
    """The language model that was brought for this browser session; None: that of the settings."""
    found = door_of(request).own_models.find(owner_of(request), visit_of(request))
    return found.model if found else None


def door_of(request: gr.Request | None) -> Door:
    """The door by which a request with an owner came in."""
    if request is None or request.request is None:
        raise gr.Error("Nobody is known to have sent this. Load the page again.", print_exception=False)
    door: Door = request.request.scope[DOOR]
    return door


def let_go(path: str, request: gr.Request) -> None:
    """An upload was read, and is deleted in a while. In the server's event loop only."""
    belongings, owner = door_of(request).belongings, owner_of(request)
    asyncio.get_running_loop().call_later(UPLOAD_S, belongings.let_go, path, owner)
