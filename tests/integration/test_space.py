"""The app as a Hugging Face Space runs it: uid 1000, read-only code, one folder to write to, no Docker socket."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import yaml
from gradio_client import Client
from gradio_client.exceptions import AppError

from interviewlab.llm.scripted_endpoint import ScriptedEndpoint, serve_scripted
from interviewlab.llm.scripted_interviewer import word_as_told
from interviewlab.settings import Settings
from interviewlab.ui.door.identity import COOKIE
from tests.integration.openid_provider import Provider, serve_provider
from tests.integration.page_stage import Pressing
from tests.parts import need

ROOT = Path(__file__).parents[2]
LARGEST_B = 10_000_000
SECRET, TOKEN = "secret-of-the-space", "hf_adas_own_3310"


@contextmanager
def space(data: Path, *settings: str) -> Iterator[str]:
    """A Space that stores in ``data``; gives its address."""
    is_able = os.geteuid() == 0 and shutil.which("unshare") is not None
    if is_able:
        tried = ["unshare", "--mount", "--propagation", "private", "mount", "-t", "tmpfs", "none", "/mnt"]
        is_able = subprocess.run(tried, capture_output=True, check=False).returncode == 0
    need("space", is_able, "run as root where mounts may be made (unshare of util-linux)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    more = [f"INTERVIEWLAB_PORT={port}", "INTERVIEWLAB_IS_OFFLINE=true", "OMP_NUM_THREADS=2", *settings]
    command = [str(ROOT / "scripts" / "space-like.sh"), str(data), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    seen = []
    for line in process.stdout or ():
        seen.append(line)
        if found := re.search(r"http://0\.0\.0\.0:(\d+)", line):
            return f"http://127.0.0.1:{found[1]}"
    raise RuntimeError("the Space ended before it was up:\n" + "".join(seen))


@pytest.mark.timeout(280)
def test_interviews_on_something_like_a_space(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    data = tmp_path / "persistent"
    with serve_scripted(answer=word_as_told) as endpoint, serve_provider("ada", TOKEN) as provider:
        own = (
            f"INTERVIEWLAB_INFERENCE_URL={endpoint.url}",
            "INTERVIEWLAB_OWN_MODELS=any",
            "INTERVIEWLAB_LLM_FIRST_S=60",
        )
        with space(data, *own, f"OAUTH_CLIENT_SECRET={SECRET}", f"OPENID_PROVIDER_URL={provider.url}") as url:
            _hold_as_a_browser(url)
            _hold_with_a_token(url, endpoint, provider)
    files = [path for path in data.rglob("*") if path.is_file()]
    assert {path.stat().st_uid for path in files} == {1000}
    assert [path for path in files if path.name == "cookies.key" and stat.S_IMODE(path.stat().st_mode) == 0o600]
    assert any(path.name == "interviewlab.sqlite" for path in files)
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def _hold_as_a_browser(url: str) -> None:
    """A browser that nobody signed in from, and another that sees nothing of it."""
    with httpx.Client(base_url=url, timeout=120) as browser, httpx.Client(base_url=url, timeout=120) as other:
        assert _health(browser) == {"status": "ok"}
        program, stranger = _program(browser, url), _program(other, url)
    interview = program.predict(type="fundamentals", minutes=15, seed=1, api_name="/create_interview")["interview_id"]
    for said in ("Yes, I'm ready.", "A hash table gives constant time on average."):
        reply = program.predict(interview, said, api_name="/reply")
    assert reply["turn"] == 2
    with pytest.raises(AppError, match="There is no interview"):
        stranger.predict(interview, api_name="/get_interview")
    report = program.predict(interview, api_name="/complete_interview")
    assert report["interview_id"] == interview
    assert httpx.post(f"{url}/gradio_api/call/list_interviews", json={"data": []}).status_code == 401


def _program(browser: httpx.Client, url: str) -> Client:
    """A program with the token of a browser."""
    assert browser.get("/").status_code == 200
    assert COOKIE in browser.cookies
    found = re.search(r"<pre>(\S{20,})</pre>", browser.post("/account/token").text)
    assert found is not None
    return Client(url, headers={"X-InterviewLab-Token": found[1]}, verbose=False)


def _hold_with_a_token(url: str, endpoint: ScriptedEndpoint, provider: Provider) -> None:
    """Somebody who signed in with Hugging Face lets a model speak by their own token; without a sign-in none does."""
    with httpx.Client(base_url=url, timeout=120) as browser:
        anonymous = Pressing(browser)
        assert "You are not signed in" in anonymous.press("own-model-token", own_model_name="scripted")
    with httpx.Client(base_url=url, timeout=120, cookies={"session": _sign_in(url, provider)}) as browser:
        ada = Pressing(browser)
        assert "speaks in this browser session" in ada.press("own-model-token", own_model_name="scripted")
        ada.begin()
    assert endpoint.keys == {f"Bearer {TOKEN}"}


def _sign_in(url: str, provider: Provider) -> str:
    """The way of the sign-in button, there and back; the session's cookie, which a Space sends by HTTPS alone."""
    with httpx.Client(base_url=url, timeout=60) as browser:
        parts = browser.get("/config").json()["components"]
        assert "Sign in with Hugging Face" in [part["props"].get("value") for part in parts]
        away = browser.get("/login/huggingface")
        back = urlsplit(httpx.get(away.headers["Location"]).headers["Location"])
        assert f"{back.scheme}://{back.netloc}" == "https://someone-interviewlab.hf.space"
        assert "inference-api" in provider.asked["scope"].split()
        query, begun = back.query, away.cookies["session"]
    with httpx.Client(base_url=url, timeout=60, cookies={"session": begun}) as browser:
        arrived = browser.get(f"{back.path}?{query}")
        assert urlsplit(arrived.headers["Location"]).path == "/"
        return re.findall(r"session=([^;]+)", arrived.headers["Set-Cookie"])[-1]


def test_the_front_matter_says_what_a_space_needs_to_know() -> None:
    told = yaml.safe_load((ROOT / "README.md").read_text(encoding="utf-8").split("---")[1])
    pinned = dict(line.split("==") for line in _lines("requirements.txt") if line.count("==") == 1)
    assert (told["sdk"], told["sdk_version"]) == ("gradio", pinned["gradio"])
    assert (ROOT / told["app_file"]).is_file()
    assert len(told["short_description"]) <= 60
    assert told["hf_oauth_scopes"] == ["inference-api"]
    assert told["hf_oauth"] is True
    assert told["hf_oauth_expiration_minutes"] == Settings(_env_file=None).sign_in_days * 24 * 60
    assert {"openai", "instructor", "faster-whisper", "fastrtc"} <= set(pinned)
    assert all(re.fullmatch(r"[a-z0-9.+-]+", name) for name in _lines("packages.txt"))
    assert Settings(_env_file=None).port == 7860


def test_no_file_is_larger_than_a_space_takes_without_git_lfs() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    sizes = {name: (ROOT / name).stat().st_size for name in tracked.split("\0") if (ROOT / name).is_file()}
    assert {name: size for name, size in sizes.items() if size > LARGEST_B} == {}


def _lines(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def _health(browser: httpx.Client) -> object:
    """As soon as it is well: the first request may come before the door is open."""
    for _ in range(60):
        if (answer := browser.get("/healthz")).status_code == 200:
            return answer.json()
        time.sleep(0.5)
    return answer.json()
