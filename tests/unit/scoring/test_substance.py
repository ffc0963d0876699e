"""Nothing is told from something."""

from __future__ import annotations

import pytest

from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.scoring.reading import Reader
from interviewlab.scoring.substance import is_calculation, is_heap, is_string_of_cues, why_nothing

NOTHING = [
    "", "...", "fine", "Fine, thanks.", "I'm good", "yes, correct", "ok", "I don't know", "no idea", "pass", "not sure",
    "asdf qwrtp zxcvb lkjhg", "aaaaaaa bbbbbbb ccccccc", "123 456 789", "test test test test test test", "skip",
    "That's easy, of course.", "xkcd fghj qwrt plmn", "!!!!", "It is what it is.",
]  # fmt: skip
SOMETHING = [
    "Paging.", "A B-tree", "O(n log n)", "LIFO order", "It hashes the key.", "42 ms", "NP", "The mutex is held.", "TCP",
    "x = 3", "f(n) = 2n + 1",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for text in NOTHING if text != "It is what it is."])
def test_nothing_is_said(text: str) -> None:
    assert why_nothing(text)


@pytest.mark.parametrize("text", [text for text in SOMETHING if len(text.split()) > 1])
def test_something_is_said_however_short(text: str) -> None:
    assert why_nothing(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Event B: 0.6^3 * 0.4^3 = 0.0138\nEvent C: 20 * 0.6^3 * 0.4^3 = 0.2765\nB -> C -> A",
        "P_10 = ((1-0.9)*0.9^10) / (1-0.9^(10+1)) * 60s = 3.05s",
        "B: 0.6^3*0.4^3 = 0.0138",
    ],
)
def test_a_calculation_is_no_heap_of_words_and_a_language(text: str) -> None:
    assert is_calculation(text)
    assert why_nothing(text) == ""


@pytest.mark.parametrize(
    "text", ["TCP/IP 3-way handshake", "O(n) = linear", "hash = table, chain = list", "200, 404, 500"]
)
def test_a_sign_or_a_number_alone_is_no_calculation(text: str) -> None:
    assert not is_calculation(text)


def test_a_heap_of_keywords_is_none_of_these_but_told() -> None:
    reader = Reader(ScriptedEmbedder())
    heap = "index btree scan lookup cache page leaf node pointer key value row table query plan"
    sentence = "An index is a tree whose leaves point to the rows, so that a query need not scan the table."
    assert is_heap(reader.read(heap))
    assert not is_heap(reader.read(sentence))
    assert is_heap(reader.read("Token bucket. Sliding window. Redis. Atomic. Retry after. Key."))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("200, 404, 500", "the answer is figures without a word to explain them"),
        ("asdf qwrtp zxcvb lkjhg", "the answer is not in words"),
        ("I don't know", "you said that you do not know"),
    ],
)
def test_why_nothing_is_said_is_told_to_who_said_it(text: str, told: str) -> None:
    assert why_nothing(text) == told


@pytest.mark.parametrize(
    "said",
    [
        "Both take time linear in vertices plus edges.",
        "Changes stay backward compatible, since versions run side by side.",
        "Processes exchange data through communication such as pipes, sockets or explicitly mapped memory.",
    ],
)
def test_a_dense_sentence_is_no_heap(said: str) -> None:
    assert not is_heap(Reader(ScriptedEmbedder()).read(said))


@pytest.mark.parametrize(
    "said",
    [
        "deploy. wrong timeout. 400 customers for eleven minutes. told the channel. my fault. rolled back. alert.",
        "nobody owned it, certificates expired, three outages, asked my lead, dropped one ticket, script",
        "nobody owned it certificates expired three outages asked my lead dropped one ticket script alert",
    ],
)
def test_a_string_of_cues_is_no_story(said: str) -> None:
    assert is_string_of_cues(Reader(ScriptedEmbedder()).read(said))


@pytest.mark.parametrize(
    "said",
    [
        "Well, um, so, I told, you know, my boss, that, uh, it would be late, and, um, he was, like, angry.",
        "Deadline was Friday, I saw it is too much, I told to boss, he was angry, we moved it, then it was ready.",
        "It was late. I told them. They were angry. I said why. We cut one part. It was done on Monday.",
    ],
)
def test_a_story_in_short_pieces_is_no_string_of_cues(said: str) -> None:
    assert not is_string_of_cues(Reader(ScriptedEmbedder()).read(said))
