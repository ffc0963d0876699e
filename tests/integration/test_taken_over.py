"""Who loses an interview while speaking leaves the working state of the one who took it over as it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewlab.bootstrap import open_house, open_interview
from interviewlab.errors import InterviewBusy
from interviewlab.interview import Interview
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.ownership import Ownership
from interviewlab.settings import Settings
from interviewlab.types import Authorship, Decision, Plan, TurnContext, Understanding
from tests.integration.test_deleting_amid_a_turn import SlowBrain

PLAN = Plan(type="fundamentals", exercises=0, questions=3, seed=3)


class StaleBrain(SlowBrain):
    """A slow brain with words of its own."""

    async def speak(
        self, context: TurnContext, understanding: Understanding, decision: Decision
    ) -> AsyncIterator[str | Authorship]:
        yield "These words come too late."
        async for _ in super().speak(context, understanding, decision):
            pass


async def test_a_turn_that_was_taken_over_while_it_spoke_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path, embedder="scripted", sandbox="scripted")
    async with open_house(settings) as house, open_interview(settings, "mine", plan=PLAN) as other:
        await other.start()
        store = house.adapters.store
        record = await store.get_interview("mine", "local")
        brain = StaleBrain(house.brain)
        sleeping = Interview(record, Cast(brain, house.bank, PLAN), replace(house.adapters, turn_lock_s=0.2))
        await sleeping.refresh()
        monkeypatch.setattr(sleeping._ownership, "_renew", asyncio.Event().wait)

        async def answer() -> object:
            return await sleeping.reply("Yes, I'm ready.")

        late = asyncio.create_task(answer())
        await brain.is_speaking.wait()
        reply = await other.start()
        assert reply.turn == 1
        async with Ownership(store, "mine", 60.0).hold():
            brain.may_end.set()
            with pytest.raises(InterviewBusy):
                await late
        assert await other.start() == reply
        assert (await house.adapters.conversation.get_standing("mine")).progress.last_reply == reply
        assert (await other.transcript()).replies()[1].text == reply.text
