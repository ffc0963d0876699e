"""What a brain may know in one turn, bounded in size."""

from __future__ import annotations

import re

from pydantic import JsonValue

from interviewlab.brains import ability
from interviewlab.orchestrator.state import Incoming, spent_s
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import find_question
from interviewlab.types import Decision, Plan, Progress, TurnContext, Understanding, Utterance

LONGEST_UTTERANCE = 20_000
"""Characters of an utterance that are looked at; the record keeps all of it."""
_GAP = re.compile(r"\s{16,}")
"""Emptier than anything that is typed or read; such a run counts as one space, lest patterns try each place of it. What
is shorter stays, because quotes are exact."""


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


_FLAGS = {"key_points": {"__all__": {"is_asked"}}}
"""Of a question, what is no text."""


def to_debug(context: TurnContext, understanding: Understanding, decision: Decision) -> dict[str, JsonValue]:
    """One line of the interview's debug log: what a brain was given, in characters, what it understood and decided.

    Nobody's words stand in it, and nothing that is empty. The ability is that in the area of the question.
    """
    progress = context.progress
    known = ability.current(progress.ability, context.plan.level)
    parts = {
        "utterance": context.utterance.text if context.utterance else "",
        "code": context.submission.code if context.submission else "",
        "question": context.question.model_dump_json(exclude=_FLAGS) if context.question else "",
        "exercise": context.exercise.statement if context.exercise else "",
        "last reply": progress.last_reply.text if progress.last_reply else "",
        "recent questions": " ".join(progress.recent_questions),
        "claims": " ".join(claim.text for claim in progress.claims),
        "told": " ".join(each.text for each in progress.told),
        "summary": " ".join(progress.summary),
        "asked": " ".join(progress.asked),
    }
    assessment = understanding.assessment
    area = context.question.area if context.question else ""
    line: dict[str, JsonValue] = {
        "context_chars": {name: len(text) for name, text in parts.items() if text},
        "intent": understanding.intent,
        "confidence": understanding.confidence,
        "signals": list(understanding.signals),
        "aside": understanding.aside,
        "score": assessment.score if assessment else None,
        "move": decision.move,
        "reason": decision.reason,
        "key_point": decision.key_point,
        "ability": round(ability.estimate(known, area), 3),
    }
    return {name: value for name, value in line.items() if value not in (None, "", [])}


def _cut(utterance: Utterance | None) -> Utterance | None:
    """Without the times of its words: no brain minds them, and what is rehearsed for a voice has none yet."""
    text = _GAP.sub(" ", utterance.text)[:LONGEST_UTTERANCE] if utterance else ""
    return utterance.model_copy(update={"text": text, "words": ()}) if utterance else None
