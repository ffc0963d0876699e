"""What was just told is not asked for; what was not told still is."""

from __future__ import annotations

import pytest

from interviewlab.brains.already_told import already_told, answers
from interviewlab.brains.policy import decide
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.reading import Reader
from interviewlab.types import Assessment, Plan, Progress, TurnContext, Understanding
from tests.models import minilm

BANK = load_bank()


@pytest.mark.parametrize(
    ("question_id", "said", "point", "is_told"),
    [
        ("os-durable-write", "So I write to a temporary file in the same directory, flush, fsync it.", "fsync", True),
        ("os-durable-write", "I'd call fsync and only then answer the one who asked.", "fsync", True),
        ("os-durable-write", "Fsync, I guess.", "fsync", False),
        ("design-queue-after-order", "With a queue it's decoupled.", "decoupling", False),
        ("design-slow-dependency", "I'd show bestsellers as a fallback, or just leave out that box.", "fallback", True),
        ("os-durable-write", "I don't know what fsync is.", "fsync", False),
        ("os-durable-write", "Was there something like fsync?", "fsync", False),
        ("os-durable-write", "I'd flush it and hope for the best.", "fsync", False),
        ("os-durable-write", "I write a log and add some bytes.", "records", False),
    ],
)
def test_a_term_of_a_point_tells_it(question_id: str, said: str, point: str, *, is_told: bool) -> None:
    assert (point in already_told(Reader(minilm()), BANK.question(question_id), said)) is is_told


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
