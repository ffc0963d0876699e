"""The course of an interview: which stage it is in, how long it lasts, and what comes next. No side effects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from interviewlab.brains import ability
from interviewlab.brains.phrases import find_topic
from interviewlab.questions.bank import Bank
from interviewlab.questions.choose import next_exercise, next_question, plan_areas
from interviewlab.questions.discussion import find_question
from interviewlab.questions.kinds import kind_of
from interviewlab.questions.near import bank_skills, is_trade, named_skills, skills_of_area
from interviewlab.scoring.stories import STORIES
from interviewlab.types import (
    DIFFICULTIES,
    Ability,
    Decision,
    Difficulty,
    Exercise,
    InterviewKind,
    Phase,
    Question,
    Stage,
    TurnContext,
)

WRAP_UP = 0.9
"""Share of the time after which nothing new is begun."""
SHORTEST_EXERCISE_S = 240.0
"""Time that must be left for an exercise to be set."""
MORE_CODE_S = 600.0
"""The same for an exercise beyond the plan: enough to finish most of them."""
CODE_AREA = "algorithms"
ANY, REACH = len(DIFFICULTIES), 1
"""Steps that a question's difficulty may be off the one that fits."""
WELL_AHEAD = 0.6
"""Share of the time that the plan had for what is done, below which one is well ahead of it."""
TALKED_S = 30.0
"""Seconds a question from which answers are talked: of pasted ones the clock tells nothing."""


def length_s(context: TurnContext) -> float:
    """How long the interview lasts: as planned, or as long as the candidate can stay."""
    planned, leaves_at = context.plan.minutes * 60, context.progress.leaves_at_s
    return planned if leaves_at is None else min(planned, leaves_at)


def left_s(context: TurnContext) -> float:
    """How much of that is left."""
    return max(0.0, length_s(context) - context.elapsed_s)


def always_fresh(text: str) -> bool:
    """For who does not remember meanings."""
    return True


@dataclass(frozen=True)
class Course:
    """One turn with the bank at hand. ``is_fresh`` says whether a question's meaning was not asked before, ``known``
    is the estimate with what was shown in this turn; None: as it was before it."""

    bank: Bank
    context: TurnContext
    is_fresh: Callable[[str], bool] = always_fresh
    known: Ability | None = None

    @property
    def kind(self) -> InterviewKind:
        """What this interview is made of."""
        return kind_of(self.context.plan.type)

    @property
    def is_wrapping_up(self) -> bool:
        """Whether it is too late for anything new."""
        return self.context.elapsed_s >= WRAP_UP * length_s(self.context)

    @property
    def is_over_time(self) -> bool:
        """Whether all the time is used."""
        return self.context.elapsed_s >= length_s(self.context)

    @property
    def is_stage_over(self) -> bool:
        """Whether what is on the table has had its time: that of its stage and of all before it, or all there is."""
        question = self.context.question
        if question is not None and question.id == self.context.plan.question_id:
            return self.is_wrapping_up
        asks = "code" if self.context.exercise else "cv" if self._is_personal(question) else "bank"
        ends = [end for stage, end in self._boxes() if stage.asks == asks]
        return bool(ends) and self.context.elapsed_s >= max(ends)

    @property
    def is_well_ahead(self) -> bool:
        """Whether the plan, at the pace of this candidate, would be done long before its time."""
        plan = self.context.plan
        planned = max(1, len(plan.personal) + plan.questions + plan.exercises)
        due = WRAP_UP * length_s(self.context) * min(1.0, self._done / planned)
        return self._is_talked and self.context.elapsed_s < WELL_AHEAD * due

    def go_on(self, reason: str = "") -> Decision:
        """The next thing of the plan: what is tried once more, stages in order while they last, then what an earlier
        one left, then more of the same kind for who is done early, then the end."""
        if self.is_wrapping_up:
            return self._wrap_up("time")
        if (again := self._next_again()) is not None:
            return ask(again, "exploration" if self._is_personal(again) else "technical", reason)
        if not self.kind.share_of("cv") and (personal := self.next_personal()) is not None:
            return ask(personal, "exploration", reason)
        timely = [stage for stage, end in self._boxes() if self.context.elapsed_s < end]
        for stage in (*timely, *self.kind.stages):
            if (decision := self._next_in(stage, reason)) is not None:
                return decision
        return self._go_further(reason) or self._wrap_up("plan done")

    def ask_technical(self) -> Decision:
        """A question of the bank at once."""
        areas = tuple(area for area in self._areas() if area not in STORIES)
        question = self.pick(areas) or self.pick(tuple(area for area in plan_areas("mixed") if area not in STORIES))
        return ask(question, "technical", "technical") if question else self.go_on()

    def change_topic(self, topic: str | None) -> Decision:
        """Another area by name, or any other than the present one."""
        here = self.context.question.area if self.context.question else None
        if topic == "resume" and (personal := self.next_personal()):
            return ask(personal, "exploration", "topic")
        left = (here, self.context.progress.topic)
        areas = (topic,) if topic else tuple(area for area in self._own_areas if area not in left)
        question = self.pick(areas, beside=self._wished(topic))
        if question is None:
            return self.go_on("change")
        return ask(question, "technical", "topic" if topic else "change")

    def _wished(self, topic: str | None) -> frozenset[str]:
        """What of a subject was asked for by name: "something on CSS"."""
        said = self.context.utterance.text if self.context.utterance else ""
        return named_skills(self.bank, topic, said) if topic else frozenset()

    def set_exercise(self, extra: int = 0) -> Decision | None:
        """The next exercise, if there is time for it and the plan has one left, or ``extra`` in a type with code."""
        plan, progress = self.context.plan, self.context.progress
        extra = extra if self.kind.share_of("code") else 0
        if len(progress.exercises) >= plan.exercises + progress.extra_exercises + extra or not self._has_time_for_code:
            return None
        exercise = self._pick_exercise()
        if exercise is None:
            return None
        return Decision(move="set_exercise", phase="technical", question_id=exercise.id, exercise_id=exercise.id)

    def next_personal(self) -> Question | None:
        """The next question made from the CV."""
        asked = self.context.progress.asked
        return next((question for question in self.context.plan.personal if question.id not in asked), None)

    def _next_again(self) -> Question | None:
        """The question that is tried once more, until it is asked."""
        plan = self.context.plan
        is_due = plan.question_id not in self.context.progress.asked
        return find_question(self.bank, plan.personal, plan.question_id) if is_due else None

    def pick(
        self, areas: tuple[str, ...], lead: str = "", beside: Collection[str] = (), reach: int = ANY
    ) -> Question | None:
        """A fresh question of these areas, of the difficulty that fits, at most ``reach`` steps from it; but for the
        lead about skills of ``beside``."""
        asked = list(self.context.progress.asked)
        while True:
            question = next_question(
                self.bank,
                areas=areas,
                difficulty=self._difficulty,
                asked=asked,
                seed=self.context.plan.seed,
                lead=lead,
                near=self._near,
                own=self._own_difficulty,
                beside=beside,
                reach=reach,
            )
            if question is None or self.is_fresh(question.text):
                return question
            asked.append(question.id)

    def _pick_exercise(self) -> Exercise | None:
        plan, progress = self.context.plan, self.context.progress
        wanted = None if progress.exercises else self.bank.find_exercise(plan.exercise_id)
        return wanted or next_exercise(
            self.bank,
            difficulty=self._difficulty(CODE_AREA),
            language=plan.language,
            done=progress.exercises,
            seed=plan.seed,
        )

    @property
    def _near(self) -> frozenset[str]:
        """What the job asks for and the CV is asked about, in the words of the bank."""
        return bank_skills(self._names)

    @property
    def _names(self) -> tuple[str, ...]:
        plan = self.context.plan
        wanted = (*plan.match.covered, *plan.match.stale, *plan.match.missing) if plan.match else ()
        return (*wanted, *(skill for question in plan.personal for skill in question.skills))

    def _trade(self, trades: tuple[str, ...]) -> str:
        """The first of these areas that is the candidate's trade, by the role applied for or else by skills."""
        by_role = find_topic(self.context.plan.role)
        return by_role if by_role in trades else next((area for area in trades if is_trade(area, self._names)), "")

    @property
    def _own_areas(self) -> tuple[str, ...]:
        trade = self._trade(self.kind.trades)
        return (*self.kind.areas, trade) if trade else self.kind.areas

    @property
    def _own_difficulty(self) -> Difficulty:
        """What questions far from the candidate's role ask at most, where the subject was not chosen."""
        level = ability.start(self.context.plan.level)
        return ability.difficulty_for(level, "") if self.context.plan.type == "mixed" else "senior"

    def _difficulty(self, area: str) -> Difficulty:
        return ability.difficulty_for(self._ability, area)

    @property
    def _ability(self) -> Ability:
        return self.known or ability.current(self.context.progress.ability, self.context.plan.level)

    def _next_in(self, stage: Stage, reason: str) -> Decision | None:
        if stage.asks in self.context.progress.dropped:
            return None
        match stage.asks:
            case "cv":
                question = self.next_personal()
                return ask(question, stage.phase, reason) if question else None
            case "bank":
                return self._next_of_bank(stage, reason)
            case "code":
                return self.set_exercise()
            case _:
                return None

    def _next_of_bank(self, stage: Stage, reason: str) -> Decision | None:
        personal = {question.id for question in self.context.plan.personal}
        asked = sum(question_id not in personal for question_id in self.context.progress.asked)
        if asked >= self._quota(stage):
            return None
        question = self._pick_within_reach(stage, stage.areas)
        return ask(question, stage.phase, reason) if question else None

    def _pick_within_reach(self, stage: Stage, areas: tuple[str, ...]) -> Question | None:
        """Of the topic that was wished for, else of these areas and the candidate's trade; once something is known of
        the candidate nothing is asked that is far too easy or far too hard."""
        topic, trade = self.context.progress.topic, self._trade(stage.trades)
        reach = REACH if self._ability.answered else ANY
        beside = skills_of_area(self.bank, stage.lead) if stage.lead else ()
        return (self.pick((topic,), reach=reach) if topic else None) or self.pick(
            (*areas, trade) if trade else areas, stage.lead or trade, beside, reach
        )

    def _go_further(self, reason: str) -> Decision | None:
        """The plan is done before its time: more of what the most time was for, if it is any use to the candidate."""
        if not self.context.plan.allow_more or not self._is_worth_more:
            return None
        stages = sorted(self.kind.stages, key=lambda stage: -self.kind.share_of(stage.asks))
        kept = (stage for stage in stages if stage.asks not in self.context.progress.dropped)
        return next((more for stage in kept if (more := self._more_of(stage, reason)) is not None), None)

    def _more_of(self, stage: Stage, reason: str) -> Decision | None:
        if stage.asks == "code":
            return self.set_exercise(extra=1) if self._begins_within_s >= MORE_CODE_S else None
        if stage.asks != "bank":
            return None
        question = self._pick_within_reach(stage, stage.areas) or self._pick_within_reach(stage, stage.further)
        return ask(question, stage.phase, reason) if question else None

    @property
    def _is_worth_more(self) -> bool:
        """Whether the candidate answers, in so many words, and would answer an easy question as likely as not."""
        known = self._ability
        return self._is_talked and 2 * known.answered >= self._done and known.general >= ability.RATING["junior"]

    @property
    def _done(self) -> int:
        """Questions and exercises so far."""
        return len(self.context.progress.asked) + len(self.context.progress.exercises)

    @property
    def _is_talked(self) -> bool:
        return self.context.elapsed_s >= TALKED_S * max(2, self._done)

    def _quota(self, stage: Stage) -> int:
        """Questions of the bank up to the end of this stage."""
        stages = self.kind.stages
        upto = stages[: stages.index(stage) + 1]
        return int(sum(each.part for each in upto if each.asks == "bank") * self.context.plan.questions + 0.5)

    def _areas(self) -> tuple[str, ...]:
        topic = self.context.progress.topic
        return (topic,) if topic and topic in self.bank.areas else self._own_areas

    def _boxes(self) -> Iterator[tuple[Stage, float]]:
        """Each stage with the second at which it ends."""
        end = 0.0
        for stage in self.kind.stages:
            end += stage.share * length_s(self.context)
            yield stage, end

    @property
    def _has_time_for_code(self) -> bool:
        return self._begins_within_s >= min(SHORTEST_EXERCISE_S, 0.3 * length_s(self.context))

    @property
    def _begins_within_s(self) -> float:
        """How long something new may still be begun."""
        return WRAP_UP * length_s(self.context) - self.context.elapsed_s

    def _is_personal(self, question: Question | None) -> bool:
        return question is not None and question in self.context.plan.personal

    def _wrap_up(self, reason: str) -> Decision:
        if self.context.progress.is_evaluated or not self.context.progress.asked:
            return Decision(move="close", phase="closing", reason=reason)
        return Decision(move="evaluate", phase="closing", reason=reason)


def ask(question: Question, phase: Phase, reason: str) -> Decision:
    """A question put on the table."""
    return Decision(move="ask", phase=phase, question_id=question.id, reason=reason)
