"""What is told in one turn and otherwise in a later one is asked about, neutrally; what may both be true is not."""

from __future__ import annotations

import pytest

from interviewlab.brains.bank_brain import BankBrain
from interviewlab.brains.guards import MOST_SENTENCES, Guards, is_evaluative
from interviewlab.brains.policy import MAX_WEIGHED, decide
from interviewlab.brains.versions import find_contrary, worth_keeping
from interviewlab.brains.wording import Wording
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.orchestrator.memory import KEPT_TOLD, remember
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.text import sentences
from interviewlab.types import Assessment, Plan, Progress, Question, Told, TurnContext, Understanding, Utterance

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


ORDINARY = (
    ("There were no tests.", "We introduced unit tests"),
    ("We had no CI.", "we set up GitHub Actions"),
    ("We had no CI.", "We used GitHub Actions for the builds."),
    ("There was no message queue.", "We introduced Kafka."),
    ("I built the service.", "I didn't build it alone"),
    ("I built the service.", "I didn't build all of it"),
    ("I led the migration.", "I did not lead the migration alone"),
    ("I wrote the parser and my colleague wrote the tests for the parser.", "I wrote the parser in Rust."),
    ("I led the migration.", "My boss was responsible for the budget of the migration."),
    ("In my last job we had no database.", "We used Postgres for it."),
    ("In my last job, we never used Kafka.", "We used Kafka for it."),
    ("At my previous company it was small. We never used Docker.", "We used Docker for everything."),
    ("We introduced unit tests.", "There were no tests, so nobody dared to change anything."),
    ("We set up Jenkins for it.", "We had no CI."),
    ("We added integration tests.", "There were no tests when I joined."),
    ("We wrote unit tests for it.", "There were no tests, so I began with the parser."),
    ("We used Postgres for the orders.", "We had no database for the logs."),
    ("We used Kafka for the events.", "We never used Kafka for the mails."),
    ("I tried Kafka at home.", "We never used Kafka."),
    ("We used Docker on my laptop.", "We had no containers."),
    ("We ran a comparison of Kafka and RabbitMQ.", "We never used Kafka."),
    ("We had trouble with a client on AWS.", "We never used AWS."),
    ("We had no tests at that time.", "We wrote unit tests for the parser."),
    ("I built the service.", "There was an app as well, and my colleague built it."),
    ("I built the service.", "My colleague built the service with me."),
    ("I built the service.", "My colleague built half of the service."),
    ("I built the service.", "I didn't build the service from scratch."),
    ("I built the service.", "I didn't build the service by myself."),
    ("I built the service.", "I never built a service in Go."),
    ("I built the payment service.", "My colleague built the billing service."),
    ("I built a service.", "My colleague built a service for the mails."),
    ("I wrote the tests.", "My colleague wrote the test data."),
    ("I wrote the report.", "I didn't write it down"),
    ("I led the team.", "My manager led the sales team."),
    ("I led the migration.", "My manager managed the migration of the people."),
    ("I led the project.", "For the database part I only helped"),
    ("I led the retrospective.", "I only listened"),
    ("I led the migration.", "My boss and I led the migration."),
    ("My boss led the project.", "I led the project from then on."),
    ("My colleague designed the schema.", "I designed the schema again after the outage."),
    ("I designed the schema.", "My colleague designed the screens of the schema editor."),
    ("I didn't write the parser alone.", "I wrote the parser."),
    ("We cut the cost of the search by 40 percent.", "The latency of the search dropped by 4 percent."),
    ("We cut the latency by 40 percent.", "The first step: the latency dropped by 4 percent."),
    ("We cut the latency by 40 percent.", "Every week the latency dropped by 4 percent more."),
    ("We reduced the error rate by 30 percent.", "The hit rate increased by 5 percent."),
    ("I led a team of three.", "We were twelve engineers."),
    ("It was a team of five.", "Their team of twelve did the testing."),
    ("It was a team of five.", "We were twelve people in the company."),
    ("We were four engineers.", "It was a team of seven, designers counted."),
)


@pytest.mark.parametrize(("first", "then"), ORDINARY)
def test_an_ordinary_story_is_no_second_version(first: str, then: str) -> None:
    assert contrary(first, then) is None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("We used MySQL for the accounts.", "We had no database at all."),
        ("We never used Docker.", "We used Docker for the workers."),
        ("We didn't use RabbitMQ.", "We used RabbitMQ for the mails."),
        ("We ran everything on AWS.", "We never used AWS."),
        ("We wrote integration tests.", "We never wrote tests."),
        ("I built the payment service.", "My colleague built the service."),
        ("I wrote the parser.", "Someone else wrote the parser."),
        ("I wrote the parser in Rust.", "I didn't write the parser."),
        ("My colleague designed the schema.", "I designed the schema."),
        ("I led the migration.", "Well, I only watched it."),
        ("We reduced the memory by 60 percent.", "The memory went down by 5 percent."),
        ("It was a team of three.", "We were nine people."),
        ("I led a team of four.", "I led a team of ten."),
    ],
)
def test_a_plain_contradiction_is_noticed(first: str, then: str) -> None:
    assert contrary(first, then) is not None


def test_of_another_story_only_the_same_thing_by_name_counts() -> None:
    assert contrary("We used Postgres.", "We had no relational database.", is_same=False) is None
    assert contrary("I led the migration.", "My colleague led it.", is_same=False) is None
    first, then = "I led the billing migration.", "My manager led the billing migration."
    assert contrary(first, then, is_same=False) == (
        "I led the billing migration",
        "My manager led the billing migration",
    )


TECHNICAL = next(question for question in BANK.questions if question.area == "databases")
BRAIN = BankBrain(BANK, AnswerGrader(ScriptedEmbedder(), corpus=[]), Guards(ScriptedEmbedder(), BANK), "Nora", names=())


def at_question(said: str, question: Question = QUESTION, **known: object) -> TurnContext:
    progress = Progress.model_validate(
        {"turn": 6, "phase": "technical", "question_id": QUESTION.id, "asked": (QUESTION.id,), "probes": 1, **known}
    )
    return TurnContext(plan=Plan(), progress=progress, turn=7, question=question, utterance=Utterance(text=said))


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


NAMED = (
    ("So I built the service", "My colleague built it", ("that you built the service", "that your colleague built it")),
    ("We used Postgres", "and we ran Docker", ("that you used Postgres", "that you ran Docker")),
    ("There were no tests", "Kafka was in use", ("that there were no tests", "that Kafka was in use")),
    ("No database was used", "Well-known tools ran", ("that No database was used", "that Well-known tools ran")),
    ("because I led it", "Well, actually, I only watched", ("that you led it", "that you only watched")),
)


@pytest.mark.parametrize("weighed", range(2))
@pytest.mark.parametrize(("before", "now", "told"), NAMED)
def test_what_is_said_back_reads_as_a_sentence(before: str, now: str, told: tuple[str, str], weighed: int) -> None:
    understanding = TWO.model_copy(update={"versions": (before, now)})
    context = at_question(now, weighed=weighed)
    text = " ".join(Wording(BANK, "Nora", context, understanding, decide(BANK, context, understanding)).sentences())
    assert all(each in text for each in told), text


async def test_the_second_time_it_is_asked_in_other_words_and_spoken() -> None:
    asked: tuple[str, ...] = ()
    for weighed in range(MAX_WEIGHED):
        understanding = TWO.model_copy(update={"versions": (f"We used Postgres {weighed}", "We had no database")})
        context = at_question("We had no database", weighed=weighed, recent_questions=asked)
        decision = decide(BANK, context, understanding)
        asked = (*asked, " ".join([each async for each in BRAIN.speak(context, understanding, decision)]))
    assert all(each.count("?") == 1 and "Postgres" in each for each in asked)
    assert len(set(asked)) == MAX_WEIGHED


async def test_only_tales_of_own_work_are_kept_and_compared() -> None:
    told = (Told(turn=3, text="We never used Kafka", question_id=TECHNICAL.id),)
    said = "We used Kafka for the events."
    understood = await BRAIN.understand(at_question(said, told=told, question_id=TECHNICAL.id, question=TECHNICAL))
    assert (understood.told, understood.versions) == ((), ())
    told = (Told(turn=3, text="We never used Kafka", question_id=QUESTION.id),)
    understood = await BRAIN.understand(at_question(said, told=told))
    assert (understood.told, understood.versions) == (
        ("We used Kafka for the events",),
        ("We never used Kafka", "We used Kafka for the events"),
    )
