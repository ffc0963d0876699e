"""Who sent a request: one person alone, an account, or a browser told apart by a signed cookie."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import MutableMapping
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import cookie_parser

from interviewlab.accounts import Accounts
from interviewlab.settings import Settings

Scope = MutableMapping[str, Any]
LOCAL = "local"
COOKIE = "interviewlab"
TOKEN_HEADER = b"x-interviewlab-token"
_DAY_S = 86_400


class Identity(Protocol):
    """How owners are told apart."""

    async def find(self, scope: Scope) -> str | None:
        """The owner of everything this request may see; None where nobody is known to have sent it."""

    def is_told_apart(self) -> bool:
        """Whether a newcomer can be let in by giving their browser a cookie."""

    async def new_token(self, owner: str) -> str:
        """What another browser or a program shows to be taken for ``owner``; empty where none is needed."""


class LocalIdentity:
    """One person on their own machine."""

    async def find(self, scope: Scope) -> str | None:
        """Always the same."""
        return LOCAL

    def is_told_apart(self) -> bool:
        """There is nobody else."""
        return False

    async def new_token(self, owner: str) -> str:
        """None is needed."""
        return ""


class AccountIdentity:
    """Accounts of a shared server; nobody without one."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts

    async def find(self, scope: Scope) -> str | None:
        """The account whose token the request shows."""
        return await self.accounts.owner_of(shown_token(scope))

    def is_told_apart(self) -> bool:
        """Newcomers sign up."""
        return False

    async def new_token(self, owner: str) -> str:
        """As good as a browser that is signed in."""
        return await self.accounts.new_token(owner)


class SpaceIdentity:
    """A Hugging Face sign-in where the Space has one, else the browser."""

    def __init__(self, secret: str, days: float, *, has_sign_in: bool) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="interviewlab-browser")
        self._max_age_s = round(days * _DAY_S)
        self._has_sign_in = has_sign_in

    async def find(self, scope: Scope) -> str | None:
        """The person or the browser."""
        return self._signed_in(scope) or self._browser(shown_token(scope))

    def is_told_apart(self) -> bool:
        """By a cookie."""
        return True

    async def new_token(self, owner: str) -> str:
        """The same as in the cookie."""
        return str(self._signer.dumps(owner))

    def _signed_in(self, scope: Scope) -> str | None:
        # Without a secret of its own Gradio signs its session with one that everybody knows.
        if not self._has_sign_in:
            return None
        person = _sign_in_of(scope).get("userinfo", {}).get("sub")
        return f"hf-{person}" if person else None

    def _browser(self, token: str) -> str | None:
        try:
            return str(self._signer.loads(token, max_age=self._max_age_s))
        except BadSignature:
            return None


def _sign_in_of(scope: Scope) -> dict[str, Any]:
    """What Hugging Face told of whoever signed in; empty where that has run out."""
    info = dict(scope.get("session", {}).get("oauth_info", {}))
    return info if info.get("expires_at", 0) > time.time() else {}


def hub_token(scope: Scope, settings: Settings) -> str:
    """The token of somebody who signed in with Hugging Face on a Space, or nothing."""
    is_signed = settings.whose == "space" and bool(settings.oauth_client_secret.get_secret_value())
    return str(_sign_in_of(scope).get("access_token", "")) if is_signed else ""


def new_browser() -> str:
    """An owner for a browser that was never here."""
    return f"browser-{uuid4().hex}"


def shown_token(scope: Scope) -> str:
    """The token of a request: our own header, a bearer, or the cookie."""
    headers = dict(scope.get("headers", ()))
    if own := headers.get(TOKEN_HEADER):
        return str(own.decode("latin-1"))
    bearer = headers.get(b"authorization", b"").decode("latin-1")
    # Below /voice/ the bearer is a pass to speak: it says where, and never who.
    if bearer.lower().startswith("bearer ") and not scope.get("path", "").startswith("/voice/"):
        return str(bearer[7:].strip())
    return cookie_of(scope, COOKIE)


def cookie_of(scope: Scope, name: str) -> str:
    """A cookie of a request, or nothing."""
    headers = dict(scope.get("headers", ()))
    return str(cookie_parser(headers.get(b"cookie", b"").decode("latin-1")).get(name, ""))


def to_cookie(token: str, scope: Scope, days: float) -> str:
    """The Set-Cookie line. Over HTTPS it also reaches a page framed by another site, as every Space is."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[COOKIE] = token
    kept = {"path": "/", "httponly": "yes", "max-age": str(round(days * _DAY_S)), "samesite": "Lax"}
    cookie[COOKIE].update(kept)
    line = cookie[COOKIE].OutputString()
    if scope.get("scheme") == "https":
        return line.replace("SameSite=Lax", "SameSite=None") + "; Secure; Partitioned"
    return line


def read_secret(settings: Settings) -> str:
    """What cookies are signed with: from the settings, or made once and readable by this user alone."""
    if given := settings.cookie_secret.get_secret_value():
        return given
    path = settings.data_dir / "cookies.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Written aside and linked: of two processes one wins, and no half a key is ever read."""
    if path.exists():
        return
    aside = path.with_name(f".{path.name}-{uuid4().hex}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
