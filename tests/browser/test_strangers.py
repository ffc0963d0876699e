"""Somebody who has never seen the page: what they choose stays chosen, what they delete is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Visit, visit

pytestmark = pytest.mark.browser
CODE = """# a comment
import re
class A(B):
    x: int = 3
    def f(self, a='text', *b):
        if a is None and not True:
            return [len(i) for i in range(3)] + 2.5
        raise ValueError(f'{a}')
"""
CONTRASTS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (place) => {
    for (; place; place = place.parentElement) {
      const colour = getComputedStyle(place).backgroundColor;
      if (!colour.endsWith(", 0)")) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("#code .cm-line span")].map((span) => {
    const [low, high] = [getComputedStyle(span).color, ground(span)].map(light).sort((a, b) => a - b);
    return [span.textContent, (high + 0.05) / (low + 0.05)];
  });
}"""
"""Each piece of code that has a colour of its own, with its contrast (WCAG) to the ground behind it."""
CV = "{name}\n\nExperience\nThinker, Blue Door\n2015 - 2017\n\nSkills\nGo, Kafka\n"
JOB = "Backend Engineer, Kestrel Freight\nRequirements: Go, PostgreSQL, Kafka.\n"


@pytest.fixture
def guest(chromium: Browser, url: str) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    arrived = visit(context, url)
    arrived.arrive()
    yield arrived
    context.close()


def give_cv(guest: Visit, folder: Path, name: str) -> None:
    cv = folder / f"{name.split()[0].lower()}.txt"
    cv.write_text(CV.format(name=name), encoding="utf-8")
    guest.page.set_input_files("#cv input[type=file]", cv)
    expect(guest.page.locator("#kept-cv input")).to_have_value(re.compile(cv.stem), timeout=30_000)


def start(guest: Visit, kind: str = "") -> None:
    if kind:
        guest.page.locator("#type input").click()
        guest.page.get_by_role("option", name=kind).click()
    guest.page.click("#start")
    expect(guest.page.locator("#answer textarea")).to_be_focused(timeout=60_000)


def forget(guest: Visit) -> None:
    page = guest.page
    page.locator("#place-prepare-button").click()
    page.locator("#your-data > button").click()
    page.click("#forget-me")
    expect(page.locator("#forget-now")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#data-notice")).to_contain_text("deleted", timeout=60_000)


def test_a_job_from_a_file_leaves_the_chosen_cv_chosen(guest: Visit, tmp_path: Path) -> None:
    page = guest.page
    give_cv(guest, tmp_path, "Ada Byron")
    give_cv(guest, tmp_path, "Mira Okafor")
    job = tmp_path / "job.txt"
    job.write_text(JOB, encoding="utf-8")
    page.set_input_files("#job-file input[type=file]", job)
    expect(page.locator("#job textarea")).to_have_value(re.compile("Kestrel"), timeout=30_000)
    expect(page.locator("#kept-job input")).to_have_value(re.compile("Kestrel"))
    expect(page.locator("#kept-cv input")).to_have_value(re.compile("mira"))
    page.fill("#job-name input, #job-name textarea", "The good one")
    page.click("#job-rename")
    expect(page.locator("#kept-job input")).to_have_value("The good one")
    page.click("#job-delete")
    page.click("#job-delete-now")
    expect(page.locator("#cv-notice")).to_contain_text("The job is deleted")
    expect(page.locator("#kept-cv input")).to_have_value(re.compile("mira"))
    start(guest)
    expect(page.locator("#transcript")).to_contain_text(re.compile("(Hi|Hello) Mira,"))
    forget(guest)
    assert guest.complaints == []


def test_nothing_is_left_on_the_page_when_everything_is_deleted(guest: Visit, tmp_path: Path) -> None:
    page = guest.page
    give_cv(guest, tmp_path, "Ada Byron")
    page.fill("#candidate input, #candidate textarea", "Ada B.")
    start(guest)
    guest.say("I am ready, and this stays between us.")
    page.fill("#answer textarea", "A draft of an answer")
    page.locator("#end").click()
    page.click("#end-now")
    page.wait_for_selector("#report .il-report", timeout=60_000)
    page.locator("#place-prepare-button").click()
    start(guest)
    page.fill("#answer textarea", "Another draft")
    forget(guest)
    expect(page.locator("#forget-me")).to_be_focused()
    assert page.locator("#candidate input, #candidate textarea").first.input_value() == ""
    page.locator("#place-interview-button").click()
    expect(page.get_by_role("heading", name="No interview is open")).to_be_visible()
    page.locator("#place-feedback-button").click()
    expect(page.get_by_role("heading", name="No report yet")).to_be_visible()
    assert "between us" not in page.content()
    guest.arrive()
    page.locator("#place-interview-button").click()
    expect(page.get_by_role("heading", name="No interview is open")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('interviewlab-answer') || ''") == ""
    assert guest.complaints == []


def test_an_interview_is_renamed_by_keyboard_and_stays_chosen(guest: Visit) -> None:
    page = guest.page
    start(guest)
    page.locator("#place-progress-button").click()
    page.locator("#past-list input").first.check()
    page.click("#rename-past")
    expect(page.locator("#past-title input, #past-title textarea")).to_be_focused()
    page.keyboard.insert_text("For Acme")
    page.keyboard.press("Enter")
    expect(page.locator("#past-list label").first).to_contain_text("For Acme")
    expect(page.locator("#past-list input:checked")).to_have_count(1)
    expect(page.locator("#past-notice")).to_contain_text("The interview is renamed.")
    expect(page.locator("#naming")).to_be_hidden()
    forget(guest)
    assert guest.complaints == []


def keep_an_answer(guest: Visit) -> None:
    start(guest)
    guest.say("I am ready.")
    guest.page.fill("#answer textarea", "This stays between us")
    assert answer_of(guest.page) == "This stays between us"


def answer_of(page: Page) -> str:
    """What the tab keeps of an answer that was not sent."""
    return str(page.evaluate("sessionStorage.getItem('interviewlab-answer') ?? ''"))


def test_who_deletes_everything_on_the_account_page_leaves_nothing_in_the_browser(guest: Visit) -> None:
    page = guest.page
    keep_an_answer(guest)
    other = visit(page.context, guest.url)
    other.arrive()
    other.page.evaluate("sessionStorage.setItem('interviewlab-answer', 'half a sentence')")
    page.goto(f"{guest.url}/account")
    page.check("input[name=sure]")
    page.click("button.stop")
    page.wait_for_url(f"{guest.url}/")
    page.wait_for_selector("#parts .il-parts", state="attached")
    assert answer_of(page) == ""
    expect(page.locator("#prepare-notice")).not_to_contain_text("There is no interview")
    other.page.wait_for_function("!sessionStorage.getItem('interviewlab-answer')")


def test_the_next_owner_in_a_tab_is_handed_nothing_of_the_last_one(guest: Visit) -> None:
    page = guest.page
    keep_an_answer(guest)
    guest.arrive()
    assert answer_of(page) == "This stays between us", "the same owner goes on"
    for store in ("localStorage", "sessionStorage"):
        page.evaluate(f"{store}.setItem('interviewlab-owner', 'somebody else')")
    guest.arrive()
    assert answer_of(page) == ""
    page.locator("#place-interview-button").click()
    expect(page.get_by_role("heading", name="No interview is open")).to_be_visible()
    forget(guest)
    assert guest.complaints == []


def ask_for_code(guest: Visit) -> None:
    for _ in range(5):
        guest.say("Could we do a coding exercise now, please? I would like to write code.")
        if guest.page.locator("#desk").is_visible():
            return
    raise AssertionError("no exercise was set")


def test_after_a_typed_answer_the_box_is_small_again_and_the_voice_catches_up(guest: Visit) -> None:
    page = guest.page
    start(guest)
    box = page.locator("#answer textarea")
    small = box.evaluate("box => box.offsetHeight")
    page.evaluate("""() => { const { voice } = window.interviewlab, plain = voice.catchUp;
        window.caughtUp = 0; voice.catchUp = () => { window.caughtUp += 1; plain(); }; }""")
    box.fill("A long answer, said at length. " * 30)
    assert box.evaluate("box => box.offsetHeight") > small
    page.keyboard.press("Enter")
    page.wait_for_function("window.caughtUp === 1", timeout=60_000)
    expect(box).to_be_focused()
    assert box.evaluate("box => box.offsetHeight") == small
    assert guest.complaints == []


def test_a_run_that_takes_long_says_so_and_another_waits_until_it_is_over(guest: Visit) -> None:
    page = guest.page
    start(guest, "Coding")
    ask_for_code(guest)
    page.locator("#code .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("while True:\n    pass\n")
    page.click("#run")
    expect(page.locator("#run")).to_have_text("Running…")
    expect(page.locator("#results")).to_contain_text("longer than 10 s is stopped")
    expect(page.locator("#results .il-run")).to_contain_text("Took too long and was stopped", timeout=90_000)
    expect(page.locator("#run")).to_have_text("Run tests")
    page.click("#reset")
    expect(page.locator("#reset-now")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#code .cm-content")).to_be_focused()
    expect(page.locator("#code .cm-content")).not_to_contain_text("while True")
    assert guest.complaints == []


IN_SIGHT = """(place) => {
  const box = document.querySelector(place)?.getBoundingClientRect();
  return Boolean(box) && box.top >= 0 && box.bottom <= innerHeight;
}"""


def comes_in_sight(page: Page, place: str) -> None:
    """The page scrolls when it has drawn what is new, which takes as long as it takes."""
    page.wait_for_function(IN_SIGHT, arg=place)


def test_on_a_laptop_start_is_in_sight_and_each_type_says_what_it_asks(guest: Visit) -> None:
    page = guest.page
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.evaluate(IN_SIGHT, "#start")
    expect(page.locator("#type")).to_contain_text("if there is a CV")
    page.locator("#type input").click()
    page.get_by_role("option", name="SQL").click()
    expect(page.locator("#type")).to_contain_text("Databases and queries")
    expect(page.locator("#type input")).to_have_value("SQL")
    page.locator("#manner input").last.focus()
    page.wait_for_timeout(200)
    focused = "document.querySelector('#manner input:last-of-type').getBoundingClientRect().bottom"
    assert page.evaluate(f"{focused} <= document.querySelector('#begin').getBoundingClientRect().top")
    assert guest.complaints == []


def test_what_a_press_sets_going_is_in_sight_beside_the_editor_and_on_a_phone(guest: Visit) -> None:
    page = guest.page
    page.set_viewport_size({"width": 1366, "height": 768})
    start(guest, "Coding")
    ask_for_code(guest)
    page.locator("#code .cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#results .il-run")
    for seen in ("#results .il-run", "#send", "#transcript > .html-container li:last-child"):
        comes_in_sight(page, seen)
    page.set_viewport_size({"width": 1366, "height": 640})
    panel = "document.querySelector('#voice-panel .il-voice')"
    page.evaluate(f"{panel}.dataset.state = 'listening'")
    page.evaluate("document.querySelector('#run').scrollIntoView({ block: 'end' })")
    for seen in ("#answer textarea", "#send"):
        comes_in_sight(page, seen)
    page.evaluate(f"{panel}.dataset.state = 'off'")
    ring = page.evaluate(
        """() => {
          const editor = document.querySelector("#code .cm-editor.cm-focused");
          const [inner, outer] = [editor, editor.parentElement].map((each) => each.getBoundingClientRect());
          const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(editor);
          const ring = parseFloat(outlineOffset) + parseFloat(outlineWidth);
          return outlineStyle === "solid" && inner.left - ring >= outer.left;
        }"""
    )
    assert ring, "the ring of the focus is cut off"
    expect(page.locator("#to-desk")).to_be_hidden()
    page.click("#end")
    expect(page.locator("#end-now")).to_be_focused()
    comes_in_sight(page, "#transcript > .html-container li:last-child")
    page.click("#go-on")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("#to-desk a")
    comes_in_sight(page, "#exercise h2")
    page.evaluate("document.querySelector('#run').scrollIntoView({ block: 'end' })")
    page.click("#run")
    expect(page.locator("#run")).to_have_text("Run tests")
    page.wait_for_selector("#results .il-run")
    comes_in_sight(page, "#results .il-run")
    page.locator("#end").click()
    expect(page.locator("#end-now")).to_be_focused()
    page.evaluate(
        """() => {
          window.wasInSight = false;
          setInterval(() => {
            const busy = document.querySelector("#interview-notice .il-busy")?.getBoundingClientRect();
            window.wasInSight ||= Boolean(busy && busy.top >= 0 && busy.bottom <= innerHeight && busy.height);
          }, 20);
        }"""
    )
    page.click("#end-now")
    page.wait_for_selector("#report .il-report", timeout=60_000)
    assert page.evaluate("window.wasInSight")
    assert guest.complaints == []


def test_who_comes_back_can_correct_and_delete_the_cv_they_keep(guest: Visit, tmp_path: Path) -> None:
    page = guest.page
    give_cv(guest, tmp_path, "Ada Byron")
    guest.arrive()
    page.get_by_role("button", name="What was understood of your CV").click()
    expect(page.locator("#cv-work")).to_contain_text("Blue Door")
    page.click("#cv-delete")
    page.click("#cv-delete-now")
    expect(page.locator("#cv-notice")).to_contain_text("deleted")
    expect(page.get_by_role("button", name="What was understood of your CV")).to_be_hidden()
    note = tmp_path / "note.txt"
    note.write_text("Nothing to see.\n", encoding="utf-8")
    page.set_input_files("#cv input[type=file]", note)
    expect(page.locator("#cv-notice")).to_contain_text("no job, project or skill was found", timeout=30_000)
    forget(guest)
    assert guest.complaints == []


def test_on_paper_the_report_is_light_and_whole_and_has_no_buttons(guest: Visit) -> None:
    page = guest.page
    start(guest)
    guest.say("I am ready.")
    guest.say("I measured first where the time went, and then put a cache in front, because reads were repeated.")
    page.click("#end")
    page.click("#end-now")
    page.wait_for_selector("#report .il-question", timeout=60_000)
    page.evaluate("document.body.classList.add('dark')")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#report .il-question[open]").first).to_be_visible()
    expect(page.locator("#report .il-question:not([open])")).to_have_count(0)
    for unprinted in ("#places .tab-wrapper", "#files", "#replay-fold", "#report button.il-again"):
        expect(page.locator(unprinted).first).to_be_hidden()
    assert page.evaluate("document.body.classList.contains('dark')") is False
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#report .il-question[open]")).to_have_count(0)
    assert page.evaluate("document.body.classList.contains('dark')") is True


def test_a_small_phone_shows_every_place_and_no_scrolling_sideways(guest: Visit) -> None:
    page = guest.page
    page.set_viewport_size({"width": 360, "height": 720})
    for place in ("prepare", "interview", "feedback", "progress"):
        tab = page.locator(f"#place-{place}-button").first
        expect(tab).to_be_visible()
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    edge = page.locator("main").first.evaluate("main => parseFloat(getComputedStyle(main).paddingLeft)")
    assert edge == pytest.approx(12)


def test_who_wants_less_motion_gets_none(guest: Visit) -> None:
    page = guest.page
    moving = "getComputedStyle(document.querySelector('#start'))"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(f"{moving}.transitionProperty") == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(f"{moving}.transitionProperty") != "none"


def test_the_camera_is_off_when_the_interview_has_ended_by_words(guest: Visit) -> None:
    page = guest.page
    page.evaluate("""navigator.mediaDevices.getUserMedia = async () => {
        window.seen = document.createElement("canvas").captureStream(); return window.seen; }""")
    start(guest)
    page.click("[data-camera=button]")
    expect(page.locator("[data-camera=picture]")).to_be_visible()
    for _ in range(3):
        guest.page.fill("#answer textarea", "Let's stop here, please. I want to end the interview.")
        page.keyboard.press("Enter")
        page.wait_for_timeout(1500)
        if page.locator("#over").is_visible():
            break
    expect(page.locator("#over")).to_be_visible()
    expect(page.locator("#mirror")).to_be_hidden()
    assert page.evaluate("window.seen.getTracks().every(track => track.readyState === 'ended')")
    page.click("#see-feedback")
    page.wait_for_selector("#report .il-report", timeout=60_000)
    page.locator("#place-prepare-button").click()
    start(guest)
    expect(page.locator("#mirror")).to_be_visible()


def test_a_microphone_or_camera_that_is_allowed_too_late_is_let_go(guest: Visit) -> None:
    page = guest.page
    page.evaluate("""() => {
        [window.asked, window.given] = [[], []];
        const make = ({ audio }) => audio ? new AudioContext().createMediaStreamDestination().stream
            : document.createElement("canvas").captureStream();
        navigator.mediaDevices.getUserMedia = (wanted) => new Promise((done) => {
            window.asked.push(() => { window.given.push(make(wanted)); done(window.given.at(-1)); }); }); }""")
    start(guest)
    page.evaluate("""() => { const { voice } = window.interviewlab;
        for (let n = 0; n < 2; n++) {
            const button = Object.assign(document.createElement("button"), { id: "voice-start" });
            document.body.append(button); button.click(); button.remove();
            voice.start("{}"); voice.stop(); } }""")
    page.click("[data-camera=button]")
    page.click("[data-camera=button]")
    page.evaluate("window.asked.forEach((allow) => allow())")
    expect(page.locator("[data-camera=picture]")).to_be_visible()
    page.wait_for_timeout(500)
    lives = "window.given.map((stream) => stream.getTracks().some((track) => track.readyState === 'live'))"
    assert page.evaluate(lives) == [False, False, False, True]
    expect(page.locator("#voice-state")).to_have_text("Voice is off")
    assert page.locator("#voice-trouble").inner_text() == ""
    assert guest.complaints == []


def test_code_can_be_read_in_light_and_dark(guest: Visit) -> None:
    page = guest.page
    start(guest, "Coding")
    ask_for_code(guest)
    page.locator("#code .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(CODE)
    page.wait_for_timeout(500)
    for is_dark in (False, True):
        page.evaluate("isDark => document.body.classList.toggle('dark', isDark)", is_dark)
        page.wait_for_timeout(300)
        pieces = page.evaluate(CONTRASTS)
        assert len(pieces) > 20
        assert [piece for piece in pieces if piece[1] < 4.5] == []
