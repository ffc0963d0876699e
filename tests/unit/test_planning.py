"""Plans: what is asked more of who is done early, and what is counted by hand."""

from __future__ import annotations

import asyncio

import pytest

from interviewlab.planning import build_plan, plan_again
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from interviewlab.types import Plan

BANK = load_bank()


async def test_others_are_served_while_a_plan_is_made() -> None:
    async def serve() -> None:
        pass

    other = asyncio.create_task(serve())
    await build_plan(Settings(), seed=1, job="Backend Engineer\nMust\n- Go or Java")
    assert other.done()


async def test_a_plan_for_a_length_allows_more_and_one_counted_by_hand_does_not() -> None:
    plan = await build_plan(Settings(), type="sql", seed=1, minutes=30)
    assert plan.allow_more
    assert not Plan(type="sql", questions=6).allow_more


@pytest.mark.parametrize("id", [BANK.questions[0].id, BANK.exercises[0].id])
async def test_one_question_that_is_tried_again_stays_alone(id: str) -> None:
    plan = await build_plan(Settings(), seed=1)
    assert not plan_again(Settings(), plan, id).allow_more


def test_a_plan_of_an_earlier_release_is_held_as_it_was_made() -> None:
    kept = Plan(type="coding", questions=4).model_dump(mode="json", exclude={"allow_more"})
    assert not Plan.model_validate(kept).allow_more
