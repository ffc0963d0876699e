"""What comes next: stages in their order and time, difficulty after what was shown, wishes that reshape the plan."""

from __future__ import annotations

from typing import Any

import pytest

from interviewlab.brains import ability
from interviewlab.brains.course import Course
from interviewlab.brains.policy import decide
from interviewlab.questions.bank import load_bank
from interviewlab.questions.discussion import discussion_of, find_question
from interviewlab.questions.kinds import kind_of
from interviewlab.types import (
    Ability,
    Assessment,
    CodeFacts,
    Decision,
    InterviewType,
    Match,
    Plan,
    Progress,
    Question,
    RunResult,
    Submission,
    TestResult,
    TurnContext,
    Understanding,
    Utterance,
)

BANK = load_bank()
PERSONAL = tuple(
    question.model_copy(update={"id": f"resume-own-{n}", "area": "resume"})
    for n, question in enumerate(BANK.questions[:2])
)
EXERCISE = BANK.exercise("free-windows")


def at(minute: float, type_: InterviewType = "mixed", plan: dict[str, object] | None = None, **known: object) -> Course:
    """The course of a 30-minute interview at one moment."""
    chosen = Plan.model_validate({"type": type_, "seed": 3, "minutes": 30, **(plan or {})})
    progress = Progress.model_validate({"turn": 3, "phase": "technical", **known})
    context = TurnContext(
        plan=chosen,
        progress=progress,
        turn=4,
        utterance=Utterance(text="Well."),
        question=find_question(BANK, chosen.personal, progress.question_id),
        exercise=BANK.find_exercise(progress.exercise_id),
        elapsed_s=minute * 60,
    )
    return Course(BANK, context)


def test_stages_follow_each_other_in_time() -> None:
    own = {"personal": PERSONAL}
    assert at(2, plan=own).go_on().phase == "exploration"
    later = at(11, plan=own).go_on()
    assert (later.move, later.phase) == ("ask", "technical"), "the CV has had its time"
    assert at(19, plan=own).go_on().move == "set_exercise", "so have the questions"
    assert at(27.5, plan=own, asked=("x",)).go_on().move == "evaluate"


AGAIN = BANK.question("db-primary-failover")


@pytest.mark.parametrize("type_", ["mixed", "behavioural", "resume", "coding"])
@pytest.mark.parametrize("question", [AGAIN, PERSONAL[0]], ids=["of the bank", "of the CV"])
def test_a_question_tried_once_more_is_all_there_is_and_has_all_the_time(
    type_: InterviewType, question: Question
) -> None:
    own = (question,) if question in PERSONAL else ()
    plan = {"minutes": 10, "question_id": question.id, "personal": own, "questions": 1 - len(own), "exercises": 0}
    first = at(1, type_, plan=plan).go_on()
    assert (first.move, first.question_id) == ("ask", question.id)
    assert first.phase == ("exploration" if own else "technical")
    on_table: dict[str, object] = {"asked": (question.id,), "question_id": question.id}
    assert not at(8.9, type_, plan=plan, **on_table).is_stage_over
    assert at(9, type_, plan=plan, **on_table).is_stage_over
    assert at(5, type_, plan=plan, **on_table).go_on().reason == "plan done"


def test_what_an_early_stage_left_is_taken_up_where_the_rest_is_done() -> None:
    asked = tuple(question.id for question in BANK.questions if question.area == "design")[:6]
    done = at(20, plan={"personal": PERSONAL, "exercises": 0}, asked=asked).go_on()
    assert done.question_id == "resume-own-0"


def test_a_resume_interview_goes_on_from_the_bank_when_the_cv_is_done() -> None:
    course = at(5, "resume", plan={"personal": PERSONAL}, asked=("resume-own-0", "resume-own-1"))
    decision = course.go_on()
    assert BANK.question(str(decision.question_id)).area == "resume"


def test_no_exercise_is_set_that_there_is_no_time_for() -> None:
    assert at(20, "coding").set_exercise() is not None
    assert at(24, "coding").set_exercise() is None


def test_who_asks_for_code_gets_one_exercise_more_than_planned() -> None:
    course = at(5, exercises=(EXERCISE.id,), question_id=BANK.questions[0].id)
    asks = Understanding(intent="write_code", confidence=0.9)
    assert course.go_on().move == "ask"
    assert decide(BANK, course.context, asks).move == "set_exercise"


def test_who_wants_technical_questions_is_asked_no_more_about_the_cv() -> None:
    assert at(2, plan={"personal": PERSONAL}, dropped=("cv",)).go_on().phase == "technical"


@pytest.mark.parametrize(("shown", "level"), [(0.9, "senior"), (0.1, "junior"), (0.5, "mid")])
def test_difficulty_follows_what_was_shown(shown: float, level: str) -> None:
    known = ability.start("mid")
    for area in ("databases", "algorithms", "design"):
        known = ability.update(known, area, ability.difficulty_for(known, area), shown)
    assert ability.difficulty_for(known, "testing") == level
    question = at(5, "fundamentals", ability=known.model_dump()).pick(("algorithms",))
    assert question is not None
    assert question.level == level


def test_one_answer_alone_moves_nothing() -> None:
    known = ability.update(ability.start("mid"), "design", "mid", 0.0)
    assert ability.difficulty_for(known, "databases") == "mid"
    assert ability.difficulty_for(ability.update(ability.start("mid"), "design", "mid", 0.85), "design") == "mid"
    assert ability.current(Ability(), "staff").general > ability.current(Ability(), "intern").general


def submitted(code: str, passed: bool, loop_depth: int = 1, **known: object) -> Decision:
    """The decision on a submission to the exercise."""
    course = at(12, "coding", question_id=EXERCISE.id, exercise_id=EXERCISE.id, exercises=(EXERCISE.id,), **known)
    outcome = "ok" if passed else "wrong_answer"
    test = TestResult(name="one", passed=passed, outcome=outcome, wall_s=0.1)
    facts = CodeFacts(
        language="python", parses=True, lines=5, functions=1, longest_function=5, cyclomatic_complexity=2,
        comment_lines=0, own_tests=0, loop_depth=loop_depth,
    )  # fmt: skip
    context = course.context.model_copy(
        update={
            "utterance": None,
            "submission": Submission(code=code, language="python"),
            "result": RunResult(outcome=outcome, tests=(test,)),
            "facts": facts,
        }
    )
    return decide(BANK, context, Understanding(intent="none", confidence=1.0))


def test_code_that_is_not_about_the_exercise_is_told_apart() -> None:
    assert submitted(EXERCISE.starter["python"], passed=False).reason == "untouched"
    assert submitted("print('hello')", passed=False).reason == "other code"
    assert submitted("def free_windows(a, b, c, d): return 1", passed=False).reason == "try again"


def test_the_talk_is_about_cost_then_cases_then_a_change() -> None:
    assert submitted("def free_windows(): ...", passed=True).key_point == "complexity"
    talked: list[str | None] = ["complexity"]
    for probes in (1, 2):
        course = at(
            14, "coding", question_id=EXERCISE.id, exercise_id=EXERCISE.id, exercises=(EXERCISE.id,), is_solved=True,
            submissions=1, probes=probes, probed=tuple(talked),
        )  # fmt: skip
        said = Assessment(question_id=EXERCISE.id, turn=4, score=0.2)
        answer = Understanding(intent="none", confidence=1.0, assessment=said)
        talked.append(decide(BANK, course.context, answer).key_point)
    assert talked == ["complexity", "own-tests", "live-bookings"]


@pytest.mark.parametrize(("last", "is_change"), [("own-tests", True), ("live-bookings", False)])
def test_no_change_of_our_own_follows_one_of_the_exercise(last: str, *, is_change: bool) -> None:
    told = [point.id for point in EXERCISE.discussion]
    course = at(
        14, "coding", question_id=EXERCISE.id, exercise_id=EXERCISE.id, exercises=(EXERCISE.id,), is_solved=True,
        submissions=1, probes=2, probed=("complexity", last), covered=tuple(told),
    )  # fmt: skip
    said = Assessment(question_id=EXERCISE.id, turn=4, score=0.2)
    context = course.context.model_copy(update={"question": discussion_of(EXERCISE)})
    decision = decide(BANK, context, Understanding(intent="none", confidence=1.0, assessment=said))
    assert (decision.reason == "change") is is_change


def test_a_quiet_editor_brings_an_offer_then_hints_and_then_peace() -> None:
    moves = []
    for offers in range(4):
        course = at(
            12, "coding", question_id=EXERCISE.id, exercise_id=EXERCISE.id, exercises=(EXERCISE.id,), offers=offers,
            hints=max(0, offers - 1),
        )  # fmt: skip
        context = course.context.model_copy(update={"utterance": None, "is_stuck": True})
        decision = decide(BANK, context, Understanding(intent="none", confidence=1.0))
        moves.append((decision.move, decision.hint))
    assert moves == [("clarify", None), ("hint", 0), ("hint", 1), ("clarify", None)]


@pytest.mark.parametrize("hints", [{"hints": 2}, {"hints": 1, "case_hints": 1}, {"case_hints": 2}])
def test_every_hint_takes_as_much_from_what_the_code_shows(hints: dict[str, int]) -> None:
    context = at(12, "coding", exercise_id=EXERCISE.id, exercises=(EXERCISE.id,), **hints).context
    test = TestResult(name="one", passed=True, outcome="ok", wall_s=0.1)
    handed = context.model_copy(update={"result": RunResult(outcome="ok", tests=(test,))})
    assert ability.shown_on_table(handed, Understanding(intent="none", confidence=1.0)) == pytest.approx(0.8)


def test_what_is_taken_back_is_asked_about_once() -> None:
    question = BANK.questions[0]
    back = Understanding(intent="none", confidence=1.0, retracts=True)
    course = at(5, question_id=question.id, asked=(question.id,), covered=(question.key_points[0].id,))
    decision = decide(BANK, course.context, back)
    assert (decision.move, decision.reason) == ("follow_up", "retracted")
    again = at(5, question_id=question.id, asked=(question.id,), probed=("retracted",))
    assert decide(BANK, again.context, back).reason != "retracted"


def answered(minute: float, points: int, **known: object) -> Decision:
    """The decision on an answer that made so many points of the fourth question of six."""
    question = BANK.question("db-primary-failover")
    made = tuple(point.id for point in sorted(question.key_points, key=lambda point: -point.weight)[:points])
    told = Assessment(question_id=question.id, turn=4, score=0.9, is_on_topic=True)
    asked = ("a", "b", "c", question.id)
    course = at(
        minute, plan={"questions": 6, "exercises": 0}, question_id=question.id, asked=asked, covered=made, **known
    )
    return decide(BANK, course.context, Understanding(intent="none", confidence=1.0, assessment=told))


def test_who_answers_well_and_is_well_ahead_is_asked_for_one_point_more() -> None:
    question = BANK.question("db-primary-failover")
    most = len(question.key_points) - 1
    deeper = answered(6, most)
    assert (deeper.move, deeper.reason) == ("follow_up", "probe")
    assert deeper.key_point in {point.id for point in question.key_points}
    assert answered(6, most, probed=(deeper.key_point,), probes=1).move == "ask", "one, no more"


@pytest.mark.parametrize(
    ("minute", "points"),
    [(0, -1), (1.5, -1), (12, -1), (16, -1), (6, 6)],
    ids=["no time has passed", "answers are pasted", "in time", "behind", "nothing is open"],
)
def test_a_good_answer_is_enough_where_time_is_not_left_over(minute: float, points: int) -> None:
    open_but_one = len(BANK.question("db-primary-failover").key_points) - 1
    assert answered(minute, open_but_one if points < 0 else points).move == "ask"


@pytest.mark.parametrize("type_", ["mixed", "fundamentals"])
@pytest.mark.parametrize(
    "plan", [{"role": "Senior Front-End Engineer"}, {"match": Match(covered=("HTML", "CSS"), missing=("React", "Git"))}]
)
def test_who_builds_frontends_is_asked_about_them_first_and_of_other_areas_too(
    type_: InterviewType, plan: dict[str, object]
) -> None:
    areas: list[str] = []
    asked: tuple[str, ...] = ("x",)
    for _ in range(4):
        chosen = at(13, type_, plan={**plan, "questions": 12}, asked=asked).go_on().question_id or ""
        asked, areas = (*asked, chosen), [*areas, BANK.question(chosen).area]
    assert areas[0] == "frontend"
    assert 2 <= areas.count("frontend") <= 3


@pytest.mark.parametrize("type_", ["mixed", "fundamentals"])
@pytest.mark.parametrize("plan", [{}, {"role": "Backend Engineer"}, {"match": Match(covered=("Go", "Kafka", "HTML"))}])
def test_who_does_not_is_not_asked_about_them(type_: InterviewType, plan: dict[str, object]) -> None:
    for seed in range(10):
        chosen = at(13, type_, plan={**plan, "seed": seed}).go_on().question_id or ""
        assert BANK.question(chosen).area != "frontend"


@pytest.mark.parametrize(("shown", "next_"), [(0.95, "senior"), (0.0, "junior"), (0.5, "mid")])
def test_the_answer_just_given_counts_for_what_comes_next(shown: float, next_: str) -> None:
    question = BANK.question("db-composite-index")
    once = ability.update(ability.start("mid"), "algorithms", "mid", shown).model_dump()
    course = at(5, "fundamentals", question_id=question.id, asked=(question.id,), ability=once)
    told = Assessment(question_id=question.id, turn=4, score=shown)
    on = Understanding(intent="continue", confidence=1.0, signals=("skip",), assessment=told)
    assert BANK.question(str(decide(BANK, course.context, on).question_id)).level == next_


def test_a_solved_exercise_counts_for_the_next_one() -> None:
    course = at(
        5, "coding", plan={"exercises": 2}, question_id=EXERCISE.id, exercise_id=EXERCISE.id, exercises=(EXERCISE.id,),
        is_solved=True, submissions=1, best=1.0,
    )  # fmt: skip
    on = Understanding(intent="continue", confidence=1.0, signals=("skip",))
    assert EXERCISE.level == "mid"
    assert BANK.exercise(str(decide(BANK, course.context, on).exercise_id)).level == "senior"


STRONG, WEAK, UNKNOWN = Ability(general=2.0, answered=9), Ability(general=-2.5, answered=9), Ability()


def all_put(type_: InterviewType, known: Ability, **plan: object) -> list[Decision]:
    """Every decision of an interview in which each question takes half a minute."""
    decisions: list[Decision] = []
    asked: tuple[str, ...] = ()
    while not decisions or decisions[-1].move == "ask":
        plan_ = {"questions": 3, "exercises": 0, **plan}
        course = at(2 + len(asked) / 2, type_, plan=plan_, asked=asked, ability=known.model_dump())
        decisions.append(course.go_on())
        asked = (*asked, str(decisions[-1].question_id))
    return decisions


def of_bank(decisions: list[Decision]) -> list[Question]:
    return [BANK.question(decision.question_id) for decision in decisions if decision.question_id]


def test_who_answers_and_is_done_early_is_asked_more_of_the_same_kind() -> None:
    decisions = all_put("fundamentals", STRONG.model_copy(update={"answered": 30}), allow_more=True)
    assert len(decisions) > 12
    assert {question.area for question in of_bank(decisions)} <= set(kind_of("fundamentals").areas)
    assert {question.level for question in of_bank(decisions)[:9]} == {"senior"}
    assert decisions[-1].move == "evaluate"


def test_more_is_asked_only_while_something_new_may_be_begun() -> None:
    asked = tuple(question.id for question in BANK.questions if question.area == "sql")[:3]
    plan: dict[str, object] = {"questions": 3, "exercises": 0, "allow_more": True}
    known: dict[str, Any] = {"asked": asked, "ability": STRONG.model_dump()}
    assert at(26.5, "sql", plan=plan, **known).go_on().move == "ask"
    assert at(27.5, "sql", plan=plan, **known).go_on().reason == "time"
    assert at(20, "sql", plan=plan, leaves_at_s=21 * 60, **known).go_on().reason == "time"
    assert at(1, "sql", plan=plan, **known).go_on().reason == "plan done", "of pasted answers the clock tells nothing"


@pytest.mark.parametrize(
    ("known", "more"),
    [(STRONG, False), (WEAK, True), (UNKNOWN, True)],
    ids=["counted by hand", "knows nothing", "answers nothing"],
)
def test_a_plan_ends_as_planned(known: Ability, *, more: bool) -> None:
    decisions = all_put("fundamentals", known, allow_more=more)
    assert len(decisions) == 3 + 1
    assert decisions[-1].reason == "plan done"


def test_code_beyond_the_plan_is_set_where_there_is_time_to_finish_it() -> None:
    plan: dict[str, object] = {"questions": 2, "exercises": 1, "allow_more": True}
    asked = tuple(question.id for question in BANK.questions if question.area == "testing")[:2]
    known: dict[str, Any] = {"exercises": (EXERCISE.id,), "asked": asked, "ability": STRONG.model_dump()}
    assert at(12, "coding", plan=plan, **known).go_on().move == "set_exercise"
    assert at(21, "coding", plan=plan, **known).go_on().move == "ask"


def test_who_is_done_early_with_a_resume_is_asked_for_stories() -> None:
    areas = [question.area for question in of_bank(all_put("resume", STRONG, questions=9, allow_more=True))]
    assert areas[:3] == ["resume"] * 3
    assert set(areas) == {"resume", "behavioural"}


@pytest.mark.parametrize(("known", "never"), [(STRONG, "junior"), (WEAK, "senior")])
def test_nothing_is_asked_that_is_two_steps_off(known: Ability, never: str) -> None:
    asked = of_bank(all_put("resume", known, questions=9))
    assert len(asked) == 5
    assert never not in {question.level for question in asked}
    assert len(of_bank(all_put("resume", UNKNOWN, questions=9))) == 7, "as long as nothing is known all is asked"
