"""In which time zone a visitor is told times."""

from datetime import UTC
from zoneinfo import ZoneInfo

import gradio as gr
import pytest
from starlette.requests import Request

from interviewlab.ui.clock import HEADER, zone_of


def request(*headers: tuple[str, str]) -> gr.Request:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return gr.Request(Request({"type": "http", "headers": raw}))


def test_the_zone_of_the_browser_counts() -> None:
    assert zone_of(request((HEADER, "Europe/Berlin"))) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "name", ["", "UTC", "Mars/Olympus", "../../../etc/passwd", "/etc/passwd", "Europe", "a\x00b", "é" * 300, "."]
)
def test_a_zone_that_is_hidden_unknown_or_hostile_is_utc(name: str) -> None:
    assert zone_of(request((HEADER, name))) is UTC


def test_without_a_zone_it_is_utc() -> None:
    assert zone_of(request()) is UTC
