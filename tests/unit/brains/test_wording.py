"""Who is greeted by which name, and what is said again where it was the code that was asked about."""

from __future__ import annotations

import ast
import inspect
import re

import pytest

from interviewlab.brains import policy
from interviewlab.brains.guards import questions_in
from interviewlab.brains.wording import Wording, first_name
from interviewlab.questions.discussion import discussion_of
from interviewlab.types import (
    CodeFacts,
    Decision,
    Exercise,
    InterviewType,
    Move,
    Plan,
    Progress,
    Reply,
    RunResult,
    Submission,
    TestResult,
    TurnContext,
    Understanding,
    Utterance,
)
from tests.unit.brains.test_requests import BANK, EXERCISE, at_exercise, reply_to


@pytest.mark.parametrize(
    ("candidate", "first"),
    [
        ("Maya Lindqvist", "Maya"),
        ("Dr. Jane Smith", "Jane"),
        ("Prof. Dr. Ada Lovelace", "Ada"),
        ("SMITH, John", "John"),
        ("Smith, Dr. John", "John"),
        ("Smith, John, CISSP", "John"),
        ("van der Berg, Jan", "Jan"),
        ("De Souza, Ana", "Ana"),
        ("Jane Smith, MBA, Ph.D.", "Jane"),
        ("Jane Smith, CISSP", "Jane"),
        ("Jane Smith, M.A.", "Jane"),
        ("John Smith, AWS Certified", "John"),
        ("Maria da Silva, Berlin", "Maria"),
        ("García Márquez, Gabriel", "Gabriel"),
        ("de la Cruz Santos, María", "María"),
        ("Anna, Berlin", "Anna"),
        ("Md Rahman", "Md"),
        ("Dr.", ""),
        ("", ""),
    ],
)
def test_one_is_greeted_by_the_first_name(candidate: str, first: str) -> None:
    assert first_name(candidate) == first


@pytest.mark.parametrize("said", ["Sorry, can you repeat that?", "Could you rephrase that?"])
@pytest.mark.parametrize(
    ("move", "spoken", "again"),
    [
        (
            "follow_up",
            "Thank you. Now let me change one thing: how would you do it if the input no longer fitted into memory?",
            "Now let me change one thing: how would you do it if the input no longer fitted into memory?",
        ),
        (
            "review_code",
            "All 5 tests pass. Is there anything you would still change about it?",
            "Is there anything you would still change about it?",
        ),
        (
            "review_code",
            "2 of 5 tests pass. A case on empty input fails first. Can you trace what happens with that?",
            "A case on empty input fails first. Can you trace what happens with that?",
        ),
    ],
)
async def test_what_was_asked_about_the_code_is_said_again(said: str, move: Move, spoken: str, again: str) -> None:
    context = at_exercise(said)
    last = Reply(turn=2, text=spoken, move=move, phase="technical", exercise_id=EXERCISE.id, brain="bank")
    known = {"submissions": 1, "is_solved": "fails" not in spoken, "recent_questions": questions_in(spoken)}
    for repeated in (last, last.model_copy(update={"text": f"Sure, here it is again. {again}", "move": "clarify"})):
        progress = context.progress.model_copy(update={**known, "last_reply": repeated})
        talk = {"progress": progress, "question": discussion_of(EXERCISE)}
        _, decision, text = await reply_to(context.model_copy(update=talk))
        assert decision.move == "clarify"
        assert text.endswith(again)
        assert EXERCISE.spoken not in text


async def test_before_the_code_it_is_the_exercise_that_is_said_again() -> None:
    _, _, text = await reply_to(at_exercise("Sorry, can you repeat that?"))
    assert EXERCISE.spoken in text


@pytest.mark.parametrize("has_cv", [True, False])
def test_a_mixed_interview_announces_own_work_only_with_a_cv(has_cv: bool) -> None:
    personal = (BANK.question("resume-walk-through"),) if has_cv else ()
    context = TurnContext(plan=Plan(type="mixed", personal=personal), progress=Progress(), turn=0)
    greeting = " ".join(worded(context, Decision(move="greet", phase="intro")))
    assert ("your own work" in greeting) is has_cv


@pytest.mark.parametrize("has_cv", [True, False])
@pytest.mark.parametrize("exercises", [0, 1])
def test_a_mixed_interview_announces_code_only_where_an_exercise_is_planned(exercises: int, has_cv: bool) -> None:
    personal = (BANK.question("resume-walk-through"),) if has_cv else ()
    context = TurnContext(plan=Plan(personal=personal, exercises=exercises), progress=Progress(), turn=0)
    greeting = " ".join(worded(context, Decision(move="greet", phase="intro")))
    assert "technical questions" in greeting
    assert ("code" in greeting) is (exercises > 0)


@pytest.mark.parametrize("is_own", [True, False])
def test_a_question_tried_once_more_is_announced_as_that_alone(is_own: bool) -> None:
    question = BANK.question("algo-bloom-filter")
    plan = Plan(question_id=question.id, personal=(question,) if is_own else (), questions=1, exercises=0, minutes=10)
    begins = TurnContext(plan=plan, progress=Progress(), turn=0)
    greeting = " ".join(worded(begins, Decision(move="greet", phase="intro")))
    assert "10 minutes for one question" in greeting
    for seed in range(4):
        context = TurnContext(plan=plan.model_copy(update={"seed": seed}), progress=Progress(turn=0), turn=1)
        lead, *asked = worded(context, Decision(move="ask", phase="exploration", question_id=question.id))
        assert asked == [question.text]
        assert not re.search(r"own work|CV", lead)


def test_a_tour_of_the_background_is_not_announced_as_a_technical_question() -> None:
    for question, is_technical in (("resume-walk-through", False), ("algo-bloom-filter", True)):
        progress = Progress(turn=4, phase="exploration", question_id="cv-1", asked=("cv-1",))
        context = TurnContext(plan=Plan(type="resume"), progress=progress, turn=5)
        text = " ".join(worded(context, Decision(move="ask", phase="technical", question_id=question)))
        assert ("technical questions" in text) is is_technical


def reasons() -> set[str]:
    """Every reason for which the policy stays with what is on the table; asides are reasons too."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(policy))) if isinstance(node, ast.Call)]
    given = [call.args[1] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_same"]
    told = {node.value for each in given for node in ast.walk(each) if isinstance(node, ast.Constant)}
    return {
        *told,
        *policy.SETTLED,
        *policy.OWN,
        "abuse",
        "chat",
        "course",
        "nerves",
        "no answer",
        "person",
        "scale",
        "tools",
    }


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_whatever_the_policy_decides_can_be_said(reason: str) -> None:
    question = BANK.question("algo-bloom-filter")
    progress = Progress(turn=4, phase="technical", question_id=question.id, asked=(question.id,))
    asked = TurnContext(plan=Plan(), progress=progress, turn=5, utterance=Utterance(text="Hm?"), question=question)
    for context in (asked, at_exercise("Hm?"), TurnContext(plan=Plan(), progress=Progress(), turn=1)):
        assert worded(context, Decision(move="clarify", phase="technical", reason=reason))


async def test_who_asks_for_code_where_there_is_no_editor_is_told_so() -> None:
    question = BANK.question("algo-bloom-filter")
    progress = Progress(turn=2, phase="technical", question_id=question.id, asked=(question.id,))
    context = TurnContext(plan=Plan(type="sql", exercises=0), progress=progress, turn=3, question=question)
    asked = context.model_copy(update={"utterance": Utterance(text="Can I write some code?")})
    _, decision, text = await reply_to(asked)
    assert decision.reason == "no exercise"
    assert "no exercise in the editor" in text
    assert "further" not in text
    done = progress.model_copy(update={"exercises": (EXERCISE.id,)})
    context = context.model_copy(update={"plan": Plan(type="coding", exercises=1), "progress": done})
    assert "no further exercise" in " ".join(worded(context, decision))
    other = decision.model_copy(update={"reason": ""})
    assert "exercise" not in " ".join(worded(context, other)).replace(BANK.question(str(decision.question_id)).text, "")


@pytest.mark.parametrize("kind", ["sql", "system-design", "behavioural", "coding"])
def test_an_sql_interview_says_at_once_that_queries_are_told_in_words(kind: InterviewType) -> None:
    context = TurnContext(plan=Plan(type=kind), progress=Progress(), turn=0)
    greeting = " ".join(worded(context, Decision(move="greet", phase="intro")))
    assert ("told in words" in greeting) is (kind == "sql")


@pytest.mark.parametrize("is_after_code", [True, False])
def test_nobody_says_let_us_start_after_the_exercises(is_after_code: bool) -> None:
    progress = Progress(turn=9, phase="technical", exercises=(EXERCISE.id,) if is_after_code else ())
    context = TurnContext(plan=Plan(type="coding"), progress=progress, turn=10)
    for seed in range(4):
        seeded = context.model_copy(update={"plan": Plan(type="coding", seed=seed)})
        text = " ".join(worded(seeded, Decision(move="ask", phase="technical", question_id="algo-bloom-filter")))
        assert ("start" not in text and "begin" not in text) is is_after_code, text


def test_from_a_question_one_is_led_to_the_code() -> None:
    sets = Decision(move="set_exercise", phase="technical", exercise_id=EXERCISE.id, question_id=EXERCISE.id)
    asked = BANK.question("algo-bloom-filter")
    progress = Progress(turn=4, phase="technical", question_id=asked.id, asked=(asked.id,))
    later = TurnContext(plan=Plan(), progress=progress, turn=5, question=asked)
    bridge, spoken = worded(later, sets)
    assert "editor" in bridge
    assert spoken == EXERCISE.spoken
    at_once = worded(TurnContext(plan=Plan(type="coding"), progress=Progress(turn=0), turn=1), sets)
    assert at_once[0] == EXERCISE.spoken
    assert "editor" in at_once[1]


def worded(context: TurnContext, decision: Decision) -> list[str]:
    return Wording(BANK, "Nora", context, Understanding(intent="none", confidence=1.0), decision).sentences()


def about_cost(exercise: Exercise, loop_depth: int) -> str:
    """What is said of code that passes and whose cost is asked about."""
    facts = CodeFacts(
        language="python", parses=True, lines=5, functions=1, longest_function=5, cyclomatic_complexity=2,
        comment_lines=0, own_tests=0, loop_depth=loop_depth,
    )  # fmt: skip
    test = TestResult(name="one", passed=True, outcome="ok", wall_s=0.1)
    handed = {
        "exercise": exercise,
        "submission": Submission(code="x", language="python"),
        "result": RunResult(outcome="ok", tests=(test,)),
        "facts": facts,
    }
    context = at_exercise("").model_copy(update=handed)
    decision = Decision(
        move="review_code", phase="technical", question_id=exercise.id, exercise_id=exercise.id, reason="solved",
        key_point="complexity",
    )  # fmt: skip
    return " ".join(worded(context, decision))


@pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda exercise: exercise.id)
def test_loops_in_code_are_remarked_upon_once_and_only_where_they_are(exercise: Exercise) -> None:
    if not any(point.id == "complexity" for point in exercise.discussion):
        return
    assert len(re.findall(r"\bloops?\b", about_cost(exercise, 1))) == 0
    remark = about_cost(exercise, 2)
    assert len([each for each in re.split(r"(?<=[.?!]) ", remark) if re.search(r"\b(?:loops?|nested)\b", each)]) == 1


def test_a_question_that_speaks_of_loops_follows_no_remark_on_them() -> None:
    points = [
        point.model_copy(update={"follow_up": "There is a loop in a loop, so what does it cost?"})
        if point.id == "complexity"
        else point
        for point in EXERCISE.discussion
    ]
    exercise = EXERCISE.model_copy(update={"discussion": tuple(points)})
    assert len(re.findall(r"There is a loop|nested", about_cost(exercise, 2))) == 1
