"""A brain that decides and says what was recorded, whatever the candidate brings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from interviewlab.ports import Brain
from interviewlab.types import (
    DEBUG_NOTE,
    AssessmentEntry,
    Decision,
    NoteEntry,
    Reply,
    Transcript,
    TurnContext,
    Understanding,
)

UNDERSTOOD: Mapping[str, Any] = {"intent": "none", "confidence": 1.0, "signals": (), "aside": None}
DECIDED: Mapping[str, Any] = {"reason": "", "key_point": None}
"""What a turn's line of the debug log tells, and what it means where it is left out there."""
CHOSEN = ("move", "phase", "question_id", "exercise_id")
"""What a reply tells of its decision."""


class RecordedBrain:
    """Bears the name of the brain that was recorded; a turn that was never replied to is closed.

    ``guide`` adds what the record does not tell, as it understands the turn today; of its decisions only those count
    in which it chooses what was chosen then.
    """

    def __init__(self, transcript: Transcript, guide: Brain | None = None) -> None:
        self._guide = guide
        self._replies = transcript.replies()
        self._assessments = {e.turn: e.assessment for e in transcript.entries if isinstance(e, AssessmentEntry)}
        notes = (entry for entry in transcript.entries if isinstance(entry, NoteEntry))
        self._logged = {note.turn: note.data for note in notes if note.topic == DEBUG_NOTE}
        self.name = next((reply.brain for reply in self._replies.values()), "recorded")

    async def understand(self, context: TurnContext) -> Understanding:
        """The recorded assessment, and the intent where it was logged."""
        guessed = (await self._guide.understand(context)).model_dump() if self._guide else UNDERSTOOD
        recorded = {**self._log_of(context, UNDERSTOOD), "assessment": self._assessments.get(context.turn)}
        return Understanding.model_validate({**guessed, **recorded})

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """The recorded move, phase and topic."""
        reply = self._replies.get(context.turn)
        if reply is None:
            return Decision(move="close", phase="closing", reason="not recorded")
        guessed = await self._guide.decide(context, understanding) if self._guide else None
        if guessed is None or any(getattr(guessed, name) != getattr(reply, name) for name in CHOSEN):
            guessed = Decision.model_validate({name: getattr(reply, name) for name in CHOSEN} | {"reason": "recorded"})
        return guessed.model_copy(update=self._log_of(context, DECIDED))

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """The recorded text."""
        reply: Reply | None = self._replies.get(context.turn)
        yield reply.text if reply else "Goodbye."

    def _log_of(self, context: TurnContext, told: Mapping[str, Any]) -> dict[str, Any]:
        """Earlier releases logged nothing."""
        logged = self._logged.get(context.turn)
        return {} if logged is None else {name: logged.get(name, empty) for name, empty in told.items()}
