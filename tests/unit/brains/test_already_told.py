"""What was just told is not asked for; what was not told still is."""

from __future__ import annotations

import pytest

from interviewlab.brains.already_told import already_told, answers, tells_of
from interviewlab.brains.policy import decide
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.reading import Reader
from interviewlab.types import Assessment, Plan, Progress, TurnContext, Understanding
from tests.models import minilm

BANK = load_bank()
HELPED = (
    "Our new colleague's tickets took three weeks each. I asked whether he'd like to pair in the mornings, just "
    "us two, and it came out that he had never worked without tests. So we wrote tests around his piece, and he typed "
    "instead of me. By the end of the quarter he closed twelve tickets a month, up from two."
)
ARGUED = (
    "There was one lead who was dead against it, since his scripts did something odd with migrations. He was right, so "
    "I sat with him and built what was missing. After that I always asked the sceptics first."
)


@pytest.mark.parametrize(
    ("said", "follow_up"),
    [
        (HELPED, "How did you notice that something was wrong?"),
        (HELPED, "How did you bring it up with them?"),
        (HELPED, "What was different afterwards?"),
        (ARGUED, "Who was against it, and what did you do about that?"),
        (ARGUED, "What did you do differently from then on?"),
    ],
)
def test_a_story_holds_what_is_asked_for(said: str, follow_up: str) -> None:
    assert tells_of(said, follow_up)


@pytest.mark.parametrize(
    ("said", "follow_up"),
    [
        (HELPED, "What did you learn from that about helping people?"),
        (HELPED, "Who was against it, and what did you do about that?"),
        (ARGUED, "What was the effect, in figures if you have them?"),
        (ARGUED, "How did you decide what they should try next?"),
        ("It was hard.", "What exactly did you change, and who felt the effect?"),
    ],
)
def test_a_story_does_not_hold_what_was_not_told(said: str, follow_up: str) -> None:
    assert not tells_of(said, follow_up)


def test_both_parts_of_a_follow_up_have_to_be_told() -> None:
    asked = "What did you do in the week-to-week work, and what did you refrain from?"
    assert not tells_of("I met her every Thursday and I wrote down what she tried.", asked)
    assert tells_of("I met her every Thursday, and I asked questions instead of solving it.", asked)


SHARDS = (
    "I'd use the conversation id, hashed, since nearly all you do is read the latest messages of one conversation. By "
    "time is worst, since with ranges today's shard takes all of the new writes, while a hash spreads the writes."
)


def test_a_matter_told_in_own_words_is_told_already() -> None:
    told = already_told(Reader(minilm()), BANK.question("design-shard-key"), SHARDS)
    assert "range-or-hash" in told
    assert "rebalancing" not in told


def test_without_the_sentence_model_nothing_is_said_of_a_matter() -> None:
    reader, question = Reader(ScriptedEmbedder()), BANK.question("design-shard-key")
    assert already_told(reader, question, SHARDS) == ()
    assert not answers(reader, question.key_points[0], SHARDS)


BLOOM = BANK.question("algo-bloom-filter")
ONE_SIDED = next(point for point in BLOOM.key_points if point.id == "one-sided-error")


@pytest.mark.parametrize(
    ("said", "is_answer"),
    [
        ("The no is certain, the yes may be wrong.", True),
        ("How far can you trust its two possible answers?", False),
        ("I had pasta for lunch and the weather is nice today.", False),
    ],
)
def test_a_short_answer_to_a_follow_up_is_one(said: str, is_answer: bool) -> None:
    assert answers(Reader(minilm()), ONE_SIDED, said) is is_answer


@pytest.mark.parametrize("when", ["now", "before"])
def test_what_was_told_is_passed_over_for_the_next_point(when: str) -> None:
    question = BLOOM.model_copy(update={"key_points": BLOOM.key_points[:2]})
    one, two = sorted(question.key_points, key=lambda point: -point.weight)
    known = {"told_already": (one.id,)} if when == "before" else {}
    progress = Progress.model_validate(
        {"turn": 3, "phase": "technical", "question_id": question.id, "asked": (question.id,), **known}
    )
    context = TurnContext(plan=Plan(), progress=progress, turn=4, question=question)
    read = Understanding(
        intent="none",
        confidence=1.0,
        assessment=Assessment(question_id=question.id, turn=4, score=0.2),
        told_already=(one.id,) if when == "now" else (),
    )
    decision = decide(BANK, context, read)
    assert (decision.move, decision.key_point) == ("follow_up", two.id)
    all_told = read.model_copy(update={"told_already": (one.id, two.id)})
    assert decide(BANK, context, all_told).move == "ask"
