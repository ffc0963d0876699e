"""The case before the judge: the transcript sorted by question and exercise, with the facts the hall gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from interviewlab.scoring.grader import AnswerGrader, merge_found, score_of
from interviewlab.scoring.text import sentences, words
from interviewlab.types import (
    Assessment,
    AssessmentEntry,
    CodeFacts,
    DeliveryFacts,
    Exercise,
    Found,
    Question,
    QuestionScore,
    QuoteEvidence,
    Reply,
    RunResult,
    SubmissionEntry,
    Transcript,
    Utterance,
)


@dataclass(frozen=True)
class Answered:
    """One question with every answer given to it."""

    question: Question
    turns: tuple[int, ...]
    assessments: tuple[Assessment, ...]

    @property
    def found(self) -> tuple[Found, ...]:
        """The best evidence for each key point over all turns."""
        return merge_found(self.assessments)

    @property
    def score(self) -> float | None:
        """Share of weight covered over all turns; None where no turn could be judged."""
        scores = [a.score for a in self.assessments if a.score is not None]
        if not scores:
            return None
        wrong = {text for a in self.assessments for text in a.misconceptions}
        return score_of(self.question, self.found, len(wrong))

    def to_score(self) -> QuestionScore:
        """As a row of the report."""
        have = {hit.key_point for hit in self.found}
        missing = tuple(p.text for p in self.question.key_points if p.id not in have)
        reasons = [a.reason for a in self.assessments if a.reason]
        return QuestionScore(
            question_id=self.question.id,
            text=self.question.text,
            score=None if self.score is None else round(self.score, 4),
            found=self.found,
            missing=missing,
            reason=reasons[0] if reasons and not self.found else "",
        )


@dataclass(frozen=True)
class Handed:
    """One submission with its exercise, result and facts."""

    entry: SubmissionEntry
    result: RunResult | None
    exercise: Exercise | None
    facts: CodeFacts | None

    @property
    def pass_share(self) -> float:
        """Share of tests passed, in [0, 1]."""
        return self.result.passed / len(self.result.tests) if self.result and self.result.tests else 0.0


@dataclass(frozen=True)
class Case:
    """All the judge looks at."""

    said: Mapping[int, Utterance]
    replies: Mapping[int, Reply]
    answered: tuple[Answered, ...]
    handed: tuple[Handed, ...]
    delivery: DeliveryFacts | None
    unknown: tuple[str, ...] = field(default=())
    """Ids of questions that no bank knows."""

    def hints(self, exercise_id: str) -> int:
        """How many hints were given for an exercise."""
        return sum(r.move == "hint" and r.exercise_id == exercise_id for r in self.replies.values())


def opening(case: Case, answered: Answered) -> QuoteEvidence:
    """The first sentence of the longest answer; the caller knows that something was said."""
    turn = max(answered.turns, key=lambda turn: len(words(case.said[turn].text)))
    return QuoteEvidence(turn=turn, quote=sentences(case.said[turn].text)[0])


def build_case(
    transcript: Transcript,
    grader: AnswerGrader,
    questions: Mapping[str, Question],
    exercises: Mapping[str, Exercise],
    facts: Mapping[int, CodeFacts],
    delivery: DeliveryFacts | None,
) -> Case:
    """Sort a transcript for the judge; every answer is graded afresh from its words."""
    replies, said = transcript.replies(), transcript.utterances()
    not_answers = _not_answers(transcript)
    by_question: dict[str, list[int]] = {}
    for turn in sorted(said):
        before = replies.get(turn - 1)
        if before is not None and before.question_id is not None and turn not in not_answers:
            by_question.setdefault(before.question_id, []).append(turn)
    answered = tuple(
        Answered(q, tuple(turns), tuple(grader.assess(q, said[turn].text, turn) for turn in turns))
        for question_id, turns in by_question.items()
        if (q := questions.get(question_id)) is not None
    )
    handed = tuple(
        Handed(entry, result, exercises.get(entry.exercise_id or ""), facts.get(entry.turn))
        for entry, result in transcript.submissions()
    )
    unknown = tuple(sorted(set(by_question) - set(questions)))
    return Case(said=said, replies=replies, answered=answered, handed=handed, delivery=delivery, unknown=unknown)


def _not_answers(transcript: Transcript) -> set[int]:
    """Turns the interviewer understood as something else than an answer ("could you repeat that?")."""
    assessed = {e.turn: e.assessment for e in transcript.entries if isinstance(e, AssessmentEntry)}
    return {turn for turn, assessment in assessed.items() if assessment.reason == "not an answer"}
