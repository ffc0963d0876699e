"""Key points in plain words are found, those not made are not, and scores agree with what is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest

from evals.points import measure, read_rows
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import BY_WORDS_ALONE, AnswerGrader
from interviewlab.scoring.polarity import is_denied_at
from interviewlab.scoring.text import clauses, stems
from tests.models import minilm

BANK = load_bank()


@pytest.fixture(scope="module")
def grader() -> AnswerGrader:
    return AnswerGrader(minilm(), [question.answer for question in BANK.questions])


@pytest.mark.parametrize(
    ("question_id", "answer", "points"),
    [
        (
            "conc-distributed-lock",
            "Unless you check the owner's token when you delete it. Also if the Redis master dies before the replica"
            " has it, two can get the lock.",
            {"release", "failover"},
        ),
        (
            "lang-memory-safety",
            "Writing past the end of a buffer or using something after you gave it back.",
            {"errors"},
        ),
        (
            "design-rate-limiter",
            "If Redis is gone I'd rather let traffic through, with a crude local cap.",
            {"limiter-outage"},
        ),
        (
            "sec-dependency-hole",
            "I also look in logs if somebody already used the hole and change the passwords if yes.",
            {"compromise"},
        ),
        ("algo-autocomplete", "Each node already holds its own top ten.", {"precomputed-top"}),
        ("lang-closures", "Each remembers the reference to the place, and not the value.", {"captures-variable"}),
    ],
)
def test_a_point_in_plain_words_is_found(question_id: str, answer: str, points: set[str], grader: AnswerGrader) -> None:
    found = grader.assess(BANK.question(question_id), answer, 1).found
    assert points <= {hit.key_point for hit in found}
    assert all(hit.quote in answer for hit in found)


def test_most_points_made_in_spoken_words_are_found_and_hardly_any_other(grader: AnswerGrader) -> None:
    for counts in measure(grader, read_rows()).values():
        assert counts.precision >= 0.9
        assert counts.recall >= 0.5


@pytest.mark.parametrize("area", ["algorithms", "databases", "systems-networks"])
def test_without_any_point_found_the_score_stays_in_the_lowest_band(area: str, grader: AnswerGrader) -> None:
    questions = [question for question in BANK.questions if question.area == area]
    for question, other in pairwise(questions):
        assessment = grader.assess(question, other.answer, 1)
        if not assessment.found and assessment.score is not None:
            assert assessment.score <= BY_WORDS_ALONE


def test_a_right_sentence_in_words_of_a_misconception_is_none(grader: AnswerGrader) -> None:
    said = "So, a hash table is fast only if the keys are spread well over all the places."
    assert grader.assess(BANK.question("algo-hash-table-collisions"), said, 1).misconceptions == ()


def test_what_is_right_instead_is_no_misconception_and_the_misconception_is_one(grader: AnswerGrader) -> None:
    stated = []
    for question in BANK.questions[::4]:
        for wrong in question.misconceptions:
            assert grader.assess(question, wrong.correction, 1).misconceptions == ()
            stated.append(wrong.correction in grader.assess(question, wrong.text, 1).misconceptions)
    assert sum(stated) >= 0.9 * len(stated)


@pytest.mark.parametrize(
    ("text", "cue", "point", "is_denied"),
    [
        ("there are no overlapping subproblems", "overlapping subproblems", "Subproblems overlap.", True),
        ("the subproblems overlap, overlapping subproblems", "overlapping subproblems", "They overlap.", False),
        ("a filter has no false negatives", "false negatives", "There is never a false negative.", False),
    ],
)
def test_a_cue_that_is_denied_is_no_evidence(text: str, cue: str, point: str, is_denied: bool) -> None:
    assert is_denied_at(text, stems(cue), stems(point)) is is_denied


def test_clauses_of_a_short_sentence_are_told_apart() -> None:
    assert clauses("I'd look it up, and then I'd write it.") == ["I'd look it up", "I'd write it."]
