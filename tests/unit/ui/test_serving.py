"""Before the page is served, and what its first visitors meet."""

from __future__ import annotations

import asyncio
import fcntl
import socket
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from interviewlab.bootstrap import examine_sandbox, open_house, open_interview, renew_house
from interviewlab.errors import BadInput, InterviewLabError, StoreUnavailable
from interviewlab.settings import Settings, read_settings
from interviewlab.types import Plan
from interviewlab.ui.door.doorkeeper import Door, address_of
from interviewlab.ui.door.identity import AccountIdentity
from interviewlab.ui.serving import Serving, find_port

MANY = 8
"""More than the threads that Python has unasked on two cores."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folders = {"data_dir": tmp_path / "data", "cache_dir": tmp_path / "cache"}
    return Settings(**folders, embedder="scripted", sandbox="wasm", is_offline=True)


def test_a_port_that_something_else_has_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(InterviewLabError, match=rf"Port {taken} of 127\.0\.0\.1 cannot be used"):
            find_port("127.0.0.1", taken)
    assert find_port("127.0.0.1", taken) == taken
    assert find_port("127.0.0.1", 0) > 0


async def tell_whence(request: Request) -> JSONResponse:
    """Where a request came from, and how."""
    return JSONResponse([address_of(request.scope), request.scope["scheme"]])


@pytest.mark.parametrize(
    ("more", "peer", "forwarded", "seen"),
    [
        ({"trusted_proxies": "172.18.0.9/16"}, "172.18.0.1", "9.9.9.9, 203.0.113.7", ["203.0.113.7", "https"]),
        ({"trusted_proxies": "172.18.0.1"}, "172.18.0.2", "203.0.113.7", ["172.18.0.2", "http"]),
        ({}, "172.18.0.1", "203.0.113.7", ["172.18.0.1", "http"]),
        ({"SPACE_ID": "ada/lab"}, "10.0.3.4", "203.0.113.7, 10.0.9.9", ["203.0.113.7", "https"]),
        ({"SPACE_ID": "ada/lab"}, "198.51.100.3", "203.0.113.7", ["198.51.100.3", "http"]),
    ],
    ids=["a network", "another address", "nobody", "a Space", "past a Space's proxy"],
)
async def test_a_visitor_has_an_own_address_behind_a_proxy_that_is_trusted_and_behind_no_other(
    settings: Settings, more: dict[str, str], peer: str, forwarded: str, seen: list[str]
) -> None:
    serving = Serving(Settings(data_dir=settings.data_dir, is_offline=True, identity="accounts", **more))
    app = Starlette(routes=[Route("/sign-in", tell_whence)], middleware=serving.app_kwargs["middleware"])
    headers = {"x-forwarded-for": forwarded, "x-forwarded-proto": "https"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(peer, 1)), base_url="http://lab") as guest:
        assert (await guest.get("/sign-in", headers=headers)).json() == seen


def test_nobody_is_trusted_by_a_name_that_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWLAB_TRUSTED_PROXIES", "*")
    with pytest.raises(BadInput, match=r"INTERVIEWLAB_TRUSTED_PROXIES: '\*' does not appear to be"):
        read_settings()


async def test_replies_are_given_while_many_wait_for_a_model(settings: Settings) -> None:
    serving, folder = Serving(settings), settings.cache_dir / "weights" / "python-wasi"
    serving.is_up.set()
    folder.mkdir(parents=True)
    with (folder / ".lock").open("a") as fetching:
        fcntl.flock(fetching, fcntl.LOCK_EX)
        async with serving.lifespan(FastAPI()):
            waiting = [asyncio.create_task(examine_sandbox(settings, "wasm")) for _ in range(MANY)]
            try:
                async with asyncio.timeout(60), open_interview(settings, plan=Plan(seed=1)) as interview:
                    assert (await interview.reply("Yes, I am ready.")).turn == 1
                assert not any(task.done() for task in waiting)
            finally:
                fcntl.flock(fetching, fcntl.LOCK_UN)
                told = await asyncio.gather(*waiting, return_exceptions=True)
    assert all("could not be fetched" in str(each) for each in told)


async def is_held(settings: Settings) -> bool:
    """Whether somebody keeps the house open between two visitors."""
    try:
        async with open_house(settings) as first:
            pass
        async with open_house(settings) as second:
            return second is first
    except StoreUnavailable:
        return False


async def is_open(door: Door) -> bool:
    try:
        return isinstance(await door.identity(), AccountIdentity)
    except StoreUnavailable:
        return False


async def test_a_store_that_comes_back_opens_the_door_and_the_house(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.touch()
    parts = {"embedder": "scripted", "sandbox": "scripted", "is_offline": True, "identity": "accounts"}
    settings = Settings(data_dir=tmp_path / "data", database_url=f"sqlite+aiosqlite:///{folder}/lab.sqlite", **parts)
    serving = Serving(settings, retry_s=0.01)
    serving.is_up.set()
    async with asyncio.timeout(120), serving.lifespan(FastAPI()):
        with pytest.raises(StoreUnavailable, match="cannot be kept"):
            await serving.door.identity()
        assert not await is_held(settings)
        folder.unlink()
        while not await is_open(serving.door) or not await is_held(settings):  # noqa: ASYNC110 - it is tried again without a word
            await asyncio.sleep(0.05)


async def test_who_comes_once_models_are_here_finds_another_house_than_who_is_inside(settings: Settings) -> None:
    async with open_house(settings) as before:
        renew_house(settings)
        async with open_house(settings) as after, open_house(settings) as shared:
            assert after is not before
            assert shared is after
