"""What comes next: stages in their order and time, difficulty after what was shown, wishes that reshape the plan."""

from __future__ import annotations

import pytest

from interviewlab.brains import ability
from interviewlab.brains.course import Course
from interviewlab.brains.policy import decide
from interviewlab.questions.bank import load_bank
from interviewlab.questions.discussion import discussion_of, find_question
from interviewlab.types import (
    Ability,
    Assessment,
    CodeFacts,
    Decision,
    InterviewType,
    Match,
    Plan,
    Progress,
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
