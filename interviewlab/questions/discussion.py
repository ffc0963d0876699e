"""The talk about an exercise, in the shape of a question, so that it is probed and graded like any other."""

from __future__ import annotations

from collections.abc import Iterable

from interviewlab.questions.bank import Bank
from interviewlab.types import Exercise, Question


def discussion_of(exercise: Exercise) -> Question:
    """A question with the exercise's id whose key points are its discussion; setting it asks for none of them yet."""
    return Question(
        id=exercise.id,
        area=exercise.area,
        level=exercise.level,
        text=exercise.spoken,
        rephrased=exercise.spoken,
        answer=" ".join(point.text for point in exercise.discussion),
        key_points=tuple(point.model_copy(update={"is_asked": False}) for point in exercise.discussion),
        skills=exercise.skills,
    )


def find_question(bank: Bank, personal: Iterable[Question], question_id: str | None) -> Question | None:
    """A question by id: made from the CV, of the bank, or the talk about an exercise; None if nobody knows it."""
    own = next((question for question in personal if question.id == question_id), None)
    if found := own or bank.find_question(question_id):
        return found
    exercise = bank.find_exercise(question_id)
    return discussion_of(exercise) if exercise else None


def all_questions(bank: Bank, personal: Iterable[Question]) -> dict[str, Question]:
    """Everything that can be asked, by id."""
    known = {exercise.id: discussion_of(exercise) for exercise in bank.exercises}
    return known | {q.id: q for q in bank.questions} | {q.id: q for q in personal}
