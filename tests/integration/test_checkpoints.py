"""Working state is bounded: of a thread the latest checkpoint is enough."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.graph import StateGraph

from interviewlab.orchestrator.checkpoints import open_checkpoints


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
