"""The door before a stub of an app: who is let in, as whom, and how much of what."""

from __future__ import annotations

import base64
import hashlib
import json
import stat
import time
from pathlib import Path
from typing import Any

import httpx
import itsdangerous
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from interviewlab.errors import LimitReached
from interviewlab.settings import Settings
from interviewlab.ui.door.allowance import Allowance
from interviewlab.ui.door.belongings import Belongings, named_files
from interviewlab.ui.door.doorkeeper import OWNER, Door, Doorkeeper
from interviewlab.ui.door.identity import COOKIE, FRAMED, SpaceIdentity, cookie_line, hub_token, read_secret, to_cookie

PUBLIC = hashlib.sha256(b"-v4").hexdigest()
"""What Gradio signs its session with where a Space has no secret."""


async def tell_owner(request: Request) -> JSONResponse:
    """Who came, and how much they brought."""
    return JSONResponse({"owner": request.scope.get(OWNER), "bytes": len(await request.body())})


def signed(info: dict[str, Any]) -> dict[str, str]:
    """The session of Gradio in which somebody signed in, as its cookie."""
    body = base64.b64encode(json.dumps({"oauth_info": info}).encode())
    return {"session": itsdangerous.TimestampSigner(PUBLIC).sign(body).decode()}


def visitor(base: str = "https://space.example", *, has_sign_in: bool = False, **more: Any) -> httpx.AsyncClient:
    """A browser before a Space."""
    settings = Settings(identity="space", **more)
    door = Door(settings)
    routes = [Route("/{path:path}", tell_owner, methods=["GET", "POST"])]
    session = Middleware(SessionMiddleware, secret_key=PUBLIC)
    app = Starlette(routes=routes, middleware=[session, Middleware(Doorkeeper, door=door)])

    async def opened(scope: Any, receive: Any, send: Any) -> None:
        if not door.opened().done():
            door.opened().set_result(SpaceIdentity("secret", 1.0, has_sign_in=has_sign_in))
        await app(scope, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(opened), base_url=base)


async def test_a_browser_is_told_apart_by_its_cookie_and_keeps_its_owner() -> None:
    async with visitor() as browser:
        first = (await browser.get("/")).json()["owner"]
        assert first.startswith("browser-")
        answer = await browser.post("/gradio_api/run/x", json={"data": []})
        assert answer.json()["owner"] == first
        browser.cookies.clear()
        assert (await browser.get("/")).json()["owner"] != first


async def test_the_cookie_of_a_browser_that_comes_back_lasts_from_that_visit_on() -> None:
    async with visitor(sign_in_days=2.0) as browser:
        first = (await browser.get("/")).json()["owner"]
        answer = await browser.get("/")
        assert answer.json()["owner"] == first
        [line] = [each for each in answer.headers.get_list("set-cookie") if each.startswith(f"{COOKIE}=")]
        assert "Max-Age=172800" in line
        browser.cookies.clear()
        browser.cookies.set(COOKIE, line.split(";")[0].removeprefix(f"{COOKIE}="))
        assert (await browser.post("/gradio_api/run/x", json={"data": []})).json()["owner"] == first


async def test_a_browser_that_keeps_no_cookies_is_told_so() -> None:
    async with visitor() as browser:
        answer = await browser.post("/gradio_api/queue/join", json={"data": []})
    assert answer.status_code == 401
    assert "Allow cookies" in answer.json()["detail"]


async def test_a_session_signed_with_what_everybody_knows_is_nobody() -> None:
    forged = signed({"userinfo": {"sub": "ada"}, "expires_at": time.time() + 999})
    async with visitor() as browser:
        answer = await browser.post("/gradio_api/run/x", json={"data": []}, cookies=forged)
    assert answer.status_code == 401
    async with visitor(has_sign_in=True) as browser:
        answer = await browser.post("/gradio_api/run/x", json={"data": []}, cookies=forged)
    assert answer.json()["owner"] == "hf-ada"


async def test_who_signed_in_stays_who_they_are_when_their_token_for_the_hub_has_run_out() -> None:
    told = {"userinfo": {"sub": "ada"}, "access_token": "hf_ada", "expires_at": time.time() - 1}
    async with visitor(has_sign_in=True) as browser:
        answer = await browser.post("/gradio_api/run/x", json={"data": []}, cookies=signed(told))
    assert answer.json()["owner"] == "hf-ada"
    settings = Settings(identity="space", OAUTH_CLIENT_SECRET="secret")
    fresh = {**told, "expires_at": time.time() + 999}
    assert [hub_token({"session": {"oauth_info": each}}, settings) for each in (told, fresh)] == ["", "hf_ada"]


@pytest.mark.parametrize(
    ("has_sign_in", "name", "names"),
    [
        (True, "Olga", {"hf-1", "olga"}),
        (True, "hf-2", {"hf-1"}),
        (False, "Olga", {"hf-1"}),
    ],
)
async def test_an_operator_of_a_space_is_known_by_id_or_by_a_name_that_is_no_id(
    has_sign_in: bool, name: str, names: set[str]
) -> None:
    identity = SpaceIdentity("secret", 1.0, has_sign_in=has_sign_in)
    session = {"oauth_info": {"userinfo": {"sub": "1", "preferred_username": name}}}
    assert await identity.names_of({"session": session}, "hf-1") == names


async def test_another_sites_page_and_a_bent_name_are_turned_away() -> None:
    async with visitor() as browser:
        await browser.get("/")
        evil = await browser.post("/x", json={}, headers={"origin": "https://evil.example"})
        own = await browser.post("/x", json={}, headers={"origin": "https://space.example"})
        nowhere = await browser.post("/x", json={}, headers={"origin": "null"})
    assert (evil.status_code, own.status_code, nowhere.status_code) == (403, 200, 403)
    door = Door(Settings(identity="local", host="127.0.0.1"))
    app = Doorkeeper(Starlette(routes=[Route("/", tell_owner)]), door)
    for host, status in (("127.0.0.1:7860", 200), ("localhost", 200), ("rebound.example:7860", 421)):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{host}") as guest:
            assert (await guest.get("/")).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:7860", 200),
        ("192.168.1.7:7860", 200),
        ("[fd00::7]:7860", 200),
        ("desk:7860", 200),
        ("desk.local", 200),
        ("rebound.example:7860", 421),
        ("127.0.0.1.rebound.example", 421),
    ],
)
async def test_a_page_of_one_person_that_all_addresses_reach_answers_to_no_name_of_the_internet(
    host: str, status: int
) -> None:
    door = Door(Settings(identity="local", host="0.0.0.0"))
    app = Doorkeeper(Starlette(routes=[Route("/", tell_owner)]), door)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{host}") as guest:
        assert (await guest.get("/")).status_code == status


async def test_another_sites_page_cannot_name_itself_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_HOST", "ada-lab.hf.space")
    forged = {"origin": "https://evil.example", "x-forwarded-host": "evil.example"}
    async with visitor() as browser:
        await browser.get("/")
        statuses = [
            (await browser.post("/gradio_api/run/x", json={}, headers=headers)).status_code
            for headers in (forged, {"origin": "https://ada-lab.hf.space"}, {"sec-fetch-site": "same-origin"})
        ]
        crossing = {"sec-fetch-site": "cross-site"}
        sent = await browser.post("/x", json={}, headers=crossing)
        read = await browser.get("/gradio_api/queue/data", headers=crossing)
        asked = await browser.options("/gradio_api/queue/join", headers=crossing)
        framed = await browser.get("/", headers=crossing)
    assert statuses == [403, 200, 200]
    assert [answer.status_code for answer in (sent, read, asked, framed)] == [403, 403, 403, 200]


async def test_whether_the_page_is_there_is_answered_without_making_it() -> None:
    app = Doorkeeper(Starlette(), Door(Settings(identity="local")))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as guest:
        assert ((await guest.head("/")).status_code, (await guest.get("/")).status_code) == (200, 404)


async def test_what_is_asked_for_by_the_bare_name_of_the_api_is_counted_and_refused() -> None:
    async with visitor() as browser:
        assert (await browser.get("/gradio_api")).status_code == 401


async def test_more_than_one_may_have_is_a_sentence_with_the_wait() -> None:
    async with visitor(owner_calls=3) as browser:
        await browser.get("/")
        statuses = [(await browser.post("/gradio_api/run/x", json={"data": []})).status_code for _ in range(4)]
        answer = await browser.post("/gradio_api/run/x", json={"data": []})
    assert statuses == [200, 200, 200, 429]
    assert "Try again in" in answer.json()["detail"]


async def test_a_body_is_cut_off_at_the_limit_and_nonsense_is_refused() -> None:
    async with visitor(request_mb=0.01) as browser:
        await browser.get("/")
        assert (await browser.post("/gradio_api/run/x", content=b"x" * 20_000)).status_code == 413
        assert (await browser.post("/gradio_api/run/x", content=b"[" * 9_000)).status_code == 422
        stranger = {"data": [{"path": "/etc/passwd"}]}
        assert (await browser.post("/gradio_api/run/x", json=stranger)).status_code == 404


def test_an_allowance_comes_back_with_time() -> None:
    now = [0.0]
    allowance = Allowance(2, 60.0, "Too many.", clock=lambda: now[0])
    allowance.spend("ada")
    now[0] = 30.0
    allowance.spend("ada")
    allowance.spend("bob")
    with pytest.raises(LimitReached, match=r"Too many\. Try again in 30 s\."):
        allowance.spend("ada")
    now[0] = 60.0
    allowance.spend("ada")


def test_files_are_found_however_deep_an_event_hides_them() -> None:
    event = {"data": [[{"a": {"path": "/x"}}], {"path": "/y", "inner": [{"path": "/z"}]}, "path"]}
    assert list(named_files(event)) == ["/x", "/y", "/z"]


def test_an_upload_is_deleted_when_nobody_who_sent_it_needs_it_any_more(tmp_path: Path) -> None:
    upload = tmp_path / "digest" / "cv.txt"
    upload.parent.mkdir()
    upload.write_text("Ada Byron", encoding="utf-8")
    belongings = Belongings()
    for owner in ("ada", "bob"):
        belongings.add_file(str(upload), owner)
    belongings.let_go(str(upload), "eve")
    belongings.let_go(str(upload), "ada")
    assert upload.exists()
    assert [belongings.is_file_of(str(upload), owner) for owner in ("ada", "bob")] == [False, True]
    belongings.let_go(str(upload), "bob")
    assert not upload.parent.exists()


def test_an_upload_that_is_sent_again_before_it_is_deleted_stays_for_its_reader(tmp_path: Path) -> None:
    upload = tmp_path / "digest" / "cv.txt"
    upload.parent.mkdir()
    upload.write_text("Ada Byron", encoding="utf-8")
    belongings = Belongings()
    for _ in range(3):
        belongings.add_file(str(upload), "ada")
    belongings.let_go(str(upload), "ada")
    assert upload.exists()
    assert belongings.is_file_of(str(upload), "ada")
    belongings.forget("ada")
    assert not upload.parent.exists()
    assert not belongings.is_file_of(str(upload), "ada")


def test_the_cookie_reaches_a_page_that_may_be_framed_only_over_https() -> None:
    framed = {"scheme": "https", FRAMED: True}
    assert to_cookie("t", framed, 1.0).endswith("SameSite=None; Secure; Partitioned")
    assert to_cookie("t", {"scheme": "https"}, 1.0).endswith("SameSite=Lax; Secure")
    assert cookie_line(COOKIE, "", framed, 0).endswith("Max-Age=0; Path=/; SameSite=None; Secure; Partitioned")
    line = to_cookie("t", {"scheme": "http"}, 1.0)
    assert line.startswith(f"{COOKIE}=t;")
    assert "HttpOnly" in line
    assert "Secure" not in line


async def test_the_proxy_before_a_space_says_that_it_was_asked_over_https() -> None:
    async with visitor("http://space.example") as browser:
        behind = await browser.get("/", headers={"x-forwarded-proto": "https,http"})
        browser.cookies.clear()
        plain = await browser.get("/")
    assert [line.endswith("Secure; Partitioned") for line in behind.headers.get_list("set-cookie")] == [True, True]
    assert not any("Secure" in line for line in plain.headers.get_list("set-cookie"))


def test_the_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    assert read_secret(settings) == read_secret(settings)
    assert len(read_secret(settings)) > 40
    assert stat.S_IMODE((tmp_path / "data" / "cookies.key").stat().st_mode) == 0o600
