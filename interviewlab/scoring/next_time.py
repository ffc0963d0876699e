"""What to practise next: exercises where code was part of the interview, questions of the bank where any were asked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from interviewlab.scoring.text import listed
from interviewlab.types import (
    DIFFICULTIES,
    Difficulty,
    Exercise,
    Level,
    NextExercise,
    NextQuestion,
    Question,
    QuestionScore,
    SkillScore,
    SubmissionScore,
)

_Task = TypeVar("_Task", Exercise, Question)
HOW_MANY = 3
MOST_AGAIN = 2
"""Of the questions at most so many of this very interview, as long as there are others."""
WEAK = 0.6
"""Score under which a skill is worth practising."""
LITTLE = 0.5
"""Share of its key points under which little was found: a score may be low where most of them were made."""
WELL = 0.75
"""Score from which an answer is not asked for again, whatever it lacks."""
STRONG_COSTS = 0.5
"""How much a skill that stood strong takes from the worth of practising something."""
_FITTING: dict[Level, Difficulty] = {
    "intern": "junior",
    "junior": "junior",
    "mid": "mid",
    "senior": "senior",
    "staff": "senior",
}


@dataclass(frozen=True)
class Shown:
    """What an interview showed: the score of each skill that was tried, its level, a seed for equal choices, the share
    of key points found of a skill, where that is known, and what code did that made a skill weaker than its score."""

    scores: Mapping[str, float]
    level: Level = "mid"
    seed: int = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)

    def is_weak(self, skill: str) -> bool:
        """Whether a skill was tried and little was found of it."""
        return self.scores.get(skill, 1.0) < WEAK and self.shares.get(skill, 0.0) < LITTLE

    def worth(self, skills: Iterable[str]) -> float:
        """How much practising these skills brings: above nought where they were weak."""
        tried = [skill for skill in skills if skill in self.scores]
        return sum(1.0 - self.scores[skill] if self.is_weak(skill) else -STRONG_COSTS for skill in tried)

    def is_untried(self, skills: Iterable[str]) -> bool:
        """Whether none of these was tried."""
        return self.scores.keys().isdisjoint(skills)

    def why(self, verb: str, skills: Sequence[str]) -> str:
        """One sentence: which of these skills were weak, or that the first of them was not tried."""
        weak = [skill for skill in skills if self.is_weak(skill)]
        if not weak:
            return f"It {verb} {skills[0]}, not tried in this interview."
        named = [f"{skill} ({self.failed.get(skill) or format(self.scores[skill], '.0%')})" for skill in weak]
        return f"It {verb} {listed(named)}, where this interview found little."


def shown_by(
    skills: Sequence[SkillScore],
    submissions: Sequence[SubmissionScore],
    exercises: Mapping[str, Exercise],
    level: Level = "mid",
    seed: int = 0,
    shares: Mapping[str, float] | None = None,
) -> Shown:
    """The scores of the skills table; of an exercise no better than the share of tests that its last code passed.

    ``shares`` of key points found, by skill, as ``shares_found`` gives them; code that fails its tests outweighs them.
    """
    found = dict(shares or {})
    failed: dict[str, str] = {}
    scores = {skill.skill: skill.score for skill in skills if skill.score is not None}
    last = {each.exercise_id: each for each in submissions if each.exercise_id in exercises and each.total}
    for exercise_id, submission in last.items():
        share = submission.passed / submission.total
        for skill in exercises[exercise_id or ""].skills:
            if share < scores.get(skill, 1.0):
                failed[skill] = f"your code passed {submission.passed} of {submission.total} tests"
            scores[skill] = min(scores.get(skill, 1.0), share)
            if share < WEAK:
                found.pop(skill, None)
    return Shown(scores, level, seed, found, failed)


def shares_found(rows: Iterable[QuestionScore], questions: Mapping[str, Question]) -> dict[str, float]:
    """For each skill of the questions that were answered the share of their key points that was found."""
    counted: dict[str, tuple[int, int]] = {}
    for row in rows:
        for skill in questions[row.question_id].skills if row.question_id in questions else ():
            made, wanted = counted.get(skill, (0, 0))
            counted[skill] = (made + len(row.found), wanted + len(row.found) + len(row.missing))
    return {skill: made / wanted for skill, (made, wanted) in counted.items() if wanted}


def choose_exercises(
    exercises: Mapping[str, Exercise], shown: Shown, done: Collection[str | None]
) -> tuple[NextExercise, ...]:
    """At most three not done in this interview, those for weak skills first, then those for skills not tried."""
    left = [exercise for exercise in exercises.values() if exercise.id not in done]
    chosen = _best(left, shown)
    return tuple(
        NextExercise(id=each.id, title=each.title, why=shown.why("trains", each.skills)) for each in chosen[:HOW_MANY]
    )


def choose_questions(
    questions: Mapping[str, Question], rows: Sequence[QuestionScore], shown: Shown, apart: Collection[str] = ()
) -> tuple[NextQuestion, ...]:
    """At most three: the weakest of this interview again, and others of its areas for weak skills or ones not tried.

    ``apart`` are ids that are never new: exercises talked about, and questions made from a CV.
    """
    weak = sorted(filter(_is_weak, rows), key=_weakest)
    again = [_again(row) for row in weak if row.question_id in questions]
    asked = {row.question_id for row in rows}
    areas = {questions[id].area for id in asked - set(apart) if id in questions}
    left = [q for q in questions.values() if q.id not in asked and q.id not in apart and q.area in areas]
    others = [
        NextQuestion(id=each.id, text=each.text, why=shown.why("asks for", each.skills)) for each in _best(left, shown)
    ]
    first = [*again[:MOST_AGAIN], *others[: HOW_MANY - min(MOST_AGAIN, len(again))]]
    return tuple([*first, *again[MOST_AGAIN:]][:HOW_MANY])


def _is_weak(row: QuestionScore) -> bool:
    """Whether most of its points are missing, and the words do not make up for it."""
    if row.score is None:
        return True
    return _lacks(row) > LITTLE and row.score < (WELL if row.found or row.missing else WEAK)


def _lacks(row: QuestionScore) -> float:
    """Share of the key points that is missing; all where that is not known."""
    points = len(row.found) + len(row.missing)
    return len(row.missing) / points if points else 1.0


def _weakest(row: QuestionScore) -> tuple[bool, float, float]:
    return row.score is None, -_lacks(row), row.score or 0.0


def _again(row: QuestionScore) -> NextQuestion:
    points = len(row.found) + len(row.missing)
    told = f"its answer reached {row.score:.0%}" if row.score is not None else "no answer to it could be judged"
    if row.score is not None and points:
        told = f"its answer made {len(row.found)} of {points} points"
    return NextQuestion(
        id=row.question_id, text=row.text, why=f"Try it again: {told} in this interview.", is_again=True
    )


def _best(left: Sequence[_Task], shown: Shown) -> list[_Task]:
    """Those that are worth it, then those not tried; among equals the level that fits, then as the seed says."""
    worth = {each.id: shown.worth(each.skills) for each in left}
    kept = [each for each in left if worth[each.id] > 0 or shown.is_untried(each.skills)]
    return sorted(kept, key=lambda each: (-worth[each.id], _distance(each.level, shown.level), _drawn(each.id, shown)))


def _distance(level: Difficulty, asked: Level) -> int:
    return abs(DIFFICULTIES.index(level) - DIFFICULTIES.index(_FITTING[asked]))


def _drawn(id: str, shown: Shown) -> str:
    return hashlib.sha256(f"{shown.seed}:{id}".encode()).hexdigest()
