"""Answers are rated one at a time, every rating is on the disk at once, and the sheet goes on where it stopped."""

from __future__ import annotations

from pathlib import Path

from evals.rating import Item, read_ratings
from evals.rating_widget import rate_blind

ITEMS = [Item("a", "What is <b>that</b>?", "Nothing."), Item("b", "And this?", "Something.")]


def test_a_click_is_a_line_of_the_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.jsonl"
    shown, buttons, comment = rate_blind(ITEMS, sheet).children
    assert "&lt;b&gt;that" in shown.value
    comment.value = "too short"
    buttons.children[1].click()
    ratings, problems = read_ratings(sheet)
    assert [(rating.item, rating.rating, rating.comment) for rating in ratings] == [("a", 2, "too short")]
    assert not problems
    assert "And this?" in shown.value


def test_what_was_rated_before_is_passed_over(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.jsonl"
    rate_blind(ITEMS, sheet).children[1].children[4].click()
    shown, buttons, _ = rate_blind(ITEMS, sheet).children
    assert "2 of 2" in shown.value
    buttons.children[0].click()
    assert "All 2 answers are rated" in shown.value
    assert all(button.disabled for button in buttons.children)
