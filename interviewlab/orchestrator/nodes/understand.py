"""What does the candidate want, and what does the answer cover?"""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from interviewlab.orchestrator.nodes.turn import Cast, context_of
from interviewlab.orchestrator.state import InterviewState


async def understand(state: InterviewState, runtime: Runtime[Cast]) -> dict[str, Any]:
    """Writes ``understanding``."""
    found = await runtime.context.brain.understand(context_of(state, runtime.context))
    return {"understanding": found.model_dump(mode="json")}
