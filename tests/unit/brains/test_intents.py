"""Requests are told from answers."""

from __future__ import annotations

import pytest

from interviewlab.brains.intents import find_signals, find_wanted
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.text import sentences
from interviewlab.types import Question

REQUESTS = [
    ("Let's stop.", "stop"),
    ("i have to go", "stop"),
    ("That's all, can we end here?", "stop"),
    ("I measured it twice and it was the cache. Okay, let's stop here.", "stop"),
    ("It is a tree that finds rows fast. That's it, I'm done. Let's end the interview.", "stop"),
    ("it is a tree that keeps rows sorted i have to go now bye", "stop"),
    ("That's it, I'm done.", "stop"),
    ("can I do the coding now", "write_code"),
    ("Skip this exercise.", "continue"),
    ("I don't want to code.", "continue"),
    ("let's stop here thanks", "stop"),
    ("Can we end the interview here please", "stop"),
    ("Can we talk about databases?", "change_topic"),
    ("let's change the subject", "change_topic"),
    ("Could you repeat the question?", "clarify"),
    ("sorry what do you mean", "clarify"),
    ("Could you put that another way?", "clarify"),
    ("Can I write some code?", "write_code"),
    ("Give me a coding exercise", "write_code"),
    ("Could you look at my code?", "review_code"),
    ("Ask me something technical", "technical_assessment"),
    ("Yes, I'm ready.", "continue"),
    ("next question please", "continue"),
]
ANSWERS = [
    "I would use a hash map.",
    "We had to stop the process because it was leaking memory.",
    "The code is repeated in every service, which is what we wanted to change.",
    "You write to the log first and then to the table.",
    "It means that two transactions read the same row.",
    "First I need to run EXPLAIN ANALYZE on the slow query.",
    "I have to run vacuum so dead rows are reclaimed.",
    "When the user logs out we end the session and clear the cookie.",
    "With MVCC, readers do not get blocked by writers.",
    "Failed events go to another topic and are retried.",
    "We repeat that until no rows are left.",
    "A bloom filter lets the scan skip it entirely.",
    "I would stop the server and end the session.",
    "I would stop the container. Then I would finish here and end the call.",
    "We end the interview process with a trial day.",
    "An index is a B-tree that finds rows fast. That's it, I'm done.",
    "I used Redis for sessions and moved the rest to Postgres, then we continued with the topic service.",
]
SIGNALS = [
    ("I don't know", "dont_know"),
    ("no idea, sorry", "dont_know"),
    ("hold on, let me think", "hold"),
    ("Could I have a hint?", "asks_for_hint"),
    ("I don't know how to handle the redo after an add. Could I get a hint please?", "asks_for_hint"),
    ("What's my score so far?", "asks_for_score"),
    ("I don't want to code.", "skip"),
    ("just tell me the answer", "asks_for_answer"),
    ("can you say that again", "repeat"),
]


@pytest.mark.parametrize(("said", "intent"), REQUESTS)
def test_a_request_is_understood(said: str, intent: str) -> None:
    found = find_wanted(said)
    assert found.intent == intent
    assert found.confidence >= 0.6


@pytest.mark.parametrize("said", ANSWERS)
def test_an_answer_is_not_taken_for_a_request(said: str) -> None:
    assert find_wanted(said).intent == "none"


@pytest.mark.parametrize(("said", "signal"), SIGNALS)
def test_a_signal_is_heard(said: str, signal: str) -> None:
    assert signal in find_signals(said)


@pytest.mark.parametrize(
    "said",
    [
        "The optimizer hint can force the index scan here.",
        "Services do not know about each other, only about the queue.",
        "We repeat that until no rows are left.",
        "A bloom filter lets the scan skip it entirely.",
        "You pass on the token to the next node.",
    ],
)
def test_technical_words_are_no_signals(said: str) -> None:
    assert find_signals(said) == ()


@pytest.mark.parametrize("question", load_bank().questions, ids=lambda q: q.id)
def test_no_sentence_of_a_model_answer_is_taken_for_a_request(question: Question) -> None:
    for sentence in sentences(question.answer):
        assert find_wanted(sentence).intent == "none", sentence
        assert find_signals(sentence) == (), sentence


def test_a_second_in_an_answer_asks_for_no_time() -> None:
    assert "hold" not in find_signals("One second is the timeout we used.")
    assert "hold" in find_signals("One second, please.")
    assert "hold" in find_signals("It is the B-tree. Hold on, let me think.")


FAILED = "9 of 11 tests pass. The first failing case is about equal timestamps. What does your code do there?"
CAUSE = "The second element in my tuple is the position in the log, so on equal timestamps it prefers the earlier one."


@pytest.mark.parametrize(
    "end",
    [
        "I need the server second.",
        "I have to sort by the second.",
        "So I put the timestamp first and the server second.",
        "It should take the second.",
        "I want the index last and the server second.",
    ],
)
def test_who_puts_something_second_asks_for_no_time(end: str) -> None:
    for said in (end, f"{CAUSE} {end}"):
        assert "hold" not in find_signals(said)
        assert "hold" not in find_wanted(said, FAILED).signals


@pytest.mark.parametrize(
    "end",
    ["Give me a second.", "Just a second.", "I need a few seconds.", "One moment.", "Hold on, I need the second one."],
)
def test_who_asks_for_time_behind_an_answer_gets_it(end: str) -> None:
    assert "hold" in find_wanted(f"{CAUSE} {end}", FAILED).signals


def test_a_long_answer_carries_no_signal() -> None:
    said = "I don't know every detail of it but what I do know is that the index is a tree of pages"
    assert find_signals(said) == ()


GO_ON = "Would you like to go on with another question?"
OFFER = "Would you rather talk about networks or about testing?"
HINT = "You have been quiet for a while. Would you like a hint?"
TASK = "Here is an exercise: count the words of a text. The details are in the editor. Tell me your plan."


@pytest.mark.parametrize(
    ("asked", "said", "intent", "signals"),
    [
        (GO_ON, "Yes.", "continue", ()),
        (OFFER, "testing please", "change_topic", ()),
        (HINT, "yes please", "none", ("asks_for_hint",)),
        ("Have you used Redis?", "Yes.", "none", ()),
        ("Let's begin the technical part. Are you ready?", "ready for what", "clarify", ()),
        (TASK, "way too hard do you have a simpler task", "continue", ("skip",)),
    ],
)
def test_a_short_word_means_what_was_offered(asked: str, said: str, intent: str, signals: tuple[str, ...]) -> None:
    found = find_wanted(said, asked)
    assert (found.intent, found.signals) == (intent, signals)


def test_two_requests_are_both_heard() -> None:
    found = find_wanted("Can I skip this, and could you repeat the last part?")
    assert found.intent == "continue"
    assert set(found.signals) == {"skip", "repeat"}
    assert found.second == "clarify"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "It hashes the key to find a bucket. Could you repeat the second part?",
            "It hashes the key to find a bucket.",
        ),
        ("a hash table finds a bucket by the key could you repeat the rest", "a hash table finds a bucket by the key"),
        ("The loop repeats until the queue is empty.", "The loop repeats until the queue is empty."),
        ("Could you repeat that?", "Could you repeat that?"),
    ],
)
def test_a_request_is_cut_off_the_answer(said: str, answer: str) -> None:
    assert find_wanted(said, "How does a hash table work?").answer.strip() == answer


@pytest.mark.parametrize(
    ("said", "aside"),
    [
        ("Can I use a deque?", "tools"),
        ("How many users are there?", "scale"),
        ("Do you mean reads or writes?", "detail"),
        ("What do you mean?", None),
        ("How long will this interview take?", "course"),
        ("are you a robot", "person"),
        ("you idiot", "abuse"),
        ("this is garbage", "abuse"),
        ("you are so stupid, but what do you mean?", "abuse"),
        ("what kind of stupid question is that", "abuse"),
        ("your questions, I mean this, are garbage", "abuse"),
        ("Sorry, that was stupid of me.", None),
        ("that was my dumb mistake", None),
        ("What I said was stupid, sorry.", None),
        ("A stupid mistake: the index was missing, so every query read the whole table.", None),
        ("could be garbage collection, lock contention or one slow replica", None),
    ],
)
def test_asides_are_told_apart(said: str, aside: str | None) -> None:
    assert find_wanted(said).aside == aside


@pytest.mark.parametrize(
    "said",
    [
        "so that if the server dies before the money gets to the other account it all gets undone. all or nothing",
        "The commit makes both updates visible together. All or nothing.",
    ],
)
def test_a_remark_at_the_end_of_an_answer_asks_nothing(said: str) -> None:
    wanted = find_wanted(said, "Why would you put them into a transaction, and what does it promise you?")
    assert (wanted.intent, wanted.answer) == ("none", said)


@pytest.mark.parametrize("end", ["say that again please", "I don't understand the second part"])
def test_a_request_at_the_end_of_an_answer_still_counts_without_a_mark(end: str) -> None:
    wanted = find_wanted(f"The lock is taken before the write, so no update is lost. {end}")
    assert wanted.intent == "clarify"
