"""What was said in the last turns is not said again in the next, whatever the distance between two uses of a list."""

from __future__ import annotations

from itertools import pairwise

import pytest

from interviewlab.brains.phrases import Phrasebook


def said_every(step: int, key: str, **values: object) -> list[str]:
    replies: list[str] = []
    for turn in range(0, 12 * step, step):
        book = Phrasebook(seed=5, turn=turn, recent=replies[-4:])
        replies.append(f"{book.say(key, **values)} And the question?")
    return replies


@pytest.mark.parametrize("step", [1, 2, 3, 4, 6])
def test_a_list_does_not_repeat_itself_in_any_rhythm_of_turns(step: int) -> None:
    assert all(one != other for one, other in pairwise(said_every(step, "to_next")))
    assert all(
        len(set(window)) == 4 for window in zip(*(said_every(step, "to_next")[n:] for n in range(4)), strict=False)
    )
    taken_up = said_every(step, "take_up", mentioned="the cache")
    assert all(one != other for one, other in pairwise(taken_up))


def test_what_is_filled_in_does_not_make_a_phrase_new() -> None:
    before = "You mentioned the index. And then?"
    said = {Phrasebook(seed, 4, recent=(before,)).say("take_up", mentioned="a queue") for seed in range(8)}
    assert said == {"You brought up a queue."}


def test_of_fresh_phrases_one_comes_that_begins_with_another_word_than_the_last_reply() -> None:
    for seed in range(8):
        said = Phrasebook(seed, 4, recent=("Okay, tell me more?",)).say("to_next")
        assert not said.startswith("Okay")
