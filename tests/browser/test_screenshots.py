"""Every page in light and dark, wide and narrow, to be looked at: set INTERVIEWLAB_SCREENSHOTS to keep them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.stage import Visit, visit

pytestmark = pytest.mark.browser
WIDTHS = (400, 1280)
ANSWER = "We kept sessions in Redis with a replica, because one node was not enough, and measured before and after."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("INTERVIEWLAB_SCREENSHOTS")
    chosen = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_its_window(chromium: Browser, url: str, folder: Path, scheme: str) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    guest = visit(context, url)
    wide = {shot: overflow(guest.page) for shot in shots(guest, folder, scheme)}
    context.close()
    assert wide == dict.fromkeys(wide, 0)
    assert guest.complaints == []


def shots(guest: Visit, folder: Path, scheme: str) -> Iterator[str]:
    """Walk through all places; after each picture of each state its name is given."""
    for name in walk(guest):
        for width in WIDTHS:
            guest.page.set_viewport_size({"width": width, "height": 900})
            guest.page.wait_for_timeout(250)
            guest.page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            yield f"{name}-{width}"


def walk(guest: Visit) -> Iterator[str]:
    page = guest.page
    guest.arrive()
    yield "prepare"
    page.locator("#what-works > button").click()
    yield "prepare-parts"
    page.locator("#place-interview-button").click()
    yield "interview-empty"
    page.locator("#place-feedback-button").click()
    yield "feedback-empty"
    page.locator("#place-prepare-button").click()
    page.locator("#type input").click()
    page.get_by_role("option", name="Coding").click()
    page.locator("#start").click()
    page.wait_for_selector("#answer textarea", timeout=60_000)
    yield "interview"
    yield from at_the_desk(guest)
    page.locator("#end").click()
    page.wait_for_selector("#end-now")
    yield "interview-end"
    page.locator("#end-now").click()
    page.wait_for_selector("#report .il-report", timeout=60_000)
    for question in page.locator("#report .il-question summary").all():
        question.click()
    yield "feedback"
    page.locator("#place-progress-button").click()
    page.wait_for_selector("#past-list input")
    yield "progress"
    page.locator("#past-list input").first.check()
    page.locator("#replay-past").click()
    page.wait_for_selector("#replay .il-replay", timeout=60_000)
    yield "replay"


def at_the_desk(guest: Visit) -> Iterator[str]:
    page = guest.page
    for text in (ANSWER, *["Could we do a coding exercise now? I would like to write code."] * 4):
        guest.say(text)
        if page.locator("#desk").is_visible():
            break
    yield "exercise"
    page.locator("#run").click()
    page.wait_for_selector("#results .il-run")
    yield "exercise-run"
    page.locator("#submit").click()
    page.wait_for_selector("#results >> text=hidden:", timeout=60_000)
    yield "exercise-submitted"
