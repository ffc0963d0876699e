"""The turn is over: its entries go to the outbox, and progress moves on."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from interviewlab.orchestrator.nodes.turn import Cast, context_of, incoming_of
from interviewlab.orchestrator.state import InterviewState, Turn, advance
from interviewlab.types import AssessmentEntry, Decision, Recorded, Reply, ReplyEntry, Understanding


async def record(state: InterviewState, runtime: Runtime[Cast]) -> dict[str, Any]:
    """Writes ``progress`` and ``outbox``."""
    incoming = incoming_of(state)
    understanding = Understanding.model_validate(state["understanding"])
    decision = Decision.model_validate(state["decision"])
    reply = Reply(
        turn=incoming.turn,
        text=state["spoken"],
        move=decision.move,
        phase=decision.phase,
        question_id=decision.question_id,
        exercise_id=decision.exercise_id,
        brain=runtime.context.brain.name,
        ended=decision.move == "close",
    )
    entries: list[Recorded] = []
    where = {"turn": incoming.turn, "at": incoming.now}
    if understanding.assessment is not None:
        entries.append(AssessmentEntry(sequence=incoming.sequence, assessment=understanding.assessment, **where))
    spoken = reply.model_dump(exclude={"turn"})
    entries.append(ReplyEntry(sequence=incoming.sequence + len(entries), **spoken, **where))
    turn = Turn(
        context=context_of(state, runtime.context),
        understanding=understanding,
        decision=decision,
        reply=reply,
        now=incoming.now,
        sequence=incoming.sequence + len(entries),
    )
    return {
        "progress": advance(turn).model_dump(mode="json"),
        "outbox": [entry.model_dump(mode="json") for entry in entries],
    }
