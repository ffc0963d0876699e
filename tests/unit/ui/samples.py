"""Small but whole nouns for the tests of the presenters."""

from __future__ import annotations

from datetime import UTC, datetime

from interviewlab.types import (
    AxisName,
    AxisScore,
    CodeFacts,
    DeliveryFacts,
    Entry,
    Exercise,
    FactEvidence,
    Found,
    FunctionCase,
    Gap,
    KeyPoint,
    NoteEntry,
    Overall,
    QuestionScore,
    QuoteEvidence,
    ReplyEntry,
    Report,
    ResultEntry,
    RubricName,
    RunResult,
    SkillScore,
    SubmissionEntry,
    SubmissionScore,
    TestEvidence,
    TestResult,
    Transcript,
    UtteranceEntry,
)

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
EVIL = "<img src=x onerror=alert(1)> **bold** `tick` & \x1b[31m"
"""What must come out as it was typed, never as markup."""


def point(name: str) -> KeyPoint:
    return KeyPoint(id=name, text=name, weight=1.0, follow_up=f"What about {name}?")


def exercise() -> Exercise:
    return Exercise(
        id="two-sum",
        title="Two <sum>",
        area="algorithms",
        level="junior",
        statement="Return **two** places whose numbers add up to `target`.\n\n<script>alert(1)</script>",
        spoken="Two sum.",
        function={"python": "two_sum", "javascript": "twoSum"},
        starter={"python": "def two_sum(a, t):\n    pass\n", "javascript": "function twoSum(a, t) {\n}\n"},
        solution={"python": "SOLUTION-PYTHON", "javascript": "SOLUTION-JAVASCRIPT"},
        visible=(
            FunctionCase(args=([2, 7, 11], 9), expect=[0, 1]),
            FunctionCase(args=([1, 2], 9), expect=None),
        ),
        hidden=tuple(FunctionCase(args=([4040 + n], n), expect="HIDDEN-EXPECT") for n in range(3)),
        hints=("HINT-ONE", "HINT-TWO", "HINT-THREE"),
        complexity="O(n)",
        discussion=(point("complexity"), point("edge-cases"), point("trade-offs")),
        skills=("hash-tables",),
    )


def result() -> RunResult:
    return RunResult(
        outcome="wrong_answer",
        stdout="\x1b[31mlooking\x1b[0m\n",
        wall_s=0.15,
        backend="sandlock",
        tests=(
            TestResult(name="case 1", passed=True, outcome="ok", wall_s=0.01, input="a", expected="b", got="b"),
            TestResult(name="case 2", passed=False, outcome="wrong_answer", wall_s=0.01, input=EVIL, got="<b>"),
            TestResult(name="h1", passed=False, outcome="time_limit", wall_s=1.0, hidden=True, category="empty input"),
        ),
    )


def transcript() -> Transcript:
    entries: tuple[Entry, ...] = (
        NoteEntry(sequence=0, turn=0, at=AT, topic="plan", text="the plan"),
        NoteEntry(sequence=1, turn=0, at=AT, topic="fallback", text="Words alone."),
        ReplyEntry(sequence=2, turn=0, at=AT, text="Hello!", move="greet", phase="intro", brain="bank"),
        UtteranceEntry(sequence=3, turn=1, at=AT, text=EVIL),
        ReplyEntry(sequence=4, turn=1, at=AT, text="You said <b>.", move="ask", phase="exploration", brain="bank"),
        SubmissionEntry(sequence=5, turn=2, at=AT, code="print('<b>')\n", language="python", exercise_id="two-sum"),
        ResultEntry(sequence=6, turn=2, at=AT, result=result()),
        ReplyEntry(sequence=7, turn=2, at=AT, text="Why?", move="review_code", phase="technical", brain="bank"),
    )
    return Transcript(interview_id="i1", entries=entries)


def report() -> Report:
    judged = AxisScore(
        score=0.6,
        level=3,
        reason="Says why.",
        evidence=(
            QuoteEvidence(turn=1, quote=EVIL),
            TestEvidence(turn=2, test="case 1"),
            FactEvidence(turn=2, fact="1 of 3 tests passed"),
        ),
        strengths=("Clear.",),
        weaknesses=("Short.",),
        advice=("Say more.",),
    )
    unjudged = AxisScore(score=None, level=None, reason="Nothing was said about testing.")
    axes: dict[AxisName, AxisScore] = {
        "communication": judged,
        "technical_knowledge": judged,
        "problem_solving": judged,
        "code_quality": judged,
        "testing": unjudged,
    }
    return Report(
        rubric=RubricName(name="default", hash="0123456789abcdef"),
        judge="bank",
        axes=axes,
        overall=Overall(score=0.6, level=3),
        skills=(SkillScore(skill="hash-tables", score=0.5), SkillScore(skill="caching", score=None)),
        questions=(
            QuestionScore(
                question_id="q1",
                text="What is <a cache>?",
                score=0.5,
                found=(Found(key_point="stale-reads", turn=1, quote=EVIL, strength=0.8),),
                missing=("An expiry bounds it.",),
            ),
        ),
        submissions=(
            SubmissionScore(
                turn=2,
                exercise_id="two-sum",
                language="python",
                outcome="wrong_answer",
                passed=1,
                total=3,
                facts=CodeFacts(
                    language="python",
                    parses=True,
                    lines=1,
                    functions=0,
                    longest_function=0,
                    cyclomatic_complexity=1,
                    comment_lines=0,
                    own_tests=0,
                ),
            ),
        ),
        delivery=DeliveryFacts(
            answers=1,
            words=4,
            median_words=4,
            fillers_per_100_words=0,
            hedges_per_100_words=0,
            connectives_per_100_words=0,
            talk_share=0.5,
        ),
        gaps=(Gap(what="Testing", why="no test was written"),),
        interview_id="i1",
        brain="bank",
        created_at=AT,
    )
