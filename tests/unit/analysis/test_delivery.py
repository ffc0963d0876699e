from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.analysis import delivery_facts
from interviewlab.types import Utterance, Word


def said(*texts: str, replies: tuple[str, ...] = ()):
    return delivery_facts([Utterance(text=text) for text in texts], replies)


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("Um, we cache it", 1),
        ("we, uh, cache it, you know, in Redis", 2),
        ("it is sort of a queue and kind of slow", 2),
        ("I mean it basically works", 2),
        ("it was, like, two servers", 1),
        ("Like, two servers", 1),
        ("it works like a queue, and I like it", 0),
        ("what kind of index is it", 0),
        ("a sort of tree", 0),
        ("if you know the key, look it up", 0),
        ("the ER diagram", 0),
        ("ummm, errr", 2),
    ],
)
def test_fillers_are_words_that_carry_nothing(text: str, fillers: int):
    found = said(text)
    assert found.fillers_per_100_words == pytest.approx(100 * fillers / found.words, abs=0.01)


@pytest.mark.parametrize(
    ("text", "hedges"), [("Maybe a heap, I guess", 2), ("I'm not sure, I think it’s probably fine", 3), ("A heap", 0)]
)
def test_hedges_are_counted(text: str, hedges: int):
    found = said(text)
    assert found.hedges_per_100_words == pytest.approx(100 * hedges / found.words, abs=0.01)


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("I'm rambling, sorry. We cache it", 1),
        ("Anyway, where was I, we cache it", 1),
        ("Let me start over. Let me rephrase that", 2),
        ("No, wait, it is the other one", 1),
        ("I always mix up consistent, or whatever", 2),
        ("There is a queue or something like that.", 1),
        ("I’m drifting; I lost my thread", 2),
        ("I don't know, sorry", 0),
        ("Sorry, I meant an empty array. Does that make sense?", 0),
        ("If the node fails, start over with the next one and wait", 0),
        ("Let me start with the index, and let me try the other form", 0),
        ("A lock or something similar makes the others wait", 0),
        ("The town where I was born, and where was it", 0),
        ("The two mixed up ids are swapped, so readers are confused", 0),
        ("I could go on holiday", 0),
        ("It writes, oh, I forgot what I wanted to say, but not on every column", 1),
        ("The groups, what was the question again, right, the rows", 1),
        ("I'm jumping around a bit; it had a bug, anyway the memory is shared", 2),
        ("We had a manager who, well that's another story, so I'm losing the plot here", 2),
        ("The reader lost track of the offset and we need the lock anyway", 0),
        ("Users forgot what the password was, and the loop jumps around", 0),
    ],
)
def test_lost_threads_are_counted_and_nerves_are_none(text: str, breaks: int):
    found = said(text)
    assert found.breaks_per_100_words == pytest.approx(100 * breaks / found.words, abs=0.01)


@pytest.mark.parametrize(
    ("text", "connectives"),
    [
        ("First, we hash it. Then we look it up, because that is quick.", 3),
        ("For example a map; however it costs memory, so that we evict. Finally, we test.", 4),
        ("breadth-first search takes the first node and the next node", 0),
        ("promise.then(done)", 0),
        ("So first we hash it and next, we look", 2),
    ],
)
def test_connectives_are_words_that_give_structure(text: str, connectives: int):
    found = said(text)
    assert found.connectives_per_100_words == pytest.approx(100 * connectives / found.words, abs=0.01)


def test_silence_gives_no_number_but_zero():
    found = delivery_facts([], [])
    assert (found.answers, found.words, found.median_words, found.talk_share) == (0, 0, 0.0, 0.0)
    assert found.words_per_minute is None


def test_an_empty_answer_is_no_answer():
    found = said("one two three", "", " … ", "one")
    assert (found.answers, found.words, found.median_words) == (2, 4, 2.0)


def test_talk_share_is_the_candidates_part_of_all_words():
    assert said("one two three", replies=("one",)).talk_share == 0.75


def test_typed_words_have_no_pace():
    assert said("a long typed answer " * 50).words_per_minute is None


def test_pace_comes_from_word_times_alone():
    words = tuple(Word(text="word", start_s=2.0 + n * 0.5, end_s=2.5 + n * 0.5) for n in range(60))
    spoken = Utterance(text="word " * 60, source="voice", words=words)
    assert delivery_facts([spoken, Utterance(text="typed " * 900)], []).words_per_minute == 120.0


def test_times_that_do_not_advance_give_no_pace():
    spoken = Utterance(text="hm", words=(Word(text="hm", start_s=1.0, end_s=1.0),))
    assert delivery_facts([spoken], []).words_per_minute is None


@given(st.lists(st.text(), max_size=5), st.lists(st.text(), max_size=5))
def test_any_words_give_facts(texts: list[str], replies: list[str]):
    found = said(*texts, replies=tuple(replies))
    assert 0 <= found.talk_share <= 1
    assert found.answers <= len(texts)


@pytest.mark.parametrize("piece", ["\n", " ", "like,", "um ", "what ", "sort ", "a-", ", ", "i ", "i, ", "my\n"])
def test_long_text_is_read_in_linear_time(piece: str):
    started = time.monotonic()
    said(piece * (200_000 // len(piece)))
    said(f"i{' ' * 200_000}")
    assert time.monotonic() - started < 5
