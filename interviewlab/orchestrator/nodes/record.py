"""The turn is over: its entries go to the outbox, and progress moves on."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from interviewlab.orchestrator.context import to_debug
from interviewlab.orchestrator.nodes.turn import Cast, context_of, incoming_of
from interviewlab.orchestrator.state import InterviewState, Turn, advance
from interviewlab.types import (
    DEBUG_NOTE,
    MODEL_NOTE,
    AssessmentEntry,
    Authorship,
    Decision,
    NoteEntry,
    Recorded,
    Reply,
    ReplyEntry,
    Understanding,
)


async def record(state: InterviewState, runtime: Runtime[Cast]) -> dict[str, Any]:
    """Writes ``progress`` and ``outbox``; the last entry of a turn is its line of the debug log.

    A turn that is no longer ours stays where it was before it.
    """
    if runtime.context.confirm is not None:
        await runtime.context.confirm()
    incoming = incoming_of(state)
    authorship = _authorship(state, runtime.context)
    understanding = authorship.understanding or Understanding.model_validate(state["understanding"])
    decision = authorship.decision or Decision.model_validate(state["decision"])
    reply = Reply(
        turn=incoming.turn,
        text=state["spoken"],
        move=decision.move,
        phase=decision.phase,
        question_id=decision.question_id,
        exercise_id=decision.exercise_id,
        brain=authorship.brain,
        ended=decision.move == "close",
    )
    entries: list[Recorded] = []

    def add(kind: type[Recorded], **fields: Any) -> None:
        where = {"sequence": incoming.sequence + len(entries), "turn": incoming.turn, "at": incoming.now}
        entries.append(kind(**where, **fields))

    if authorship.prompt:
        add(NoteEntry, topic=MODEL_NOTE, text=authorship.fallback, data=_to_data(authorship))
    if understanding.assessment is not None:
        add(AssessmentEntry, assessment=understanding.assessment)
    add(ReplyEntry, **reply.model_dump(exclude={"turn"}))
    context = context_of(state, runtime.context)
    add(NoteEntry, topic=DEBUG_NOTE, data=to_debug(context, understanding, decision))
    turn = Turn(
        context=context,
        understanding=understanding,
        decision=decision,
        reply=reply,
        now=incoming.now,
        sequence=incoming.sequence + len(entries),
    )
    return {
        "progress": advance(turn).model_dump(mode="json", exclude_defaults=True),
        "outbox": [entry.model_dump(mode="json") for entry in entries],
    }


def _authorship(state: InterviewState, company: Cast) -> Authorship:
    """How the reply came about; most brains have nothing to say but their name."""
    told = state.get("authorship")
    return Authorship.model_validate(told) if told else Authorship(brain=company.brain.name)


def _to_data(authorship: Authorship) -> dict[str, Any]:
    """What is noted of a model's turn: which prompt, what it was told, what it took, what it corrected."""
    corrected = {"move": authorship.decision.move} if authorship.decision else {}
    told = authorship.model_dump(mode="json", exclude={"understanding", "decision", "fallback"})
    return {**told, "corrected": corrected}
