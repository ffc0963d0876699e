"""SIGKILL at every boundary between nodes, in turns of every kind: the next state is that of a run left in peace."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewlab.bootstrap import open_house
from interviewlab.errors import NotFound
from interviewlab.interview import Interview, utc_now
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.ports import Brain
from interviewlab.settings import Settings
from interviewlab.types import Decision, Entry, InterviewRecord, Plan, ReplyEntry, TurnContext, Understanding

PLAN = Plan(type="coding", questions=2, exercises=1, seed=5)
SAYS = (
    "Yes, I'm ready.",
    "I would sort first and then walk along it with two pointers.",
    "Could I have a hint?",
    "I'd like to change the topic, please.",
    "I don't know.",
    "Let's stop here.",
)
BOUNDARIES = ("understand", "decide", "speak", "a sentence", "record", "checkpoint", "entries")
"""Before each of these, and for the last one behind it."""


class Mine:
    """Where a run dies: at one boundary of one turn."""

    def __init__(self, turn: int, boundary: str) -> None:
        self._place = (turn, boundary)

    def pass_by(self, turn: int, boundary: str) -> None:
        """Die here, if this is the place."""
        if (turn, boundary) == self._place:
            os.kill(os.getpid(), signal.SIGKILL)


class MinedBrain:
    """The brain of the house, with a mine before each of its answers."""

    def __init__(self, brain: Brain, mine: Mine) -> None:
        self.name = brain.name
        self._brain = brain
        self._mine = mine

    async def understand(self, context: TurnContext) -> Understanding:
        self._mine.pass_by(context.turn, "understand")
        return await self._brain.understand(context)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        self._mine.pass_by(context.turn, "decide")
        return await self._brain.decide(context, understanding)

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        self._mine.pass_by(context.turn, "speak")
        async for sentence in self._brain.speak(context, understanding, decision):
            yield sentence
            self._mine.pass_by(context.turn, "a sentence")
        self._mine.pass_by(context.turn, "record")


class MinedStore:
    """The store of the house, with a mine before and behind the entries that the graph wrote."""

    def __init__(self, store: Any, mine: Mine) -> None:
        self._store = store
        self._mine = mine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def append(self, interview_id: str, entries: Sequence[Entry]) -> None:
        turn = next((entry.turn for entry in entries if isinstance(entry, ReplyEntry)), -1)
        self._mine.pass_by(turn, "checkpoint")
        await self._store.append(interview_id, entries)
        self._mine.pass_by(turn, "entries")


def hold(folder: Path, mine: Mine) -> None:
    """The interview from where it stands to its end; what was said before is not said again."""
    asyncio.run(_hold(folder, mine))


async def _hold(folder: Path, mine: Mine) -> None:
    async with open_house(Settings(data_dir=folder, embedder="scripted", sandbox="scripted")) as house:
        store = house.adapters.store
        try:
            record = await store.get_interview("same", "local")
        except NotFound:
            record = InterviewRecord(id="same", owner="local", plan=PLAN, created_at=utc_now(), updated_at=utc_now())
            await store.create_interview(record)
        adapters = replace(house.adapters, store=MinedStore(store, mine), turn_lock_s=0.3)
        interview = Interview(record, Cast(MinedBrain(house.brain, mine), house.bank, PLAN), adapters)
        await interview.refresh()
        reply = await interview.start()
        for said in SAYS[reply.turn :]:
            reply = await interview.reply(said)
        transcript = await interview.transcript()
        progress = interview.progress.model_dump_json()
        plain = re.sub(r'"(?:at|last_at)":"[^"]*"|"spent_s":[\d.]+', "", transcript.to_jsonl() + progress)
        (folder / "end.txt").write_text(plain)


def run(folder: Path, mine: Mine) -> int | None:
    """In a process of its own: its exit code, negative for a signal."""
    process = multiprocessing.get_context("fork").Process(target=hold, args=(folder, mine))
    process.start()
    process.join(timeout=250)
    return process.exitcode


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same interview in this process, which warms all that the processes forked from it need."""
    folder = tmp_path_factory.mktemp("peace")
    hold(folder, Mine(-1, ""))
    return (folder / "end.txt").read_text()


CHAINS = (
    [
        (1, "understand"),
        (1, "decide"),
        (2, "speak"),
        (2, "a sentence"),
        (3, "record"),
        (4, "checkpoint"),
        (5, "entries"),
    ],
    [(0, "speak"), (1, "record"), (2, "understand"), (3, "speak"), (4, "a sentence"), (6, "entries")],
)
"""Every boundary, most of them twice, in turns of every kind: greeting, an exercise set, talk about it, a hint, another
topic, a question left, the farewell. A run goes on where the one before it died, and dies at the next place."""


@pytest.mark.parametrize("places", CHAINS)
def test_killed_at_every_boundary_the_end_is_the_same(
    tmp_path: Path, undisturbed: str, places: list[tuple[int, str]]
) -> None:
    for turn, boundary in places:
        assert run(tmp_path, Mine(turn, boundary)) == -signal.SIGKILL, (turn, boundary)
    assert run(tmp_path, Mine(-1, "")) == 0
    assert (tmp_path / "end.txt").read_text() == undisturbed


def test_every_boundary_has_its_place() -> None:
    assert {boundary for places in CHAINS for _, boundary in places} == set(BOUNDARIES)
