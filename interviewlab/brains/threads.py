"""What a reply takes up on its way: words or a deed of this turn, or a claim from long before. Neither too often."""

from __future__ import annotations

from interviewlab.brains.claims import can_be_taken_up, find_related
from interviewlab.brains.mention import ARTICLES
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import find_question
from interviewlab.scoring.text import stems
from interviewlab.types import Decision, Question, TurnContext, Understanding

MENTION_EVERY = 4
"""Turns at least from one "You mentioned …" to the next."""
RECALL_AFTER = 4
"""Turns at least between a claim and its being taken up."""
MOST_RECALLS = 3
ALONE = ("retracted", "two versions", "wavered", "doubted", "change", "time")
"""Reasons of replies that take up nothing besides."""


def with_threads(bank: Bank, context: TurnContext, understanding: Understanding, decision: Decision) -> Decision:
    """The decision with what is taken up on its way, if anything is due."""
    if decision.move not in ("ask", "follow_up") or decision.reason in ALONE:
        return decision
    question = find_question(bank, context.plan.personal, decision.question_id)
    if (turn := _claim_turn(context, decision, question)) is not None:
        return decision.model_copy(update={"recall": turn})
    is_due = context.turn - context.progress.mentioned_at >= MENTION_EVERY
    # What comes next in a story has little to do with the things named in it, and much with what was done.
    is_story = question is not None and question.area == "behavioural"
    deed = understanding.claim if can_be_taken_up(understanding.claim) else ""
    worth = deed if is_story else understanding.mentioned
    if question is not None and not is_story and not _bears_on(worth, question):
        return decision
    return decision.model_copy(update={"mention": worth}) if decision.move == "follow_up" and is_due else decision


def _bears_on(mentioned: str, question: Question) -> bool:
    """Whether what comes next has to do with the thing: "You mentioned the web" leads to nothing else."""
    told = (text for point in question.key_points for text in (*point.cues, point.follow_up))
    return bool((set(stems(mentioned)) - ARTICLES) & {stem for text in told for stem in stems(text)})


def _claim_turn(context: TurnContext, decision: Decision, question: Question | None) -> int | None:
    progress = context.progress
    if question is None or decision.move != "ask" or len(progress.taken_up) >= MOST_RECALLS:
        return None
    claim = find_related(question, progress.claims, progress.taken_up, context.turn - RECALL_AFTER)
    return claim.turn if claim else None
