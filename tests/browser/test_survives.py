"""What a bad day does to a candidate's page: a killed server, no network, no cookies, two tabs, impatience."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.browser.stage import Visit, address_of, started, visit

pytestmark = pytest.mark.browser
CODING = "Could we do a coding exercise now, please? I would like to write code."
BLOCKED = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
  get() { throw new DOMException("denied", "SecurityError"); }, configurable: true });"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def begin(guest: Visit, *, is_there: bool = False) -> None:
    if not is_there:
        guest.arrive()
    guest.page.locator("#start").click()
    expect(guest.page.locator("#answer textarea")).to_be_focused(timeout=60_000)


def take_exercise(guest: Visit) -> None:
    for _ in range(5):
        if guest.page.locator("#desk").is_visible():
            return
        guest.say(CODING)


def choose_language(guest: Visit, name: str) -> None:
    guest.page.locator("#code-language input").click()
    guest.page.get_by_role("option", name=name, exact=True).click()


def said(guest: Visit) -> list[str]:
    return [text.strip() for text in guest.page.locator("#transcript .il-utterance .il-words").all_inner_texts()]


def test_killed_server_loses_no_word_no_code_and_the_page_goes_on_by_itself(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context()
    with started(tmp_path) as app:
        url = address_of(app)
        guest = visit(context, url)
        page = guest.page
        begin(guest)
        take_exercise(guest)
        page.locator("#code .cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("kept = 'as typed'\n")
        page.fill("#answer textarea", "half a sentence")
        before, turns = page.locator("#transcript").inner_text(), len(said(guest))
        page.wait_for_timeout(300)
        app.kill()
        app.wait()
        page.evaluate("window.interviewlab.connection.look()")
        expect(page.locator("#lost")).to_contain_text("The connection is lost")
    with started(tmp_path, int(url.rsplit(":", 1)[1])) as app:
        address_of(app)
        page.wait_for_function("document.querySelector('#lost')?.hidden", timeout=90_000)
        expect(page.locator("#transcript .il-log")).to_be_visible(timeout=60_000)
        assert page.locator("#transcript").inner_text() == before
        expect(page.locator("#code .cm-content")).to_contain_text("kept = 'as typed'")
        expect(page.locator("#answer textarea")).to_have_value("half a sentence")
        assert "of 30 min" in page.locator(".il-clock").first.inner_text()
        guest.say(" and the rest")
        assert len(said(guest)) == turns + 1
    context.close()


def test_lost_network_is_said_and_what_happened_meanwhile_is_shown(context: BrowserContext, url: str) -> None:
    guest, other = visit(context, url), visit(context, url)
    begin(guest)
    other.arrive()
    expect(other.page.locator("#transcript .il-log")).to_be_visible(timeout=60_000)
    network = context.new_cdp_session(guest.page)
    network.send("Network.enable")
    cut = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", cut)
    expect(guest.page.locator("#lost")).to_contain_text("The connection is lost")
    other.say("Said in the other tab.")
    network.send("Network.emulateNetworkConditions", {**cut, "offline": False})
    expect(guest.page.locator("#lost")).to_be_hidden(timeout=30_000)
    expect(guest.page.locator("#transcript")).to_contain_text("Said in the other tab.", timeout=30_000)
    guest.say("And I am back in the first.")
    assert said(guest) == ["Said in the other tab.", "And I am back in the first."]


def test_an_answer_from_a_tab_that_was_left_behind_is_no_turn_and_stays_in_its_box(
    context: BrowserContext, url: str
) -> None:
    guest, other = visit(context, url), visit(context, url)
    begin(guest)
    other.arrive()
    expect(other.page.locator("#transcript .il-log")).to_be_visible(timeout=60_000)
    other.say("Said in the other tab.")
    guest.page.fill("#answer textarea", "Said in the first.")
    guest.page.locator("#send").click()
    expect(guest.page.locator("#interview-notice")).to_contain_text("gone on meanwhile")
    expect(guest.page.locator("#answer textarea")).to_have_value("Said in the first.")
    assert said(guest) == ["Said in the other tab."]
    guest.page.locator("#send").click()
    expect(guest.page.locator("#transcript [data-reply]")).to_have_count(3, timeout=60_000)
    assert said(guest) == ["Said in the other tab.", "Said in the first."]


def test_two_tabs_with_an_interview_each_keep_their_places_and_their_code(context: BrowserContext, url: str) -> None:
    tabs = [visit(context, url) for _ in range(2)]
    places = []
    for guest in tabs:
        guest.arrive()
    for guest in tabs:
        guest.page.get_by_role("tab", name="Prepare").click()
        begin(guest, is_there=True)
        take_exercise(guest)
        places.append(guest.page.locator("#transcript").inner_text())
    for name, guest in zip("ab", tabs, strict=True):
        guest.page.bring_to_front()
        guest.page.locator("#code .cm-content").click()
        guest.page.keyboard.press("Control+Home")
        guest.page.keyboard.insert_text(f"# typed in tab {name}\n")
        guest.page.wait_for_timeout(300)
    for name, guest, place in zip("ab", tabs, places, strict=True):
        guest.page.bring_to_front()
        guest.arrive()
        expect(guest.page.locator("#code .cm-content")).to_contain_text(f"# typed in tab {name}")
        assert guest.page.locator("#transcript").inner_text() == place


def test_code_typed_while_the_language_changes_belongs_to_the_language_that_was_there(
    context: BrowserContext, url: str
) -> None:
    guest = visit(context, url)
    page, code = guest.page, guest.page.locator("#code .cm-content")
    begin(guest)
    take_exercise(guest)
    held = list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/queue/join*", hold)
    choose_language(guest, "JavaScript")
    code.click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("# typed in between\n")
    page.wait_for_timeout(300)
    assert held
    for route in held:
        route.continue_()
    page.unroute("**/queue/join*")
    expect(code).to_contain_text("function")
    choose_language(guest, "Python")
    expect(code).to_contain_text("# typed in between")
    choose_language(guest, "JavaScript")
    expect(code).to_contain_text("function")
    expect(code).not_to_contain_text("# typed in between")
    assert guest.complaints == []


def test_blocked_cookies_cost_only_the_memory_over_a_reload(chromium: Browser, url: str) -> None:
    context = chromium.new_context()
    context.add_init_script(BLOCKED)
    guest = visit(context, url)
    begin(guest)
    expect(guest.page.locator("#forgets")).to_contain_text("keeps nothing")
    guest.say("It works without cookies.")
    guest.arrive()
    expect(guest.page.locator("#room")).to_be_hidden()
    context.close()
    assert guest.complaints == []


def test_impatience_and_a_clock_that_jumps_break_nothing(context: BrowserContext, url: str) -> None:
    guest = visit(context, url)
    page = guest.page
    begin(guest)
    page.evaluate("const ahead = Date.now() + 5 * 3600e3; Date.now = () => ahead")
    huge = "words " * 40_000
    page.fill("#answer textarea", huge)
    assert len(page.locator("#answer textarea").input_value()) <= len(huge)
    page.fill("#answer textarea", "Pressed <b>very</b> often, **really**.")
    page.evaluate("""() => { const send = document.querySelector("#send");
        for (let n = 0; n < 10000; n++) send.click(); }""")
    expect(page.locator("#transcript [data-reply]")).to_have_count(2, timeout=60_000)
    page.wait_for_timeout(1500)
    assert said(guest) == ["Pressed <b>very</b> often, **really**."]
    assert page.locator("#transcript .il-words :is(b, strong)").count() == 0
    assert page.locator(".il-clock").first.inner_text().startswith("00:")
    assert guest.complaints == []


def test_browser_without_microphone_or_camera_says_so_in_a_sentence(context: BrowserContext, url: str) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    guest = visit(context, url)
    begin(guest)
    guest.page.locator("[data-camera=button]").click()
    expect(guest.page.locator("[data-camera=said]")).to_contain_text("No camera can be used here")
    guest.page.locator("#voice-push").click()
    expect(guest.page.locator("#voice-trouble")).to_be_visible(timeout=60_000)
    guest.say("I type instead.")
    assert guest.complaints == []
