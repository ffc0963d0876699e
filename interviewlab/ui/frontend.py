"""Gradio's own page without what it would fetch from other hosts (a script and two font hints), and with what has to
run before anything of Gradio does."""

from __future__ import annotations

import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewlab.ui.theme import read_asset
from interviewlab.voice.tickets import OWNER

FIRST = ("storage.js", "whose.js", "zone.js")
_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)
_FOREIGN = re.compile(
    rb"<script\s[^>]*\bsrc=\"https?://[^>]*>\s*</script>|<link\s[^>]*\bhref=\"https?://[^>]*>", re.IGNORECASE
)


def without_foreign_tags(page: bytes) -> bytes:
    """The page without script and link elements that point to another host."""
    return _FOREIGN.sub(b"", page)


def with_first_scripts(page: bytes, owner: str = "") -> bytes:
    """Gradio's page with the scripts of our own that come before all others; any other page as it is.

    They are told whose page it is, by a digest: what the browser keeps of another owner is dropped.
    """
    if b"gradio_config" not in page:
        return page
    whose = hashlib.sha256(owner.encode()).hexdigest()[:16]
    scripts = "".join(f'<script data-owner="{whose}">{read_asset(name)}</script>' for name in FIRST).encode()
    return _HEAD.sub(lambda found: found.group() + scripts, page, count=1)


class LocalPageOnly:
    """ASGI middleware: rewrites HTML pages on their way out; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _wants_page(scope):
            await self.app(scope, receive, send)
            return
        await self.app(_uncompressed(scope), receive, _PageSender(send, str(scope.get(OWNER, ""))))


class _PageSender:
    """Collects an HTML answer until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, owner: str) -> None:
        self.send, self.owner = send, owner
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self.start)
        else:
            await self.send(message)

    async def _send_page(self, start: Message) -> None:
        page = with_first_scripts(without_foreign_tags(self.body), self.owner)
        MutableHeaders(scope=start)["content-length"] = str(len(page))
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


def _wants_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _uncompressed(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}


def _is_page(start: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])
