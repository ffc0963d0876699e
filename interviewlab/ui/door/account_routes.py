"""Sign up, sign in, sign out, and one's account: plain forms. Who leaves takes along what the browser kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewlab.accounts import Accounts
from interviewlab.errors import InterviewLabError, NotFound
from interviewlab.ui.door.doorkeeper import OWNER, Door, address_of
from interviewlab.ui.door.identity import COOKIE, AccountIdentity, cookie_line, shown_token, to_cookie
from interviewlab.ui.presenters.plain_page import to_account, to_left, to_sign_in
from interviewlab.ui.theme import read_asset

_WHO = {
    "local": "Everything here is yours: this is your own machine.",
    "accounts": "You are signed in. What you keep here is seen by nobody else who signs in.",
    "space": "What you keep here belongs to this browser, or to your Hugging Face account where you signed in.",
}


class AccountRoutes:
    """The forms of one server."""

    def __init__(self, door: Door, forget: Callable[[str], Awaitable[None]]) -> None:
        self._door, self._forget = door, forget
        self._has_accounts = door.settings.whose == "accounts"

    def mount(self, app: Any) -> None:
        """Answer on this app."""
        app.add_route("/account", self._show, methods=["GET"])
        app.add_route("/account/token", self._token, methods=["POST"])
        app.add_route("/account/delete", self._delete, methods=["POST"])
        if self._has_accounts:
            app.add_route("/sign-in", self._form, methods=["GET"])
            app.add_route("/sign-up", self._form, methods=["GET"])
            app.add_route("/sign-in", self._sign_in, methods=["POST"])
            app.add_route("/sign-up", self._sign_up, methods=["POST"])
            app.add_route("/sign-out", self._sign_out, methods=["POST"])

    async def _open_accounts(self) -> Accounts:
        identity = await self._door.identity()
        if not isinstance(identity, AccountIdentity):
            raise NotFound("There are no accounts here.")
        return identity.accounts

    async def _form(self, request: Request) -> Response:
        return self._asked(is_new=request.url.path.rstrip("/") == "/sign-up")

    async def _sign_in(self, request: Request) -> Response:
        return await self._enter(request, (await self._open_accounts()).sign_in, is_new=False)

    async def _sign_up(self, request: Request) -> Response:
        if not self._door.settings.allow_sign_up:
            return self._asked("Nobody can sign up here. Ask whoever runs this server for an account.", is_new=False)
        return await self._enter(request, (await self._open_accounts()).sign_up, is_new=True)

    async def _enter(self, request: Request, enter: Callable[[str, str], Awaitable[str]], *, is_new: bool) -> Response:
        form = await request.form()
        name, password = str(form.get("name") or ""), str(form.get("password") or "")
        try:
            if self._door.limits:
                self._door.limits.newcomers.spend(address_of(request.scope))
            token = await enter(name, password)
        except InterviewLabError as error:
            return self._asked(str(error), is_new=is_new)
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.headers.append("set-cookie", to_cookie(token, request.scope, self._door.settings.sign_in_days))
        return answer

    async def _sign_out(self, request: Request) -> Response:
        await (await self._open_accounts()).sign_out(shown_token(request.scope))
        return self._left(request)

    async def _show(self, request: Request) -> Response:
        return self._account()

    async def _token(self, request: Request) -> Response:
        token = await (await self._door.identity()).new_token(request.scope[OWNER])
        return self._account(token=token, trouble="" if token else "On your own machine no token is needed.")

    async def _delete(self, request: Request) -> Response:
        await self._forget(request.scope[OWNER])
        return self._left(request)

    def _left(self, request: Request) -> Response:
        """Nothing of whoever leaves stays in the browser; then it goes on to the page."""
        page = to_left([read_asset(name) for name in ("whose.js", "leave.js")])
        answer = HTMLResponse(page, headers={"Cache-Control": "no-store"})
        answer.headers.append("set-cookie", cookie_line(COOKIE, "", request.scope, 0))
        return answer

    def _asked(self, trouble: str = "", *, is_new: bool) -> Response:
        page = to_sign_in(trouble, is_new=is_new, allow_sign_up=self._door.settings.allow_sign_up)
        return HTMLResponse(page, HTTPStatus.BAD_REQUEST if trouble else HTTPStatus.OK)

    def _account(self, *, token: str = "", trouble: str = "") -> Response:
        whose = self._door.settings.whose
        page = to_account(
            who=_WHO[whose],
            token=token,
            trouble=trouble,
            has_accounts=self._has_accounts,
            is_operator=whose == "local",
        )
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})
