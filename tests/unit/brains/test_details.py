"""What a statement says to a question about it, and that it is not answered from a sentence about something else."""

from __future__ import annotations

from interviewlab.brains.details import told_in_statement
from interviewlab.questions.bank import load_bank

BANK = load_bank()
LIMITER = next(exercise for exercise in BANK.exercises if "refuses the rest" in exercise.statement)


def test_a_question_about_a_value_is_not_answered_from_what_else_is_said_of_the_thing() -> None:
    assert told_in_statement(LIMITER, "Is it possible that limit is zero?") == ""


def test_a_question_of_the_same_topic_is_answered_from_the_statement() -> None:
    told = told_in_statement(LIMITER, "How many requests may a client make?")
    assert "so many requests" in told
