"""ASGI middleware before everything: each request is given its owner or turned away with a sentence.

Gradio checks no owner: an event answers whoever asks, a session's results go to whoever names the session, an upload is
served to whoever knows its path. Here a session belongs to the owner who first used it and a file to those who sent it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from secrets import compare_digest, token_urlsafe
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewlab.errors import InterviewLabError, LimitReached, StoreUnavailable
from interviewlab.settings import Settings
from interviewlab.ui.door.belongings import Belongings, named_files
from interviewlab.ui.door.bodies import TooLarge, again, counted, read_off, read_whole, too_large
from interviewlab.ui.door.identity import FRAMED, Identity, LocalIdentity, cookie_of, new_browser, to_cookie
from interviewlab.ui.door.limits import Limits, build_limits
from interviewlab.ui.door.own_models import COOKIE as VISIT
from interviewlab.ui.door.own_models import OwnModels, visit_cookie
from interviewlab.ui.measuring import REQUEST_S, REQUESTS
from interviewlab.voice.tickets import OWNER as OWNER

DOOR = "interviewlab.door"
"""Key of a request's scope, as ``OWNER`` is."""
INSIDE_HEADER = b"x-interviewlab-inside"
SIGN_IN = "/sign-in"
API = "/gradio_api"
NO_COOKIE = (
    "This browser keeps no cookie for this page, so it cannot be told apart from others. "
    "Allow cookies for it, or open it in a tab of its own, and load it again."
)
SIGN_IN_FIRST = "You are not signed in. Sign in, then load the page again."
NOT_YOURS = "That does not belong to you, or it is gone. Load the page again."
NOT_JSON = "That is no JSON that this page understands. Send what its documentation asks for."
FOREIGN = "That came from another site. Open the page itself and do it there."
STRANGE_HOST = "This page answers only under the name of this machine. Open it at http://127.0.0.1 with its port."
STRANGE_NAME = (
    "This page is one person's and answers only under an address or a name of its own network. "
    "Open it by its IP address, or let people sign in (INTERVIEWLAB_IDENTITY=accounts)."
)
# Layout and code of the page, the same for everybody.
_OPEN = re.compile(
    r"/(assets|static|svelte)/.*|/(theme\.css|favicon\.ico|robots\.txt|manifest\.json|pwa_icon.*|config|healthz"
    rf"|livekit-client\.js|sign-in|sign-up|login/huggingface|login/callback|logout)/?|{API}/(info|app_id|startup-events)/?"
)
_CLOSED = (f"{API}/proxy=", f"{API}/stream/", f"{API}/custom_component", f"{API}/deep_link", "/monitoring")
"""Ways of Gradio that this page does not use; ``deep_link`` would write down what stands in a session."""
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
_OWN_NETWORK = (".local", ".localhost", ".internal", ".lan", ".home.arpa")
"""Names that no name server of the internet answers for, so that nobody can bend them."""
_TALK = re.compile(r"/(voice/.*|webrtc/.*)")
_RECORDING_MB = 11.0
_KINDS = {"page", "queue", "call", "run", "api", "upload", "file", "heartbeat", "mcp", "voice", "webrtc", "recordings"}
_LOG = logging.getLogger(__name__)
_SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass
class Door:
    """What a server knows of its visitors."""

    settings: Settings
    belongings: Belongings = field(default_factory=Belongings)
    own_models: OwnModels = field(default_factory=OwnModels)
    inside: str = field(default_factory=lambda: token_urlsafe(32))
    """Shown by the server's own clients."""
    limits: Limits | None = field(init=False)
    _identity: asyncio.Future[Identity] | None = None

    def __post_init__(self) -> None:
        self.limits = build_limits(self.settings)

    async def identity(self) -> Identity:
        """How owners are told apart; waits until that is known. Raises StoreUnavailable."""
        return LocalIdentity() if self.settings.whose == "local" else await asyncio.shield(self.opened())

    def opened(self) -> asyncio.Future[Identity]:
        """What ``identity`` waits for; ``open`` and ``shut`` set it. In the server's event loop only."""
        self._identity = self._identity or asyncio.get_running_loop().create_future()
        return self._identity

    def open(self, identity: Identity) -> None:
        """From now on people are told apart so."""
        self._undecided().set_result(identity)

    def shut(self, trouble: StoreUnavailable) -> None:
        """Until it is opened, whoever comes is told why not."""
        shut = self._undecided()
        shut.set_exception(trouble)
        shut.exception()  # else the loop complains where nobody came

    def _undecided(self) -> asyncio.Future[Identity]:
        if self.opened().done():
            self._identity = None
        return self.opened()


class _Refused(Exception):
    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Doorkeeper:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and self._door.settings.whose == "space":
            scope = {**scope, FRAMED: True, **({"scheme": "https"} if _is_forwarded_https(scope) else {})}
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whoever is not known is not even told what there would be."""
        try:
            self._check_address(scope, is_change=True)
            scope[OWNER], scope[DOOR] = await self._owner(scope), self._door
        except _Refused:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, began = 0, time.monotonic()

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._let_in(scope, receive, watched)
        except (_Refused, InterviewLabError) as error:
            if status:
                raise
            if isinstance(error, TooLarge):
                await read_off(receive)
            await _refuse(error, scope)(scope, receive, watched)
        finally:
            self._count(scope, status, time.monotonic() - began)

    def _count(self, scope: Scope, status: int, took_s: float) -> None:
        kind = _kind(scope["path"])
        REQUESTS.labels(kind, str(status)).inc()
        REQUEST_S.labels(kind).observe(took_s)
        if kind != "layout":
            who = hashlib.sha256(f"{self._door.inside}{scope.get(OWNER, '')}".encode()).hexdigest()[:8]
            fields = {"kind": kind, "method": scope["method"], "status": status, "ms": round(took_s * 1000), "who": who}
            _LOG.info("request", extra={"fields": fields})

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_change = scope["method"] not in _SAFE
        self._check_address(scope, is_change)
        scope[DOOR] = self._door
        path = scope["path"]
        if path == "/" and scope["method"] == "HEAD":
            # Asked is only whether it answers. Gradio asks it of itself, and ends where making the page takes over 3 s.
            await HTMLResponse()(scope, receive, send)
        elif _OPEN.fullmatch(path):
            await self.app(scope, counted(receive, self._small), send)
        elif path == "/" and not is_change:
            await self._show_page(scope, receive, send)
        else:
            owner = scope[OWNER] = await self._owner(scope)
            if is_change and self._door.limits:
                self._door.limits.calls.spend(owner)
            await self._serve(owner, scope, receive, send)

    # ---- who

    async def _owner(self, scope: Scope) -> str:
        identity = await self._door.identity()
        owner = await identity.find(scope)
        if owner is None and self._is_inside(scope):
            return ""
        if owner is None:
            sentence = NO_COOKIE if identity.is_told_apart() else SIGN_IN_FIRST
            raise _Refused(HTTPStatus.UNAUTHORIZED, sentence)
        return owner

    def _is_inside(self, scope: Scope) -> bool:
        shown = dict(scope["headers"]).get(INSIDE_HEADER, b"")
        return compare_digest(shown, self._door.inside.encode())

    def _check_address(self, scope: Scope, is_change: bool) -> None:
        """Neither another site's page nor a name that was bent to this machine."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        settings = self._door.settings
        if settings.whose == "local" and settings.host in _LOOPBACK and _name(host) not in _LOOPBACK:
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST, STRANGE_HOST)
        if settings.whose == "local" and _name(host) != settings.host and not _is_of_own_network(_name(host)):
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST, STRANGE_NAME)
        if not is_change and not scope["path"].startswith(API):
            return
        # A foreign page may write X-Forwarded-Host as it likes, but neither Host nor Origin nor Sec-Fetch-Site.
        origin = headers.get(b"origin", b"").decode("latin-1")
        is_foreign = is_change and origin and urlsplit(origin).netloc not in {host, settings.space_host} - {""}
        if is_foreign or headers.get(b"sec-fetch-site") == b"cross-site":
            raise _Refused(HTTPStatus.FORBIDDEN, FOREIGN)

    # ---- what

    async def _show_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page; a newcomer is given a cookie, or sent to sign in, and the cookie of who comes back is prolonged.
        Each visit has a cookie of its own."""
        if not cookie_of(scope, VISIT):
            send = _with_cookie(send, visit_cookie(scope))
        identity = await self._door.identity()
        owner = scope[OWNER] = await identity.find(scope)
        if owner is None and self._is_inside(scope):
            await self.app(scope, receive, send)
        elif owner is None and not identity.is_told_apart():
            await RedirectResponse(SIGN_IN, HTTPStatus.SEE_OTHER)(scope, receive, send)
        elif owner is None:
            if self._door.limits:
                self._door.limits.newcomers.spend(address_of(scope))
            scope[OWNER] = new_browser()
            token = await identity.new_token(scope[OWNER])
            await self.app(scope, receive, _with_cookie(send, to_cookie(token, scope, self._days)))
        else:
            if token := await identity.renewed(scope):
                send = _with_cookie(send, to_cookie(token, scope, self._days))
            await self.app(scope, receive, send)

    async def _serve(self, owner: str, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        who = "inside" if self._is_inside(scope) else owner
        if path.startswith(f"{API}/upload") and scope["method"] == "POST":
            await self._take_upload(owner, scope, receive, send)
        elif _TALK.fullmatch(path):
            await self.app(scope, counted(receive, _RECORDING_MB * 1e6), send)
        elif path.startswith(f"{API}/mcp"):
            await self.app(scope, counted(receive, self._small), send)
        elif scope["method"] == "POST":
            await self._take_event(owner, who, scope, receive, send)
        else:
            self._check_reading(owner, who, scope)
            await self.app(scope, receive, send)

    def _check_reading(self, owner: str, who: str, scope: Scope) -> None:
        """Results and files go to those whose they are."""
        path: str = scope["path"]
        for opening in (f"{API}/file=", f"{API}/file/"):
            if path.startswith(opening) and not self._door.belongings.is_file_of(path[len(opening) :], owner):
                raise _Refused(HTTPStatus.NOT_FOUND, NOT_YOURS)
        if path.startswith(_CLOSED):
            raise _Refused(HTTPStatus.NOT_FOUND, NOT_YOURS)
        # Every one: of a name that is given twice, Gradio takes the last.
        sessions = QueryParams(scope["query_string"]).getlist("session_hash")
        if path.startswith((f"{API}/heartbeat/", f"{API}/call/")):
            sessions.append(unquote(path.rstrip("/").rsplit("/", 1)[-1]))
        for session in sessions:
            self._check_session(session, who)

    def _check_session(self, session: str, who: str) -> None:
        if session and not self._door.belongings.take_session(session, who):
            raise _Refused(HTTPStatus.NOT_FOUND, NOT_YOURS)

    async def _take_event(self, owner: str, who: str, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_whole(receive, self._small)
        event = _parse(body)
        if event is None and scope["path"].startswith(API):
            raise _Refused(HTTPStatus.UNPROCESSABLE_ENTITY, NOT_JSON)
        for path in named_files(event):
            if not self._door.belongings.is_file_of(path, owner):
                raise _Refused(HTTPStatus.NOT_FOUND, NOT_YOURS)
        if isinstance(event, dict):
            self._check_session(str(event.get("session_hash") or ""), who)

        def keep(answer: Any) -> None:
            if isinstance(answer, dict) and isinstance(answer.get("event_id"), str):
                self._door.belongings.take_session(answer["event_id"], who)

        is_call = scope["path"].startswith(f"{API}/call/")
        await self.app(scope, again(body, receive), _reading(send, keep) if is_call else send)

    async def _take_upload(self, owner: str, scope: Scope, receive: Receive, send: Send) -> None:
        if self._door.limits:
            self._door.limits.uploads.spend(owner)

        def keep(answer: Any) -> None:
            for path in answer if isinstance(answer, list) else ():
                self._door.belongings.add_file(str(path), owner)

        most = self._door.settings.upload_mb * 1e6 + 100_000
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > most:
            raise too_large(self._door.settings.upload_mb * 1e6)
        await self.app(scope, counted(receive, most), _reading(send, keep))

    @property
    def _small(self) -> float:
        return self._door.settings.request_mb * 1e6

    @property
    def _days(self) -> float:
        return self._door.settings.sign_in_days


def address_of(scope: Scope) -> str:
    """Where a request came from, as the proxies say that the settings trust."""
    return str((scope.get("client") or ("",))[0])


def _is_forwarded_https(scope: Scope) -> bool:
    """Whether the proxy before a Space was asked over HTTPS; cookies of a framed page have to know."""
    told = dict(scope["headers"]).get(b"x-forwarded-proto", b"")
    return bool(told.split(b",")[0].strip() == b"https")


def _kind(path: str) -> str:
    """Of what sort a request is: never the path itself, which may hold ids."""
    if _OPEN.fullmatch(path):
        return "layout"
    opening = path.removeprefix(API).lstrip("/").split("/")[0].split("=")[0] if path != "/" else "page"
    return opening if opening in _KINDS else "other"


def _name(host: str) -> str:
    return host.rsplit(":", 1)[0] if not host.endswith("]") else host


def _is_of_own_network(name: str) -> bool:
    """An address, a name without dots, or one that only an own network knows."""
    try:
        return bool(ip_address(name.strip("[]")))
    except ValueError:
        return "." not in name or name.endswith(_OWN_NETWORK)


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _with_cookie(send: Send, line: str) -> Send:
    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", line)
        await send(message)

    return add


def _reading(send: Send, keep: Callable[[Any], None]) -> Send:
    """Look at a JSON answer before its end is sent."""
    body = b""

    async def look(message: Message) -> None:
        nonlocal body
        if message["type"] == "http.response.body":
            body += message.get("body", b"")
            if not message.get("more_body", False):
                keep(_parse(body))
        await send(message)

    return look


_STATUS: dict[type[Exception], HTTPStatus] = {
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    LimitReached: HTTPStatus.TOO_MANY_REQUESTS,
    StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


def _refuse(error: Exception, scope: Scope) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    status = error.status if isinstance(error, _Refused) else _STATUS.get(type(error), HTTPStatus.BAD_REQUEST)
    if scope["method"] == "GET" and b"text/html" in dict(scope["headers"]).get(b"accept", b""):
        return Response(str(error), status, media_type="text/plain")
    return JSONResponse({"detail": str(error), "error": str(error), "trouble": str(error)}, status)
