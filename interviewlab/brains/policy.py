"""What to do next: a plain function from what is known to a decision. No side effects, no randomness of its own."""

from __future__ import annotations

from collections.abc import Callable

from interviewlab.brains import ability
from interviewlab.brains.course import Course, always_fresh
from interviewlab.brains.own_questions import says_yes
from interviewlab.brains.said_before import minds_repeating, refers_back
from interviewlab.brains.situation import (
    CHANGED,
    MAX_SUBMISSIONS,
    agrees_to_end,
    asks_for_a_rule,
    declines_to_end,
    is_before_code,
    is_code_open,
    is_doubted,
    is_given_up,
    is_left_open,
    is_look_back_open,
    is_ready,
    is_ready_again,
    is_silent,
    is_slow,
    is_something_asked,
    is_unsure,
    may_be_misheard,
    probed_point,
    says_something,
    wants_another_exercise,
    wants_technical,
    was_changed,
    why_again,
)
from interviewlab.questions.bank import Bank
from interviewlab.scoring.stories import STORIES
from interviewlab.types import Aside, Decision, Exercise, KeyPoint, Move, Question, TurnContext, Understanding

SURE = 0.6
"""Confidence from which an intent is followed."""
ENOUGH = 0.75
"""Share of the key points' weight from which a question is done; who is well ahead is asked for one point more."""
MAX_PROBES = 3
MAX_PERSONAL_PROBES = 1
MAX_CLARIFICATIONS = 2
MAX_TALK = 3
"""Follow-ups about a solution that passes: what it costs, what could break it, and one change of requirement."""
MAX_MISSES = 2
"""Turns in a row without anything found, after which we go on."""
MAX_OFFERS = 3
"""Offers of help on one exercise to who does not ask for any."""
MAX_DOUBTS = 3
"""Times in an interview that it is asked whether one is sure; once a question."""
MAX_WEIGHED = 2
"""Times in an interview that it is asked which of two versions holds."""
TECHNICAL = ("design", "databases", "systems-networks")
"""Areas in which a question about what a system has to bear gets figures."""
SETTLED: tuple[Aside, ...] = ("aloud", "paper", "language", "look up", "ask back", "screen", "recording")
"""Questions about how one may work here; each is a reason that wording.py knows."""
OWN: tuple[Aside, ...] = ("ask later", "team", "solution")
"""Questions of the candidate's own, of which the interviewer can only say why they stay open."""
_COST, _CASES = ("complexity",), ("own-tests", "edge-cases", "borders")

Rule = Callable[[Course, Understanding], Decision | None]


def decide(
    bank: Bank, context: TurnContext, understanding: Understanding, is_fresh: Callable[[str], bool] = always_fresh
) -> Decision:
    """The first rule that has something to say decides; a second request is answered on the way."""
    course = Course(bank, context, is_fresh, ability.with_table(context, understanding))
    decisions = (rule(course, understanding) for rule in _RULES)
    decision = next((found for found in decisions if found), None) or course.go_on()
    return decision.model_copy(update={"also": _also(understanding, decision)})


def question_covered(question: Question, context: TurnContext, understanding: Understanding) -> set[str]:
    """Key points of the question on the table that were found up to and with this turn."""
    assessment = understanding.assessment
    fresh = {hit.key_point for hit in assessment.found} if assessment else set()
    before = set() if understanding.reaches_back else set(context.progress.covered)
    return (before | fresh) & {p.id for p in question.key_points}


def _begins(course: Course, understanding: Understanding) -> Decision | None:
    return Decision(move="greet", phase="intro") if course.context.turn == 0 else None


def _ends(course: Course, understanding: Understanding) -> Decision | None:
    context = course.context
    is_over = understanding.intent == "stop" and understanding.confidence >= SURE and understanding.minutes_left is None
    is_asked = context.progress.is_end_asked
    is_sure = is_asked or context.progress.is_evaluated or not may_be_misheard(context)
    if context.wants_end or (is_over and is_sure) or (is_asked and agrees_to_end(context)):
        return Decision(move="close", phase="closing", reason="asked to stop")
    if is_over:
        return _same(context, "sure to end")
    if is_asked and declines_to_end(context):
        return _same(context, "carry on")
    return Decision(move="close", phase="closing", reason="plan done") if course.is_over_time else None


def _offers(course: Course, understanding: Understanding) -> Decision | None:
    """The editor stood still: first an offer, then a hint, a further one each time; then peace."""
    context = course.context
    if not context.is_stuck or context.exercise is None:
        return None
    if context.progress.offers in (0, MAX_OFFERS):
        return _same(context, "offer")
    return _next_hint(context, context.exercise, "stuck") or _same(context, "offer")


def _starts(course: Course, understanding: Understanding) -> Decision | None:
    """Who is ready and asks something besides is answered on the way to the first question."""
    context = course.context
    said = context.utterance.text if context.utterance else ""
    is_begun = is_something_asked(context) or context.progress.is_evaluated or context.progress.asked
    is_asked = understanding.intent == "clarify" and understanding.aside in ("course", *SETTLED, *OWN)
    if is_begun or not is_asked or "repeat" in understanding.signals or not says_yes(said):
        return None
    return course.go_on()


def _concludes(course: Course, understanding: Understanding) -> Decision | None:
    """The look back was asked for: whatever is said then ends it, but for a wish to have it explained."""
    if not course.context.progress.is_evaluated or is_look_back_open(course.context, understanding):
        return None
    return Decision(move="close", phase="closing", reason="plan done")


def _reviews(course: Course, understanding: Understanding) -> Decision | None:
    """A submission came: talk about it, or leave it when enough was tried."""
    context = course.context
    if context.submission is None:
        return None
    progress, exercise = context.progress, context.exercise
    if exercise is None:
        return course.go_on("no exercise on the table")
    solved = context.result is not None and context.result.outcome == "ok"
    tried = progress.submissions + 1 >= MAX_SUBMISSIONS or course.is_stage_over
    reason = "solved" if solved else ("leave it" if tried else why_again(context))
    return Decision(
        move="review_code",
        phase="technical",
        question_id=exercise.id,
        exercise_id=exercise.id,
        key_point=_next_of_talk(course, understanding) if reason in ("solved", "leave it") else None,
        reason=reason,
    )


def _obliges(course: Course, understanding: Understanding) -> Decision | None:
    """Requests about the interview itself."""
    context, signals = course.context, understanding.signals
    if "hold" in signals:
        return _same(context, "hold")
    if "asks_for_score" in signals and not _goes_on(understanding) and "asks_for_hint" not in signals:
        return _same(context, "no score")
    if "asks_for_hint" in signals or (context.exercise and "asks_for_answer" in signals):
        return _hint(context)
    if "skip" in signals and _asks_again(understanding) and is_something_asked(context):
        return _same(context, "repeat")
    is_asked = understanding.intent == "clarify" or "asks_for_answer" in signals
    if is_asked and understanding.aside != "abuse":
        return _clarify(context, understanding)
    return _brings_back(context, understanding)


def _hurries(course: Course, understanding: Understanding) -> Decision | None:
    """Somebody has to leave before the end: the rest is planned for the time that is left."""
    return None if understanding.minutes_left is None else _same(course.context, "haste")


def _brings_back(context: TurnContext, understanding: Understanding) -> Decision | None:
    """From insults and small talk to the matter, once; who goes on so is taken on to the next question."""
    if understanding.aside not in ("abuse", "chat", "person", "nerves"):
        return None
    if understanding.aside == "nerves" and (_goes_on(understanding) or not is_something_asked(context)):
        return None
    return _same(context, understanding.aside) if context.progress.misses + 1 < MAX_MISSES else None


def _redirects(course: Course, understanding: Understanding) -> Decision | None:
    """Requests that change what comes next."""
    if understanding.confidence < SURE:
        return None
    context = course.context
    match understanding.intent:
        case "change_topic" if understanding.topic is None and wants_technical(context):
            return course.ask_technical()
        case "change_topic":
            return course.change_topic(understanding.topic)
        case "write_code" if is_code_open(context):
            return _same(context, "try again" if context.progress.submissions else "go write")
        case "write_code":
            return course.set_exercise(extra=1) or course.go_on("no exercise")
        case "technical_assessment":
            return course.ask_technical()
        case "review_code" if context.exercise and not context.progress.is_solved:
            return _same(context, "submit first")
        case "continue" if is_before_code(context) and "skip" not in understanding.signals:
            return _same(context, "go write")
        case "continue" if wants_another_exercise(context):
            return course.set_exercise(extra=1) or course.go_on("leave")
        case "continue" if is_doubted(context) and is_ready(context):
            return None
        case "continue" if is_ready_again(context, understanding):
            return _same(context, "floor")
        case "continue":
            return course.go_on("leave" if is_left_open(context, understanding) else "")
        case _:
            return None


def _works_on_code(course: Course, understanding: Understanding) -> Decision | None:
    """Talk while the exercise is open and not solved."""
    context = course.context
    progress = context.progress
    if not is_code_open(context):
        return None
    if course.is_stage_over and progress.submissions:
        return course.go_on("time")
    if "dont_know" in understanding.signals:
        return _hint(context)
    if asks_for_a_rule(context):
        return _same(context, "assume")
    point = _most_important_missing(course, understanding)
    if not progress.submissions and not progress.probes and point and says_something(understanding):
        return _follow_up(context, point, "plan")
    if is_unsure(context):
        return _same(context, "try it")
    return _same(context, "try again" if progress.submissions else "go write")


def _heeds(course: Course, understanding: Understanding) -> Decision | None:
    """Who minds being asked for what they have told, or tells it once more, is asked for something else."""
    context = course.context
    if context.question is None or context.exercise is not None or context.utterance is None:
        return None
    if understanding.retracts:
        return None
    said = context.utterance.text
    is_again = probed_point(context) is not None and refers_back(said)
    return course.go_on("said before") if is_again or minds_repeating(said) else None


def _weighs(course: Course, understanding: Understanding) -> Decision | None:
    """Something was taken back, or told otherwise before: which of the two holds? Asked once a question."""
    context = course.context
    if is_doubted(context):
        return None
    is_two_ways = understanding.retracts or understanding.wavers or bool(understanding.versions)
    if not is_two_ways or context.question is None or "retracted" in context.progress.probed:
        return None
    most = MAX_PROBES if understanding.versions else _probe_limit(context)
    if context.progress.probes >= most or context.progress.weighed >= MAX_WEIGHED:
        return None
    reason = "retracted" if understanding.retracts else "two versions" if understanding.versions else "wavered"
    return _stay(context, "follow_up", reason, point="retracted")


def _doubts(course: Course, understanding: Understanding) -> Decision | None:
    """Something is surely wrong: is the candidate sure? Asked of a question before what is missing."""
    progress = course.context.progress
    is_due = course.context.question is not None and course.context.exercise is None and bool(understanding.mistaken)
    is_enough = progress.doubted >= MAX_DOUBTS or progress.probes >= _probe_limit(course.context)
    if not is_due or is_enough or "doubted" in progress.probed or course.is_stage_over:
        return None
    return _follow_up(course.context, "doubted", "doubted")


def _probes(course: Course, understanding: Understanding) -> Decision | None:
    """Ask for the most important thing that is missing, while it is worth it."""
    context = course.context
    question, progress = context.question, context.progress
    if question is None:
        return None
    if {"skip"} & set(understanding.signals) or ("dont_know" in understanding.signals and not is_doubted(context)):
        return course.go_on("leave" if is_given_up(context, understanding) else "done")
    is_said = says_something(understanding) or (is_doubted(context) and not is_silent(context))
    if not is_said and progress.misses + 1 < MAX_MISSES:
        return _same(context, "silent" if is_silent(context) else "off topic")
    if not is_said:
        return course.go_on("leave")
    if context.exercise is not None:
        return _talks(course, understanding)
    point = _most_important_missing(course, understanding)
    is_enough = _is_enough(question, context, understanding) and not (course.is_well_ahead and not progress.probes)
    if point is None or progress.probes >= _probe_limit(context) or is_enough:
        return course.go_on("done")
    return course.go_on("time") if course.is_stage_over else _follow_up(context, point, "probe")


def _talks(course: Course, understanding: Understanding) -> Decision:
    """About a solution: what it costs, what could break it, and last one change of requirement."""
    context = course.context
    point = _next_of_talk(course, understanding)
    if context.progress.probes >= MAX_TALK or course.is_stage_over:
        return course.go_on("done")
    if point is not None:
        return _follow_up(context, point, "talk")
    return course.go_on("done") if was_changed(context) else _follow_up(context, "changed", "change")


_RULES: tuple[Rule, ...] = (
    _begins,
    _ends,
    _offers,
    _reviews,
    _hurries,
    _concludes,
    _starts,
    _obliges,
    _redirects,
    _works_on_code,
    _heeds,
    _weighs,
    _doubts,
    _probes,
)


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


def _clarify(context: TurnContext, understanding: Understanding) -> Decision:
    if understanding.aside in ("course", "person", *SETTLED, *OWN) and not context.progress.is_evaluated:
        return _same(context, understanding.aside)
    if not is_something_asked(context):
        return _same(context, "repeat" if "repeat" in understanding.signals else "nothing asked")
    if understanding.aside == "scale" and context.question and context.question.area in STORIES:
        return _same(context, "assume")
    if understanding.aside in ("tools", "scale"):
        return _same(context, understanding.aside)
    if understanding.aside == "offer":
        return _same(context, "offer to tell")
    if understanding.aside == "targets":
        return _same(context, "targets" if context.question and context.question.area in TECHNICAL else "assume")
    is_on_the_task = understanding.aside == "detail" and context.exercise is not None
    if context.progress.clarifications >= MAX_CLARIFICATIONS and not is_on_the_task:
        return _same(context, "plain enough")
    if understanding.aside == "detail":
        return _same(context, "assume")
    for reason, signal in (("no answer", "asks_for_answer"), ("repeat", "repeat")):
        if signal in understanding.signals:
            return _same(context, reason)
    return _same(context, "rephrase")


def _hint(context: TurnContext) -> Decision:
    if context.exercise is None:
        return _same(context, "no hint here")
    return _next_hint(context, context.exercise) or _same(context, "no more hints")


def _next_hint(context: TurnContext, exercise: Exercise, reason: str = "") -> Decision | None:
    """On the case that fails, where there is one to look at, else the next that is written; None after the last."""
    progress = context.progress
    if progress.failing:
        return _stay(context, "hint", "case")
    if progress.hints < len(exercise.hints):
        return _stay(context, "hint", reason, hint=progress.hints)
    return None


def _probe_limit(context: TurnContext) -> int:
    question = context.question
    if context.exercise is not None:
        return MAX_TALK
    return MAX_PERSONAL_PROBES if question and question.area == "resume" else MAX_PROBES


def _open_points(course: Course, understanding: Understanding) -> list[KeyPoint]:
    """Key points neither made nor probed, with a probe not answered or asked elsewhere.

    What the question asks for comes first, then the weightiest.
    """
    context = course.context
    if context.question is None:
        return []
    have = question_covered(context.question, context, understanding) | set(context.progress.probed)
    have |= set(understanding.told_already)
    have |= set() if understanding.reaches_back else set(context.progress.told_already)
    open_points = [point for point in context.question.key_points if point.id not in have]
    others = [question.text for question in context.plan.personal if question != context.question]
    own = [point for point in open_points if not any(point.follow_up in text for text in others)]
    fresh = [point for point in own if context.exercise or course.is_fresh(point.follow_up)]
    return sorted(fresh, key=lambda point: (not point.is_asked, -point.weight))


def _most_important_missing(course: Course, understanding: Understanding) -> str | None:
    return next((point.id for point in _open_points(course, understanding)), None)


def _next_of_talk(course: Course, understanding: Understanding) -> str | None:
    """Of the talk about a solution the point whose turn it is; None where only a change of our own is left."""
    context = course.context
    points = _open_points(course, understanding)
    asked = context.progress.probes
    changed = [point for point in points if CHANGED.search(point.follow_up)]
    if asked >= MAX_TALK - 1:
        return changed[-1].id if changed else None
    plain = [point for point in points if point not in changed]
    wanted = _COST if asked == 0 or is_slow(context) else _CASES
    first = next((point for point in plain if point.id in wanted), None)
    return first.id if first else next((point.id for point in plain), changed[-1].id if changed else None)


def _is_enough(question: Question, context: TurnContext, understanding: Understanding) -> bool:
    have = question_covered(question, context, understanding)
    wanted = question.wanted_points(have)
    total = sum(p.weight for p in wanted)
    return sum(p.weight for p in wanted if p.id in have) >= ENOUGH * total


def _also(understanding: Understanding, decision: Decision) -> str:
    """The second request that the move itself leaves open, as a reason that wording.py knows."""
    signals = set(understanding.signals)
    if understanding.aside == "nerves" and decision.move in ("ask", "set_exercise", "hint"):
        return "nerves"
    is_last = decision.move == "close"
    if understanding.aside in OWN and decision.reason not in (understanding.aside, "asked to stop"):
        return "" if is_last and understanding.aside == "ask later" else understanding.aside
    if understanding.aside in SETTLED and decision.reason != understanding.aside and not is_last:
        return understanding.aside
    if "asks_for_score" in signals and decision.reason not in ("no score", "asked to stop"):
        return "no score"
    if decision.reason == "repeat" and "skip" in signals:
        return "may skip"
    if understanding.aside == "course" and decision.reason not in ("course", "asked to stop") and _is_new(decision):
        return "course"
    is_asked_back = understanding.second == "clarify" and understanding.intent in ("continue", "technical_assessment")
    return "course" if is_asked_back and "repeat" not in signals and decision.move == "ask" else ""


def _is_new(decision: Decision) -> bool:
    return decision.move in ("ask", "set_exercise", "close")


def _goes_on(understanding: Understanding) -> bool:
    return understanding.intent != "none" and understanding.confidence >= SURE


def _asks_again(understanding: Understanding) -> bool:
    return "repeat" in understanding.signals or understanding.second == "clarify"
