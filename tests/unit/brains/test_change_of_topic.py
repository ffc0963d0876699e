"""Who flees from a subject is not asked about it, and who names one gets it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from interviewlab.brains.course import Course
from interviewlab.brains.phrases import find_topic
from interviewlab.orchestrator.state import Turn, advance
from interviewlab.types import Decision, Progress, Reply, Understanding
from tests.unit.brains.test_requests import BANK, at_question, reply_to


@pytest.mark.parametrize(
    "said",
    [
        "I'm not good at SQL, can we talk about something else?",
        "I don't know much about databases, could we switch to another topic?",
        "I don't know much about databases let's do something else",
        "I'm bad at algorithms. Can we do something else please?",
        "Can we change the topic? I have never worked with security.",
    ],
)
async def test_the_subject_fled_from_is_not_taken_for_the_one_wished(said: str) -> None:
    understanding, decision, text = await reply_to(at_question(said))
    assert (understanding.topic, decision.reason) == (None, "change")
    assert BANK.question(decision.question_id or "").area != "databases"
    assert "SQL" not in text


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("Can we do another topic? Databases maybe.", "databases"),
        ("I'd rather not do SQL, let's do another topic, maybe system design", "design"),
        ("Could I have a question on security instead of networks?", "security"),
        ("I'm a database person, could we talk about that instead?", "databases"),
    ],
)
async def test_a_subject_that_is_wished_is_heard(said: str, topic: str) -> None:
    understanding, _, _ = await reply_to(at_question(said))
    assert understanding.topic == topic


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("neural networks please", "machine-learning"),
        ("something with NoSQL", "databases"),
        ("networking", "systems-networks"),
        ("data structures", "algorithms"),
        ("something about front-end development", "frontend"),
        ("could we do frontend", "frontend"),
        ("I'd rather talk about React", "frontend"),
        ("I don't know how I would react, something else please", None),
        ("a redesigned website", None),
    ],
)
def test_subjects_are_named_by_whole_words(said: str, topic: str | None) -> None:
    assert find_topic(said) == topic


def test_a_subject_asked_for_before_is_left_with_the_wish_for_another_one() -> None:
    context = at_question("Something else, please.")
    before = context.progress.model_copy(update={"topic": "databases"})
    context = context.model_copy(update={"progress": before})
    decision = Course(BANK, context).change_topic(None)
    assert decision.question_id is not None
    assert BANK.question(decision.question_id).area != "databases"
    assert _after(before, decision).topic is None
    assert _after(before, decision.model_copy(update={"reason": "done"})).topic == "databases"


def _after(before: Progress, decision: Decision) -> Progress:
    context = at_question("Something else, please.").model_copy(update={"progress": before})
    reply = Reply(turn=3, text="Sure.", move="ask", phase="technical", brain="bank")
    understanding = Understanding(intent="change_topic", confidence=1.0)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return advance(
        Turn(context=context, understanding=understanding, decision=decision, reply=reply, now=now, sequence=9)
    )


@pytest.mark.parametrize(
    ("said", "topic", "skill"),
    [
        ("Could we do another topic, maybe something on CSS?", "frontend", "css"),
        ("Something else, I'd like accessibility.", "frontend", "accessibility"),
        ("Another topic please, databases, and there transactions.", "databases", "transactions"),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_of_a_subject_comes_what_was_named(said: str, topic: str, skill: str, seed: int) -> None:
    context = at_question(said)
    context = context.model_copy(update={"plan": context.plan.model_copy(update={"seed": seed})})
    decision = Course(BANK, context).change_topic(topic)
    assert skill in BANK.question(decision.question_id or "").skills
