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
FRAMED = "interviewlab.framed"
"""Key of a request's scope: whether other sites may frame the page."""
_DAY_S = 86_400
_PERSON, _BROWSER = "hf-", "browser-"
"""How the owners of a Space begin."""


class Identity(Protocol):
    """How owners are told apart."""

    async def find(self, scope: Scope) -> str | None:
        """The owner of everything this request may see; None where nobody is known to have sent it."""

    def is_told_apart(self) -> bool:
        """Whether a newcomer can be let in by giving their browser a cookie."""

    async def new_token(self, owner: str) -> str:
        """What another browser or a program shows to be taken for ``owner``; empty where none is needed."""

    async def renewed(self, scope: Scope) -> str:
        """A token that lasts longer for a browser that comes back; empty where the one it has is not prolonged."""

    async def names_of(self, scope: Scope, owner: str) -> frozenset[str]:
        """What the settings may call ``owner``, who sent this request; in lower case."""


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

    async def renewed(self, scope: Scope) -> str:
        """None is needed."""
        return ""

    async def names_of(self, scope: Scope, owner: str) -> frozenset[str]:
        """No other than the owner."""
        return frozenset({owner})


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

    async def renewed(self, scope: Scope) -> str:
        """Nobody's: people sign in again."""
        return ""

    async def names_of(self, scope: Scope, owner: str) -> frozenset[str]:
        """The name of the account."""
        return frozenset({await self.accounts.name_of(owner)})


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

    async def renewed(self, scope: Scope) -> str:
        """The browser's, from now on: nobody who comes back in time loses what they keep."""
        owner = self._browser(cookie_of(scope, COOKIE))
        return await self.new_token(owner) if owner else ""

    async def names_of(self, scope: Scope, owner: str) -> frozenset[str]:
        """The owner, and the name at Hugging Face of who signed in, unless it could be taken for an owner."""
        name = str(self._person(scope).get("preferred_username") or "").lower()
        return frozenset({owner.lower(), "" if name.startswith((_PERSON, _BROWSER)) else name}) - {""}

    def _signed_in(self, scope: Scope) -> str | None:
        person = self._person(scope).get("sub")
        return f"{_PERSON}{person}" if person else None

    def _person(self, scope: Scope) -> dict[str, Any]:
        """Whoever signed in; the session is signed and says so longer than their token for the Hub is good."""
        # Without a secret of its own Gradio signs its session with one that everybody knows.
        return dict(_sign_in_of(scope).get("userinfo", {})) if self._has_sign_in else {}

    def _browser(self, token: str) -> str | None:
        try:
            return str(self._signer.loads(token, max_age=self._max_age_s))
        except BadSignature:
            return None


def _sign_in_of(scope: Scope) -> dict[str, Any]:
    """What Hugging Face told of whoever signed in."""
    return dict(scope.get("session", {}).get("oauth_info", {}))


def _signed_sign_in_of(scope: Scope, settings: Settings) -> dict[str, Any]:
    """The same on a Space whose sign-in has a secret of its own; elsewhere nothing."""
    is_signed = settings.whose == "space" and bool(settings.oauth_client_secret.get_secret_value())
    return _sign_in_of(scope) if is_signed else {}


def signed_in_name(scope: Scope, settings: Settings) -> str:
    """The name at Hugging Face of somebody who signed in on a Space, as long as the session lasts, or nothing."""
    return str(_signed_sign_in_of(scope, settings).get("userinfo", {}).get("preferred_username") or "")


def hub_token(scope: Scope, settings: Settings) -> str:
    """The token of somebody who signed in with Hugging Face on a Space, while it is good, or nothing."""
    told = _signed_sign_in_of(scope, settings)
    return str(told.get("access_token", "")) if told.get("expires_at", 0) > time.time() else ""


def new_browser() -> str:
    """An owner for a browser that was never here."""
    return f"{_BROWSER}{uuid4().hex}"


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
    """The Set-Cookie line by which a browser is known."""
    return cookie_line(COOKIE, token, scope, round(days * _DAY_S))


def cookie_line(name: str, value: str, scope: Scope, age_s: int | None = None) -> str:
    """A Set-Cookie line. ``age_s``: so long it is kept; 0 forgets it, None keeps it until the browser is closed.

    On a Space it also reaches the page framed by another site, as every Space is.
    """
    cookie: SimpleCookie = SimpleCookie()
    cookie[name] = value
    cookie[name].update({"path": "/", "httponly": "yes", "samesite": "Lax"})
    if age_s is not None:
        cookie[name]["max-age"] = str(age_s)
    line = cookie[name].OutputString()
    if scope.get("scheme") != "https":
        return line
    framed = line.replace("SameSite=Lax", "SameSite=None") + "; Secure; Partitioned"
    return framed if scope.get(FRAMED) else f"{line}; Secure"


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
