"""A brain that decides and says what was recorded, whatever the candidate brings."""

from __future__ import annotations

from collections.abc import AsyncIterator

from pydantic import JsonValue

from interviewlab.types import (
    DEBUG_NOTE,
    Assessment,
    AssessmentEntry,
    Decision,
    NoteEntry,
    Reply,
    Transcript,
    TurnContext,
    Understanding,
)

UNDERSTOOD = ("intent", "confidence", "signals", "aside")
DECIDED = ("reason", "key_point")


class RecordedBrain:
    """Bears the name of the brain that was recorded; a turn that was never replied to is closed."""

    def __init__(self, transcript: Transcript) -> None:
        self._replies = transcript.replies()
        self._assessments = {e.turn: e.assessment for e in transcript.entries if isinstance(e, AssessmentEntry)}
        notes = (entry for entry in transcript.entries if isinstance(entry, NoteEntry))
        self._logged = {note.turn: note.data for note in notes if note.topic == DEBUG_NOTE}
        self.name = next((reply.brain for reply in self._replies.values()), "recorded")

    async def understand(self, context: TurnContext) -> Understanding:
        """The recorded assessment, and the intent where it was logged."""
        assessment: Assessment | None = self._assessments.get(context.turn)
        understood = {"intent": "none", "confidence": 1.0} | self._logged_as(context, UNDERSTOOD)
        return Understanding.model_validate({**understood, "assessment": assessment})

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """The recorded move, phase and topic."""
        reply = self._reply(context)
        if reply is None:
            return Decision(move="close", phase="closing", reason="not recorded")
        decided = {"move": reply.move, "phase": reply.phase, "question_id": reply.question_id}
        why = {} if context.turn in self._logged else {"reason": "recorded"}
        logged = self._logged_as(context, DECIDED)
        return Decision.model_validate({**decided, "exercise_id": reply.exercise_id, **why, **logged})

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """The recorded text."""
        reply = self._reply(context)
        yield reply.text if reply else "Goodbye."

    def _logged_as(self, context: TurnContext, names: tuple[str, ...]) -> dict[str, JsonValue]:
        logged = self._logged.get(context.turn, {})
        return {name: logged[name] for name in names if name in logged}

    def _reply(self, context: TurnContext) -> Reply | None:
        return self._replies.get(context.turn)
