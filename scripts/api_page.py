"""Write docs/api.md from the code: what the door gives, with signatures and docstrings."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

import interviewlab
from interviewlab import errors
from interviewlab.interview import Interview
from interviewlab.library import Library
from interviewlab.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
HEAD = """# API reference

Made by `make api` from the code; not edited by hand. `from interviewlab import …` gives what stands here, and every
type of `interviewlab.types` besides. All functions are async unless they say
otherwise; what gives a `ReplyStream` is called plainly: await it for the reply, or iterate over its sentences.
"""


def main() -> None:
    """Write the page, or print it with ``--print``."""
    page = to_page()
    if "--print" in sys.argv:
        sys.stdout.write(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


def to_page() -> str:
    """The page, whole."""
    doors = [interviewlab.open_interview, interviewlab.open_library, interviewlab.build_plan]
    parts = [HEAD, "## The door\n", *(_function(each) for each in doors)]
    for hall in (Interview, Library):
        parts += [f"## {hall.__name__}\n", _text(hall) + "\n", *(_function(each) for each in _methods(hall))]
    parts += [
        "## Settings\n",
        "Each is a keyword of `Settings(…)`, or `INTERVIEWLAB_<NAME>` in the environment or `.env`.\n",
    ]
    parts += ["| name | default |\n|---|---|", *(_setting(name) for name in Settings.model_fields)]
    parts += ["\n## Errors\n", "```text", _text(errors), "```"]
    return "\n".join(parts) + "\n"


def _methods(hall: type) -> list[Any]:
    return [each for name, each in vars(hall).items() if inspect.isfunction(each) and not name.startswith("_")]


def _function(function: Any) -> str:
    # Annotations are text here: without their quotes they read as in the code.
    signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(function)))
    return f"### `{function.__name__}{signature}`\n\n{_text(function)}\n"


def _text(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").replace("``", "`")


def _setting(name: str) -> str:
    field = Settings.model_fields[name]
    shown = _MADE.get(name, "of the user") if field.default_factory else repr(field.default)
    return f"| `{name}` | `{shown}` |"


_MADE = {"host": "127.0.0.1, on a Space 0.0.0.0"}
"""Defaults that are made, where they are not a folder or a name of the user."""


if __name__ == "__main__":
    main()
