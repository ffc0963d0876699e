"""A whole report with everything that a report can hold, around words that the test chooses."""

from __future__ import annotations

from datetime import UTC, datetime

from interviewlab.types import (
    AxisScore,
    CodeFacts,
    CorrectedEntry,
    DeliveryFacts,
    FactEvidence,
    Found,
    Gap,
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

AT = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
SAID = "We put Redis in front, because reads are ten times the writes"


def make_report(said: str = SAID) -> Report:
    quote = QuoteEvidence(turn=1, quote=said)
    return Report(
        interview_id="i-1",
        brain="bank",
        judge="bank",
        created_at=AT,
        rubric=RubricName(name="default", hash="0123456789abcdef"),
        overall=Overall(score=0.65, level=3),
        axes={
            "communication": AxisScore(score=None, level=None, reason="Only one answer was given."),
            "technical_knowledge": AxisScore(
                score=0.7,
                level=4,
                reason="Explains why, not only what.",
                evidence=(quote, FactEvidence(turn=1, fact="3 of 4 key points")),
                strengths=("Names the trade-off.",),
                weaknesses=("Says nothing of eviction.",),
                advice=("Say what happens when the cache restarts.",),
            ),
            "problem_solving": AxisScore(score=0.6, level=3, reason="Solved with one hint.", evidence=(quote,)),
            "code_quality": AxisScore(
                score=0.5, level=3, reason="Readable.", evidence=(FactEvidence(turn=2, fact="Complexity 3"),)
            ),
            "testing": AxisScore(
                score=0.2, level=1, reason="No own tests.", evidence=(TestEvidence(turn=2, test="empty list"),)
            ),
        },
        skills=(SkillScore(skill="caching", score=0.7, evidence=(quote,)), SkillScore(skill="sql", score=None)),
        questions=(
            QuestionScore(
                question_id="cache-1",
                text="Why cache here?",
                score=0.7,
                found=(Found(key_point="read ratio", turn=1, quote=said, strength=0.9),),
                missing=("eviction",),
            ),
            QuestionScore(question_id="db-1", text="", score=None, reason="It was not answered."),
        ),
        submissions=(
            SubmissionScore(
                turn=2,
                exercise_id="two-sum",
                language="python",
                outcome="wrong_answer",
                passed=3,
                total=5,
                facts=CodeFacts(
                    language="python",
                    parses=True,
                    lines=12,
                    functions=1,
                    longest_function=11,
                    cyclomatic_complexity=4,
                    comment_lines=0,
                    own_tests=0,
                    notes=("Names of one letter: q.",),
                ),
            ),
        ),
        delivery=DeliveryFacts(
            answers=6,
            words=200,
            median_words=31.5,
            fillers_per_100_words=1.5,
            hedges_per_100_words=0.5,
            connectives_per_100_words=4.0,
            talk_share=0.6,
        ),
        gaps=(Gap(what="Communication", why="One answer is not enough."),),
    )


def make_transcript(said: str = SAID, code: str = "def two_sum(a, b):\n    return []\n") -> Transcript:
    result = RunResult(
        outcome="wrong_answer", tests=(TestResult(name="empty list", passed=True, outcome="ok", wall_s=0.1),)
    )
    reply = {"at": AT, "move": "ask", "phase": "exploration", "brain": "bank"}
    return Transcript(
        interview_id="i-1",
        entries=(
            ReplyEntry(sequence=0, turn=0, text="Hello Jane.", **reply),
            UtteranceEntry(sequence=1, turn=1, at=AT, text="We put radish in front", source="voice"),
            CorrectedEntry(sequence=2, turn=1, at=AT, of_turn=1, text=said),
            ReplyEntry(sequence=3, turn=1, text="What about eviction?", **reply),
            SubmissionEntry(sequence=4, turn=2, at=AT, code=code, language="python", exercise_id="two-sum"),
            ResultEntry(sequence=5, turn=2, at=AT, result=result),
        ),
    )
