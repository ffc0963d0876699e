"""At its end an interview is told by its subjects, in at most three sentences and with no word on how it went."""

from __future__ import annotations

import pytest

from interviewlab.brains import topics
from interviewlab.brains.guards import MOST_SENTENCES, is_evaluative
from interviewlab.brains.phrases import Phrasebook
from interviewlab.brains.topics import name_topics
from interviewlab.brains.wording import Wording
from interviewlab.orchestrator.memory import remember
from interviewlab.questions.bank import load_bank
from interviewlab.resume.skills import list_skills
from interviewlab.scoring.text import sentences
from interviewlab.types import Assessment, Decision, Plan, Progress, TurnContext, Understanding

BANK = load_bank()
NOTHING = Understanding(intent="none", confidence=1.0)


def at_end(
    *asked: str, exercises: tuple[str, ...] = (), is_evaluated: bool = True, is_answered: bool = True, seed: int = 0
) -> TurnContext:
    last = asked[-1] if asked else None
    answered = (*asked, *exercises) if is_answered else ()
    progress = Progress(
        asked=asked, exercises=exercises, answered=answered, is_evaluated=is_evaluated, question_id=last
    )
    return TurnContext(plan=Plan(candidate="Maya Lindqvist", seed=seed), progress=progress, turn=9)


@pytest.mark.parametrize(
    ("asked", "exercises", "named"),
    [
        (("design-rate-limiter", "design-read-cache"), (), "rate limiting and caching"),
        (("db-slow-query-plan", "behave-changed-mind"), ("shortest-walk",), "databases, how you work with others"),
        (("behave-changed-mind", "behave-deadline-at-risk"), (), "how you work with others"),
        ((), ("shortest-walk",), "an exercise in code"),
        ((), (), ""),
    ],
)
def test_subjects_are_named_once_each(asked: tuple[str, ...], exercises: tuple[str, ...], named: str) -> None:
    told = name_topics(BANK, at_end(*asked, exercises=exercises), NOTHING)
    assert told.startswith(named)
    assert bool(told) == bool(named)


def test_what_nobody_answered_was_not_talked_about() -> None:
    for is_evaluated in (False, True):
        context = at_end("design-rate-limiter", is_evaluated=is_evaluated, is_answered=False)
        assert name_topics(BANK, context, NOTHING) == ""


def test_what_was_skipped_and_an_exercise_left_untouched_are_not_named() -> None:
    asked = ("db-slow-query-plan", "behave-changed-mind")
    progress = Progress(asked=asked, exercises=("shortest-walk",), answered=asked[:1], question_id=asked[-1])
    context = TurnContext(plan=Plan(), progress=progress, turn=9)
    named = name_topics(BANK, context, NOTHING)
    assert named
    assert "work with others" not in named
    assert "exercise" not in named
    told = Understanding(intent="none", confidence=1.0, assessment=Assessment(question_id=asked[-1], turn=9, score=0.4))
    assert "how you work with others" in name_topics(BANK, context, told)


def test_what_was_answered_is_remembered() -> None:
    question = BANK.question("db-slow-query-plan")
    progress = Progress(asked=(question.id,), question_id=question.id, phase="technical")
    context = TurnContext(plan=Plan(), progress=progress, turn=3, question=question)
    on = Decision(move="ask", phase="technical", question_id="behave-changed-mind")
    told = Understanding(
        intent="none", confidence=1.0, assessment=Assessment(question_id=question.id, turn=3, score=0.4)
    )
    assert remember(context, told, on)["answered"] == (question.id,)
    assert remember(context, NOTHING, on)["answered"] == ()
    asked_only = told.model_copy(update={"assessment": Assessment(question_id=question.id, turn=3, score=None)})
    assert remember(context, asked_only, on)["answered"] == ()


@pytest.mark.parametrize("reason", ["plan done", "asked to stop"])
@pytest.mark.parametrize("seed", range(4))
def test_the_end_names_them_in_three_sentences(reason: str, seed: int) -> None:
    context = at_end("db-slow-query-plan", "behave-changed-mind", exercises=("shortest-walk",), seed=seed)
    goodbye = Decision(move="close", phase="closing", reason=reason)
    text = " ".join(Wording(BANK, "Nora", context, NOTHING, goodbye).sentences())
    assert "databases, how you work with others and an exercise in code" in text
    assert len(sentences(text)) <= MOST_SENTENCES
    assert not is_evaluative(text)


def test_what_leads_to_a_question_said_again_is_not_the_same_each_time() -> None:
    said = [Phrasebook(seed=3, turn=turn).say("clarify") for turn in range(6)]
    assert len(set(said)) == 6
    assert sum("in other words" in each for each in said) <= 1


def test_names_of_matters_are_written_as_people_write_them() -> None:
    """Where the names of skills in CVs have capitals within, which are no mere capitals of words."""
    known = {name.casefold(): name for name in list_skills() if not name.istitle() or name == "Git"}
    skills = {skill: known[skill] for question in BANK.questions for skill in question.skills if skill in known}
    said = {skill: topics._matter(BANK.questions[0].model_copy(update={"skills": (skill,)})) for skill in skills}
    assert said == skills
