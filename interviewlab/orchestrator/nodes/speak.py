"""The one node that talks. It stands in the graph once for each move, under the move's name."""

from __future__ import annotations

from typing import Any

from langgraph.config import get_stream_writer
from langgraph.runtime import Runtime

from interviewlab.orchestrator.nodes.turn import Cast, context_of
from interviewlab.orchestrator.state import InterviewState
from interviewlab.types import Decision, Understanding


async def speak(state: InterviewState, runtime: Runtime[Cast]) -> dict[str, Any]:
    """Writes ``spoken``; each sentence is streamed as soon as the brain gives it."""
    write = get_stream_writer()
    sentences = []
    understanding = Understanding.model_validate(state["understanding"])
    decision = Decision.model_validate(state["decision"])
    async for sentence in runtime.context.brain.speak(context_of(state, runtime.context), understanding, decision):
        sentences.append(sentence)
        write(sentence)
    return {"spoken": " ".join(sentences)}
