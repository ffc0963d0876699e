"""A candidate who speaks: Chromium's fake microphone, real ears, a real mouth, nothing but this machine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from interviewlab import weights
from interviewlab.bootstrap import build_mouth
from interviewlab.settings import Settings
from interviewlab.speech.audio import Floats, to_float, to_wav
from tests.browser.spoken import ONCE_MORE
from tests.browser.stage import CHROMIUM, FLAGS, Visit, served, visit
from tests.parts import need

pytestmark = [pytest.mark.browser, pytest.mark.weights, pytest.mark.timeout(300)]
FIRST = "Yes, I am ready to begin. I have worked with databases and web services for six years."
SECOND = "I would measure first, because a cache only helps when the same question is asked many times."
LEAD_S, BETWEEN_S, REST_S = 16.0, 24.0, 60.0
"""Silence before, between and after the answers: the interviewer has to finish in it."""
FAKE = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
LISTEN = """
window.calls = [];
const Original = window.RTCPeerConnection;
window.RTCPeerConnection = function (...given) {
  const made = new Original(...given);
  window.calls.push(made);
  return made;
};
window.RTCPeerConnection.prototype = Original.prototype;
"""
ENERGY = """async () => {
  let energy = 0;
  for (const call of window.calls) (await call.getStats()).forEach((s) => {
    if (s.type === "inbound-rtp") energy += s.totalAudioEnergy ?? 0;
  });
  return energy;
}"""


def speak(text: str) -> tuple[Floats, int]:
    async def synthesize() -> tuple[Floats, int]:
        mouth = build_mouth(Settings(is_offline=True))
        pieces = [piece async for piece in mouth.synthesize(text)]
        await mouth.aclose()
        return np.concatenate([to_float(piece.pcm) for piece in pieces]), pieces[0].sample_rate

    return asyncio.run(synthesize())


@pytest.fixture
def models() -> None:
    settings = Settings()
    need("chromium", CHROMIUM.exists(), "apt-get install chromium")
    for name in (settings.ears, settings.mouth):
        found = weights.find(name, settings.cache_dir, settings.weights_mirror)
        need("weights", found is not None, f"interviewlab weights fetch {name}")


@pytest.fixture
def microphone(models: None, tmp_path: Path) -> Path:
    (first, rate), (second, _) = speak(FIRST), speak(SECOND)
    quiet = [np.zeros(round(seconds * rate), np.float32) for seconds in (LEAD_S, BETWEEN_S, REST_S)]
    path = tmp_path / "candidate.wav"
    path.write_bytes(to_wav(np.concatenate([quiet[0], first, quiet[1], second, quiet[2]]), rate))
    return path


@pytest.fixture
def url(models: None, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


@contextmanager
def chromium(*flags: str) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *flags])
        yield browser.new_context(viewport={"width": 1280, "height": 900})
        browser.close()


def enter(context: BrowserContext, url: str) -> Visit:
    guest = visit(context, url)
    guest.page.add_init_script(LISTEN)
    guest.arrive()
    guest.press("#start")
    expect(guest.page.locator("#answer textarea")).to_be_focused(timeout=60_000)
    return guest


def start_voice(guest: Visit, state: str) -> None:
    guest.tab_to("#voice-start", key="Shift+Tab")
    guest.page.keyboard.press("Enter")
    expect(guest.page.locator("#voice-state")).to_have_text(state, timeout=60_000)


def wait_for_replies(guest: Visit, count: int) -> None:
    guest.page.wait_for_function(
        "n => document.querySelectorAll('#transcript [data-reply]').length >= n", arg=count, timeout=90_000
    )


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z ]", " ", text.lower().replace("'m", " am")).split())


def is_like(one: str, other: str) -> bool:
    return SequenceMatcher(None, plain(one), plain(other)).ratio() > 0.85


@ONCE_MORE
def test_candidate_speaks_and_is_answered(url: str, microphone: Path) -> None:
    with chromium(*FAKE, f"--use-file-for-fake-audio-capture={microphone}%noloop") as context:
        guest = enter(context, url)
        page = guest.page
        greeting = page.locator("#transcript [data-reply] .il-words").inner_text()
        start_voice(guest, "The interviewer is speaking")
        expect(page.locator("#voice-state")).to_have_text("Listening to you", timeout=30_000)
        heard_energy = page.evaluate(ENERGY)
        assert heard_energy > 0.01
        assert plain(greeting) in plain(page.locator("#voice-captions").inner_text())

        wait_for_replies(guest, 2)
        said = page.locator("#transcript .il-utterance .il-words")
        assert is_like(said.first.inner_text(), FIRST)
        wait_for_replies(guest, 3)
        print(page.locator("#transcript").inner_text())
        assert is_like(" ".join(said.all_inner_texts()[1:]), SECOND) or plain(said.last.inner_text()) in plain(SECOND)
        page.wait_for_function("window.interviewlab.voice.latencies?.length >= 2", timeout=30_000)
        assert page.evaluate(ENERGY) > heard_energy
        print("latencies", page.evaluate("window.interviewlab.voice.latencies"))
        expect(page.locator("#voice-latency")).to_contain_text("Last reply after")

        expect(page.locator("#voice-state")).to_have_text("Listening to you", timeout=60_000)
        stop_and_go_on_by_typing(guest)
        assert guest.abroad == []
        assert guest.complaints == []


def stop_and_go_on_by_typing(guest: Visit) -> None:
    guest.page.locator("#voice-stop").focus()
    guest.page.keyboard.press("Enter")
    expect(guest.page.locator("#voice-state")).to_have_text("Voice is off")
    assert not guest.page.locator("#voice-stop").is_visible()
    guest.say("A hash function spreads the keys evenly over the buckets.")
    start_voice(guest, "The interviewer is speaking")
    last = guest.page.locator("#transcript [data-reply] .il-words").last.inner_text()
    expect(guest.page.locator("#voice-captions p").last).to_be_visible()
    captions = guest.page.locator("#voice-captions").inner_text()
    assert plain(captions.split("\n")[-1]) in plain(last)


def test_microphone_that_is_refused_gets_a_sentence_and_typing_goes_on(url: str) -> None:
    with chromium("--use-fake-device-for-media-stream", "--deny-permission-prompts") as context:
        guest = enter(context, url)
        guest.tab_to("#voice-start", key="Shift+Tab")
        guest.page.keyboard.press("Enter")
        expect(guest.page.locator("#voice-trouble")).to_contain_text("not allowed", timeout=60_000)
        expect(guest.page.locator("#voice-state")).to_have_text("Voice is off")
        guest.say("Then I type: yes, I am ready.")
        assert "Then I type" in guest.page.locator("#transcript").inner_text()
