"""A brain that says what a test tells it to, move by move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from interviewlab.types import Decision, TurnContext, Understanding


class ScriptedBrain:
    """Gives the n-th decision and text in turn n; after the last one it closes."""

    name = "scripted"

    def __init__(self, script: Sequence[tuple[Decision, str]] = ()) -> None:
        self._script = tuple(script)

    async def understand(self, context: TurnContext) -> Understanding:
        """Always an answer."""
        return Understanding(intent="none", confidence=1.0)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """The scripted decision of this turn."""
        if context.turn < len(self._script) and not context.wants_end:
            return self._script[context.turn][0]
        return Decision(move="close", phase="closing", reason="script done")

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """The scripted text of this turn."""
        if context.turn < len(self._script) and decision == self._script[context.turn][0]:
            yield self._script[context.turn][1]
        else:
            yield "Goodbye."
