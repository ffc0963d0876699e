"""Two people on one server: whatever one tries, nothing of the other's is seen, changed or deleted."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from interviewlab.ui.door.identity import COOKIE
from interviewlab.voice.tickets import OWNER, Grant
from tests.integration.app_stage import Program, Stage, on_stage

WISHES = ("resume", "mid", "python", 15, 1, True, "", "")
SECRET = "Zanzibar-Ledger"
UPLOADS = 5
CV = f"Ada Quill\nada@example.org\n\nPROJECTS\n- {SECRET}: a ledger in Rust\n"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    more = {"identity": "accounts", "operators": "Olga, ", "owner_uploads": UPLOADS}
    with on_stage(tmp_path_factory.mktemp("stage"), **more) as opened:
        yield opened


@dataclass
class Ada:
    """The one who has something."""

    browser: httpx.Client
    program: Program
    interview: str
    cv: str
    upload: str
    address: str
    ticket: str
    leave: str


@pytest.fixture(scope="module")
def ada(stage: Stage) -> Ada:
    browser = stage.sign_up("ada")
    program = Program(browser, "session-of-ada")
    interview = program.begin()
    program.get("reply", interview, f"I built {SECRET}.")
    cv = program.get("add_cv", "cv.txt", base64.b64encode(CV.encode()).decode())["cv_id"]
    upload = browser.post("/gradio_api/upload", files={"files": ("cv.txt", CV.encode())}).json()[0]
    assert SECRET in browser.get(f"/gradio_api/file={upload}").text
    owner = ada_id(stage)
    sound = stage.settings.data_dir / "sound.ogg"
    sound.write_bytes(SECRET.encode())
    address = f"/recordings/{stage.serving.voice.recordings._address(sound, owner)}"
    assert SECRET in browser.get(address).text
    ticket = program.get("voice_ticket", interview, False)["ticket"]
    leave = stage.serving.voice._line.push_to_talk.passes.mint(Grant(interview, owner))
    return Ada(browser, program, interview, cv, upload, address, ticket, leave)


@pytest.fixture(scope="module")
def eve(stage: Stage, ada: Ada) -> httpx.Client:
    return stage.sign_up("eve")


def tries(ada: Ada, eve: httpx.Client, stage: Stage) -> dict[str, httpx.Response]:
    """Everything eve can think of, with every id of ada's known to her."""
    program, replay = Program(eve, "session-of-eve"), Program(eve, ada.program.session)
    stolen = {"path": ada.upload, "meta": {"_type": "gradio.FileData"}}
    upload_id = next(fn._id for fn in _page(stage).fns.values() if _is_upload(fn))
    nobody = stage.visitor()
    forged = {
        "cut": httpx.Client(base_url=stage.url, cookies={COOKIE: ada.browser.cookies[COOKIE][:-1]}),
        "flipped": httpx.Client(base_url=stage.url, cookies={COOKIE: ada.browser.cookies[COOKIE].swapcase()}),
        "named": httpx.Client(base_url=stage.url, cookies={COOKIE: "ada"}),
        "digest": httpx.Client(base_url=stage.url, cookies={COOKIE: _digest(ada)}),
    }
    event = {"data": [stolen], "fn_index": upload_id, "session_hash": "session-of-eve"}
    foreign = {"origin": "https://evil.example", "cookie": f"{COOKIE}={ada.browser.cookies[COOKIE]}"}
    body = {"data": [], "session_hash": "x"}
    done = {
        "get": program.call("get_interview", ada.interview),
        "reply": program.call("reply", ada.interview, "Hello"),
        "run": program.call("run", ada.interview, "print(1)", "python"),
        "submit": program.call("submit", ada.interview, "print(1)", "python"),
        "complete": program.call("complete_interview", ada.interview),
        "report": program.call("report", ada.interview, "json"),
        "log": program.call("debug_log", ada.interview, True),
        "delete": program.call("delete_interview", ada.interview),
        "voice": program.call("voice_ticket", ada.interview, False),
        "get cv": program.call("get_cv", ada.cv),
        "delete cv": program.call("delete_cv", ada.cv),
        "plan from cv": program.call(
            "create_interview", "resume", "mid", "python", 15, 1, True, "", "", ada.cv, "default"
        ),
        "push to talk with her pass": eve.post("/voice/last", headers={"Authorization": f"Bearer {ada.leave}"}),
        "her sentence with her pass": eve.get("/voice/sentence/0/0", headers={"Authorization": f"Bearer {ada.leave}"}),
        "pass, nobody": nobody.post("/voice/last", headers={"Authorization": f"Bearer {ada.leave}"}),
        "file": eve.get(f"/gradio_api/file={ada.upload}"),
        "file, other door": eve.get(f"/gradio_api/file/{ada.upload}"),
        "file, dots": eve.get(f"/gradio_api/file={Path(ada.upload).parent}/../{Path(ada.upload).parent.name}/cv.txt"),
        "file as event": eve.post("/gradio_api/run/predict", json=event),
        "file as event in the queue": eve.post("/gradio_api/queue/join", json=event),
        "database as file": eve.get(f"/gradio_api/file={stage.settings.data_dir}/interviewlab.sqlite"),
        "recording": eve.get(ada.address),
        "replayed session": replay.call("list_interviews"),
        "results of a session": eve.get(f"/gradio_api/queue/data?session_hash={ada.program.session}"),
        "results of a session behind her own": eve.get(
            f"/gradio_api/queue/data?session_hash=session-of-eve&session_hash={ada.program.session}"
        ),
        "what stands in a session": eve.get(f"/gradio_api/deep_link?session_hash={ada.program.session}"),
        "what stands in her own": eve.get("/gradio_api/deep_link?session_hash=session-of-eve"),
        "heartbeat of a session": eve.get(f"/gradio_api/heartbeat/{ada.program.session}"),
        "session in the queue": eve.post("/gradio_api/queue/join", json={**body, "session_hash": ada.program.session}),
        "component of a session": eve.post(
            "/gradio_api/component_server",
            json={"session_hash": ada.program.session, "component_id": 1, "fn_name": "ls", "data": []},
        ),
        "no cookie": nobody.post("/gradio_api/run/list_interviews", json=body),
        "no cookie, file": nobody.get(f"/gradio_api/file={ada.upload}"),
        "no cookie, page": nobody.get("/", headers={"accept": "text/html"}),
        "owner in a header": nobody.post("/gradio_api/run/list_interviews", json=body, headers={"x-owner": "ada"}),
        "inside header": nobody.post(
            "/gradio_api/run/list_interviews", json=body, headers={"x-interviewlab-inside": "guess"}
        ),
        "another site": nobody.post("/gradio_api/run/list_interviews", json=body, headers=foreign),
        "proxy": eve.get(f"/gradio_api/proxy={stage.url}/account"),
        "operator": eve.get("/operator"),
        "metrics": eve.get("/metrics"),
    }
    for name, client in forged.items():
        done[f"cookie {name}"] = client.post("/gradio_api/run/list_interviews", json=body)
    return done


def test_of_more_than_25_tries_none_succeeds(stage: Stage, ada: Ada, eve: httpx.Client) -> None:
    done = tries(ada, eve, stage)
    assert len(done) >= 25
    let_in = {name: answer.status_code for name, answer in done.items() if answer.status_code < 300}
    assert let_in == {}
    assert [name for name, answer in done.items() if SECRET in answer.text] == []
    assert done["no cookie, page"].headers["location"] == "/sign-in"
    offer = {"sdp": "v=0", "type": "offer", "webrtc_id": ada.ticket}
    assert eve.post("/webrtc/offer", json=offer).json()["meta"] == {"error": "bad_ticket"}
    # And nothing of ada's has changed.
    assert stage.serving.voice._line.tickets.redeem(ada.ticket, {OWNER: ada_id(stage)}) is not None
    spoken = ada.browser.post("/voice/last", headers={"Authorization": f"Bearer {ada.leave}"})
    assert spoken.status_code == 200, spoken.text
    kept = ada.program.get("get_interview", ada.interview)
    assert kept["reply"]["turn"] == 1
    assert not kept["ended"]
    assert [cv["cv_id"] for cv in ada.program.get("list_cvs")] == [ada.cv]
    assert Program(eve, "session-of-eve").get("list_interviews") == []


def test_signing_out_ends_the_token_and_wrong_passwords_tell_nothing(stage: Stage) -> None:
    bob = stage.sign_up("bob")
    token = bob.cookies[COOKIE]
    left = bob.post("/sign-out")
    assert left.status_code == 200
    assert "interviewlab-drafts" in left.text, "what the browser keeps goes too"
    assert COOKIE not in bob.cookies
    again = stage.visitor(cookies={COOKIE: token})
    assert again.post("/gradio_api/run/list_interviews", json={"data": []}).status_code == 401
    wrong = stage.visitor().post("/sign-in", data={"name": "bob", "password": "not his password"})
    unknown = stage.visitor().post("/sign-in", data={"name": "nobody-here", "password": "not his password"})
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.text == unknown.text
    assert stage.visitor().post("/sign-up", data={"name": "bob", "password": "another password"}).status_code == 400


def test_names_and_answers_are_never_markup(stage: Stage) -> None:
    evil = "<img src=x onerror=alert(1)>"
    answer = stage.visitor().post("/sign-up", data={"name": evil, "password": "x"})
    assert answer.status_code == 400
    assert evil not in answer.text


def test_too_much_at_once_and_broken_requests_are_one_sentence(stage: Stage, eve: httpx.Client) -> None:
    huge = eve.post("/gradio_api/run/reply", content=b"[" * 3_000_000)
    assert huge.status_code == 413
    assert huge.json()["detail"] == "That is more than 2 MB. Send less at once."
    assert eve.post("/gradio_api/upload", files={"files": ("a.pdf", bytes(11_000_000))}).status_code == 413
    assert eve.post("/gradio_api/run/reply", content=b"\xff\x00{").status_code == 422
    assert eve.post("/gradio_api/run/reply", content=b"[" * 200_000).status_code == 422
    with stage.visitor(cookies=dict(eve.cookies)) as once:  # the server hangs up after that
        assert once.post("/gradio_api/run/no-such", json={"data": []}).status_code >= 400
    assert Program(eve).call("add_cv", "cv.exe", base64.b64encode(bytes(2000)).decode()).status_code == 500
    assert Program(eve).call("add_cv", "../../etc/cv.txt", "%%%").status_code == 500


def test_files_that_come_by_the_api_count_as_uploads_and_keep_their_names(stage: Stage) -> None:
    finn = Program(stage.sign_up("finn"), "session-of-finn")
    content = base64.b64encode(CV.encode()).decode()
    for name in ("Finn, backend.txt", "../finn\u202e.data.txt"):
        finn.get("add_cv", name, content)
    assert [cv["name"] for cv in finn.get("list_cvs")] == ["finn.data", "Finn, backend"]
    told = [finn.call("add_cv", "cv.txt", "%%%").text for _ in range(UPLOADS - 1)]
    assert ["not Base64" in each for each in told] == [True, True, True, False]
    assert "as many files as one person may" in told[-1]


def test_everything_about_somebody_goes_with_the_account(stage: Stage) -> None:
    cleo = stage.sign_up("cleo")
    program = Program(cleo, "session-of-cleo")
    interview = program.begin()
    program.get("reply", interview, "I built the Xanthippe-Index.")
    upload = Path(cleo.post("/gradio_api/upload", files={"files": ("c.txt", b"Xanthippe-Index")}).json()[0])
    token = cleo.cookies[COOKIE]
    assert upload.is_file()
    assert "interviewlab-drafts" in cleo.post("/account/delete").text, "what the browser keeps goes too"
    left = stage.visitor(cookies={COOKIE: token})
    assert left.post("/gradio_api/run/list_interviews", json={"data": []}).status_code == 401
    assert not upload.exists()
    files = [path for path in stage.settings.data_dir.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"Xanthippe-Index" in path.read_bytes()] == []
    assert stage.sign_up("cleo") is not None  # the name is free again


def test_health_is_for_all_and_figures_are_for_operators(stage: Stage) -> None:
    assert stage.visitor().get("/healthz").json() == {"status": "ok"}
    olga = stage.sign_up("olga")
    figures = olga.get("/metrics").text
    assert 'interviewlab_requests_total{kind="run",status="200"}' in figures
    assert "interviewlab_turn_seconds_count" in figures
    assert "interviewlab_sandbox{" in figures
    assert SECRET not in figures
    page = olga.get("/operator").text
    assert "How the server is doing" in page


def ada_id(stage: Stage) -> str:
    return next(iter(stage.serving.door.belongings._sessions.values()))


def _digest(ada: Ada) -> str:
    return hashlib.sha256(ada.browser.cookies[COOKIE].encode()).hexdigest()


def _page(stage: Stage) -> object:
    return stage.serving.voice.app.get_blocks()


def _is_upload(fn: object) -> bool:
    return any(type(block).__name__ == "File" for block in fn.inputs)  # type: ignore[attr-defined]
