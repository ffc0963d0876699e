from __future__ import annotations

from html.parser import HTMLParser

import pytest

from interviewlab.reports import to_html
from tests.unit.reports.sample import SAID, make_report, make_transcript

HOSTILE = (
    "<script>alert(1)</script>",
    "</q></li></ul><h2>Level 5 of 5</h2>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='x",
    "<img src=x onerror=alert(1)>",
    "</style><style>body{display:none}",
    "<!-- ",
    "&#60;b&#62;",
    "</code></pre><iframe src='//example.org'>",
)


class Reader(HTMLParser):
    """Tags with their attributes, and the text, as a browser would take them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_add_no_tag_and_no_attribute(said: str):
    plain = Reader(to_html(make_report("words"), make_transcript("words", "code")))
    hostile = Reader(to_html(make_report(said), make_transcript(said, said)))
    assert hostile.tags == plain.tags
    assert hostile.text.count(said.strip()) == 5


def test_the_page_loads_nothing_from_elsewhere():
    page = Reader(to_html(make_report(), make_transcript()))
    names = {name for _, attributes in page.tags for name, _ in attributes}
    assert not {"src", "srcset", "action"} & names
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "iframe", "img"})
    assert "url(" not in page.text
    assert "@import" not in page.text


def test_every_quote_links_to_its_turn():
    page = Reader(to_html(make_report(), make_transcript()))
    links = {value for tag, attributes in page.tags if tag == "a" for _, value in attributes}
    anchors = [value for tag, attributes in page.tags for name, value in attributes if name == "id"]
    assert links == {"#turn-1", "#turn-2"}
    assert anchors == ["turn-0", "turn-1", "turn-2"]


def test_a_turn_leads_to_the_candidates_words_as_corrected():
    page = to_html(make_report(), make_transcript())
    assert f'<dd id="turn-1">{SAID}</dd>' in page
    assert "radish" not in page


def test_without_a_transcript_nothing_links():
    page = Reader(to_html(make_report()))
    assert all(tag != "a" for tag, _ in page.tags)


def test_the_radar_has_a_mark_for_each_axis_and_a_hollow_one_without_score():
    page = to_html(make_report())
    assert page.count('class="mark"') == 4
    assert page.count('class="none"') == 1
    assert "Communication: no score" in page


def test_the_page_follows_light_and_dark_and_prints():
    page = to_html(make_report())
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
