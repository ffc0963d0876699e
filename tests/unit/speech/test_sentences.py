"""Text into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.questions.bank import load_bank
from interviewlab.speech.sentences import LONGEST, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hello there. How are you?", ["Hello there.", "How are you?"]),
        ("Great! Version 2.8 is out. Next…  Go on", ["Great!", "Version 2.8 is out.", "Next…", "Go on"]),
        ("Use a cache, e.g. Redis. It is quick.", ["Use a cache, e.g. Redis.", "It is quick."]),
        ("Dr. Smith and J. Doe met Mr. Lee. Fine.", ["Dr. Smith and J. Doe met Mr. Lee.", "Fine."]),
        ('He asked "Why?" Then he left.', ['He asked "Why?"', "Then he left."]),
        ("It costs O(n). `sorted` is stable.", ["It costs O(n).", "`sorted` is stable."]),
        ("Node.js runs it. interviewlab does too.", ["Node.js runs it. interviewlab does too."]),
        ("Two things:\n- one\n- two\n\nThat is all", ["Two things:", "- one", "- two", "That is all"]),
        ("a line\nthat goes on", ["a line\nthat goes on"]),
        ("", []),
        ("  \n\n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_pause(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_very_long_sentence_is_cut_at_its_clauses() -> None:
    text = ", ".join(f"clause number {n} of many" for n in range(40)) + "."
    parts = split_sentences(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert " ".join(parts) == text


@given(st.text(alphabet="aB1 .!?,\n-\"')(", max_size=200))
def test_no_character_is_lost_but_white_space(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


def test_every_question_of_the_bank_is_said_whole() -> None:
    for question in load_bank().questions:
        assert " ".join(split_sentences(question.text)).split() == question.text.split()
