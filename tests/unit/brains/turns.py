"""One turn of a brain: what it understands, what it decides, and what it says."""

from __future__ import annotations

from interviewlab.brains.bank_brain import BankBrain
from interviewlab.types import Decision, TurnContext, Understanding


async def take_turn(brain: BankBrain, context: TurnContext) -> tuple[Understanding, Decision, str]:
    """The whole turn, its sentences joined."""
    understanding = await brain.understand(context)
    decision = await brain.decide(context, understanding)
    said = [sentence async for sentence in brain.speak(context, understanding, decision)]
    return understanding, decision, " ".join(said)
