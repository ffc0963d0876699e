"""The page that documents the named endpoints, written from their own signatures and docstrings."""

from __future__ import annotations

import inspect
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from interviewlab.ui.api import NAMES, Api
from interviewlab.ui.presenters.markup import Html, joined, tag
from interviewlab.ui.presenters.plain_page import to_page

_PYTHON = """from gradio_client import Client

client = Client("{url}", headers={{"X-InterviewLab-Token": "…"}})
begun = client.predict(type="coding", level="mid", seed=1, api_name="/create_interview")
said = client.predict(begun["interview_id"], "Yes, I'm ready.", api_name="/reply")
print(said["text"])
"""
_MCP = """{{"mcpServers": {{"interviewlab": {{
  "url": "{url}gradio_api/mcp/", "headers": {{"X-InterviewLab-Token": "…"}}
}}}}}}
"""


def mount(app: Any) -> None:
    """Answer ``GET /api-docs`` on this app."""
    app.add_route("/api-docs", _show, methods=["GET"])


async def _show(request: Request) -> Response:
    return HTMLResponse(to_api_docs(str(request.base_url)))


def to_api_docs(url: str) -> str:
    """All endpoints for a server at ``url``."""
    token = tag(
        "p",
        "A token is made under ",
        tag("a", "Your account", href="/account"),
        ". On your own machine none is needed.",
    )
    return to_page(
        "The API",
        tag("p", tag("a", "Back to the interviews", href="/")),
        tag("h2", "From Python"),
        tag("pre", _PYTHON.format(url=url), tabindex=0, class_="code"),
        token,
        tag("h2", "From an MCP client"),
        tag("p", "Where the server was started with INTERVIEWLAB_MCP=true, every endpoint is a tool:"),
        tag("pre", _MCP.format(url=url), tabindex=0, class_="code"),
        tag("h2", "Endpoints"),
        *(_endpoint(name) for name in NAMES),
    )


def _endpoint(name: str) -> Html:
    function = getattr(Api, name)
    shown = [
        each.name if each.default is each.empty else f"{each.name}={each.default!r}"
        for each in inspect.signature(function).parameters.values()
        if each.name not in ("self", "request")
    ]
    head = tag("h3", tag("code", f"/{name}"))
    return joined(head, tag("pre", f"{name}({', '.join(shown)})\n\n{inspect.getdoc(function)}"))
