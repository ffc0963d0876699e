"""Plans: what is asked more of who is done early, what is counted by hand, and what is tried once more."""

from __future__ import annotations

import asyncio

import pytest

from interviewlab.errors import BadInput, NotFound
from interviewlab.planning import build_plan, plan_again
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings, read_settings
from interviewlab.types import Job, Plan, Question

BANK = load_bank()


@pytest.mark.parametrize("job", ["Backend Engineer\nMust\n- Go or Java", Job(text="Backend Engineer")])
async def test_others_are_served_while_a_plan_is_made(job: str | Job) -> None:
    async def serve() -> None:
        pass

    other = asyncio.create_task(serve())
    await build_plan(Settings(), seed=1, job=job)
    assert other.done()


async def test_a_plan_for_a_length_allows_more_and_one_counted_by_hand_does_not() -> None:
    plan = await build_plan(Settings(), type="sql", seed=1, minutes=30)
    assert plan.allow_more
    assert not Plan(type="sql", questions=6).allow_more


@pytest.mark.parametrize("id", [BANK.questions[0].id, BANK.exercises[0].id])
async def test_one_question_that_is_tried_again_stays_alone(id: str) -> None:
    plan = await build_plan(Settings(), seed=1)
    again = plan_again(Settings(), plan, id)
    assert (again.allow_more, again.is_again) == (False, True)
    assert not plan.is_again


OWN = BANK.questions[1].model_copy(update={"id": "resume-own", "area": "resume"})


@pytest.mark.parametrize("question", [BANK.questions[0], OWN])
def test_a_question_tried_again_is_of_the_cv_only_where_it_was_made_from_it(question: Question) -> None:
    before = Plan(personal=(OWN,), exercises=1, exercise_id=BANK.exercises[0].id)
    again = plan_again(Settings(), before, question.id)
    assert again.question_id == question.id
    assert again.personal == ((OWN,) if question == OWN else ())
    assert len(again.personal) + again.questions == 1
    assert (again.exercises, again.exercise_id) == (0, "")
    assert plan_again(Settings(), again, question.id) == again
    assert plan_again(Settings(), again, BANK.exercises[0].id).question_id == ""


def test_what_neither_bank_nor_cv_has_cannot_be_tried_again() -> None:
    with pytest.raises(NotFound, match="gone"):
        plan_again(Settings(), Plan(), "gone")


def test_a_plan_of_an_earlier_release_is_held_as_it_was_made() -> None:
    kept = Plan(type="coding", questions=4).model_dump(mode="json", exclude={"allow_more", "is_again", "question_id"})
    read = Plan.model_validate(kept)
    assert (read.allow_more, read.is_again, read.question_id) == (False, False, "")


async def test_a_name_that_the_settings_take_for_the_interviewer_can_be_planned_with() -> None:
    longest = "N" * 40
    assert (await build_plan(read_settings(interviewer=longest), seed=1)).persona.name == longest
    for name in ("", f"{longest}N"):
        with pytest.raises(BadInput, match="INTERVIEWLAB_INTERVIEWER"):
            read_settings(interviewer=name)


@pytest.mark.parametrize(
    ("job", "level", "planned"),
    [
        ("Senior Backend Engineer\nYou write Go.", "", "senior"),
        ("Senior Backend Engineer\nYou write Go.", "junior", "junior"),
        ("Developer", "", "mid"),
        ("", "", "mid"),
    ],
)
async def test_the_level_is_that_of_the_job_unless_one_is_asked_for(job: str, level: str, planned: str) -> None:
    assert (await build_plan(Settings(), job=job, level=level, seed=1)).level == planned
