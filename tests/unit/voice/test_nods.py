"""A nod is no answer, a short answer is no nod."""

from __future__ import annotations

import pytest

from interviewlab.types import Transcription
from interviewlab.voice.manners import is_approval, is_doubtful, is_echo, is_nod


@pytest.mark.parametrize(
    "text", ["Mm-hmm.", "Okay.", "Right, right.", "I see.", "Uh-huh", "", "Yeah, okay.", "Uh. Uh.", "Um"]
)
def test_nod(text: str) -> None:
    assert is_nod(text)


@pytest.mark.parametrize(
    "text", ["No.", "Okay, but why?", "I", "Wait.", "Yes, a hash map.", "I see a problem.", "Um, no.", "42.", "1,000"]
)
def test_answer(text: str) -> None:
    assert not is_nod(text)


@pytest.mark.parametrize(
    "text", ["Wow.", "Sure.", "Yes, exactly.", "Got it.", "That makes sense.", "Uh-huh, yes.", "That's right."]
)
def test_approval_is_no_answer_while_the_interviewer_speaks(text: str) -> None:
    assert is_approval(text)


@pytest.mark.parametrize(
    "text", ["No.", "Stop.", "Sorry?", "Yes, a heap.", "Hold on.", "Well, no.", "Quicksort.", "What?", "10.", "Yes, 2."]
)
def test_what_cuts_in_is_no_approval(text: str) -> None:
    assert not is_approval(text)


@pytest.mark.parametrize(
    ("text", "confidence", "seconds", "doubtful"),
    [
        ("Out.", 0.2, 0.6, True),
        ("Thank you very much.", 0.4, 0.5, True),
        ("Stop!", 0.6, 0.6, False),
        ("No.", None, 0.5, False),
        ("It is linear.", 0.2, 1.2, False),
    ],
)
def test_a_brief_sound_that_is_hardly_a_word_is_doubted(
    text: str, confidence: float | None, seconds: float, doubtful: bool
) -> None:
    assert is_doubtful(Transcription(text=text, confidence=confidence), seconds) is doubtful


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
