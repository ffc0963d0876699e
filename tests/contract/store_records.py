"""Records of every kind for the store contract."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from interviewlab.types import (
    AXES,
    Assessment,
    AssessmentEntry,
    AxisScore,
    CorrectedEntry,
    Entry,
    HeardEntry,
    InterviewRecord,
    Job,
    JobRecord,
    NoteEntry,
    Overall,
    Plan,
    QuoteEvidence,
    ReplyEntry,
    Report,
    ResultEntry,
    Resume,
    ResumeRecord,
    RubricName,
    RunResult,
    SnapshotEntry,
    SubmissionEntry,
    TestResult,
    UtteranceEntry,
    Word,
)

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


def record(interview_id: str = "i1", owner: str = "ada", minutes: int = 0) -> InterviewRecord:
    at = NOON + timedelta(minutes=minutes)
    return InterviewRecord(id=interview_id, owner=owner, plan=Plan(seed=7), created_at=at, updated_at=at, title="First")


def cv(resume_id: str = "r1", owner: str = "ada", minutes: int = 0) -> ResumeRecord:
    resume = Resume(document={"basics": {"name": "Zoë Åström 🧪"}}, text="Zoë\n\tÅström", source="pdf", gaps=("phone",))
    return ResumeRecord(
        id=resume_id, owner=owner, name="CV.pdf", resume=resume, created_at=NOON + timedelta(minutes=minutes)
    )


def job(job_id: str = "j1", owner: str = "ada", minutes: int = 0) -> JobRecord:
    wanted = Job(role="Ingénieure 🧪", level="senior", must=("Go",), nice=("Rust",), text="Go,\n\tRust")
    return JobRecord(id=job_id, owner=owner, name="A job", job=wanted, created_at=NOON + timedelta(minutes=minutes))


def report(interview_id: str = "i1", minutes: int = 30) -> Report:
    scored = AxisScore(score=0.5, level=3, reason="said", evidence=(QuoteEvidence(turn=1, quote="ünï"),))
    empty = AxisScore(score=None, level=None, reason="nothing said")
    return Report(
        rubric=RubricName(name="default", hash="0123456789abcdef"),
        judge="bank",
        axes={axis: scored if axis == "communication" else empty for axis in AXES},
        overall=Overall(score=0.5, level=3),
        interview_id=interview_id,
        brain="bank",
        created_at=NOON + timedelta(minutes=minutes),
    )


def utterance(sequence: int, text: str = "I would use a heap.", minutes: int = 0) -> UtteranceEntry:
    return UtteranceEntry(sequence=sequence, turn=sequence, at=NOON + timedelta(minutes=minutes), text=text)


def every_kind() -> tuple[Entry, ...]:
    failed = TestResult(name="empty", passed=False, outcome="wrong_answer", wall_s=0.01, got="[]")
    word = Word(text="heap", start_s=0.1, end_s=0.42)
    return (
        NoteEntry(sequence=0, turn=0, at=NOON, topic="plan", data={"plan": {"seed": 3}, "list": [1, None, 0.5]}),
        ReplyEntry(sequence=1, turn=0, at=NOON, text="Hello.", move="greet", phase="intro", brain="bank"),
        HeardEntry(sequence=2, turn=0, at=NOON, of_turn=0, text="Hel"),
        UtteranceEntry(sequence=3, turn=1, at=NOON, text="heap", source="voice", words=(word,)),
        CorrectedEntry(sequence=4, turn=1, at=NOON, of_turn=1, text="a heap"),
        AssessmentEntry(sequence=5, turn=1, at=NOON, assessment=Assessment(question_id="q", turn=1, score=None)),
        SnapshotEntry(sequence=6, turn=2, at=NOON, code="def f(): ...", language="python"),
        SubmissionEntry(sequence=7, turn=2, at=NOON, code="def f():\n    return 1", language="python"),
        ResultEntry(sequence=8, turn=2, at=NOON, result=RunResult(outcome="wrong_answer", tests=(failed,))),
    )
