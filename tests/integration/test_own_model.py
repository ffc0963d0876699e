"""A language model that somebody brings: it speaks for them in one browser session, and its key is nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import httpx
import pytest

from interviewlab.llm.public import public_address, public_client
from interviewlab.llm.scripted_endpoint import ScriptedEndpoint, serve_scripted
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.settings import Settings
from interviewlab.ui.door.doorkeeper import Door
from interviewlab.ui.door.own_models import COOKIE as VISIT
from interviewlab.ui.door.own_models import IDLE_S, OwnModels
from interviewlab.ui.handlers.own_model import bring_own_model
from interviewlab.ui.handlers.views import Trouble
from tests.integration.app_stage import PASSWORD, Program, Stage, on_stage
from tests.integration.page_stage import Pressing

KEY = "sk-adas-own-9471"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ScriptedEndpoint]:
    with serve_scripted(answer=word_as_told, serves=("scripted",)) as served:
        yield served


@pytest.fixture(scope="module")
def stage(endpoint: ScriptedEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    own = {"own_models": "any", "llm_first_s": 60.0, "llm_pause_s": 60.0}
    with on_stage(tmp_path_factory.mktemp("stage"), identity="accounts", **own) as opened:
        yield opened


def brain_of(page: Pressing, interview: str) -> str:
    return str(Program(page.client, page.session).get("get_interview", interview)["reply"]["brain"])


def test_it_speaks_in_the_session_that_brought_it_and_in_no_other(
    stage: Stage, endpoint: ScriptedEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ada = Pressing(stage.sign_up("ada"))
    told = ada.press("own-model-use", own_model_url=endpoint.url, own_model_key=KEY, own_model_name="scripted")
    assert "scripted at 127.0.0.1 speaks in this browser session" in told
    interview = ada.begin()
    ada.press("send", answer="Yes, I'm ready.")
    assert brain_of(ada, interview) == "llm:scripted"
    assert endpoint.keys == {f"Bearer {KEY}"}
    asked = endpoint.calls
    # The same person's other browser, another person who has the cookie of the visit, and a program.
    other = stage.visitor()
    other.post("/sign-in", data={"name": "ada", "password": PASSWORD})
    thief = stage.sign_up("eve")
    thief.cookies.set(VISIT, ada.client.cookies[VISIT])
    for page in (Pressing(other), Pressing(thief)):
        assert brain_of(page, page.begin()) == "bank"
    assert Program(other, "program").get("reply", interview, "I would look at the logs.")["brain"] == "bank"
    assert endpoint.calls == asked
    ada.press("own-model-stop")
    ada.press("send", answer="Then I would look at the metrics.")
    assert brain_of(ada, interview) == "bank"
    kept = [path for path in stage.settings.data_dir.parent.rglob("*") if path.is_file()]
    assert kept
    assert [path for path in kept if KEY.encode() in path.read_bytes()] == []
    assert KEY not in caplog.text
    assert KEY not in told
    assert stage.serving.door.own_models._kept == {}


def test_what_does_not_answer_is_a_sentence_and_is_not_kept(stage: Stage, endpoint: ScriptedEndpoint) -> None:
    bob = Pressing(stage.sign_up("bob"))
    wrong = {
        "knows no model": {"own_model_url": endpoint.url, "own_model_name": "other"},
        "cannot be reached": {"own_model_url": "http://127.0.0.1:9/v1", "own_model_name": "scripted"},
        "no address of an endpoint": {"own_model_url": f"http://ada:{KEY}@127.0.0.1/v1", "own_model_name": "scripted"},
        "No model is named": {"own_model_url": endpoint.url, "own_model_name": " "},
    }
    for sentence, boxes in wrong.items():
        told = bob.press("own-model-use", own_model_key=KEY, **boxes)
        assert sentence in told
        assert "INTERVIEWLAB_" not in told
    assert brain_of(bob, bob.begin()) == "bank"


@pytest.mark.parametrize(
    ("settings", "url", "sentence"),
    [
        ({"identity": "accounts"}, "http://api.example.com/v1", "https"),
        ({"own_models": "none"}, "https://api.example.com/v1", "lets nobody bring a model"),
    ],
)
async def test_strangers_bring_models_by_tls_alone_and_where_they_may(
    settings: dict[str, str], url: str, sentence: str
) -> None:
    door = Door(Settings(**settings))
    found = await bring_own_model(door, "ada", "visit", url=url, key=KEY, name="scripted")
    assert isinstance(found, Trouble)
    assert sentence in found.sentence


async def test_a_server_reaches_nothing_of_its_own_network_for_strangers() -> None:
    callers: list[object] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        callers.append(writer.get_extra_info("peername"))
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        for identity, is_reached in (("accounts", False), ("local", True)):
            found = await bring_own_model(Door(Settings(identity=identity)), "ada", "visit", url=url, key=KEY, name="m")
            assert isinstance(found, Trouble)
            assert "cannot be reached" in found.sentence
            assert bool(callers) == is_reached


@pytest.mark.parametrize(
    ("url", "key", "sentence"),
    [
        ("https://\u2018api.example.com\u2019/v1", KEY, "no address of an endpoint"),
        ("https://api.example.com/v1", "sk-\u2022\u2022\u2022", "Check the key"),
    ],
)
async def test_a_key_or_an_address_with_signs_that_cannot_be_sent_is_a_sentence(
    url: str, key: str, sentence: str
) -> None:
    found = await bring_own_model(Door(Settings()), "ada", "visit", url=url, key=key, name="scripted")
    assert isinstance(found, Trouble)
    assert sentence in found.sentence


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fd00::1",
     "fe80::1", "::ffff:10.0.0.1", "224.0.0.1", "2130706433", "0x7f.1"],
)  # fmt: skip
async def test_an_address_that_is_not_public_is_not_reached(host: str) -> None:
    with pytest.raises(httpx.ConnectError):
        await public_address(host, 443)


async def test_a_public_address_is_taken_as_it_is_and_only_by_tls() -> None:
    assert await public_address("93.184.215.14", 443) == "93.184.215.14"
    async with public_client(1.0) as client:
        with pytest.raises(httpx.ConnectError, match="https"):
            await client.get("http://93.184.215.14/")


async def test_a_model_is_forgotten_when_it_idles_and_with_its_owner() -> None:
    now, closed = [0.0], []

    class Closing:
        async def aclose(self) -> None:
            closed.append(now[0])

    kept = OwnModels(lambda: now[0])
    await kept.keep("ada", "one", Closing(), "m", "h")  # type: ignore[arg-type]
    await kept.keep("ada", "two", Closing(), "m", "h")  # type: ignore[arg-type]
    await kept.keep("bob", "one", Closing(), "m", "h")  # type: ignore[arg-type]
    now[0] = IDLE_S
    assert kept.find("bob", "one") is not None
    assert kept.find("bob", "") is None
    await kept.forget("ada")
    assert kept.find("ada", "one") is None
    assert len(closed) == 2
    now[0] = 2 * IDLE_S + 1
    assert kept.find("bob", "one") is None
    await kept.forget_idle()
    assert len(closed) == 3
