"""Errors as the page and the log are told them."""

from __future__ import annotations

import pytest

from interviewlab.errors import SpeechFailed
from interviewlab.voice.trouble import UNFORESEEN, sentence_of


def test_of_an_error_that_is_not_ours_neither_page_nor_log_is_told_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="was") as raised:
        raise ValueError(" ".join(["what", "was", "said"]))
    assert sentence_of(raised.value) == UNFORESEEN
    assert "ValueError" in caplog.text
    assert "test_trouble.py" in caplog.text
    assert "what was said" not in caplog.text


def test_ours_say_what_to_do() -> None:
    assert sentence_of(SpeechFailed("The ears broke.", "Type.")) == "The ears broke. Type."
