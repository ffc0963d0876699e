"""Which way round a sentence says a thing."""

from __future__ import annotations

import pytest

from interviewlab.scoring.polarity import goes_another_way, is_mostly_denied
from interviewlab.scoring.text import stems

ASKED = "What happens to the collision domain diameter if you increase the speed of a network by a factor of 10?"


@pytest.mark.parametrize(
    "said",
    ["The collision domain diameter will decrease by factor 10.", "The diameter gets divided by 10.", "It shrinks."],
)
def test_what_goes_down_where_the_question_goes_up_is_an_answer(said: str) -> None:
    assert goes_another_way(stems(said), frozenset(stems(ASKED)))


@pytest.mark.parametrize(
    "said", ["The speed of the network is increased by a factor of 10.", "The network grows.", "It changes."]
)
def test_what_goes_the_way_of_the_question_or_none_is_not(said: str) -> None:
    assert not goes_another_way(stems(said), frozenset(stems(ASKED)))


@pytest.mark.parametrize(
    ("said", "is_denied"),
    [
        ("Never set a timeout, never use a breaker, do not give these calls a pool, and no fallback is needed.", True),
        (
            "Never in plain text. Not encrypted either, as the key is stolen too. Hash them with bcrypt and a salt.",
            False,
        ),
        (
            "It isn't gone. It is kept by a listener, nobody removes it. A leak isn't lost memory, it is reachable.",
            False,
        ),
        ("Don't retry.", False),
    ],
)
def test_only_a_text_of_several_denials_is_mostly_denied(said: str, is_denied: bool) -> None:
    assert is_mostly_denied(said) is is_denied
