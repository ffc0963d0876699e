"""The one node that talks. It stands in the graph once for each move, under the move's name."""

from __future__ import annotations

from typing import Any

from langgraph.config import get_stream_writer
from langgraph.runtime import Runtime

from interviewlab.orchestrator.nodes.turn import Cast, context_of
from interviewlab.orchestrator.state import InterviewState
from interviewlab.types import Authorship, Decision, Understanding


async def speak(state: InterviewState, runtime: Runtime[Cast]) -> dict[str, Any]:
    """Writes ``spoken`` and ``authorship``; each sentence is streamed as soon as the brain gives it."""
    write = get_stream_writer()
    sentences: list[str] = []
    authorship: Authorship | None = None
    understanding = Understanding.model_validate(state["understanding"])
    decision = Decision.model_validate(state["decision"])
    async for piece in runtime.context.brain.speak(context_of(state, runtime.context), understanding, decision):
        if isinstance(piece, Authorship):
            authorship = piece
        else:
            sentences.append(piece)
            write(piece)
    return {
        "spoken": " ".join(sentences),
        "authorship": authorship.model_dump(mode="json") if authorship else None,
    }
