"""Requests are told from answers."""

from __future__ import annotations

import pytest

from interviewlab.brains.intents import IntentFinder, find_signals
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.text import sentences
from interviewlab.types import Question

FINDER = IntentFinder(ScriptedEmbedder())
REQUESTS = [
    ("Let's stop.", "stop"),
    ("i have to go", "stop"),
    ("That's all, can we end here?", "stop"),
    ("I measured it twice and it was the cache. Okay, let's stop here.", "stop"),
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
    "Yes. But how many questions are there? I have to leave in 15 minutes.",
    "First I need to run EXPLAIN ANALYZE on the slow query.",
    "I have to run vacuum so dead rows are reclaimed.",
    "When the user logs out we end the session and clear the cookie.",
    "With MVCC, readers do not get blocked by writers.",
    "Failed events go to another topic and are retried.",
    "We repeat that until no rows are left.",
    "A bloom filter lets the scan skip it entirely.",
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
    found, confidence = FINDER.find(said)
    assert found == intent
    assert confidence >= 0.6


@pytest.mark.parametrize("said", ANSWERS)
def test_an_answer_is_not_taken_for_a_request(said: str) -> None:
    assert FINDER.find(said)[0] == "none"


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
        assert FINDER.find(sentence)[0] == "none", sentence
        assert find_signals(sentence) == (), sentence


def test_a_long_answer_carries_no_signal() -> None:
    said = "I don't know every detail of it but what I do know is that the index is a tree of pages"
    assert find_signals(said) == ()
