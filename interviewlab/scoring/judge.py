"""The embedded judge: every turn and every submission, axis by axis, from facts alone; the same twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from interviewlab.scoring.axes import AXIS_FUNCTIONS
from interviewlab.scoring.case import Answered, Case, build_case, openings
from interviewlab.scoring.evidence import EvidenceCheck, not_enough
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.mistaken import find_mistakes
from interviewlab.scoring.next_time import choose_exercises, choose_questions, shares_found, shown_by
from interviewlab.scoring.text import tell_turns
from interviewlab.scoring.verdict import NO_EXERCISE, Verdict
from interviewlab.types import (
    AXES,
    AxisName,
    AxisScore,
    CodeFacts,
    DeliveryFacts,
    Evidence,
    Exercise,
    Gap,
    InterviewType,
    Overall,
    Plan,
    Question,
    QuestionScore,
    QuoteEvidence,
    Rubric,
    RubricName,
    Scorecard,
    SkillScore,
    SubmissionScore,
    Transcript,
)

AXIS_SKILLS = frozenset(name.replace("_", " ") for name in AXES)
"""Skills that stories bear on and that an axis tells of already, over all answers."""


_UNTOLD: Mapping[str, str] = MappingProxyType({})


class Judge(Protocol):
    """Who judges a whole interview: the embedded one here. A language model adds words afterwards (``ModelJudge``)."""

    name: str

    def judge(
        self,
        transcript: Transcript,
        rubric: Rubric,
        questions: Mapping[str, Question],
        exercises: Mapping[str, Exercise],
        facts: Mapping[int, CodeFacts],
        delivery: DeliveryFacts | None,
    ) -> Scorecard:
        """The scorecard of one transcript; blocking. A part that fails becomes a gap with its reason."""


class BankJudge:
    """Scores a whole interview with no language model."""

    name = "bank"

    def __init__(self, grader: AnswerGrader) -> None:
        self._grader = grader

    def judge(
        self,
        transcript: Transcript,
        rubric: Rubric,
        questions: Mapping[str, Question],
        exercises: Mapping[str, Exercise],
        facts: Mapping[int, CodeFacts],
        delivery: DeliveryFacts | None,
    ) -> Scorecard:
        """The scorecard of one transcript.

        ``questions`` and ``exercises`` by id; ``facts`` by the turn of the submission; ``delivery`` None where nothing
        was said. A question that no bank knows becomes a gap.
        """
        case = build_case(transcript, self._grader, questions, exercises, facts, delivery, rubric.code_parts)
        check = EvidenceCheck(transcript)
        type = transcript.plan.type if transcript.plan else None
        verdicts = {name: AXIS_FUNCTIONS[name](case) for name in AXES}
        rows = tuple(self._row(case, answered) for answered in case.answered)
        told = {each.rather: each.told for row in rows for each in row.mistakes}
        axes = {name: check.axis(_axis(verdict, name, rubric, type, told)) for name, verdict in verdicts.items()}
        skills, submissions = _skills(case), _submissions(case)
        plan = transcript.plan or Plan(exercises=0)
        asked = tuple(row for row in rows if row.question_id not in exercises)
        shown = shown_by(skills, submissions, exercises, plan.level, plan.seed, shares_found(rows, questions))
        done = {h.entry.exercise_id for h in case.handed} | {reply.exercise_id for reply in case.replies.values()}
        has_code = plan.exercises > 0 or bool(case.handed) or done > {None}
        apart = {*exercises, *(question.id for question in plan.personal)}
        return Scorecard(
            rubric=RubricName(name=rubric.name, hash=rubric.hash),
            judge=self.name,
            axes=axes,
            overall=overall(axes, rubric, type),
            skills=skills,
            questions=rows,
            submissions=submissions,
            delivery=delivery,
            gaps=tuple(_gaps(case, axes, rows, has_code=has_code)),
            ignored=case.ignored,
            next_time=choose_exercises(exercises, shown, done) if has_code else (),
            next_questions=choose_questions(questions, asked, shown, apart) if asked or not has_code else (),
        )

    def _row(self, case: Case, answered: Answered) -> QuestionScore:
        """A row of the report, with the words behind what was not right."""
        row = answered.to_score()
        said = {a.turn: case.said[a.turn].text for a in answered.assessments if a.misconceptions}
        mistakes = find_mistakes(self._grader.reader, answered.question, said, row.misconceptions)
        return row.model_copy(update={"mistakes": mistakes})


def overall(axes: Mapping[AxisName, AxisScore], rubric: Rubric, type: InterviewType | None = None) -> Overall:
    """The mean over axes that have a score, weighted as for interviews of this type; the others are left out."""
    weights = rubric.weights_for(type)
    scored = [(weights[name], axis.score) for name, axis in axes.items() if axis.score is not None]
    total = sum(weight for weight, _ in scored)
    if not total:
        return Overall(score=None, level=None)
    score = round(sum(weight * score for weight, score in scored) / total, 4)
    return Overall(score=score, level=rubric.level_for(score, type))


def _axis(
    verdict: Verdict, name: AxisName, rubric: Rubric, type: InterviewType | None, told: Mapping[str, str] = _UNTOLD
) -> AxisScore:
    """``told`` are corrections with the words that they correct."""
    if verdict.score is None:
        return not_enough(verdict.basis, verdict.advice)
    score = rubric.cap(round(min(1.0, max(0.0, verdict.score)), 4), verdict.highest, type)
    level = rubric.level_for(score, type)
    return AxisScore(
        score=score,
        level=level,
        reason=f"Typical of this level: {rubric.axes[name].anchors[level - 1]} ({verdict.basis})",
        evidence=verdict.evidence,
        strengths=tuple(dict.fromkeys(verdict.strengths)),
        weaknesses=tuple(dict.fromkeys(told.get(text, text) for text in verdict.weaknesses)),
        advice=tuple(dict.fromkeys(verdict.advice)),
    )


def _skills(case: Case) -> tuple[SkillScore, ...]:
    by_skill: dict[str, list[tuple[float, tuple[Evidence, ...]]]] = {}
    for answered in case.answered:
        if answered.score is None:
            continue
        quotes = tuple(QuoteEvidence(turn=hit.turn, quote=hit.quote) for hit in answered.found)
        quotes = quotes or openings(case, answered)[:1]
        axes = AXIS_SKILLS if answered.is_story else frozenset()
        for skill in answered.question.skills:
            if skill in axes:
                continue
            by_skill.setdefault(skill, []).append((answered.score, quotes))
    return tuple(
        SkillScore(
            skill=skill,
            score=round(sum(score for score, _ in rows) / len(rows), 4),
            evidence=tuple(dict.fromkeys(quote for _, quotes in rows for quote in quotes)),
        )
        for skill, rows in sorted(by_skill.items())
    )


def _submissions(case: Case) -> tuple[SubmissionScore, ...]:
    return tuple(
        SubmissionScore(
            turn=h.entry.turn,
            exercise_id=h.entry.exercise_id,
            language=h.entry.language,
            outcome=h.result.outcome,
            passed=h.result.passed,
            total=len(h.result.tests),
            facts=h.facts,
        )
        for h in case.handed
        if h.result is not None
    )


def _gaps(
    case: Case, axes: Mapping[AxisName, AxisScore], rows: Iterable[QuestionScore], *, has_code: bool
) -> Iterable[Gap]:
    """What could not be judged; that a kind of interview has no exercise is no gap of the candidate's."""
    for name, axis in axes.items():
        if axis.score is None and (has_code or axis.reason != not_enough(NO_EXERCISE).reason):
            yield Gap(what=name, why=axis.reason)
    for row in rows:
        if row.score is None:
            yield Gap(what=f"question {row.question_id}", why=row.reason or "no answer could be judged")
    if case.unplaced:
        yield Gap(
            what=f"what was said in {tell_turns(case.unplaced)}", why="no reply that names a question stands before"
        )
    for question_id in case.unknown:
        yield Gap(what=f"question {question_id}", why="it is in no bank that was loaded")
    for handed in case.handed:
        if handed.result is None:
            yield Gap(what=f"submission of turn {handed.entry.turn}", why="the code could not be run")
