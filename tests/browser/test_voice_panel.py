"""The voice panel in a real Chromium whose microphone says the same again and again; real ears, a real mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from interviewlab import weights
from interviewlab.settings import Settings
from interviewlab.speech.audio import to_wav
from tests.browser.stage import Visit, visit
from tests.browser.test_voice import FAKE, chromium, plain, speak
from tests.parts import need

pytestmark = [pytest.mark.browser, pytest.mark.weights, pytest.mark.timeout(300)]
SAID = (
    "I would measure first, because a cache only helps when the same question is asked many times. "
    "Then I would look at how often the data changes, and choose for how long an old answer may be given."
)
"""Longer than any recording here: ears take what is said twice for their own mistake."""
NO_WEBRTC = "window.RTCPeerConnection = function () { throw new Error('blocked'); };"
PLAYED = """
window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.addEventListener("ended", () => window.played.push(this.duration));
  return play.call(this);
};
"""


@pytest.fixture(scope="module")
def said_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings()
    for name in (settings.ears, settings.mouth):
        found = weights.find(name, settings.cache_dir, settings.weights_mirror)
        need("weights", found is not None, f"interviewlab weights fetch {name}")
    audio, rate = speak(SAID)
    path = tmp_path_factory.mktemp("microphone") / "said.wav"
    path.write_bytes(to_wav(np.concatenate([audio, np.zeros(rate // 2, np.float32)]), rate))
    return path


@pytest.fixture
def microphone(said_wav: Path) -> Iterator[BrowserContext]:
    with chromium(*FAKE, f"--use-file-for-fake-audio-capture={said_wav}") as context:
        yield context


def enter(guest: Visit) -> Page:
    guest.page.locator("#start").click()
    expect(guest.page.locator("#answer textarea")).to_be_focused(timeout=60_000)
    return guest.page


def was_said(heard: str) -> bool:
    """The microphone comes round, so a recording begins and ends in the middle of a word, which is then misheard: runs
    of four letters and more are compared."""
    letters, known = plain(heard).replace(" ", ""), plain(SAID).replace(" ", "")
    runs = SequenceMatcher(None, letters, known + known, autojunk=False).get_matching_blocks()
    return len(letters) >= 24 and sum(run.size for run in runs if run.size >= 4) >= 0.7 * len(letters)


def captions(page: Page) -> list[str]:
    return page.locator("#voice-captions p").all_inner_texts()


def test_partial_captions_are_replaced_until_the_turn_ends(url: str, microphone: BrowserContext) -> None:
    guest = visit(microphone, url)
    guest.arrive()
    page = enter(guest)

    def caption(who: str, text: str, is_final: bool) -> None:
        page.evaluate("c => window.interviewlab.panel.caption(c)", {"who": who, "text": text, "is_final": is_final})

    caption("interviewer", "What is a hash?", True)
    for words in ("A hash", "A hash maps", "A hash maps keys"):
        caption("candidate", words, False)
    assert captions(page) == ["What is a hash?", "A hash maps keys"]
    caption("interviewer", "Take your time.", True)
    caption("candidate", "A hash maps keys to places.", True)
    assert captions(page) == ["What is a hash?", "Take your time.", "A hash maps keys to places."]
    caption("candidate", "And", False)
    assert captions(page)[-2:] == ["A hash maps keys to places.", "And"]
    assert guest.complaints == []


def test_microphone_is_tested_before_an_interview_begins(url: str, microphone: BrowserContext) -> None:
    guest = visit(microphone, url)
    guest.arrive()
    page, test = guest.page, guest.page.locator("#microphone-test")
    test.locator("> button").click()
    test.locator("[data-mic=test]").click()
    expect(test.locator("[data-mic=said]")).to_contain_text("Recording for")
    level = test.locator("[data-mic=level]").element_handle()
    page.wait_for_function("meter => meter.value > 0.05", arg=level)
    expect(test.locator("[data-mic=said]")).to_contain_text("This was understood", timeout=120_000)
    assert was_said(test.locator("[data-mic=said]").inner_text().partition("understood")[2])
    expect(test.locator("audio")).to_be_visible()
    assert test.locator("audio").evaluate("a => a.src.startsWith('blob:')")
    assert test.locator("[data-mic=test]").is_enabled()
    assert guest.complaints == []
    assert guest.abroad == []


def test_silent_and_refused_microphones_get_their_sentences(url: str, tmp_path: Path) -> None:
    silence = tmp_path / "silence.wav"
    silence.write_bytes(to_wav(np.zeros(16_000, np.float32), 16_000))
    said = "#microphone-test [data-mic=said]"
    with chromium(*FAKE, f"--use-file-for-fake-audio-capture={silence}") as context:
        guest = visit(context, url)
        guest.arrive()
        guest.page.locator("#microphone-test > button").click()
        guest.page.locator("#microphone-test [data-mic=test]").click()
        expect(guest.page.locator(said)).to_contain_text("the microphone is silent", timeout=30_000)
    with chromium("--use-fake-device-for-media-stream", "--deny-permission-prompts") as context:
        guest = visit(context, url)
        guest.arrive()
        guest.page.locator("#microphone-test > button").click()
        guest.page.locator("#microphone-test [data-mic=test]").click()
        expect(guest.page.locator(said)).to_contain_text("not allowed", timeout=30_000)
        page = enter(guest)
        page.locator("#voice-push").click()
        expect(page.locator("#voice-trouble")).to_contain_text("not allowed")
        expect(page.locator("#voice-state")).to_have_text("Voice is off")


def test_push_to_talk_where_no_call_can_be_made_and_a_misheard_answer_is_corrected(
    url: str, microphone: BrowserContext
) -> None:
    guest = visit(microphone, url)
    guest.page.add_init_script(NO_WEBRTC + PLAYED)
    guest.arrive()
    page = enter(guest)
    page.locator("#voice-start").click()
    expect(page.locator("#voice-trouble")).to_contain_text("Press Push to talk", timeout=60_000)
    assert "il-offered" in (page.locator("#voice-push").get_attribute("class") or "")
    page.locator("#voice-push").click()
    expect(page.locator("#voice-state")).to_have_text("The interviewer is speaking", timeout=60_000)
    page.wait_for_function("window.played.length >= 1 && window.played[0] > 0.5")
    assert captions(page)
    talk_and_be_answered(page)
    correct(page)
    page.locator("#answer textarea").fill("I type while push to talk is on.")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#transcript .il-utterance').length === 2")
    expect(page.locator("#voice-state")).to_have_text("The interviewer is speaking")
    assert page.locator("button.il-correct").count() == 1
    page.locator("#voice-stop").click()
    expect(page.locator("#voice-state")).to_have_text("Voice is off")
    assert guest.complaints == []
    assert guest.abroad == []


def talk_and_be_answered(page: Page) -> None:
    """Hold the button, let go; too short a press is told; then by keyboard."""
    talk = page.locator("#voice-talk")
    talk.click()
    talk.click()
    expect(page.locator("#voice-trouble")).to_contain_text("too short")
    talk.hover()
    page.mouse.down()
    expect(page.locator("#voice-state")).to_have_text("Recording what you say")
    page.wait_for_timeout(6500)
    page.mouse.up()
    heard = page.locator("#transcript .il-utterance .il-words")
    expect(heard).to_have_count(1, timeout=30_000)
    assert was_said(heard.inner_text())
    expect(page.locator("#voice-captions p[data-who=candidate]")).to_have_text(heard.inner_text())
    page.wait_for_function("window.played.length >= 2", timeout=30_000)


def correct(page: Page) -> None:
    page.locator("button.il-correct").click()
    box = page.locator("#mend-text textarea")
    expect(box).not_to_have_value("")
    assert was_said(box.input_value())  # not what the page shows, where a second hearing has put it right meanwhile
    expect(box).to_be_focused()
    box.fill("I would measure <b>first</b>.")
    page.locator("#mend-save").click()
    expect(page.locator("#mend")).to_be_hidden()
    expect(page.locator("#transcript .il-utterance > .il-words")).to_have_text("I would measure <b>first</b>.")
    folded = page.locator(".il-heard-first")
    assert not folded.locator(".il-words").is_visible()
    folded.locator("summary").click()
    assert was_said(folded.locator(".il-words").inner_text())


def test_call_is_recorded_only_with_consent_and_played_back_after_the_end(url: str, microphone: BrowserContext) -> None:
    guest = visit(microphone, url)
    guest.arrive()
    page = enter(guest)
    assert not page.locator("#voice-consent input").is_checked()
    page.locator("#voice-consent input").check()
    page.locator("#voice-start").click()
    expect(page.locator("#voice-state")).to_have_text("The interviewer is speaking", timeout=60_000)
    expect(page.locator("#voice-recording")).to_be_visible()
    page.wait_for_timeout(3000)
    page.locator("#answer textarea").fill("I type during the call.")
    page.keyboard.press("Enter")
    expect(page.locator("#answer textarea")).to_have_value("")
    page.wait_for_function("document.querySelector('#transcript .il-utterance')", timeout=30_000)
    assert "I type during the call." in page.locator("#transcript").inner_text()
    page.locator("#voice-stop").click()
    expect(page.locator("#voice-recording")).to_be_hidden()
    page.locator("#end").click()
    page.locator("#end-now").click()
    page.locator("#replay-fold > button").click()
    player = page.locator("#recordings audio")
    expect(player).to_have_count(1, timeout=60_000)
    assert re.match(r"Call 1, .*, 0:\d\d min", page.locator("#recordings figcaption").inner_text())
    player.evaluate("a => a.play()")
    page.wait_for_function("document.querySelector('#recordings audio').currentTime > 0.5")
    assert guest.complaints == []


ROOM_OF = """
async (version) => {
  const nothing = () => {};
  const stream = { getAudioTracks: () => [{}] };
  window.versionOfServer = version;
  window.LivekitClient ??= {
    RoomEvent: {}, DisconnectReason: {}, Track: { Source: {} },
    Room: class {
      serverInfo = { version: window.versionOfServer };
      remoteParticipants = new Map();
      localParticipant = { publishTrack: async () => {} };
      registerTextStreamHandler = nothing;
      on = nothing;
      connect = async () => {};
      disconnect = async () => {};
    },
  };
  const hooks = { receive: nothing, failed: nothing };
  try {
    await window.interviewlab.lines.livekit({ url: "", token: "", client: {} }, stream, {}, hooks).ready;
    return "";
  } catch (error) {
    return error.message;
  }
}
"""
"""A line to a server that gives this version; LiveKit's own client is stood in for."""


def test_a_livekit_server_older_than_the_client_is_named(url: str, microphone: BrowserContext) -> None:
    guest = visit(microphone, url)
    guest.arrive()
    told = {version: guest.page.evaluate(ROOM_OF, version) for version in ("1.7.2", "0.15.4", "1.8.0", "2.0.1", None)}
    assert "too old" in told.pop("1.7.2")
    assert "too old" in told.pop("0.15.4")
    assert not any(told.values()), told
