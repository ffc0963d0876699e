"""Key points in plain words are found, those not made are not, and scores agree with what is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest

from evals.points import measure, read_rows
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import BY_WORDS_ALONE, AnswerGrader
from interviewlab.scoring.polarity import is_denied_at
from interviewlab.scoring.text import clauses, sentences, stems, words
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
    given = [grader.assess(question, other.answer, 1) for question, other in pairwise(questions)]
    scores = [each.score for each in given if not each.found and each.score is not None]
    assert len(scores) > len(questions) / 2
    assert max(scores) <= BY_WORDS_ALONE


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


@pytest.mark.parametrize(
    ("question_id", "point_id", "answer"),
    [
        ("algo-bfs-vs-dfs", "visited", "In either of them I keep note of where I've been already."),
        ("sys-dns-cutover", "overlap", "The old one stays on until nobody calls it any more."),
    ],
)
def test_what_answers_a_follow_up_need_not_say_again_what_it_is_about(
    grader: AnswerGrader, question_id: str, point_id: str, answer: str
) -> None:
    question = BANK.question(question_id)
    by_itself = grader.assess(question, answer, 1)
    asked_for = grader.assess(question, answer, 1, {point_id: answer})
    assert point_id not in {hit.key_point for hit in by_itself.found}
    assert point_id in {hit.key_point for hit in asked_for.found}
    assert {hit.key_point for hit in asked_for.found} <= {hit.key_point for hit in by_itself.found} | {point_id}


def test_an_answer_to_a_follow_up_that_makes_another_point_does_not_make_the_one_asked_for(
    grader: AnswerGrader,
) -> None:
    """Of each technical question one point is asked for and the next is told, in the bank's own words."""
    wrong = []
    technical = [each for each in BANK.questions if each.area != "behavioural" and len(each.key_points) > 1]
    for question in technical:
        asked, told = question.key_points[0], question.key_points[1]
        text = told.also[0] if told.also else told.text
        found = {hit.key_point for hit in grader.assess(question, text, 1, {asked.id: text}).found}
        wrong += [question.id] if asked.id in found else []
    assert len(technical) > 100
    assert len(wrong) <= 0.12 * len(technical), wrong


@pytest.mark.parametrize(
    "answer",
    [
        "I always mix up consistent and available.",
        "I don't really know what the write-ahead log is for.",
        "Not sure, maybe durability and isolation.",
        "Something with atomicity?",
    ],
)
def test_who_admits_not_to_know_makes_no_point_whatever_terms_are_said(grader: AnswerGrader, answer: str) -> None:
    question = BANK.question("db-acid-transfer")
    assert grader.assess(question, answer, 1).found == ()


def test_what_follows_an_admission_counts(grader: AnswerGrader) -> None:
    question = BANK.question("algo-autocomplete")
    found = grader.assess(
        question, "I'm not sure about the memory, but each node already holds its own top ten.", 1
    ).found
    assert "precomputed-top" in {hit.key_point for hit in found}


def test_a_fragment_that_only_names_what_was_asked_about_states_no_misconception(grader: AnswerGrader) -> None:
    question = BANK.question("os-container-vs-vm")
    said = (
        "So, a container is, um, like lighter: it shares the system underneath with the others, the kernel, and a VM"
        " has its own whole operating system."
    )
    assert not grader.assess(question, said, 1).misconceptions
    assert grader.assess(question, "A container is just a lightweight virtual machine.", 1).misconceptions


def test_a_quote_of_a_few_words_is_shown_with_its_sentence(grader: AnswerGrader) -> None:
    """Nobody sees from "by shape" what was meant."""
    for row in read_rows():
        for hit in grader.assess(BANK.question(row["question_id"]), row["answer"], 1).found:
            whole = next(each for each in sentences(row["answer"]) if hit.quote in each)
            assert len(words(hit.quote)) >= 5 or hit.quote == whole or len(words(whole)) > 30


@pytest.mark.parametrize(
    ("question_id", "asked", "answer"),
    [
        ("lang-closures", "useful", "What they hold on to can't be freed."),
        (
            "lang-memory-safety",
            "errors",
            "Java or Python check every index and free the memory for you, which costs some speed.",
        ),
        ("net-refused-vs-timeout", "refused", "Nobody answers at all, the packets are swallowed by something."),
    ],
)
def test_another_point_told_to_a_follow_up_is_not_the_one_asked_for(
    question_id: str, asked: str, answer: str, grader: AnswerGrader
) -> None:
    found = {hit.key_point for hit in grader.assess(BANK.question(question_id), answer, 1, {asked: answer}).found}
    assert found
    assert asked not in found


def test_an_answer_to_its_follow_up_shows_more_of_a_point(grader: AnswerGrader) -> None:
    found = {True: 0, False: 0}
    for row in (row for row in read_rows() if row["split"] == "tune"):
        question = BANK.question(row["question_id"])
        asked = {point.id: row["answer"] for point in question.key_points}
        for is_asked in found:
            told = grader.assess(question, row["answer"], 1, asked if is_asked else {}).found
            found[is_asked] += len({hit.key_point for hit in told} & set(row["made"]))
    assert found[True] >= found[False] + 4
