"""Errors as the page and the log are told them."""

from __future__ import annotations

import pytest

from interviewlab.errors import SpeechFailed
from interviewlab.voice.trouble import UNFORESEEN, sentence_of, time_is_over


def test_of_an_error_that_is_not_ours_neither_page_nor_log_is_told_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="was") as raised:
        raise ValueError(" ".join(["what", "was", "said"]))
    assert sentence_of(raised.value) == UNFORESEEN
    assert "ValueError" in caplog.text
    assert "test_trouble.py" in caplog.text
    assert "what was said" not in caplog.text


def test_ours_say_what_to_do() -> None:
    assert sentence_of(SpeechFailed("The ears broke.", "Type.")) == "The ears broke. Type."


@pytest.mark.parametrize(("minutes", "length"), [(120.0, "120 minutes"), (1.0, "a minute"), (7.5, "7.5 minutes")])
def test_the_end_of_the_longest_call_says_how_long_it_was_and_what_to_do(minutes: float, length: str) -> None:
    assert f"has lasted {length}, the longest" in time_is_over(minutes)
    assert "Start the voice again" in time_is_over(minutes)
