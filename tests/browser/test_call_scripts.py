"""The scripts of a call in a page of their own: Chromium with a fake microphone, nobody at the other end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from interviewlab.ui.presenters.voice import to_voice_panel
from interviewlab.ui.theme import SCRIPTS, read_asset
from tests.browser.stage import CHROMIUM, Visit, visit
from tests.browser.test_voice import FAKE, chromium
from tests.parts import need

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
URL = "http://127.0.0.1/"
"""Nobody is asked there: each request of the page is answered by ``answer``."""
BUTTONS = "".join(f'<button id="voice-{name}">{name}</button>' for name in ("start", "direct", "push", "admit"))
BODY = f'<title>InterviewLab</title>{BUTTONS}<div id="answer"><textarea></textarea></div>{to_voice_panel()}'
TOGETHER = "".join(f"({read_asset(name)})();" for name in SCRIPTS[: SCRIPTS.index("push_to_talk.js") + 1])
ENDS = """
window.streams = [];
const give = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (what) => {
  await window.permission;
  const stream = await give(what);
  window.streams.push(stream);
  return stream;
};
window.ask = () => { window.permission = new Promise((done) => { window.allow = done; }); };

window.sent = [];
window.connections = [];
window.RTCPeerConnection = class extends EventTarget {
  iceGatheringState = "complete";
  localDescription = { sdp: "offer" };
  constructor() { super(); window.connections.push(this); }
  addTrack() {}
  createDataChannel() {
    const send = (text) => window.sent.push(JSON.parse(text));
    this.channel = Object.assign(new EventTarget(), { readyState: "open", send });
    return this.channel;
  }
  async createOffer() { return {}; }
  async setLocalDescription() {}
  async setRemoteDescription() {}
  close() {}
  turnTo(state) { this.connectionState = state; this.dispatchEvent(new Event("connectionstatechange")); }
  tell(event) { this.channel.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(event) })); }
};

window.handlers = {};
window.worker = { isAgent: true, identity: "interviewer-1", attributes: { "interviewlab.state": "listening" } };
window.LivekitClient = {
  RoomEvent: new Proxy({}, { get: (all, name) => name }),
  DisconnectReason: {},
  Track: { Source: {}, Kind: { Audio: "audio" } },
  Room: class {
    serverInfo = { version: "1.8.0" };
    remoteParticipants = new Map();
    localParticipant = {
      publishTrack: async () => {},
      performRpc: async ({ payload }) => {
        window.sent.push(JSON.parse(payload));
        if (window.refusal) throw window.refusal;
      },
    };
    constructor() { window.room = this; }
    registerTextStreamHandler() {}
    on(name, handler) { window.handlers[name] = handler; }
    async connect() {}
    disconnect() {}
    join() {
      this.remoteParticipants.set(window.worker.identity, window.worker);
      window.handlers.ParticipantConnected(window.worker);
      const track = { kind: "audio", mediaStreamTrack: window.streams[0].getAudioTracks()[0] };
      window.handlers.TrackSubscribed(track, {}, window.worker);
    }
    leave() {
      this.remoteParticipants.delete(window.worker.identity);
      window.handlers.ParticipantDisconnected(window.worker);
    }
  },
};

window.presses = [];
document.addEventListener("click", ({ target }) => window.presses.push(target.id));
"""
"""Both ends of a call: a microphone that may have to be waited for, WebRTC and LiveKit's client without a network."""


@dataclass
class Guest:
    """One page with the scripts of a call, and whether its server takes a recording."""

    page: Page
    visit: Visit
    is_taken: bool = True

    def answer(self, route: Route) -> None:
        """What the page is, or asks for."""
        path = route.request.url.removeprefix(URL)
        if path == "":
            route.fulfill(content_type="text/html", body=BODY)
        elif path == "webrtc/offer":
            route.fulfill(json={"sdp": "answer", "type": "answer"})
        elif path.startswith("voice/") and not self.is_taken:
            route.fulfill(status=503, json={"trouble": "Nobody listened."})
        elif path.startswith("voice/"):
            route.fulfill(json={"turn": 0, "sentences": [], "is_ended": False, "trouble": ""})
        else:
            route.fulfill(status=404)

    def press(self, name: str) -> None:
        """A button of the panel or beside it."""
        self.page.locator(f"#voice-{name}").click()

    def is_pressed(self, name: str) -> bool:
        """Whether it is shown as pressed."""
        return self.page.locator(f"#voice-{name}").get_attribute("aria-pressed") == "true"

    def invite(self, line: str = "fastrtc") -> None:
        """What comes of Start voice where the server has a place."""
        payload = json.dumps({"line": line, "ticket": "", "iceServers": [], "url": "", "token": "", "client": {}})
        self.page.evaluate("payload => { window.interviewlab.voice.start(payload); }", payload)

    def stand(self, count: int = 1) -> None:
        """The call of that number is up, and the interviewer listens."""
        self.page.wait_for_function("count => window.connections.length === count", arg=count)
        self.connection("turnTo", "connected")
        self.connection("tell", {"kind": "state", "state": "listening"})

    def call(self, button: str = "start") -> None:
        """Start the voice."""
        self.press(button)
        self.invite()
        self.stand()

    def enter(self) -> None:
        """Start the voice in a room in which a worker waits."""
        self.press("start")
        self.invite("livekit")
        self.page.wait_for_function("window.room && window.handlers.Disconnected && window.streams.length")
        self.page.evaluate("window.room.join()")

    def connection(self, method: str, what: Any) -> None:
        """Something happens to the last connection."""
        self.page.evaluate("([method, what]) => window.connections.at(-1)[method](what)", [method, what])

    def type(self, text: str) -> None:
        """An answer, sent by Enter."""
        self.page.locator("#answer textarea").fill(text)
        self.page.keyboard.press("Enter")

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """The commands of a kind that went out, oldest first."""
        every: list[dict[str, Any]] = self.page.evaluate("window.sent")
        return [command for command in every if command["kind"] == kind]

    def hide(self, *, is_hidden: bool = True) -> None:
        """Another tab comes to the front, or this one again."""
        self.page.evaluate(
            """(value) => {
              Object.defineProperty(document, "hidden", { value, configurable: true });
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            is_hidden,
        )

    def push_to_talk(self) -> None:
        """Push to talk, with leave to speak."""
        self.page.evaluate(
            """() => {
              document.getElementById("voice-push").onclick = () => { window.interviewlab.push.start(); };
              const admit = () => window.interviewlab.panel.admitted('{"pass": "p"}');
              document.getElementById("voice-admit").onclick = () => queueMicrotask(admit);
            }"""
        )
        self.press("push")

    def state_is(self, words: str) -> None:
        """Wait until the panel says so."""
        expect(self.page.locator("#voice-state")).to_have_text(words)

    def box_has(self, text: str) -> None:
        """Wait until that stands in the answer's box."""
        expect(self.page.locator("#answer textarea")).to_have_value(text)


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    need("chromium", CHROMIUM.exists(), "apt-get install chromium")
    with chromium(*FAKE) as opened:
        yield opened


@pytest.fixture
def guest(context: BrowserContext) -> Iterator[Guest]:
    opened = visit(context, URL)
    guest = Guest(opened.page, opened)
    opened.page.clock.install(time=0)
    opened.page.add_init_script(ENDS)
    opened.page.route("**/*", guest.answer)
    opened.page.goto(URL)
    opened.page.clock.pause_at(60_000)
    opened.page.evaluate(f"() => {{ {TOGETHER} }}")
    yield guest
    opened.page.close()
    assert opened.complaints == []


def test_a_typed_answer_comes_back_where_the_call_ends_before_it_is_taken(guest: Guest) -> None:
    guest.call()
    guest.type("It was taken.")
    guest.connection("tell", {"kind": "caption", "who": "candidate", "text": "I said, It was taken.", "is_final": True})
    guest.type("It was not.")
    guest.box_has("")
    assert [say["text"] for say in guest.sent("say")] == ["It was taken.", "It was not."]
    guest.page.locator("#answer textarea").fill("Half typed")
    guest.connection("turnTo", "failed")
    guest.box_has("It was not.\nHalf typed")


def test_what_is_typed_while_the_connection_is_lost_is_left_to_the_page(guest: Guest) -> None:
    guest.call()
    guest.connection("turnTo", "disconnected")
    guest.type("Said without a voice.")
    assert guest.sent("say") == []
    assert "Said without a voice." in guest.page.locator("#answer textarea").input_value()


def test_what_an_interviewer_in_a_room_does_not_get_comes_back(guest: Guest) -> None:
    guest.enter()
    guest.state_is("Listening to you")
    guest.page.evaluate("window.refusal = Object.assign(new Error('Connection timeout'), { code: 1501 })")
    guest.type("Nobody was there.")
    guest.box_has("Nobody was there.")
    expect(guest.page.locator("#voice-trouble")).to_contain_text("cannot be reached")
    guest.page.evaluate("window.refusal = Object.assign(new Error('Wait a moment.'), { code: 400 })")
    guest.press("hold")
    expect(guest.page.locator("#voice-trouble")).to_have_text("Wait a moment.")
    assert not guest.is_pressed("hold")


def test_patience_that_a_new_interviewer_was_too_busy_for_is_told_again_without_a_word(guest: Guest) -> None:
    guest.enter()
    guest.state_is("Listening to you")
    guest.page.evaluate("window.refusal = Object.assign(new Error('Not here yet.'), { code: 400 })")
    guest.page.locator("#voice-patience").evaluate(
        "(each) => { each.value = 'patient'; each.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    assert guest.sent("patience")[-1]["patience"] == "patient"
    told = len(guest.sent("patience"))
    guest.page.evaluate("window.refusal = null")
    guest.page.evaluate("window.handlers.ParticipantAttributesChanged(window.worker.attributes, window.worker)")
    assert guest.sent("patience")[told:] == [{"kind": "patience", "patience": "patient"}]
    expect(guest.page.locator("#voice-trouble")).to_be_empty()


def test_mute_holds_before_the_call_stands_and_over_a_lost_connection(guest: Guest) -> None:
    enabled = "window.streams.map((stream) => stream.getAudioTracks()[0].enabled)"
    guest.press("start")
    guest.page.evaluate("window.ask()")
    guest.invite()
    guest.press("mute")
    guest.page.evaluate("window.allow()")
    guest.stand()
    assert guest.page.evaluate(enabled) == [False]
    guest.connection("turnTo", "failed")
    guest.invite()
    guest.stand(2)
    assert guest.is_pressed("mute")
    assert guest.page.evaluate(enabled) == [False, False]
    guest.press("stop")
    assert not guest.is_pressed("mute")
    guest.press("start")
    guest.invite()
    guest.stand(3)
    assert guest.page.evaluate(enabled) == [False, False, True]


def test_a_lost_call_is_asked_for_again_as_it_was_asked_for_until_it_comes_back(guest: Guest) -> None:
    guest.call("direct")
    guest.connection("turnTo", "failed")
    guest.state_is("Connection lost, trying again…")
    guest.page.clock.run_for(3_600)
    assert guest.page.evaluate("window.presses") == ["voice-direct"] * 4
    guest.invite()
    guest.page.wait_for_function("window.connections.length === 2")
    guest.connection("turnTo", "failed")
    guest.state_is("Connection lost, trying again…")
    guest.press("reconnect")
    guest.invite()
    guest.stand(3)
    guest.state_is("Listening to you")
    guest.page.clock.run_for(60_000)
    assert guest.page.evaluate("window.presses") == [*["voice-direct"] * 4, "voice-reconnect", "voice-direct"]


def test_a_call_that_does_not_come_back_says_so_and_opens_no_microphone_later(guest: Guest) -> None:
    guest.call()
    guest.connection("turnTo", "failed")
    guest.page.clock.run_for(70_000)
    guest.state_is("Voice is off")
    expect(guest.page.locator("#voice-trouble")).to_contain_text("did not come back")
    assert guest.page.evaluate("window.presses") == ["voice-start"] * 7
    guest.invite()
    guest.state_is("Voice is off")
    assert guest.page.evaluate("window.streams.length") == 1


def test_hold_is_shown_as_pressed_where_it_was_pressed_alone(guest: Guest) -> None:
    guest.call()
    guest.connection("tell", {"kind": "state", "state": "held"})
    guest.state_is("Waiting while you think")
    assert not guest.is_pressed("hold")
    guest.press("hold")
    guest.connection("tell", {"kind": "state", "state": "listening"})
    assert guest.is_pressed("hold")
    guest.press("hold")
    assert not guest.is_pressed("hold")
    assert [hold["is_on"] for hold in guest.sent("hold")] == [True, False]


def test_a_worker_that_leaves_is_missed_and_the_next_one_is_told_what_was_chosen(guest: Guest) -> None:
    guest.page.get_by_text("Voice settings and microphone test").click()
    guest.page.locator("#voice-patience").select_option("patient")
    guest.enter()
    guest.press("hold")
    guest.page.evaluate("window.room.leave()")
    guest.state_is("Connection lost, trying again…")
    guest.page.evaluate("window.sent = []")
    guest.page.evaluate("window.worker = { ...window.worker, identity: 'interviewer-2' }; window.room.join()")
    guest.state_is("Listening to you")
    assert {told["patience"] for told in guest.sent("patience")} == {"patient"}
    assert {told["is_on"] for told in guest.sent("hold")} == {True}


def test_a_recording_that_was_cut_short_is_said_to_be_sent_only_where_it_was(guest: Guest) -> None:
    guest.push_to_talk()
    guest.state_is("Push to talk is on")
    for is_taken, told in ((False, "Nobody listened."), (True, "This tab went to the background")):
        guest.is_taken = is_taken
        guest.press("talk")
        guest.page.clock.run_for(1_000)
        guest.hide()
        expect(guest.page.locator("#voice-trouble")).to_contain_text(told)
        guest.state_is("Push to talk is on")
        expect(guest.page.locator("#voice-trouble")).to_contain_text(told)
        guest.hide(is_hidden=False)


def test_the_title_of_a_hidden_tab_says_that_a_call_goes_on_as_long_as_it_does(guest: Guest) -> None:
    guest.call()
    guest.hide()
    expect(guest.page).to_have_title("● Call goes on – InterviewLab")
    guest.connection("turnTo", "failed")
    expect(guest.page).to_have_title("● Call goes on – InterviewLab")
    guest.invite()
    guest.stand(2)
    guest.connection("tell", {"kind": "state", "state": "paused"})
    expect(guest.page).to_have_title("InterviewLab")


def test_no_microphone_stays_on_that_is_allowed_after_push_to_talk_was_stopped(guest: Guest) -> None:
    live = "window.streams.map((stream) => stream.getAudioTracks()[0].readyState)"
    guest.push_to_talk()
    guest.state_is("Push to talk is on")
    guest.page.evaluate("window.ask()")
    guest.page.locator("#voice-microphone").dispatch_event("input")
    guest.press("stop")
    guest.page.evaluate("window.allow()")
    guest.page.wait_for_function("window.streams.length === 2")
    guest.page.wait_for_function(f"{live}.every((state) => state === 'ended')")
    guest.page.evaluate("window.ask()")
    guest.press("push")
    guest.press("stop")
    guest.press("push")
    guest.page.evaluate("window.allow()")
    guest.page.wait_for_function("window.streams.length === 4")
    guest.state_is("Push to talk is on")
    assert sorted(guest.page.evaluate(live)) == ["ended", "ended", "ended", "live"]
    guest.press("stop")
    guest.page.evaluate("window.ask()")
    guest.page.evaluate("document.getElementById('voice-admit').onclick = null")  # a server that does not answer
    guest.press("push")
    guest.press("stop")
    guest.page.evaluate("window.allow()")
    guest.page.wait_for_function(f"window.streams.length === 5 && {live}.every((state) => state === 'ended')")
