"""The app as a candidate meets it, with the keyboard alone."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from interviewlab.questions.bank import load_bank
from tests.browser.stage import Visit, visit

pytestmark = pytest.mark.browser
EVIL = "I used <b>Redis</b> for **sessions** <img src=x onerror=alert(1)> because one node was not enough."
ANSWERS = (
    "First I measured where the time went, because a guess would have cost us a week. The database answered most "
    "requests twice, so I put a cache in front of it, and then the 95th percentile fell from 900 to 120 ms.",
    "A hash table gives constant time on average, because the hash chooses the bucket. With many collisions it is "
    "linear, so the table grows when the load factor is too high. For example Python grows at two thirds.",
)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def guest(context: BrowserContext, url: str) -> Visit:
    arrived = visit(context, url)
    arrived.arrive()
    return arrived


def choose_type(guest: Visit, name: str) -> None:
    guest.tab_to("#type")
    guest.page.keyboard.press("Control+a")
    guest.page.keyboard.type(name)
    guest.page.keyboard.press("Enter")


def start(guest: Visit) -> None:
    guest.press("#start")
    expect(guest.page.locator("#answer textarea")).to_be_focused(timeout=60_000)


def give_cv(guest: Visit) -> None:
    data = os.environ.get("INTERVIEWLAB_DATA")
    if data:
        with guest.page.expect_file_chooser() as chooser:
            guest.press("#cv")
        chooser.value.set_files(Path(data) / "resumes" / "rendercv_classic.pdf")
        guest.page.wait_for_selector("#cv .file-preview")


def ask_for_code(guest: Visit) -> None:
    for text in (*ANSWERS, *["Could we do a coding exercise now, please? I would like to write code."] * 4):
        guest.say(text)
        if guest.page.locator("#desk").is_visible():
            return
    raise AssertionError("no exercise was set")


def write(guest: Visit, code: str) -> None:
    guest.tab_to("#code .cm-content")
    guest.page.keyboard.press("Control+a")
    guest.page.keyboard.insert_text(code)


def solution(guest: Visit) -> str:
    title = guest.page.locator("#exercise h2").inner_text()
    return next(exercise.solution["python"] for exercise in load_bank(()).exercises if exercise.title == title)


def end(guest: Visit) -> None:
    guest.press("#end")
    expect(guest.page.locator("#end-now")).to_be_focused()
    guest.page.keyboard.press("Enter")
    guest.page.wait_for_selector("#report .il-report", timeout=60_000)


def test_whole_interview_by_keyboard_alone(guest: Visit) -> None:
    page = guest.page
    choose_type(guest, "Coding")
    give_cv(guest)
    start(guest)
    guest.say(EVIL)
    expect(page.locator("#answer textarea")).to_be_focused()
    assert EVIL in page.locator("#transcript").inner_text()
    assert page.locator("#transcript img, #transcript .il-words b").count() == 0
    ask_for_code(guest)

    write(guest, "def not_asked_for():\n    print('<i>here</i>')\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#results .il-run")).to_contain_text("Visible tests")
    expect(page.locator("#results .il-run .il-chip")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not guest.focus_is_in("#code .cm-editor")

    guest.tab_to("#code .cm-content", key="Shift+Tab")
    write(guest, solution(guest))
    page.keyboard.press("Escape")
    guest.press("#submit")
    expect(page.locator("#results")).to_contain_text("hidden", timeout=60_000)
    expect(page.locator("#results .il-run .il-chip")).to_have_class("il-chip il-good")

    page.keyboard.press("Escape")
    end(guest)
    expect(page.locator("#feedback-title")).to_be_focused()
    check_evidence(guest)
    check_download(guest)
    check_again(guest)
    assert guest.abroad == []
    assert guest.complaints == []


def check_evidence(guest: Visit) -> None:
    page = guest.page
    assert page.locator("#report .il-cards > .il-card").count() == 5
    quotes = page.locator("#report .il-cards q").all_inner_texts()
    said = page.locator("#report .il-record").text_content() or ""
    assert quotes
    assert all(quote.strip('“”"') in said for quote in quotes)
    guest.press("#report .il-evidence a.il-jump")
    expect(page.locator("#report .il-record li:focus")).to_be_visible()


def check_download(guest: Visit) -> None:
    guest.tab_to("#files", key="Shift+Tab")
    guest.page.get_by_role("button", name="JSON", exact=True).focus()
    with guest.page.expect_download() as download:
        guest.page.keyboard.press("Enter")
    assert download.value.suggested_filename == "report.json"
    report = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert report["interview_id"]
    assert len(report["axes"]) == 5


def check_again(guest: Visit) -> None:
    """One question of the report once more, by keyboard."""
    guest.page.locator("#report .il-question summary").first.focus()
    guest.page.keyboard.press("Enter")
    guest.press("#report .il-question[open] button.il-again")
    expect(guest.page.locator("#answer textarea")).to_be_focused(timeout=60_000)
    expect(guest.page.locator("#transcript [data-reply]")).to_have_count(1)


def test_reload_in_the_middle_finds_interview_and_draft_again(guest: Visit) -> None:
    page = guest.page
    choose_type(guest, "Coding")
    start(guest)
    ask_for_code(guest)
    write(guest, "draft = 'as typed'\n")
    before = page.locator("#transcript .il-log").inner_text()
    page.wait_for_function("localStorage.length > 0")
    page.wait_for_timeout(500)
    guest.arrive()
    expect(page.locator("#transcript .il-log")).to_be_visible()
    assert page.locator("#transcript .il-log").inner_text() == before
    expect(page.locator("#code .cm-content")).to_contain_text("draft = 'as typed'")
    guest.say("I am back.")
    assert "I am back." in page.locator("#transcript").inner_text()
    assert guest.complaints == []


def test_unreadable_cv_gives_one_sentence_and_keeps_what_was_filled_in(guest: Visit, tmp_path: Path) -> None:
    page = guest.page
    broken = tmp_path / "<b>cv.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    page.set_input_files("#cv input[type=file]", broken)
    page.wait_for_selector("#cv .file-preview")
    page.fill("#job textarea", "A job")
    guest.press("#start")
    expect(page.locator("#prepare-notice .il-error")).to_be_visible()
    assert page.locator("#prepare-notice b, .toast-body b").count() == 0
    assert page.locator("#job textarea").input_value() == "A job"
    expect(page.locator("#start")).to_have_text("Start the interview")
    assert guest.complaints == []


def test_what_was_understood_of_a_cv_is_corrected_on_the_page(guest: Visit, tmp_path: Path) -> None:
    page = guest.page
    cv = tmp_path / "cv.txt"
    cv.write_text("Adda Byron\n\nExperience\nThinker, Blue Door\n2015 - 2017\n\nSkills\nGo, Kafka\n", encoding="utf-8")
    page.set_input_files("#cv input[type=file]", cv)
    page.get_by_role("button", name="What was understood of your CV: 2 to check").click()
    expect(page.locator("#cv-work")).to_contain_text("Blue Door")
    page.fill("#cv-name input, #cv-name textarea", "Ada Byron")
    page.click("#cv-save")
    expect(page.locator("#cv-notice")).to_contain_text("Your corrections are saved.")
    page.click("#cv-default")
    expect(page.locator("#kept-cv input")).to_have_value("cv · default", timeout=30_000)
    guest.arrive()
    expect(page.locator("#kept-cv input")).to_have_value("cv · default", timeout=30_000)
    page.click("#start")
    expect(page.locator("#transcript")).to_contain_text(re.compile("(Hi|Hello) Ada,"), timeout=60_000)
    assert guest.complaints == []


def test_past_interview_can_be_opened_and_deleted_by_keyboard(guest: Visit) -> None:
    page = guest.page
    start(guest)
    guest.say(ANSWERS[0])
    page.locator("#place-progress-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#past-list input")
    listed = page.locator("#past-list input").count()
    guest.tab_to("#past-list")
    page.keyboard.press("Space")
    guest.press("#replay-past")
    expect(page.locator("[data-replay=play]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function("Number(document.querySelector('[data-replay=place]').value) > 0")
    assert ANSWERS[0] in page.locator(".il-moments").inner_text()
    page.locator("#place-progress-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#past-list input:checked")).to_have_count(1)
    guest.tab_to("#past-list")
    page.keyboard.press("Space")
    guest.press("#open-past")
    expect(page.locator("#answer textarea")).to_be_focused()
    page.locator("#place-progress-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    guest.tab_to("#past-list")
    page.keyboard.press("Space")
    guest.press("#delete-past")
    expect(page.locator("#delete-now")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#past-notice")).to_contain_text("deleted")
    assert page.locator("#past-list input").count() == listed - 1
    assert guest.complaints == []


def test_times_are_those_of_the_visitors_own_clock(chromium: Browser, url: str) -> None:
    context = chromium.new_context(timezone_id="Asia/Kolkata")
    guest = visit(context, url)
    guest.arrive()
    clock = "new Date().toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'})"
    before = guest.page.evaluate(clock)
    start(guest)
    after = guest.page.evaluate(clock)
    guest.page.locator("#place-progress-button").click()
    newest = guest.page.locator("#past-list label").first.inner_text()
    assert f", {before} · " in newest or f", {after} · " in newest
    assert "UTC" not in newest
    assert guest.complaints == []
    context.close()


def test_screen_reader_hears_each_reply_once_in_a_live_region_that_stays(guest: Visit) -> None:
    page = guest.page
    page.evaluate("window.region = document.querySelector('[role=log][aria-live=polite]')")
    start(guest)
    guest.say(ANSWERS[0])
    page.wait_for_timeout(300)
    replies = page.locator("#transcript [data-reply] .il-words").all_inner_texts()
    heard = page.evaluate("[...window.region.children].map(line => line.textContent)")
    assert [" ".join(line.split()) for line in heard] == [" ".join(reply.split()) for reply in replies]


def test_empty_answer_is_not_a_turn(guest: Visit) -> None:
    start(guest)
    guest.press("#send")
    expect(guest.page.locator("#interview-notice")).to_contain_text("nothing to send")
    assert guest.page.locator("#transcript .il-utterance").count() == 0


def test_what_is_typed_and_where_one_is_while_a_reply_grows_stays(guest: Visit) -> None:
    start(guest)
    page, box = guest.page, guest.page.locator("#answer textarea")
    box.fill(ANSWERS[0])
    page.keyboard.press("Enter")
    expect(box).to_have_value("")
    page.keyboard.type("One more thing")
    page.locator("#place-progress-button").focus()
    expect(page.locator("#transcript .il-utterance")).to_have_count(1)
    page.wait_for_timeout(1500)
    expect(box).to_have_value("One more thing")
    expect(page.locator("#place-progress-button")).to_be_focused()
    page.evaluate("window.interviewlab.giveBack('Lost')")
    expect(box).to_have_value("One more thing")
    box.fill("")
    page.evaluate("window.interviewlab.giveBack('Lost')")
    expect(box).to_have_value("Lost")
    assert guest.complaints == []


def test_a_confirmation_is_gone_when_another_interview_is_chosen(guest: Visit) -> None:
    page = guest.page
    for _ in range(2):
        page.locator("#place-prepare-button").click()
        start(guest)
    page.locator("#place-progress-button").click()
    first, second = page.locator("#past-list input").nth(0), page.locator("#past-list input").nth(1)
    first.check()
    page.locator("#delete-past").click()
    expect(page.locator("#delete-now")).to_be_visible()
    second.check()
    expect(page.locator("#delete-now")).to_be_hidden()
    page.locator("#delete-past").click()
    listed = page.locator("#past-list input").count()
    page.locator("#delete-now").click()
    expect(page.locator("#past-list input")).to_have_count(listed - 1)
    assert guest.complaints == []
