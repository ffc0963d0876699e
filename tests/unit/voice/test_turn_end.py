"""What the end of some words shows."""

from __future__ import annotations

import pytest

from interviewlab.types import Transcription
from interviewlab.voice.manners import is_hold
from interviewlab.voice.patience import SURE
from interviewlab.voice.turn_end import finished, read_words


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


def test_a_stop_that_the_ears_are_sure_of_speaks_for_the_end() -> None:
    sure, doubted, none = (
        finished(Transcription(text=text, stop=stop))
        for text, stop in (("That is all.", 0.95), ("That is all.", 0.4), ("That is all and", 0.0))
    )
    assert sure > SURE > 0.1 > max(doubted, none)


def test_where_the_ears_do_not_tell_a_full_stop_and_a_falling_voice_both_speak_for_the_end() -> None:
    stopped, said_on = Transcription(text="That is all."), Transcription(text="That is all and")
    assert finished(stopped, 0.8) > SURE > finished(stopped, 0.3) > finished(said_on, 0.8)


@pytest.mark.parametrize(
    "text",
    [
        "Hold on, let me think.",
        "Give me a moment please.",
        "Um, let me think for a second.",
        "Hold on, can you give me a minute?",
    ],
)
def test_asking_for_time_is_no_answer(text: str) -> None:
    assert is_hold(text)


@pytest.mark.parametrize(
    "text",
    [
        "A hash map gives constant time.",
        "Hold on, let me think, I would start with a hash map from the user to the orders and then sort them by date.",
        "Wait, could you repeat the question?",
        "Hang on, could I get a hint?",
        "Hold on a moment, can we skip this one?",
    ],
)
def test_an_answer_is_no_request_for_time(text: str) -> None:
    assert not is_hold(text)
