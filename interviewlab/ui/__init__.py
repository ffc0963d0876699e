"""The Gradio page. Importing this costs nothing; Gradio is imported when an app is built."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interviewlab.ui.app import build_app
    from interviewlab.ui.serving import launch

__all__ = ["build_app", "launch"]
_ROOMS = {"build_app": "app", "launch": "serving"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"interviewlab.ui.{_ROOMS[name]}"), name)
