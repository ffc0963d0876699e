"""One writer a field, and progress that moves as the decision says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from interviewlab.brains.policy import decide
from interviewlab.brains.scripted import ScriptedBrain
from interviewlab.orchestrator.graph import build_graph
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.state import ABSENCE_S, WRITERS, Incoming, InterviewState, Turn, advance, spent_s
from interviewlab.questions.bank import load_bank
from interviewlab.types import (
    MOVES,
    Decision,
    Move,
    Outcome,
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

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def test_each_field_is_written_by_its_one_writer() -> None:
    written: dict[str, set[str]] = {}
    for move in MOVES:
        decision = Decision(move=move, phase="technical", exercise_id="x" if move == "set_exercise" else None)
        cast = Cast(ScriptedBrain([(decision, "Hello.")]), load_bank(), Plan())
        incoming = Incoming(turn=0, sequence=0, now=NOW).model_dump(mode="json")
        async for update in build_graph().astream({"incoming": incoming}, context=cast, stream_mode="updates"):
            for node, fields in update.items():
                for field in fields:
                    written.setdefault(field, set()).add("speak" if node in MOVES else node)
    assert written == {field: {writer} for field, writer in WRITERS.items() if writer != "the hall"}


def test_every_field_of_the_state_has_a_writer() -> None:
    assert set(InterviewState.__annotations__) == set(WRITERS)


def test_the_graph_has_one_speaking_node_for_each_move() -> None:
    nodes = set(build_graph().get_graph().nodes)
    assert nodes == {"__start__", "__end__", "understand", "decide", "record", *MOVES}


def test_a_night_away_does_not_use_up_the_interview() -> None:
    progress = Progress(turn=3, spent_s=60.0, last_at=NOW)
    assert spent_s(progress, NOW + timedelta(hours=9)) == 60.0 + ABSENCE_S


def test_a_clock_set_back_does_not_give_time_back() -> None:
    progress = Progress(turn=3, spent_s=60.0, last_at=NOW)
    assert spent_s(progress, NOW - timedelta(hours=1)) == 60.0


def after(understood: Understanding, question_id: str, before: Progress) -> Progress:
    decision = Decision(move="follow_up", phase="technical", question_id=question_id, key_point="c")
    reply = Reply(turn=4, text="And then?", move="follow_up", phase="technical", brain="bank")
    context = TurnContext(plan=Plan(), progress=before, turn=4)
    return advance(Turn(context=context, understanding=understood, decision=decision, reply=reply, now=NOW, sequence=9))


def test_what_was_told_is_kept_for_the_question_on_the_table() -> None:
    before = Progress(turn=3, phase="technical", question_id="q", asked=("q",), told_already=("a",))
    told = Understanding(intent="none", confidence=1.0, told_already=("a", "b"))
    assert after(told, "q", before).told_already == ("a", "b")
    assert after(told, "another", before).told_already == ()
    assert after(told.model_copy(update={"reaches_back": True, "told_already": ("b",)}), "q", before).told_already == (
        "b",
    )


def after_code(before: Progress, move: Move, passed: int | None = None, outcome: Outcome = "wrong_answer") -> Progress:
    """Of ten tests ``passed`` pass; None where no code was handed in."""
    tests = tuple(
        TestResult(name=str(n), passed=n < (passed or 0), outcome="ok" if n < (passed or 0) else outcome, wall_s=0.0)
        for n in range(10)
    )
    named = tuple(test.model_copy(update={"category": f"kind {test.name}"}) for test in tests)
    handed = passed is not None
    context = TurnContext(
        plan=Plan(),
        progress=before,
        turn=4,
        submission=Submission(code="x", language="python") if handed else None,
        result=RunResult(outcome=outcome, tests=named) if handed else None,
    )
    decision = Decision(move=move, phase="technical", exercise_id="e")
    reply = Reply(turn=4, text="So?", move=move, phase="technical", exercise_id="e", brain="bank")
    understood = Understanding(intent="none", confidence=1.0)
    return advance(Turn(context=context, understanding=understood, decision=decision, reply=reply, now=NOW, sequence=9))


def test_what_fails_of_code_that_mostly_passes_is_kept_until_a_hint_on_it() -> None:
    before = Progress(turn=3, phase="technical", exercise_id="e", exercises=("e",))
    near = after_code(before, "review_code", passed=8)
    assert near.failing == "kind 8"
    assert after_code(near, "clarify").failing == "kind 8"
    assert after_code(near, "hint").failing == ""
    assert after_code(near, "review_code", passed=3).failing == ""
    assert after_code(near, "set_exercise").failing == ""
    assert after_code(before, "review_code", passed=8, outcome="time_limit").failing == ""
    assert after_code(before, "review_code", passed=10, outcome="ok").failing == ""


def test_written_hints_come_in_order_whatever_hints_on_failing_cases_come_between() -> None:
    bank = load_bank()
    exercise = bank.exercise("free-windows")
    asks = Understanding(intent="clarify", confidence=1.0, signals=("asks_for_hint",))
    on_table = {"question_id": exercise.id, "exercise_id": exercise.id, "exercises": (exercise.id,)}
    progress = Progress(turn=3, phase="technical", **on_table)
    given: list[object] = []
    for failing in ("empty input", "", "borders", "", "", "ties", ""):
        before = progress.model_copy(update={"failing": failing})
        said = Utterance(text="Could I have a hint?")
        context = TurnContext(plan=Plan(), progress=before, turn=before.turn + 1, utterance=said, exercise=exercise)
        decision = decide(bank, context, asks)
        given.append(decision.reason if decision.hint is None else decision.hint)
        reply = Reply(turn=context.turn, text="Well.", move=decision.move, phase="technical", brain="bank")
        turn = Turn(context=context, understanding=asks, decision=decision, reply=reply, now=NOW, sequence=9)
        progress = advance(turn)
    assert given == ["case", 0, "case", 1, 2, "case", "no more hints"]
    assert (progress.hints, progress.case_hints) == (3, 3)
    assert after_code(progress, "set_exercise").case_hints == 0
