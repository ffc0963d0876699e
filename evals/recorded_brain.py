"""A brain that decides and says what was recorded, whatever the candidate brings."""

from __future__ import annotations

from collections.abc import AsyncIterator

from interviewlab.types import Assessment, AssessmentEntry, Decision, Reply, Transcript, TurnContext, Understanding


class RecordedBrain:
    """Bears the name of the brain that was recorded; a turn that was never replied to is closed."""

    def __init__(self, transcript: Transcript) -> None:
        self._replies = transcript.replies()
        self._assessments = {e.turn: e.assessment for e in transcript.entries if isinstance(e, AssessmentEntry)}
        self.name = next((reply.brain for reply in self._replies.values()), "recorded")

    async def understand(self, context: TurnContext) -> Understanding:
        """The recorded assessment; the intent was not recorded."""
        assessment: Assessment | None = self._assessments.get(context.turn)
        return Understanding(intent="none", confidence=1.0, assessment=assessment)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """The recorded move, phase and topic."""
        reply = self._reply(context)
        if reply is None:
            return Decision(move="close", phase="closing", reason="not recorded")
        topic = {"question_id": reply.question_id, "exercise_id": reply.exercise_id}
        return Decision(move=reply.move, phase=reply.phase, reason="recorded", **topic)

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """The recorded text."""
        reply = self._reply(context)
        yield reply.text if reply else "Goodbye."

    def _reply(self, context: TurnContext) -> Reply | None:
        return self._replies.get(context.turn)
