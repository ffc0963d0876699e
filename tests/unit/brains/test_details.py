"""What a statement says to a question about it, and that it is not answered from a sentence about something else."""

from __future__ import annotations

import pytest

from interviewlab.brains.details import LONGEST, rules_of, told_in_statement
from interviewlab.questions.bank import load_bank
from interviewlab.questions.check import UNSPEAKABLE

BANK = load_bank()
LIMITER = next(exercise for exercise in BANK.exercises if "refuses the rest" in exercise.statement)


def test_a_question_about_a_value_is_not_answered_from_what_else_is_said_of_the_thing() -> None:
    assert told_in_statement(LIMITER, "Is it possible that limit is zero?") == ""


def test_a_question_of_the_same_topic_is_answered_from_the_statement() -> None:
    told = told_in_statement(LIMITER, "How many requests may a client make?")
    assert "so many requests" in told


@pytest.mark.parametrize(
    ("exercise", "question", "told"),
    [
        ("merge-logs", "can there be the same timestamp twice, and if so do I keep both?", "Equal timestamps come in"),
        ("merge-logs", "Can a log be empty?", "A log may hold equal timestamps and may be empty."),
        ("merge-logs", "How big can the logs get?", "Up to 1000 logs"),
        ("sprinkler-tree", "What happens with an empty pipe, do I just return zero?", "is the empty list."),
        ("sprinkler-tree", "Can areas be negative?", "Areas are whole numbers from 0 on."),
        ("polite-clients", "Are the requests sorted by time?", "Requests is a list of pairs, ordered by time."),
        ("polite-clients", "Does a refused request count towards the limit?", "counts for nothing afterwards"),
        ("free-windows", "Are the bookings sorted?", "in no particular order"),
        ("voucher-pair", "What if there's no pair?", "Return an empty list when there is none."),
        ("rooms-needed", "How many courses are there?", "Up to 100 000 courses"),
        ("small-cache", "Can the capacity be zero?", "With capacity 0"),
    ],
)
def test_the_rule_that_is_asked_for_is_told(exercise: str, question: str, told: str) -> None:
    assert told in told_in_statement(BANK.exercise(exercise), question)


@pytest.mark.parametrize(
    ("exercise", "question"),
    [
        ("merge-logs", "Can timestamps be negative?"),
        ("merge-logs", "Are the timestamps always integers?"),
        ("merge-logs", "Do I need to validate the input?"),
        ("sprinkler-tree", "Is it a binary tree?"),
        ("install-order", "Can packages be empty?"),
        ("missing-parcels", "Can the lists be empty?"),
        ("free-windows", "Can there be no bookings?"),
        ("polite-clients", "Can the limit be zero?"),
    ],
)
def test_what_the_statement_does_not_say_is_not_told_from_another_rule(exercise: str, question: str) -> None:
    assert told_in_statement(BANK.exercise(exercise), question) == ""


def test_most_rules_of_every_statement_can_be_said() -> None:
    rules = [rule for exercise in BANK.exercises for rule in rules_of(exercise.statement)]
    spoken = [rule for rule in rules if not UNSPEAKABLE.search(rule) and len(rule.split()) <= LONGEST]
    assert len(spoken) > 0.8 * len(rules)
    assert not any(rule.endswith("?.") for rule in rules)
