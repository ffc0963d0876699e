"""The embedded brain: no language model, the same words for the same seed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

from interviewlab.brains import policy
from interviewlab.brains.intents import IntentFinder, find_signals
from interviewlab.brains.mention import MentionFinder
from interviewlab.brains.phrases import find_topic
from interviewlab.brains.wording import Wording
from interviewlab.ports import Embedder
from interviewlab.questions.bank import Bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.types import Assessment, Decision, Intent, Question, Signal, TurnContext, Understanding

NOT_AN_ANSWER = "not an answer"


class BankBrain:
    """Understands by rules and embeddings, decides by a policy, speaks from the bank."""

    name = "bank"

    def __init__(
        self, bank: Bank, embedder: Embedder, grader: AnswerGrader, interviewer: str, names: Iterable[str]
    ) -> None:
        self._bank = bank
        self._intents = IntentFinder(embedder)
        self._grader = grader
        self._interviewer = interviewer
        cues = {cue for question in bank.questions for point in question.key_points for cue in point.cues}
        skills = {skill for question in bank.questions for skill in question.skills}
        self._mentions = MentionFinder(names, cues | skills)

    async def understand(self, context: TurnContext) -> Understanding:
        """What the candidate wants and what the answer covers."""
        if context.utterance is None or context.wants_end:
            return Understanding(intent="none", confidence=1.0)
        return await asyncio.to_thread(self._understand, context, context.utterance.text)

    def _understand(self, context: TurnContext, said: str) -> Understanding:
        intent, confidence = self._intents.find(said)
        signals = find_signals(said)
        answer = self._assess(context.question, said, context.turn)
        if answer is not None and answer.found and intent != "stop":
            # Words that make a point of the question answer it, whatever else they sound like.
            intent, confidence, signals = "none", 1.0, ()
        is_request = _is_request(intent, confidence, signals)
        asked = context.progress.last_reply.text if context.progress.last_reply else ""
        return Understanding(
            intent=intent,
            confidence=confidence,
            signals=signals,
            topic=find_topic(said) if intent == "change_topic" else None,
            assessment=_set_aside(answer) if answer and is_request else answer,
            mentioned="" if is_request else self._mentions.find(said, not_in=asked),
        )

    def _assess(self, question: Question | None, said: str, turn: int) -> Assessment | None:
        return None if question is None else self._grader.assess(question, said, turn)

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """What the reply will do."""
        return policy.decide(self._bank, context, understanding)

    async def speak(self, context: TurnContext, understanding: Understanding, decision: Decision) -> AsyncIterator[str]:
        """The reply, sentence by sentence."""
        for sentence in Wording(self._bank, self._interviewer, context, understanding, decision).sentences():
            yield sentence


def _set_aside(answer: Assessment) -> Assessment:
    return Assessment(question_id=answer.question_id, turn=answer.turn, score=None, reason=NOT_AN_ANSWER)


def _is_request(intent: Intent, confidence: float, signals: tuple[Signal, ...]) -> bool:
    """Whether the utterance is about the interview and no answer to the question."""
    about_interview = {"hold", "repeat", "asks_for_answer", "asks_for_hint", "asks_for_score"} & set(signals)
    return bool(about_interview) or (intent != "none" and confidence >= policy.SURE)
