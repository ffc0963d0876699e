"""Transcripts made of questions of the bank and what somebody answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from interviewlab.types import (
    Entry,
    NoteEntry,
    Plan,
    Question,
    ReplyEntry,
    ResultEntry,
    RunResult,
    SubmissionEntry,
    TestResult,
    Transcript,
    UtteranceEntry,
)

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def make_talk(
    answers: Sequence[tuple[Question, str]],
    code: Iterable[tuple[str, str, tuple[bool, ...]]] = (),
    plan: Plan | None = None,
) -> Transcript:
    """A reply that asks, an utterance that answers; then submissions, each (exercise, code, tests passed). A question
    with the id of an exercise handed in is asked while that one is on the table."""
    entries: list[Entry] = []

    def add(kind: type[Entry], turn: int, **fields: object) -> None:
        entries.append(kind(sequence=len(entries), turn=turn, at=AT + timedelta(seconds=10 * len(entries)), **fields))

    code = list(code)
    handed = {exercise_id for exercise_id, _, _ in code}
    turn = 0
    if plan is not None:
        add(NoteEntry, 0, topic="plan", data={"plan": plan.model_dump(mode="json")})
    for question, said in answers:
        exercise_id = question.id if question.id in handed else None
        asked = {"question_id": question.id, "exercise_id": exercise_id, "text": question.text}
        add(ReplyEntry, turn, move="ask", phase="exploration", brain="bank", **asked)
        turn += 1
        add(UtteranceEntry, turn, text=said)
    for exercise_id, text, passed in code:
        turn += 1
        tests = tuple(
            TestResult(name=f"case {n}", passed=ok, outcome="ok" if ok else "wrong_answer", wall_s=0.01)
            for n, ok in enumerate(passed)
        )
        outcome = "ok" if all(passed) else "wrong_answer"
        add(SubmissionEntry, turn, code=text, language="python", exercise_id=exercise_id)
        add(ResultEntry, turn, result=RunResult(outcome=outcome, tests=tests))
    return Transcript(interview_id="talk", entries=tuple(entries))


def without_turns(transcript: Transcript, turns: Iterable[int]) -> Transcript:
    """The transcript with what the candidate said and handed in on these turns taken away."""
    gone = set(turns)
    own = UtteranceEntry | SubmissionEntry | ResultEntry
    kept = tuple(e for e in transcript.entries if not (isinstance(e, own) and e.turn in gone))
    return transcript.model_copy(update={"entries": kept})
