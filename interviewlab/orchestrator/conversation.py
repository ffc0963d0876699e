"""The graph behind a small door: where an interview stands, and one turn of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from pydantic import ValidationError

from interviewlab.errors import DataTooNew
from interviewlab.orchestrator.checkpoints import Checkpoints, open_checkpoints
from interviewlab.orchestrator.graph import build_graph
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.state import Incoming
from interviewlab.types import ENTRY, Entry, Progress

KEPT_TURNS = 16
"""So many turns leave a checkpoint each before the older ones are deleted: no one goes back to them."""


@dataclass(frozen=True)
class Standing:
    """Progress after the last whole turn, and that turn's entries."""

    progress: Progress
    outbox: tuple[Entry, ...]


class Conversation:
    """All interviews' working state; one thread an interview. Every method may raise StoreUnavailable."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints
        self._graph: CompiledStateGraph[Any, Cast, Any, Any] = build_graph(checkpoints.saver)

    async def get_standing(self, interview_id: str) -> Standing:
        """Where the interview stands after its last whole turn."""
        with self._checkpoints.translating():
            saved = await self._checkpoints.saver.aget_tuple(_config(interview_id))
        return _standing(saved.checkpoint["channel_values"] if saved else {})

    async def take_turn(self, interview_id: str, company: Cast, incoming: Incoming) -> AsyncIterator[str | Standing]:
        """The sentences of the reply, and last, once the checkpoint is written, where the interview stands now."""
        stream = self._graph.astream(
            {"incoming": incoming.model_dump(mode="json")},
            _config(interview_id),
            context=company,
            stream_mode=["custom", "values"],
            durability="exit",
        )
        values: Mapping[str, Any] = {}
        with self._checkpoints.translating():
            async for mode, piece in stream:
                if mode == "custom":
                    yield str(piece)
                else:
                    values = cast(Mapping[str, Any], piece)
            standing = _standing(values)
            if standing.progress.turn % KEPT_TURNS == KEPT_TURNS - 1:
                await self._checkpoints.prune(interview_id)
        yield standing

    async def restore(self, interview_id: str, progress: Progress) -> None:
        """Put a working state in place of one that was lost."""
        await self.forget(interview_id)
        values = {"progress": progress.model_dump(mode="json", exclude_defaults=True), "outbox": []}
        with self._checkpoints.translating():
            await self._graph.aupdate_state(_config(interview_id), values, as_node="record")

    async def forget(self, interview_id: str) -> None:
        """Delete an interview's working state; its words are wiped from the file and its log."""
        with self._checkpoints.translating():
            await self._checkpoints.saver.adelete_thread(interview_id)
            await self._checkpoints.wipe()


@asynccontextmanager
async def open_conversation(place: Path | str, connections: int = 5) -> AsyncIterator[Conversation]:
    """Open the working state in a file, made where it is missing, or in Postgres by URL. Raises StoreUnavailable."""
    async with open_checkpoints(place, connections) as checkpoints:
        yield Conversation(checkpoints)


def _standing(values: Mapping[str, Any]) -> Standing:
    try:
        outbox = tuple(ENTRY.validate_python(entry) for entry in values.get("outbox") or ())
        return Standing(Progress.model_validate(values.get("progress") or {}), outbox)
    except ValidationError as error:
        raise DataTooNew(
            "The working state of this interview was written by another version.",
            "Upgrade InterviewLab, or move checkpoints.sqlite away: the interview goes on from its record.",
        ) from error


def _config(interview_id: str) -> RunnableConfig:
    return RunnableConfig(configurable={"thread_id": interview_id})
