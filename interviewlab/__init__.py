"""InterviewLab: practice for technical interviews that shows its evidence.

The door: ``open_interview`` and ``open_library`` for visitors, ``Settings`` for how, the types and the errors for
what travels. Everything is loaded when it is first used.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interviewlab.bootstrap import open_interview as open_interview
    from interviewlab.bootstrap import open_library as open_library
    from interviewlab.planning import build_plan as build_plan
    from interviewlab.settings import Settings as Settings

__version__ = "0.1.0"

# From 1.29 on ONNX Runtime tells Microsoft of every session it opens, and reads this when it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_DOORS = {
    "open_interview": "interviewlab.bootstrap",
    "open_library": "interviewlab.bootstrap",
    "build_plan": "interviewlab.planning",
    "Settings": "interviewlab.settings",
}
_ROOMS = ("interviewlab.types", "interviewlab.errors")


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    for room in (_DOORS[name],) if name in _DOORS else _ROOMS:
        if hasattr(module := import_module(room), name):
            return getattr(module, name)
    raise AttributeError(f"module 'interviewlab' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *_DOORS})
