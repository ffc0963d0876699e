"""Working state is bounded: of a thread the latest checkpoint is enough. Where it fails, one sentence says so."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import StateGraph

from interviewlab.brains.scripted import ScriptedBrain
from interviewlab.errors import StoreUnavailable
from interviewlab.orchestrator.checkpoints import open_checkpoints
from interviewlab.orchestrator.conversation import open_conversation
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.state import Incoming
from interviewlab.questions.bank import load_bank
from interviewlab.types import Decision, Plan, Progress


class Count(TypedDict):
    turns: int


@pytest.mark.parametrize("keeper", ["sqlite", "postgres"])
async def test_of_a_pruned_thread_the_latest_checkpoint_is_kept_and_others_keep_theirs(
    keeper: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "kept.sqlite" if keeper == "sqlite" else request.getfixturevalue("empty_postgres")
    async with open_checkpoints(place, 2) as checkpoints:
        plan = StateGraph(Count).add_node("count", lambda state: {"turns": state["turns"] + 1})
        graph = plan.set_entry_point("count").compile(checkpointer=checkpoints.saver)

        async def take(thread: str) -> int:
            config = RunnableConfig(configurable={"thread_id": thread})
            turns = (await graph.aget_state(config)).values.get("turns", 0)
            return int((await graph.ainvoke({"turns": turns}, config, durability="exit"))["turns"])

        async def count(thread: str) -> int:
            return len([each async for each in checkpoints.saver.alist({"configurable": {"thread_id": thread}})])

        for _ in range(3):
            await take("mine")
            await take("other")
        assert (await count("mine"), await count("other")) == (3, 3)
        await checkpoints.prune("mine")
        assert (await count("mine"), await count("other")) == (1, 3)
        assert await take("mine") == 4


def break_working_state(place: Path | str) -> None:
    """Take the table away that every turn is written to."""
    if isinstance(place, Path):
        with sqlite3.connect(place) as file:
            file.execute("DROP TABLE checkpoints")
        file.close()
        return
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("DROP TABLE checkpoints")


@pytest.mark.parametrize("keeper", ["sqlite", "postgres"])
async def test_working_state_that_breaks_in_the_middle_of_a_turn_is_one_sentence(
    keeper: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    is_file = keeper == "sqlite"
    place = tmp_path / "kept.sqlite" if is_file else request.getfixturevalue("postgres").create_database()
    cast = Cast(ScriptedBrain([(Decision(move="greet", phase="intro"), "Hello.")]), load_bank(), Plan())
    incoming = Incoming(turn=0, sequence=0, now=datetime(2026, 1, 1, tzinfo=UTC))
    async with open_conversation(place, 2) as conversation:
        turn = conversation.take_turn("mine", cast, incoming)
        assert await anext(turn) == "Hello."
        break_working_state(place)
        for work in (
            anext(turn),
            conversation.get_standing("mine"),
            conversation.restore("mine", Progress(turn=3)),
            conversation.forget("mine"),
        ):
            with pytest.raises(StoreUnavailable, match="The working state in"):
                await work


async def test_deleted_words_are_wiped_when_no_other_turn_is_being_written(tmp_path: Path) -> None:
    async with open_checkpoints(tmp_path / "kept.sqlite", 1) as checkpoints:
        saver = checkpoints.saver
        assert isinstance(saver, AsyncSqliteSaver)
        async with saver.lock:
            await saver.conn.execute("BEGIN IMMEDIATE")
            wiping = asyncio.create_task(checkpoints.wipe())
            await asyncio.sleep(0)
            await saver.conn.commit()
        await wiping
