"""What was thought about the same words is not thought again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from interviewlab.brains.remembering import RememberingBrain
from interviewlab.errors import InterviewLabError
from interviewlab.types import Decision, Plan, Progress, TurnContext, Understanding, Utterance

DECISION = Decision(move="ask", phase="technical")


class CountingBrain:
    """Counts what it is asked; ``pause_s`` between two sentences; fails while ``is_broken``."""

    name = "counting"

    def __init__(self, pause_s: float = 0.0) -> None:
        self.understood = 0
        self.spoken: list[str] = []
        self.is_broken = False
        self._pause_s = pause_s

    async def understand(self, context: TurnContext) -> Understanding:
        """One more."""
        self.understood += 1
        await asyncio.sleep(0.01)
        if self.is_broken:
            raise InterviewLabError("The brain broke.", "Try again.")
        return Understanding(intent="none", confidence=1.0)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """Always the same."""
        return DECISION

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """Three sentences."""
        for sentence in ("One.", "Two.", "Three."):
            self.spoken.append(sentence)
            yield sentence
            await asyncio.sleep(self._pause_s)


def said(text: str, elapsed_s: float = 0.0, turn: int = 1) -> TurnContext:
    return TurnContext(plan=Plan(), progress=Progress(), turn=turn, utterance=Utterance(text=text), elapsed_s=elapsed_s)


async def whole(brain: RememberingBrain, context: TurnContext) -> list[str]:
    understanding = await brain.understand(context)
    return [sentence async for sentence in brain.speak(context, understanding, DECISION)]


async def test_the_same_words_in_the_same_turn_are_thought_about_once_however_late_they_come() -> None:
    inner = CountingBrain()
    brain = RememberingBrain(inner)
    assert await whole(brain, said("A heap.")) == ["One.", "Two.", "Three."]
    assert await whole(brain, said("A heap.", elapsed_s=9.0)) == ["One.", "Two.", "Three."]
    assert (inner.understood, inner.spoken) == (1, ["One.", "Two.", "Three."])


async def test_other_words_or_another_turn_are_thought_about_anew() -> None:
    inner = CountingBrain()
    brain = RememberingBrain(inner)
    for context in (said("Yes."), said("No."), said("Yes.", turn=2)):
        await whole(brain, context)
    assert inner.understood == 3
    assert len(inner.spoken) == 9


async def test_who_comes_while_it_is_being_said_hears_it_from_its_beginning() -> None:
    inner = CountingBrain(pause_s=0.02)
    brain = RememberingBrain(inner)
    early = asyncio.create_task(whole(brain, said("A heap.")))
    await asyncio.sleep(0.04)
    assert await whole(brain, said("A heap.")) == await early == ["One.", "Two.", "Three."]
    assert len(inner.spoken) == 3


async def test_a_reply_that_nobody_listens_to_any_more_is_stopped_and_begun_anew_when_wanted() -> None:
    inner = CountingBrain(pause_s=0.05)
    brain = RememberingBrain(inner)
    context = said("A heap.")
    listener = brain.speak(context, await brain.understand(context), DECISION)
    assert await anext(listener) == "One."
    await listener.aclose()  # type: ignore[attr-defined]
    await asyncio.sleep(0.2)
    assert inner.spoken == ["One."]
    assert await whole(brain, context) == ["One.", "Two.", "Three."]


async def test_a_failure_is_not_remembered() -> None:
    inner = CountingBrain()
    brain = RememberingBrain(inner)
    inner.is_broken = True
    with pytest.raises(InterviewLabError):
        await brain.understand(said("A heap."))
    inner.is_broken = False
    assert (await brain.understand(said("A heap."))).confidence == 1.0


async def test_only_the_last_turns_are_kept() -> None:
    inner = CountingBrain()
    brain = RememberingBrain(inner, kept=2)
    for text in ("One.", "Two.", "Three.", "One."):
        await whole(brain, said(text))
    assert inner.understood == 4
