"""A nod is no answer, a short answer is no nod."""

from __future__ import annotations

import pytest

from interviewlab.voice.manners import is_nod


@pytest.mark.parametrize("text", ["Mm-hmm.", "Okay.", "Right, right.", "I see.", "Uh-huh", "", "Yeah, okay."])
def test_nod(text: str) -> None:
    assert is_nod(text)


@pytest.mark.parametrize("text", ["No.", "Okay, but why?", "I", "Wait.", "Yes, a hash map.", "I see a problem."])
def test_answer(text: str) -> None:
    assert not is_nod(text)
