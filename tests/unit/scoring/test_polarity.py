"""Which way round a sentence says a thing."""

from __future__ import annotations

import pytest

from interviewlab.scoring.polarity import goes_another_way
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
