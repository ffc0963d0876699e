"""The graph's state, typed, one writer a field, and how progress moves from turn to turn.

Only ``progress`` and ``outbox`` are kept in the checkpoint; the rest lives for one turn. The outbox holds the entries
of the last turn until the store has them, so that a process may die between checkpoint and store and lose nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypedDict

from langgraph.channels import UntrackedValue
from pydantic import Field

from interviewlab.brains.guards import questions_in
from interviewlab.orchestrator.memory import remember
from interviewlab.types import (
    CodeFacts,
    Decision,
    Frozen,
    Progress,
    Question,
    Reply,
    RunResult,
    Submission,
    TurnContext,
    Understanding,
    Utterance,
)

MOSTLY = 2 / 3
"""Share of the tests from which the idea of a submission holds."""
KEPT_QUESTIONS = 24
"""Probes kept word for word beside the ids of the questions asked."""
KEPT_REPLIES = 4
"""Replies whose beginning is kept."""
LONGEST_KEPT = 120
"""Characters of each."""
BROUGHT_NOTHING = ("silent", "off topic", "abuse", "chat", "person", "floor")
"""Reasons of replies to who said nothing on the matter."""
ABSENCE_S = 180.0
"""A gap between turns counts at most this much as interview time: one may go on the next day."""

CODING_S = 900.0
"""While an exercise is open one may write for as long without a word; more is an absence too."""


class Incoming(Frozen):
    """What the candidate brings to one turn; ``sequence`` is the number of the next entry."""

    turn: int
    sequence: int
    now: datetime
    utterance: Utterance | None = None
    submission: Submission | None = None
    result: RunResult | None = None
    facts: CodeFacts | None = None
    wants_end: bool = False
    is_stuck: bool = False
    """The candidate brought nothing: the editor has stood still."""


class InterviewState(TypedDict, total=False):
    """Values are plain JSON, so that a checkpoint never needs our classes to be read."""

    incoming: Annotated[dict[str, Any], UntrackedValue]
    understanding: Annotated[dict[str, Any], UntrackedValue]
    decision: Annotated[dict[str, Any], UntrackedValue]
    spoken: Annotated[str, UntrackedValue]
    authorship: Annotated[dict[str, Any] | None, UntrackedValue]
    progress: dict[str, Any]
    outbox: list[dict[str, Any]]


WRITERS = {
    "incoming": "the hall",
    "understanding": "understand",
    "decision": "decide",
    "spoken": "speak",
    "authorship": "speak",
    "progress": "record",
    "outbox": "record",
}


class Turn(Frozen):
    """One turn after its reply: all that moves progress on."""

    context: TurnContext
    understanding: Understanding
    decision: Decision
    reply: Reply
    now: datetime
    sequence: int = Field(description="The number of the next entry after this turn.")


def advance(turn: Turn) -> Progress:
    """Where the interview stands after a turn."""
    before, decision = turn.context.progress, turn.decision
    return before.model_copy(
        update={
            **_talk(turn),
            **_code(turn),
            **remember(turn.context, turn.understanding, decision),
            "turn": turn.context.turn,
            "sequence": turn.sequence,
            "phase": decision.phase,
            "question_id": decision.question_id,
            "exercise_id": decision.exercise_id,
            "topic": _topic(turn),
            "dropped": _dropped(turn),
            "leaves_at_s": _leaves_at_s(turn),
            "is_evaluated": before.is_evaluated or decision.move == "evaluate",
            "is_end_asked": decision.reason == "sure to end",
            "is_ended": decision.move == "close",
            "spent_s": spent_s(before, turn.now),
            "last_at": turn.now,
            "last_reply": turn.reply,
            "recent_questions": _recent_questions(turn),
            "recent_replies": (*before.recent_replies, turn.reply.text[:LONGEST_KEPT])[-KEPT_REPLIES:],
        }
    )


def spent_s(progress: Progress, now: datetime) -> float:
    """Interview time up to ``now``, seconds; absences count up to ABSENCE_S, at an open exercise up to CODING_S."""
    if progress.last_at is None:
        return 0.0
    most = CODING_S if progress.exercise_id and not progress.is_solved else ABSENCE_S
    return progress.spent_s + min(max(0.0, (now - progress.last_at).total_seconds()), most)


def _talk(turn: Turn) -> dict[str, Any]:
    """What was asked, covered and probed of the question on the table."""
    before, decision = turn.context.progress, turn.decision
    asked = before.asked
    if decision.move == "ask" and decision.question_id:
        asked = (*asked, decision.question_id)
    if decision.question_id != before.question_id:
        return {
            "asked": asked,
            "covered": (),
            "told_already": (),
            "probed": (),
            "probes": 0,
            "misses": 0,
            "clarifications": 0,
        }
    is_probe = decision.move in ("follow_up", "review_code") and decision.key_point is not None
    return {
        "asked": asked,
        "covered": _covered(turn.context.question, before, turn.understanding),
        "told_already": _told_already(before, turn.understanding),
        "probed": (*before.probed, decision.key_point) if is_probe else before.probed,
        "probes": before.probes + is_probe,
        "misses": before.misses + 1 if decision.reason in BROUGHT_NOTHING else 0,
        "clarifications": before.clarifications + (decision.reason in ("repeat", "rephrase", "no answer")),
    }


def _covered(question: Question | None, before: Progress, understanding: Understanding) -> tuple[str, ...]:
    if question is None or understanding.assessment is None:
        return before.covered
    fresh = (hit.key_point for hit in understanding.assessment.found)
    if understanding.reaches_back:
        return tuple(dict.fromkeys(fresh))
    return tuple(dict.fromkeys((*before.covered, *fresh)))


def _told_already(before: Progress, understanding: Understanding) -> tuple[str, ...]:
    kept = () if understanding.reaches_back else before.told_already
    return tuple(dict.fromkeys((*kept, *understanding.told_already)))


def _recent_questions(turn: Turn) -> tuple[str, ...]:
    """The last probes as they were spoken; of questions the ids are known."""
    before = turn.context.progress.recent_questions
    if turn.decision.move not in ("follow_up", "review_code"):
        return before
    fresh = [question[:LONGEST_KEPT] for question in questions_in(turn.reply.text)]
    return (*before, *(each for each in fresh if each not in before))[-KEPT_QUESTIONS:]


def _leaves_at_s(turn: Turn) -> float | None:
    left = turn.understanding.minutes_left
    return turn.context.progress.leaves_at_s if left is None else turn.context.elapsed_s + left * 60


def _topic(turn: Turn) -> str | None:
    """The subject that was asked for last, until any other one is asked for."""
    kept = None if turn.decision.reason == "change" else turn.context.progress.topic
    return turn.understanding.topic or kept


def _dropped(turn: Turn) -> tuple[str, ...]:
    """Who asks for technical questions wants no more about the CV, who asks for the CV does."""
    dropped = set(turn.context.progress.dropped)
    if turn.decision.reason == "technical":
        dropped.add("cv")
    if turn.understanding.topic == "resume":
        dropped.discard("cv")
    return tuple(sorted(dropped))


def _code(turn: Turn) -> dict[str, Any]:
    """Which exercises were set, hints given, and whether the code passes."""
    before, decision, result = turn.context.progress, turn.decision, turn.context.result
    if decision.move == "set_exercise" and decision.exercise_id:
        return {
            "exercises": (*before.exercises, decision.exercise_id),
            "extra_exercises": before.extra_exercises + (len(before.exercises) >= turn.context.plan.exercises),
            "offers": 0,
            "hints": 0,
            "case_hints": 0,
            "submissions": 0,
            "is_solved": False,
            "failing": "",
        }
    is_hint, is_of_case = decision.move == "hint", decision.reason == "case"
    return {
        "hints": before.hints + (is_hint and not is_of_case),
        "case_hints": before.case_hints + (is_hint and is_of_case),
        "offers": before.offers + turn.context.is_stuck,
        "submissions": before.submissions + (turn.context.submission is not None),
        "is_solved": before.is_solved or (result is not None and result.outcome == "ok"),
        "failing": _failing(turn),
    }


def _failing(turn: Turn) -> str:
    """The kind of case that fails first in a submission whose idea holds: a wrong result, and most tests pass."""
    result = turn.context.result
    if turn.context.submission is None or result is None:
        return "" if turn.decision.move == "hint" else turn.context.progress.failing
    is_near = result.outcome == "wrong_answer" and result.passed >= MOSTLY * len(result.tests)
    return next((test.category for test in result.tests if not test.passed), "") if is_near else ""
