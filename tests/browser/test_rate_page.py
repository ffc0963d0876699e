"""The page on which people rate answers blind: a file in a browser, and a file of ratings out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evals.rate import to_page
from evals.rating import Item, Rating, read_ratings

ITEMS = [Item(f"row-{n}", f"Question {n}?", f"Answer <b>{n}</b>", criteria="It says so." * (n == 1)) for n in (1, 2, 3)]


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Page:
    (tmp_path / "page.html").write_text(to_page(ITEMS, 5), encoding="utf-8")
    opened = chromium.new_context().new_page()
    opened.goto((tmp_path / "page.html").as_uri())
    return opened


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save ratings").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_answers_are_rated_by_mouse_and_keys_and_saved_under_a_name(page: Page, tmp_path: Path) -> None:
    expect(page.locator("#answer")).to_have_text("Answer <b>1</b>")
    page.get_by_text("What a good answer says").click()
    expect(page.get_by_text("It says so.")).to_be_visible()
    for key in ("4", "Enter", "2"):
        page.keyboard.press(key)
    expect(page.get_by_text("What a good answer says")).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("5 all of it").click()
    expect(page.get_by_role("status")).to_have_text("Answer 3 of 3, 3 rated. All are rated: save your ratings.")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("button", name="Save ratings").click()
    expect(page.get_by_role("alert")).to_contain_text("Give your name or initials first")
    page.keyboard.type("ann 2")
    path = save(page, tmp_path)
    assert path.name == "ratings-ann_2.jsonl"
    given = [Rating("ann 2", f"row-{n}", rating) for n, rating in ((1, 4), (2, 2), (3, 5))]
    assert read_ratings(path) == (given, [])


def test_ratings_outlive_a_closed_page_and_the_next_rater_sees_none_of_them(page: Page) -> None:
    page.get_by_label("Your name").fill("ann")
    page.get_by_text("1 nothing right").click()
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("ann")
    expect(page.get_by_label("1 nothing right")).to_be_checked()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Somebody else rates").click()
    expect(page.get_by_label("Your name")).to_have_value("")
    expect(page.get_by_label("1 nothing right")).not_to_be_checked()
