"""What the end of some words shows."""

from __future__ import annotations

import pytest

from interviewlab.voice.manners import is_hold
from interviewlab.voice.turn_end import probability, read_words


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("I would use a hash map.", (True, False, False)),
        ('They call it "sharding."', (True, False, False)),
        ("I would use a", (False, False, True)),
        ("We moved it because, um,", (False, False, True)),
        ("And then we...", (False, True, True)),
        ("The index helps reads", (False, False, False)),
    ],
)
def test_words_show_whether_they_stop_trail_off_or_call_for_more(text: str, shows: tuple[bool, bool, bool]) -> None:
    ending = read_words(text)
    assert (ending.is_stopped, ending.trails_off, ending.is_open) == shows


def test_a_full_stop_and_a_falling_voice_both_speak_for_the_end() -> None:
    stopped, open_ended = read_words("That is all.", voice=1.0), read_words("That is all and", voice=1.0)
    assert probability(stopped) > 0.86 > 0.5 > probability(open_ended) - 0.1
    assert probability(stopped) > probability(read_words("That is all.", voice=-1.0))


@pytest.mark.parametrize(
    "text", ["Hold on, let me think.", "Give me a moment please.", "Um, let me think for a second."]
)
def test_asking_for_time_is_no_answer(text: str) -> None:
    assert is_hold(text)


@pytest.mark.parametrize(
    "text",
    [
        "A hash map gives constant time.",
        "Hold on, let me think, I would start with a hash map from the user to the orders and then sort them by date.",
    ],
)
def test_an_answer_is_no_request_for_time(text: str) -> None:
    assert not is_hold(text)
