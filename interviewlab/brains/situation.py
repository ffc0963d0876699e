"""What holds at this moment of the interview: predicates that the policy asks, without a decision of their own."""

from __future__ import annotations

import re

from interviewlab.brains.asking_back import asks_about_task
from interviewlab.brains.own_questions import BRIEF, asks_about_look_back
from interviewlab.brains.wishes import form
from interviewlab.scoring.text import words
from interviewlab.types import KeyPoint, TurnContext, Understanding

MAX_SUBMISSIONS = 3
READY = re.compile(r"\b(?:ready|start|begin|fire away|shoot|sounds good)\b|^\W*(?:yes|yeah|sure)\W*$", re.I)
"""To be told that one may begin; it leaves no question."""
ANOTHER = re.compile(r"\b(?:another|different|easier|shorter|other) (?:one|exercise|task|problem|challenge)\b", re.I)
"""Who skips an exercise and says so wants one in its place."""
SKIPS = re.compile(r"\b(?:skip|pass on|leave (?:it|this|that|the))\b", re.I)
CHANGED = re.compile(
    r"\b(?:suppose|what if|what would you (?:do|change)|what changes|would (?:it|you|that) change)\b", re.I
)
"""Follow-ups that change what is required."""
BYE = re.compile(r"\b(?:bye|goodbye|let['’]?s|interview)\b", re.I)
"""What nobody says by chance."""
FRAGMENT = 2
"""Words up to which what was heard may be a piece of an answer, or of another word."""
AGREEING = frozenset(
    words(
        "yes yeah yep yup sure okay ok right correct exactly absolutely certainly of course please do so i would like "
        "to want end finish stop it this that that's the interview here now let's let us thanks thank you bye goodbye"
    )
)
"""Whoever says nothing else, asked whether the interview is to end, says yes."""
BRIEF_ANSWER = 5
"""Words up to which a no answers that, and nothing else."""
NO = re.compile(r"\W*(?:(?:oh|um|uh|sorry|wait)\W+)*(?:no|nope|not yet|don['’]?t|please don['’]?t)\b", re.I)
SLOW_LOOPS = 2
"""Loops inside each other from which it is asked what they cost, where less is expected."""


def why_again(context: TurnContext) -> str:
    """Whether it is the exercise at all that the code is about."""
    exercise, submission = context.exercise, context.submission
    if exercise is None or submission is None:
        return "try again"
    starter = exercise.starter.get(submission.language, "")
    if _squeezed(submission.code) == _squeezed(starter):
        return "untouched"
    passed = context.result.passed if context.result else 0
    is_elsewhere = exercise.function.get(submission.language, "") not in submission.code
    return "other code" if is_elsewhere and not passed else "try again"


def _squeezed(code: str) -> str:
    return "".join(code.split())


def is_unsure(context: TurnContext) -> bool:
    """Whether what is said of the code is put as a question: "so do I count them?"."""
    said = context.utterance.text.strip() if context.utterance else ""
    return said.endswith("?") or form(said).startswith(("form whether", "form which"))


def asks_for_a_rule(context: TurnContext) -> bool:
    """Whether, before any code, a rule of the exercise is asked for: "may the two touch?"."""
    said = context.utterance.text if context.utterance else ""
    return is_before_code(context) and not context.progress.probes and asks_about_task(said)


def probed_point(context: TurnContext) -> KeyPoint | None:
    """The key point whose follow-up was asked last, if the last reply asked one."""
    last, probed = context.progress.last_reply, context.progress.probed
    if context.question is None or last is None or last.move != "follow_up" or not probed:
        return None
    return next((point for point in context.question.key_points if point.id == probed[-1]), None)


def was_changed(context: TurnContext) -> bool:
    """Whether the last that was asked about the code changed what is required: another change would be one too many."""
    probed, exercise = context.progress.probed, context.exercise
    if "changed" in probed:
        return True
    last = next((p for p in (exercise.discussion if exercise else ()) if probed and p.id == probed[-1]), None)
    return last is not None and CHANGED.search(last.follow_up) is not None


def is_slow(context: TurnContext) -> bool:
    """Whether the code loops inside loops where the exercise can do with less."""
    depth = context.facts.loop_depth if context.facts else None
    is_cheap = context.exercise is not None and "^" not in context.exercise.complexity
    return depth is not None and depth >= SLOW_LOOPS and is_cheap


def is_something_asked(context: TurnContext) -> bool:
    """Whether a question or an exercise is on the table."""
    return context.question is not None or context.exercise is not None


def is_look_back_open(context: TurnContext, understanding: Understanding) -> bool:
    """Whether somebody who was asked to look back wants time for it, or to hear it again or in other words."""
    said = context.utterance.text if context.utterance else ""
    if {"hold", "repeat"} & set(understanding.signals):
        return len(words(said)) <= BRIEF
    if understanding.aside == "abuse":
        return True
    return understanding.intent == "clarify" and asks_about_look_back(said)


def may_be_misheard(context: TurnContext) -> bool:
    """Whether the wish to end was heard in a word or two: "Finish." may be a piece of "to the finish"."""
    said = context.utterance
    if said is None or said.source != "voice":
        return False
    return len(words(said.text)) <= FRAGMENT and BYE.search(said.text) is None


def agrees_to_end(context: TurnContext) -> bool:
    """Whether, asked if the interview is to end, somebody says yes and nothing else."""
    said = words(context.utterance.text.replace("’", "'")) if context.utterance else []
    return bool(said) and AGREEING.issuperset(word.lower() for word in said)


def declines_to_end(context: TurnContext) -> bool:
    """Whether, asked that, somebody says no and nothing else."""
    said = context.utterance.text if context.utterance else ""
    return len(words(said)) <= BRIEF_ANSWER and NO.match(said) is not None


def says_something(understanding: Understanding) -> bool:
    """Whether an answer is on the matter."""
    assessment = understanding.assessment
    return assessment is not None and assessment.is_on_topic


def is_code_open(context: TurnContext) -> bool:
    """Whether an exercise is on the table that may be submitted again."""
    progress = context.progress
    return context.exercise is not None and not progress.is_solved and progress.submissions < MAX_SUBMISSIONS


def is_before_code(context: TurnContext) -> bool:
    """Whether nothing was submitted to the exercise on the table."""
    return context.exercise is not None and not context.progress.submissions


def wants_another_exercise(context: TurnContext) -> bool:
    """Whether the exercise on the table is left for another one: "too hard, can I have an easier one?"."""
    said = context.utterance.text if context.utterance else ""
    return is_code_open(context) and ANOTHER.search(said) is not None


def wants_technical(context: TurnContext) -> bool:
    """Whether the other subject is to be a technical one, whichever."""
    return context.utterance is not None and re.search(r"\btechnical\b", context.utterance.text, re.I) is not None


def is_left_open(context: TurnContext, understanding: Understanding) -> bool:
    """Whether a question is dropped; who made a point of it, now or before, and wants the next one drops nothing."""
    is_told = bool(context.progress.covered) or makes_point(understanding)
    return context.question is not None and (_is_skipped(context, understanding) or not is_told)


def is_given_up(context: TurnContext, understanding: Understanding) -> bool:
    """Whether what was asked last is skipped or not known, with no point made: "that's all I know" ends an answer."""
    is_unknown = "dont_know" in understanding.signals and not makes_point(understanding)
    return context.question is not None and (is_unknown or _is_skipped(context, understanding))


def _is_skipped(context: TurnContext, understanding: Understanding) -> bool:
    """Behind an answer "next question, please" skips nothing, and "skip the rest" does."""
    said = context.utterance.text if context.utterance else ""
    return "skip" in understanding.signals and (not makes_point(understanding) or SKIPS.search(said) is not None)


def makes_point(understanding: Understanding) -> bool:
    assessment = understanding.assessment
    return assessment is not None and bool(assessment.found)


def is_ready_again(context: TurnContext, understanding: Understanding) -> bool:
    """Whether one only says to be ready for a question that was just asked: "yes, let's start" skips nothing."""
    last = context.progress.last_reply
    is_fresh = last is not None and last.move == "ask" and not context.progress.misses
    return is_fresh and "skip" not in understanding.signals and is_ready(context)


def is_ready(context: TurnContext) -> bool:
    """Whether the candidate says to be ready, or just yes."""
    return context.utterance is not None and READY.search(context.utterance.text) is not None


def is_doubted(context: TurnContext) -> bool:
    """Whether it was just asked if one is sure: "yes, I am" answers that, and who mends it does what was asked."""
    return context.progress.probed[-1:] == ("doubted",)


def is_silent(context: TurnContext) -> bool:
    """Whether nothing was said."""
    return context.utterance is None or not context.utterance.text.strip()
