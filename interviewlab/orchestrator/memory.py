"""What is remembered of an hour: how good the candidate was by area, what they claimed, what was talked about."""

from __future__ import annotations

from typing import Any

from interviewlab.brains import ability
from interviewlab.types import Decision, Progress, Question, Said, Told, TurnContext, Understanding

KEPT_CLAIMS = 6
KEPT_TOLD = 8
KEPT_LINES = 12
"""Matters that the summary tells of, the last ones."""


def remember(context: TurnContext, understanding: Understanding, decision: Decision) -> dict[str, Any]:
    """The parts of progress that last longer than a question."""
    before = context.progress
    shown = ability.shown_on_table(context, understanding)
    is_left = decision.question_id != before.question_id or decision.move in ("evaluate", "close")
    table = ability.on_table(context)
    kept: dict[str, Any] = {"best": None if is_left else shown, **_threads(context, understanding, decision)}
    kept["answered"] = _answered(context, understanding)
    if is_left and table is not None:
        kept |= {"ability": ability.with_table(context, understanding), "summary": _summary(context, table, shown)}
    return kept


def _answered(context: TurnContext, understanding: Understanding) -> tuple[str, ...]:
    """A look back at the end answers no question."""
    before, table, answer = context.progress, ability.on_table(context), understanding.assessment
    is_told = answer is not None and answer.is_on_topic and answer.score is not None
    is_said = context.submission is not None or is_told
    if table is None or not is_said or before.is_evaluated or table.id in before.answered:
        return before.answered
    return (*before.answered, table.id)


def _summary(context: TurnContext, table: Question, shown: float | None) -> tuple[str, ...]:
    """One line: what it was about and how much of it came, without the candidate's words."""
    made = len(set(context.progress.covered) & {point.id for point in table.key_points})
    about = context.exercise.title if context.exercise else ", ".join(table.skills[:2])
    how = "nothing to judge" if shown is None else f"{made} of {len(table.key_points)} points, {shown:.2f}"
    line = f"{table.id} ({table.area}: {about}): {how}"
    return (*(each for each in context.progress.summary if each != line), line)[-KEPT_LINES:]


def _threads(context: TurnContext, understanding: Understanding, decision: Decision) -> dict[str, Any]:
    before: Progress = context.progress
    claims = before.claims
    if understanding.claim and understanding.claim != decision.mention:
        claims = (*claims, Said(turn=context.turn, text=understanding.claim[:160]))[-KEPT_CLAIMS:]
    if understanding.reaches_back:
        claims = tuple(claim for claim in claims if claim.turn != context.turn - 1 or understanding.claim)
    taken_up = before.taken_up if decision.recall is None else (*before.taken_up, decision.recall)[-KEPT_CLAIMS:]
    mentioned_at = context.turn if decision.mention else before.mentioned_at
    weighed = before.weighed + (decision.reason in ("retracted", "two versions", "wavered"))
    doubted = before.doubted + (decision.reason == "doubted")
    told = (*before.told, *(_told(context, text) for text in understanding.told))[-KEPT_TOLD:]
    return {
        "claims": claims,
        "told": told,
        "taken_up": taken_up,
        "mentioned_at": mentioned_at,
        "weighed": weighed,
        "doubted": doubted,
    }


def _told(context: TurnContext, text: str) -> Told:
    return Told(turn=context.turn, text=text[:160], question_id=context.progress.question_id or "")
