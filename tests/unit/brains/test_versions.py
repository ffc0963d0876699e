"""What is told in one turn and otherwise in a later one is asked about, neutrally; what may both be true is not."""

from __future__ import annotations

import pytest

from interviewlab.brains.guards import MOST_SENTENCES, is_evaluative
from interviewlab.brains.policy import decide
from interviewlab.brains.versions import find_contrary, worth_keeping
from interviewlab.brains.wording import Wording
from interviewlab.orchestrator.memory import KEPT_TOLD, remember
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.text import sentences
from interviewlab.types import Assessment, Plan, Progress, Told, TurnContext, Understanding, Utterance

BANK = load_bank()
QUESTION = BANK.question("behave-changed-mind")


def contrary(first: str, then: str, *, is_same: bool = True) -> tuple[str, str] | None:
    told = [Told(turn=3, text=text, question_id="one") for text in worth_keeping(first)]
    return find_contrary(then, told, "one" if is_same else "two")


@pytest.mark.parametrize(
    ("first", "then", "before", "now"),
    [
        (
            "We used Postgres for the orders, mostly because I knew it.",
            "Well, we had no relational database at all, everything was files.",
            "We used Postgres for the orders",
            "we had no relational database at all",
        ),
        (
            "I led the migration to the new cluster.",
            "My colleague led it, I only watched.",
            "I led the migration to the new cluster",
            "My colleague led it",
        ),
        ("We used files and I led the billing move.", "My boss led the billing move.", "I led the billing move", ""),
        ("I designed the schema.", "I didn't really design the schema.", "I designed the schema", ""),
        (
            "We cut the latency of the search by 40 percent.",
            "The latency dropped by 4 %, that was all.",
            "We cut the latency of the search by 40 percent",
            "The latency dropped by 4 %",
        ),
        ("It was a team of five.", "We were twelve people, so it took a while to agree.", "It was a team of five", ""),
        (
            "We never used Kafka.",
            "We used Kafka for the events.",
            "We never used Kafka",
            "We used Kafka for the events",
        ),
        ("We wrote unit tests for it.", "There were no tests.", "We wrote unit tests for it", "There were no tests"),
    ],
)
def test_two_versions_are_noticed_across_turns(first: str, then: str, before: str, now: str) -> None:
    found = contrary(first, then)
    assert found is not None
    assert found[0] == before
    assert found[1] == now or (not now and found[1] in then)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("We used Postgres for the orders.", "We had no problem with Postgres."),
        ("We used Postgres for the orders.", "At first we had no relational database."),
        ("We used Postgres for the orders.", "In my former job we had no relational database."),
        ("We used Postgres for the orders.", "We had no database expert in the team."),
        ("We used Postgres for the orders.", "We had no message queue."),
        ("We used Redis for the sessions.", "We had no relational database."),
        ("We moved from MySQL to files.", "We had no relational database."),
        ("We considered Kafka.", "We never used Kafka."),
        ("I led the migration.", "My manager led the sales team."),
        ("I led the migration.", "My colleague wrote the tests."),
        ("I built the service.", "I only watched the dashboards for a week."),
        ("I built the service.", "There was a mobile app. My colleague built the app."),
        ("We cut the latency by 40 percent.", "The cost dropped by 4 percent."),
        ("We cut the latency by 40 percent.", "The tail latency dropped by 4 percent."),
        ("We cut the latency by 40 percent.", "The latency dropped by about 38 percent."),
        ("We cut the latency from 40 to 4 percent.", "The latency dropped by 12 percent."),
        ("It was a team of five.", "We were four people, me not counted."),
        ("It was a team of five.", "Later it was a team of twelve."),
        ("Would we have used Kafka?", "We never used Kafka."),
        ("I would have led the migration.", "My colleague led it."),
    ],
)
def test_what_may_both_be_true_is_left(first: str, then: str) -> None:
    assert contrary(first, then) is None


def test_of_another_story_only_the_same_thing_by_name_counts() -> None:
    assert contrary("We used Postgres.", "We had no relational database.", is_same=False) is None
    assert contrary("I led the migration.", "My colleague led it.", is_same=False) is None
    first, then = "I led the billing migration.", "My manager led the billing migration."
    assert contrary(first, then, is_same=False) == (
        "I led the billing migration",
        "My manager led the billing migration",
    )


def at_question(said: str, **known: object) -> TurnContext:
    progress = Progress.model_validate(
        {"turn": 6, "phase": "technical", "question_id": QUESTION.id, "asked": (QUESTION.id,), "probes": 1, **known}
    )
    return TurnContext(plan=Plan(), progress=progress, turn=7, question=QUESTION, utterance=Utterance(text=said))


TWO = Understanding(
    intent="none",
    confidence=1.0,
    assessment=Assessment(question_id=QUESTION.id, turn=7, score=0.3),
    versions=("We used Postgres", "I was never near our database"),
)


@pytest.mark.parametrize("seed", range(4))
def test_both_are_taken_up_in_one_neutral_question(seed: int) -> None:
    context = at_question("I was never near our database").model_copy(update={"plan": Plan(seed=seed)})
    decision = decide(BANK, context, TWO)
    assert (decision.move, decision.reason) == ("follow_up", "two versions")
    text = " ".join(Wording(BANK, "Nora", context, TWO, decision).sentences())
    assert "you used Postgres" in text
    assert "you were never near" in text
    assert text.count("?") == 1
    assert len(sentences(text)) <= MOST_SENTENCES
    assert not is_evaluative(text)


def test_it_is_asked_once_a_question_and_twice_an_interview() -> None:
    said = "I was never near our database"
    assert decide(BANK, at_question(said, probed=("retracted",)), TWO).reason != "two versions"
    assert decide(BANK, at_question(said, weighed=2), TWO).reason != "two versions"
    once = remember(at_question(said), TWO, decide(BANK, at_question(said), TWO))
    assert once["weighed"] == 1


def test_what_is_remembered_is_bounded() -> None:
    told = tuple(Told(turn=n, text=f"We used Kafka {n}") for n in range(KEPT_TOLD))
    understanding = TWO.model_copy(update={"told": ("We wrote unit tests",)})
    kept = remember(at_question("x", told=told), understanding, decide(BANK, at_question("x"), TWO))["told"]
    assert len(kept) == KEPT_TOLD
    assert kept[-1] == Told(turn=7, text="We wrote unit tests", question_id=QUESTION.id)
