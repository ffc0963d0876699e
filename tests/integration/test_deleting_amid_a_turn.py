"""What is deleted while somebody is in the middle of a turn is gone as well when the turn is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewlab import library as shelf
from interviewlab.bootstrap import House, open_house, open_interview, open_library
from interviewlab.errors import NotFound
from interviewlab.interview import Interview
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.ports import Brain
from interviewlab.settings import Settings
from interviewlab.types import Authorship, Decision, Plan, TurnContext, Understanding

PLAN = Plan(type="fundamentals", exercises=0, questions=3, seed=3)
SECRET = "Zanzibar-Ledger"


class SlowBrain:
    """The brain of the house, whose last sentence waits until it is let go."""

    def __init__(self, brain: Brain) -> None:
        self.name = brain.name
        self._brain = brain
        self.is_speaking, self.may_end = asyncio.Event(), asyncio.Event()

    async def understand(self, context: TurnContext) -> Understanding:
        return await self._brain.understand(context)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        return await self._brain.decide(context, understanding)

    async def speak(
        self, context: TurnContext, understanding: Understanding, decision: Decision
    ) -> AsyncIterator[str | Authorship]:
        async for piece in self._brain.speak(context, understanding, decision):
            yield piece
        self.is_speaking.set()
        await self.may_end.wait()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted")


async def answer_slowly(house: House) -> tuple[SlowBrain, asyncio.Task[object]]:
    """An interview called mine, in the middle of a turn in which the secret was said."""
    brain = SlowBrain(house.brain)
    record = await house.adapters.store.get_interview("mine", "local")
    interview = Interview(record, Cast(brain, house.bank, PLAN), house.adapters)
    await interview.refresh()

    async def answer() -> object:
        return await interview.reply(f"I built {SECRET} and measured it.")

    turn = asyncio.create_task(answer())
    await brain.is_speaking.wait()
    return brain, turn


async def delete(settings: Settings, what: str) -> None:
    async with open_library(settings) as library:
        await (library.delete_everything() if what == "everything" else library.delete_interview("mine"))


def files_with(settings: Settings, word: str) -> list[str]:
    return [path.name for path in settings.data_dir.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


@pytest.mark.parametrize("what", ["the interview", "everything"])
@pytest.mark.parametrize("wait_s", [0.0, 20.0])
async def test_a_turn_that_was_under_way_leaves_no_word_behind(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, what: str, wait_s: float
) -> None:
    monkeypatch.setattr(shelf, "DELETE_WAIT_S", wait_s)
    async with open_house(settings) as house:
        async with open_interview(settings, "mine", plan=PLAN) as interview:
            await interview.start()
        brain, turn = await answer_slowly(house)
        deletion = asyncio.create_task(delete(settings, what))
        if wait_s:
            await asyncio.sleep(0.3)
            assert not deletion.done(), "it waits for the end of the turn"
            brain.may_end.set()
            await turn
            await deletion
        else:
            await deletion
            brain.may_end.set()
            with pytest.raises(NotFound):
                await turn
        standing = await house.adapters.conversation.get_standing("mine")
        assert standing.progress.turn == -1
        assert files_with(settings, SECRET) == []
        assert await house.adapters.store.acquire("mine", "somebody", 1.0), "the lock is free"
