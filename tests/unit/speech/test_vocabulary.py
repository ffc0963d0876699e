"""The prompt of likely words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.questions.bank import load_bank
from interviewlab.speech.vocabulary import MAX_TOKENS, vocabulary_prompt


def test_question_first_then_each_term_once() -> None:
    prompt = vocabulary_prompt("How does a hash table work?", ["load factor", "hash table"], ["Load Factor", "Python"])
    assert prompt == "How does a hash table work? load factor, Python."


def test_oddly_spelt_terms_of_a_group_come_first_and_groups_keep_their_order() -> None:
    prompt = vocabulary_prompt("", ["one pass", "O(n)"], ["queue", "kubectl", "PostgreSQL"])
    assert prompt == "O(n), one pass, PostgreSQL, queue, kubectl."


def test_what_does_not_fit_is_left_out_and_the_end_of_a_long_question_stays() -> None:
    prompt = vocabulary_prompt("word " * 500 + "finally sorted?", [f"term{n}" for n in range(500)])
    assert "finally sorted?" in prompt
    assert "term0" in prompt
    assert "term499" not in prompt


def test_nothing_gives_nothing() -> None:
    assert vocabulary_prompt("") == ""
    assert vocabulary_prompt("  ", ["", "  "]) == ""


@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=60), st.integers(10, MAX_TOKENS))
def test_no_input_makes_it_longer_than_its_tokens_allow(about: str, terms: list[str], most: int) -> None:
    assert len(vocabulary_prompt(about, terms, max_tokens=most)) <= 3 * most + len(terms) * 2 + 8


@pytest.mark.parametrize("question", load_bank().questions[::5], ids=lambda question: question.id)
def test_a_question_of_the_bank_brings_its_cues(question: object) -> None:
    cues = [cue for point in question.key_points for cue in point.cues]  # type: ignore[attr-defined]
    prompt = vocabulary_prompt(question.text, cues, question.skills).lower()  # type: ignore[attr-defined]
    assert sum(cue.lower() in prompt for cue in cues) >= min(5, len(cues))
