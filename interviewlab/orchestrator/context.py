"""What a brain may know in one turn, bounded in size."""

from __future__ import annotations

from interviewlab.orchestrator.state import Incoming, spent_s
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import find_question
from interviewlab.types import Plan, Progress, TurnContext, Utterance

LONGEST_UTTERANCE = 20_000
"""Characters of an utterance that are looked at; the record keeps all of it."""


def build_context(plan: Plan, bank: Bank, progress: Progress, incoming: Incoming) -> TurnContext:
    """The context of one turn; a question or exercise that left the bank is treated as not there."""
    return TurnContext(
        plan=plan,
        progress=progress,
        turn=incoming.turn,
        utterance=_cut(incoming.utterance),
        submission=incoming.submission,
        result=incoming.result,
        facts=incoming.facts,
        question=find_question(bank, plan.personal, progress.question_id),
        exercise=bank.find_exercise(progress.exercise_id),
        elapsed_s=spent_s(progress, incoming.now),
        wants_end=incoming.wants_end,
        is_stuck=incoming.is_stuck,
    )


def _cut(utterance: Utterance | None) -> Utterance | None:
    if utterance is None or len(utterance.text) <= LONGEST_UTTERANCE:
        return utterance
    return utterance.model_copy(update={"text": utterance.text[:LONGEST_UTTERANCE]})
