"""What will the reply do?"""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from interviewlab.orchestrator.nodes.turn import Cast, context_of
from interviewlab.orchestrator.state import InterviewState
from interviewlab.types import Understanding


async def decide(state: InterviewState, runtime: Runtime[Cast]) -> dict[str, Any]:
    """Writes ``decision``."""
    understanding = Understanding.model_validate(state["understanding"])
    decision = await runtime.context.brain.decide(context_of(state, runtime.context), understanding)
    return {"decision": decision.model_dump(mode="json")}
