"""What to do next: a plain function from what is known to a decision. No side effects, no randomness of its own."""

from __future__ import annotations

from collections.abc import Callable

from interviewlab.questions.bank import Bank
from interviewlab.questions.choose import difficulty_of, next_exercise, next_question, plan_areas
from interviewlab.types import Decision, Move, Phase, Question, TurnContext, Understanding

SURE = 0.6
"""Confidence from which an intent is followed."""
ENOUGH = 0.75
"""Share of the key points' weight from which a question is done."""
MAX_PROBES = 3
MAX_PERSONAL_PROBES = 1
MAX_CLARIFICATIONS = 2
MAX_SUBMISSIONS = 3
MAX_TALK = 2
"""Follow-ups about a solution that passes."""
MAX_MISSES = 2
"""Turns in a row without anything found, after which we go on."""
WRAP_UP = 0.85
"""Share of the time after which no new question is asked."""

Rule = Callable[[Bank, TurnContext, Understanding], Decision | None]


def decide(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision:
    """The first rule that has something to say decides; a second request is answered on the way."""
    decisions = (rule(bank, context, understanding) for rule in _RULES)
    decision = next((found for found in decisions if found), None) or go_on(bank, context)
    return decision.model_copy(update={"also": _also(understanding, decision)})


def question_covered(question: Question, context: TurnContext, understanding: Understanding) -> set[str]:
    """Key points of the question on the table that were found up to and with this turn."""
    assessment = understanding.assessment
    fresh = {hit.key_point for hit in assessment.found} if assessment else set()
    return (set(context.progress.covered) | fresh) & {p.id for p in question.key_points}


def go_on(bank: Bank, context: TurnContext, reason: str = "") -> Decision:
    """The next thing of the plan: CV questions, half of the questions, the exercises, the other half, the end."""
    plan, progress = context.plan, context.progress
    if context.elapsed_s >= WRAP_UP * plan.minutes * 60:
        return _wrap_up(context, "time")
    if (question := _next_personal(context)) is not None:
        return _ask(question, "exploration", reason)
    asked = len(progress.asked) - len(_personal_asked(context))
    is_due = asked >= (plan.questions + 1) // 2 or plan.type == "coding"
    if is_due and (decision := _set_exercise(bank, context)):
        return decision
    if asked < plan.questions and (question := _next_of_bank(bank, context)) is not None:
        return _ask(question, "technical", reason)
    return _set_exercise(bank, context) or _wrap_up(context, "plan done")


def _begins(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    return Decision(move="greet", phase="intro") if context.turn == 0 else None


def _ends(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    wants = context.wants_end or (understanding.intent == "stop" and understanding.confidence >= SURE)
    if wants:
        return Decision(move="close", phase="closing", reason="asked to stop")
    if context.elapsed_s >= context.plan.minutes * 60:
        return Decision(move="close", phase="closing", reason="plan done")
    return None


def _concludes(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    """The look back was asked for and answered."""
    return Decision(move="close", phase="closing", reason="plan done") if context.progress.is_evaluated else None


def _reviews(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    """A submission came: talk about it, or leave it when enough was tried."""
    if context.submission is None:
        return None
    progress, exercise = context.progress, context.exercise
    if exercise is None:
        return go_on(bank, context, "no exercise on the table")
    solved = context.result is not None and context.result.outcome == "ok"
    point = _most_important_missing(context, understanding)
    tried = progress.submissions + 1 >= MAX_SUBMISSIONS
    reason = "solved" if solved else ("leave it" if tried else "try again")
    return Decision(
        move="review_code",
        phase="technical",
        question_id=exercise.id,
        exercise_id=exercise.id,
        key_point=None if reason == "try again" else point,
        reason=reason,
    )


def _obliges(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    """Requests about the interview itself."""
    signals = understanding.signals
    if "hold" in signals:
        return _same(context, "hold")
    if "asks_for_score" in signals and not _goes_on(understanding) and "asks_for_hint" not in signals:
        return _same(context, "no score")
    if "asks_for_hint" in signals or (context.exercise and "asks_for_answer" in signals):
        return _hint(context)
    if "skip" in signals and _asks_again(understanding) and _is_something_asked(context):
        return _same(context, "repeat")
    if understanding.intent == "clarify" or "asks_for_answer" in signals:
        return _clarify(bank, context, understanding)
    return _brings_back(context, understanding)


def _brings_back(context: TurnContext, understanding: Understanding) -> Decision | None:
    """From insults and small talk to the matter, once; who goes on so is taken on to the next question."""
    if understanding.aside not in ("abuse", "chat"):
        return None
    return _same(context, understanding.aside) if context.progress.misses + 1 < MAX_MISSES else None


def _redirects(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    """Requests that change what comes next."""
    if understanding.confidence < SURE:
        return None
    match understanding.intent:
        case "change_topic":
            return _change_topic(bank, context, understanding)
        case "write_code":
            return _set_exercise(bank, context) or go_on(bank, context, "no exercise")
        case "technical_assessment":
            question = _next_of_bank(bank, context)
            return _ask(question, "technical", "technical") if question else go_on(bank, context)
        case "review_code" if context.exercise and not context.progress.is_solved:
            return _same(context, "submit first")
        case "continue" if _is_before_code(context) and "skip" not in understanding.signals:
            return _same(context, "go write")
        case "continue":
            return go_on(bank, context, "leave" if context.question else "")
        case _:
            return None


def _works_on_code(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    """Talk while the exercise is open and not solved."""
    progress, exercise = context.progress, context.exercise
    if exercise is None or progress.is_solved or progress.submissions >= MAX_SUBMISSIONS:
        return None
    if "dont_know" in understanding.signals:
        return _hint(context)
    point = _most_important_missing(context, understanding)
    if not progress.submissions and not progress.probes and point and _says_something(understanding):
        return _follow_up(context, point, "plan")
    return _same(context, "try again" if progress.submissions else "go write")


def _probes(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision | None:
    """Ask for the most important thing that is missing, while it is worth it."""
    question, progress = context.question, context.progress
    if question is None:
        return None
    if {"dont_know", "skip"} & set(understanding.signals):
        return go_on(bank, context, "leave")
    if not _says_something(understanding) and progress.misses + 1 < MAX_MISSES:
        return _same(context, "silent" if _is_silent(context) else "off topic")
    if not _says_something(understanding):
        return go_on(bank, context, "leave")
    point = _most_important_missing(context, understanding)
    if point is None or progress.probes >= _probe_limit(context) or _is_enough(question, context, understanding):
        return go_on(bank, context, "done")
    return _follow_up(context, point, "probe")


_RULES: tuple[Rule, ...] = (_begins, _ends, _reviews, _obliges, _concludes, _redirects, _works_on_code, _probes)


def _ask(question: Question, phase: Phase, reason: str) -> Decision:
    return Decision(move="ask", phase=phase, question_id=question.id, reason=reason)


def _stay(
    context: TurnContext, move: Move, reason: str, *, point: str | None = None, hint: int | None = None
) -> Decision:
    """Go on with the question or exercise on the table."""
    progress = context.progress
    return Decision(
        move=move,
        phase=progress.phase,
        question_id=progress.question_id,
        exercise_id=progress.exercise_id,
        key_point=point,
        hint=hint,
        reason=reason,
    )


def _follow_up(context: TurnContext, point: str, reason: str) -> Decision:
    return _stay(context, "follow_up", reason, point=point)


def _same(context: TurnContext, reason: str) -> Decision:
    return _stay(context, "clarify", reason)


def _clarify(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision:
    if understanding.aside == "course":
        return _same(context, "course")
    if context.question is None and context.exercise is None:
        return _same(context, "repeat")
    if context.progress.clarifications >= MAX_CLARIFICATIONS:
        return _same(context, "plain enough")
    if understanding.aside == "detail":
        return _same(context, "assume")
    for reason, signal in (("no answer", "asks_for_answer"), ("repeat", "repeat")):
        if signal in understanding.signals:
            return _same(context, reason)
    return _same(context, "rephrase")


def _hint(context: TurnContext) -> Decision:
    progress = context.progress
    if context.exercise is None:
        return _same(context, "no hint here")
    if progress.hints >= len(context.exercise.hints):
        return _same(context, "no more hints")
    return _stay(context, "hint", "", hint=progress.hints)


def _change_topic(bank: Bank, context: TurnContext, understanding: Understanding) -> Decision:
    """Another area by name, or any other than the present one."""
    here = context.question.area if context.question else None
    if understanding.topic == "resume" and (personal := _next_personal(context)):
        return _ask(personal, "exploration", "topic")
    areas = (understanding.topic,) if understanding.topic else tuple(a for a in _areas(context) if a != here)
    question = _pick(bank, context, areas)
    if question is None:
        return go_on(bank, context, "change")
    return _ask(question, "technical", "topic" if understanding.topic else "change")


def _set_exercise(bank: Bank, context: TurnContext) -> Decision | None:
    plan, progress = context.plan, context.progress
    if len(progress.exercises) >= plan.exercises:
        return None
    exercise = None if progress.exercises else bank.find_exercise(plan.exercise_id)
    exercise = exercise or next_exercise(
        bank, difficulty=difficulty_of(plan.level), language=plan.language, done=progress.exercises, seed=plan.seed
    )
    if exercise is None:
        return None
    return Decision(move="set_exercise", phase="technical", question_id=exercise.id, exercise_id=exercise.id)


def _wrap_up(context: TurnContext, reason: str) -> Decision:
    if context.progress.is_evaluated or not context.progress.asked:
        return Decision(move="close", phase="closing", reason=reason)
    return Decision(move="evaluate", phase="closing", reason=reason)


def _areas(context: TurnContext) -> tuple[str, ...]:
    return plan_areas(context.plan.type) or plan_areas("mixed")


def _next_of_bank(bank: Bank, context: TurnContext) -> Question | None:
    if context.plan.type == "resume" and context.plan.personal:
        return None
    areas = (context.progress.topic,) if context.progress.topic else _areas(context)
    return _pick(bank, context, areas) or _pick(bank, context, _areas(context))


def _pick(bank: Bank, context: TurnContext, areas: tuple[str, ...]) -> Question | None:
    plan = context.plan
    return next_question(
        bank, areas=areas, difficulty=difficulty_of(plan.level), asked=context.progress.asked, seed=plan.seed
    )


def _personal_asked(context: TurnContext) -> set[str]:
    return {q.id for q in context.plan.personal} & set(context.progress.asked)


def _next_personal(context: TurnContext) -> Question | None:
    return next((q for q in context.plan.personal if q.id not in context.progress.asked), None)


def _probe_limit(context: TurnContext) -> int:
    question = context.question
    if context.exercise is not None:
        return MAX_TALK
    return MAX_PERSONAL_PROBES if question and question.area == "resume" else MAX_PROBES


def _most_important_missing(context: TurnContext, understanding: Understanding) -> str | None:
    question = context.question
    if question is None:
        return None
    have = question_covered(question, context, understanding) | set(context.progress.probed)
    open_points = [p for p in question.key_points if p.id not in have]
    return max(open_points, key=lambda p: p.weight).id if open_points else None


def _is_enough(question: Question, context: TurnContext, understanding: Understanding) -> bool:
    have = question_covered(question, context, understanding)
    total = sum(p.weight for p in question.key_points)
    return sum(p.weight for p in question.key_points if p.id in have) >= ENOUGH * total


def _also(understanding: Understanding, decision: Decision) -> str:
    """The second request that the move itself leaves open, as a reason that wording.py knows."""
    signals = set(understanding.signals)
    if "asks_for_score" in signals and decision.reason != "no score" and decision.move != "close":
        return "no score"
    if decision.reason == "repeat" and "skip" in signals:
        return "may skip"
    is_asked_back = understanding.second == "clarify" and understanding.intent in ("continue", "technical_assessment")
    return "course" if is_asked_back and "repeat" not in signals and decision.move == "ask" else ""


def _goes_on(understanding: Understanding) -> bool:
    return understanding.intent != "none" and understanding.confidence >= SURE


def _asks_again(understanding: Understanding) -> bool:
    return "repeat" in understanding.signals or understanding.second == "clarify"


def _is_something_asked(context: TurnContext) -> bool:
    return context.question is not None or context.exercise is not None


def _says_something(understanding: Understanding) -> bool:
    assessment = understanding.assessment
    return assessment is not None and assessment.is_on_topic


def _is_before_code(context: TurnContext) -> bool:
    return context.exercise is not None and not context.progress.submissions


def _is_silent(context: TurnContext) -> bool:
    return context.utterance is None or not context.utterance.text.strip()
