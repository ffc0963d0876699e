"""A nod is no answer, a short answer is no nod."""

from __future__ import annotations

import pytest

from interviewlab.voice.manners import is_echo, is_nod


@pytest.mark.parametrize("text", ["Mm-hmm.", "Okay.", "Right, right.", "I see.", "Uh-huh", "", "Yeah, okay."])
def test_nod(text: str) -> None:
    assert is_nod(text)


@pytest.mark.parametrize("text", ["No.", "Okay, but why?", "I", "Wait.", "Yes, a hash map.", "I see a problem."])
def test_answer(text: str) -> None:
    assert not is_nod(text)


SAID = "Understood. Quicksort, merge sort and heapsort are all fast. How would you choose between them for a real job?"


@pytest.mark.parametrize(
    "heard",
    ["How would you choose between them for a real job?", "Merge sort and keep sort are all fast.", "for a real job"],
)
def test_the_interviewers_own_words_are_an_echo_though_misheard(heard: str) -> None:
    assert is_echo(heard, SAID)


@pytest.mark.parametrize("heard", ["I would use merge sort because it is stable.", "Sorry, can I ask something?", ""])
def test_the_candidates_words_are_no_echo_though_they_take_some_up(heard: str) -> None:
    assert not is_echo(heard, SAID)
