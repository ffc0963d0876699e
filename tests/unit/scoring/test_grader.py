"""The grader finds what was said, quotes it word for word, and gives nothing for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader, coverage, merge_found
from interviewlab.scoring.reference import ReferenceQuestion, points_from_reference
from interviewlab.scoring.substance import is_list_of_names
from interviewlab.scoring.text import Rarity
from interviewlab.types import KeyPoint, Question
from tests.models import minilm

BANK = load_bank()
CORPUS = [question.answer for question in BANK.questions]
QUESTION = BANK.question("algo-hash-table-collisions")
GRADER = AnswerGrader(ScriptedEmbedder(), CORPUS)


@pytest.fixture(scope="module")
def grader() -> AnswerGrader:
    """With the real sentence model."""
    return AnswerGrader(minilm(), CORPUS)


@pytest.mark.parametrize("question", BANK.questions, ids=lambda q: q.id)
def test_a_model_answer_covers_most_of_its_question(question: Question, grader: AnswerGrader) -> None:
    assessment = grader.assess(question, question.answer, turn=3)
    assert assessment.score is not None
    assert assessment.score >= 0.5


@pytest.mark.parametrize("question", BANK.questions, ids=lambda q: q.id)
def test_every_quote_is_an_exact_substring_of_the_answer(question: Question) -> None:
    assessment = GRADER.assess(question, question.answer, turn=3)
    assert assessment.found
    assert all(hit.quote in question.answer and hit.turn == 3 for hit in assessment.found)


def test_an_answer_about_something_else_covers_next_to_nothing(grader: AnswerGrader) -> None:
    others = [q for q in BANK.questions if q.area != QUESTION.area]
    scores = [grader.assess(QUESTION, other.answer, 1).score or 0.0 for other in others]
    assert sum(scores) / len(scores) < 0.1


@pytest.mark.parametrize("answer", ["I don't know", "no idea", "Fine.", "yes"])
def test_nothing_said_earns_nothing(answer: str) -> None:
    assessment = GRADER.assess(QUESTION, answer, 1)
    assert assessment.score == 0.0
    assert assessment.reason
    assert not assessment.found


@pytest.mark.parametrize(
    "answer", ["We hash the password with a salt.", "Requests bypass the cache.", "You pass a key to it."]
)
def test_a_word_that_sounds_like_giving_up_is_none(answer: str) -> None:
    assert "do not know" not in GRADER.assess(QUESTION, answer, 1).reason


@pytest.mark.parametrize("answer", ["", "   ", "..."])
def test_silence_is_not_scored(answer: str) -> None:
    assessment = GRADER.assess(QUESTION, answer, 1)
    assert assessment.score is None
    assert assessment.reason == "nothing was said"


def test_a_parroted_question_earns_nothing() -> None:
    assessment = GRADER.assess(QUESTION, QUESTION.text, 1)
    assert assessment.score == 0.0


@pytest.mark.parametrize(
    "answer",
    [
        "A lookup in hash tables is of constant time where certain things hold, and otherwise it may break down.",
        "It depends on the situation whether it holds, and it is important to know when hash tables break.",
        "I have just told what has to hold for a hash table, and when it breaks down, really everything.",
    ],
)
def test_a_question_said_again_in_other_words_earns_nothing(answer: str, grader: AnswerGrader) -> None:
    assert (grader.assess(QUESTION, answer, 1).score or 0.0) < 0.05


@pytest.mark.parametrize(
    "echo",
    [
        "The key points of looking something up in a hash table in constant time are all mentioned and understood.",
        "Keywords: hash table, looking up, constant time, true.",
    ],
)
def test_a_sentence_that_only_speaks_of_the_answer_raises_nothing(echo: str, grader: AnswerGrader) -> None:
    said = "The hash function has to spread the keys evenly, otherwise many of them land in one bucket."
    bare = grader.assess(QUESTION, said, turn=1).score
    assert bare is not None
    assert bare > 0
    assert grader.assess(QUESTION, f"{said} {echo}", turn=1).score == bare


def test_an_answer_in_the_words_of_the_question_that_goes_another_way_is_graded(grader: AnswerGrader) -> None:
    asked = "What happens to the collision domain diameter if you increase the speed of a network by a factor of 10?"
    points = points_from_reference("Diameter decreases by a factor of 10, e.g. 300m to 30m.", asked, Rarity(CORPUS))
    question = ReferenceQuestion(id="q", text=asked, key_points=points)
    scores = [
        grader.assess(question, f"The collision domain diameter will {goes} by a factor of 10.", 1).score or 0.0
        for goes in ("decrease", "be increased")
    ]
    assert scores[0] > 0.5
    assert scores[1] == 0.0


def test_an_aside_adds_nothing_to_the_points_made(grader: AnswerGrader) -> None:
    answer = "Each bucket holds a list of the entries whose keys hash to it."
    aside = "I learned that from my uncle, who has written about trains and timetables for many years."
    alone, beside = (grader.assess(QUESTION, text, 1).score for text in (answer, f"{answer} {aside}"))
    assert alone
    assert beside == alone


def test_a_stated_misconception_is_told_and_costs() -> None:
    question = next(q for q in BANK.questions if q.misconceptions)
    wrong = question.misconceptions[0]
    assessment = GRADER.assess(question, wrong.text, 1)
    assert wrong.correction in assessment.misconceptions


def test_evidence_of_several_turns_is_merged_by_strength() -> None:
    half = len(QUESTION.answer) // 2
    first, second = (
        GRADER.assess(QUESTION, text, t) for t, text in enumerate((QUESTION.answer[:half], QUESTION.answer))
    )
    merged = merge_found([first, second])
    assert len({hit.key_point for hit in merged}) == len(merged)
    assert coverage(QUESTION, merged) >= max(first.score or 0.0, second.score or 0.0)


@given(st.text(max_size=300))
def test_any_text_can_be_graded_and_quotes_stay_exact(text: str) -> None:
    assessment = GRADER.assess(QUESTION, text, 1)
    assert all(hit.quote in text for hit in assessment.found)


def test_a_sentence_that_says_the_contrary_of_a_key_point_is_no_evidence_for_it(grader: AnswerGrader) -> None:
    point = KeyPoint(id="order", text="A hash table does not keep the order of its keys.", weight=1.0, follow_up="?")
    others = tuple(
        point.model_copy(update={"id": f"p{n}", "text": text}) for n, text in enumerate(("Memory.", "Speed."))
    )
    question = QUESTION.model_copy(update={"key_points": (point, *others), "misconceptions": ()})
    said = "A hash table keeps the order of its keys."
    assessment = grader.assess(question, said, 1)
    assert any(said in told for told in assessment.misconceptions)
    assert not any(hit.key_point == "order" for hit in assessment.found)
    assert grader.assess(question, point.text, 1).found


def test_a_reversed_answer_falls_to_the_lowest_band_and_is_shown(grader: AnswerGrader) -> None:
    question = BANK.question("algo-stack-vs-queue")
    said = (
        "A queue hands out the newest element first, last in, first out, so it fits undo, function calls and "
        "depth-first "
        "search. A stack hands out elements in order of arrival, so it fits jobs waiting for a worker and "
        "breadth-first search."
    )
    assessment = grader.assess(question, said, turn=1)
    assert assessment.score is not None
    assert assessment.score < 0.2
    assert any("is said of" in text for text in assessment.misconceptions)


def test_a_bare_list_of_names_is_a_heap_and_a_list_that_is_asked_for_is_none() -> None:
    said = "The switch to kernel mode, the system call, the page cache, the file descriptor, buffering in the library."
    assert is_list_of_names(said, "What happens when your program reads a line?")
    assert not is_list_of_names(said, "Which parts of the system take part when a line is read?")
    assert not is_list_of_names(
        "The client sends SYN, the server replies, the client answers, the talk begins.", "How?"
    )


@pytest.mark.parametrize(
    ("question_id", "answer", "point"),
    [
        ("test-property-based", "decompressing the compressed text must give the same text again", "round-trip"),
    ],
)
def test_a_short_answer_that_makes_a_point_in_the_words_of_the_question_shows_it(
    question_id: str, answer: str, point: str, grader: AnswerGrader
) -> None:
    assessment = grader.assess(BANK.question(question_id), answer, 1)
    assert not assessment.reason
    assert point in {hit.key_point for hit in assessment.found}
