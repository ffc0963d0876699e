"""Answers that are wrong throughout are told from right ones, with the words that show it, and cannot be talked up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evals.frozen_halves import Row, hold_mixed, hold_right, hold_wrong_low
from evals.wrong import measure, read_rows
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.batch import BatchGrader
from interviewlab.scoring.case import Answered
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.stories import STORIES
from tests.models import minilm

BANK = load_bank()
TECHNICAL = [question for question in BANK.questions if question.area not in STORIES]
WRONG = (
    "Each server just counts for itself, and with twenty servers each allowing the full limit, the total still comes "
    "out right. A token bucket forbids any bursts at all, that's what it's for, while a fixed window has no problem at "
    "the window border. And when someone's over the limit you return a 500, so that their client knows when to retry."
)
RIGHT = (
    "I'd give every customer a bucket that fills at the speed they pay for, and each request takes one out. Since "
    "twenty servers have to agree, the buckets live in something shared and fast like Redis, updated in one atomic "
    "step. Over the limit you get a 429 and a hint when to try again."
)
PADDING = " I have worked on such things for many years. The team was large. We met every morning and talked about it."


class Scorer:
    """As in an interview."""

    def __init__(self) -> None:
        self._grader = BatchGrader(minilm(), BANK.answers)

    def scores(self, rows: Sequence[Row], field: str) -> list[float | None]:
        """Of one field of each row."""
        pairs = [(BANK.question(row["question_id"]), row[field]) for row in rows]
        return [assessment.score for assessment in self._grader.assess_all(pairs)]


@pytest.fixture(scope="module")
def grader() -> AnswerGrader:
    return AnswerGrader(minilm(), BANK.answers)


def test_an_answer_that_is_wrong_throughout_is_in_the_lowest_band_and_quoted(grader: AnswerGrader) -> None:
    question = BANK.question("design-rate-limiter")
    wrong, right = grader.assess(question, WRONG, 1), grader.assess(question, RIGHT, 1)
    assert wrong.score is not None
    assert right.score is not None
    assert wrong.score < 0.2 < right.score
    assert any("seems wrong; rather: " in text for text in wrong.misconceptions)
    assert right.misconceptions == ()


def test_what_is_said_besides_does_not_make_it_right(grader: AnswerGrader) -> None:
    padded = grader.assess(BANK.question("design-rate-limiter"), WRONG + PADDING, 1)
    assert padded.score is not None
    assert padded.score < 0.2


def test_what_only_shows_over_several_turns_is_quoted_too(grader: AnswerGrader) -> None:
    question = BANK.question("os-durable-write")
    turns = {
        1: "A successful write call means the data is on the platter, the kernel never keeps it in memory.",
        3: "So the disk must be broken, there's no other explanation for an empty file.",
    }
    assessments = tuple(grader.assess(question, text, turn) for turn, text in turns.items())
    whole = grader.assess(question, " ".join(turns.values()), 3)
    answered = Answered(question, tuple(turns), assessments, whole)
    assert whole.score is not None
    assert whole.score < 0.2
    assert not any(assessment.misconceptions for assessment in assessments)
    assert any(turns[1] in text for text in answered.misconceptions)


def test_a_sentence_is_told_to_be_wrong_once(grader: AnswerGrader) -> None:
    wrong = next(row["wrong"] for row in read_rows() if row["question_id"] == "os-load-without-cpu")
    question = BANK.question("os-load-without-cpu")
    mistake = question.misconceptions[0]
    told = grader.assess(question, f"{wrong} {mistake.text}", 1).misconceptions
    assert mistake.correction in told
    assert not any("Load average is the CPU usage" in text for text in told)


def test_who_reports_what_others_believe_is_not_taken_to_say_it(grader: AnswerGrader) -> None:
    sentences = WRONG.split(". ")
    reported = ". ".join(f"Many people wrongly believe that {each[0].lower()}{each[1:]}" for each in sentences)
    told = grader.assess(BANK.question("design-rate-limiter"), reported, 1).misconceptions
    assert not any("seems wrong" in text for text in told)


def test_of_wrong_answers_some_and_of_right_ones_hardly_any_are_in_the_lowest_band() -> None:
    rows, scorer = read_rows()[::3], Scorer()
    assert sum(held.holds for held in hold_wrong_low(scorer, rows)) >= 0.08 * len(rows)
    for hold in (hold_right, hold_mixed):
        assert sum(held.holds for held in hold(scorer, rows)) >= 0.96 * len(rows)


def test_most_sentences_shown_as_wrong_are(grader: AnswerGrader) -> None:
    assert all(found.precision >= 0.5 and found.false for found in measure(grader, read_rows()[::3]).values())


def test_every_technical_point_of_the_bank_has_what_people_wrongly_say_of_it() -> None:
    points = [point for question in TECHNICAL for point in question.key_points]
    assert [point.id for point in points if len(point.contrary) != 2] == []
    assert [point.id for point in points if set(point.contrary) & {point.text, *point.also}] == []
