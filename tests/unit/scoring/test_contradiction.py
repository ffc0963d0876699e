"""The contrary is seen where both speak of the same thing; numbers are compared as values."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interviewlab.questions.bank import load_bank
from interviewlab.scoring.contradiction import contradictions, find_poles, said_both_ways, turned
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.quantities import Quantity, quantities
from interviewlab.scoring.reading import Reader
from interviewlab.scoring.signals import to_wanted
from tests.models import minilm


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(minilm())


@pytest.mark.parametrize(
    ("wanted", "said", "is_contrary"),
    [
        ("The collision domain diameter decreases tenfold.", "The collision domain diameter increases tenfold.", True),
        ("The collision domain diameter decreases tenfold.", "The collision domain gets ten times smaller.", False),
        ("A hash table does not keep the order of its keys.", "A hash table keeps the order of its keys.", True),
        ("A hash table does not keep the order of its keys.", "Hash tables don't keep their keys in order.", False),
        ("A stack is last in, first out.", "Bananas are yellow.", False),
        ("The timeout is 50 ms by default.", "The default timeout is 0.05 seconds.", False),
        ("The timeout is 50 ms by default.", "The default timeout is 5 seconds.", True),
        ("The timeout is 30,000 ms by default.", "The default timeout is 30 seconds.", False),
        ("The timeout is 50 ms by default.", "The default timeout is not 5 seconds.", False),
        ("TCP does not preserve message boundaries, but it keeps the order.",
         "TCP does not preserve message boundaries, though it keeps the order.", False),
    ],
)  # fmt: skip
def test_contraries(wanted: str, said: str, is_contrary: bool, reader: Reader) -> None:
    target = to_wanted((), "", [(reader.read(wanted), wanted, 1.0)])
    assert bool(contradictions(target, reader.read(said))) == is_contrary


@pytest.mark.parametrize(
    ("wanted", "said", "is_turned"),
    [
        ("The system swaps pages all the time, so CPU utilisation drops.",
         "It raises CPU utilisation close to one hundred percent.", True),
        ("Parameters move a small step in the direction of the negative gradient.",
         "It moves the parameters in the direction of the positive gradient.", True),
        ("Switching between threads is cheaper than switching between processes.",
         "Switching between threads is more expensive than between processes.", True),
        ("The UDP header is much shorter than the TCP header.", "TCP headers are longer than UDP headers.", False),
        ("The UDP header is much shorter than the TCP header.", "TCP headers are shorter than UDP headers.", True),
        ("Frame bursting reduces the overhead of small frames.", "Frame bursting increases the delay.", False),
        ("CPU utilisation drops.", "CPU utilisation doesn't rise.", False),
        ("CPU utilisation drops.", "First the CPU utilisation rises, then it falls.", False),
    ],
)  # fmt: skip
def test_the_other_of_two_opposites_is_seen_where_it_is_said_of_the_same(
    wanted: str, said: str, is_turned: bool, reader: Reader
) -> None:
    assert bool(turned(find_poles(reader.read(wanted)), reader.read(said))) == is_turned


def test_what_is_right_elsewhere_in_the_answer_is_not_turned(reader: Reader) -> None:
    said = reader.read("Paging raises the CPU utilisation a little. Then CPU utilisation drops to nothing.")
    assert turned(find_poles(reader.read("So the CPU utilisation drops.")), said) == ()


def test_the_same_amount_in_other_units_is_the_same() -> None:
    assert quantities("50 ms") == quantities("0.05 seconds")
    assert quantities("1 KiB and 20 %") == {Quantity(1024.0, "b"), Quantity(0.2, "")}
    assert quantities("HTTP2 and v1.2") == frozenset()


def test_a_comma_parts_thousands_before_three_digits_and_is_a_decimal_sign_elsewhere() -> None:
    assert quantities("30,000 ms") == quantities("30 seconds")
    assert quantities("65,536") == quantities("65536")
    assert quantities("1,234,567.5 bytes") == {Quantity(1_234_567.5, "b")}
    assert quantities("0,500 s") == {Quantity(0.5, "s")}
    assert quantities("1,2345") == {Quantity(1.2345, "")}


SAID = yaml.safe_load((Path(__file__).parents[2] / "data" / "grading" / "contrary.yaml").read_text("utf-8"))


def said(kind: str) -> list[tuple[str, str]]:
    return [(row["question"], sentence) for row in SAID for sentence in row[kind]]


@pytest.fixture(scope="module")
def grader() -> AnswerGrader:
    return AnswerGrader(minilm(), [question.answer for question in load_bank().questions])


def test_no_model_answer_of_the_bank_is_taken_for_the_contrary_of_a_key_point(grader: AnswerGrader) -> None:
    accused = [q.id for q in load_bank().questions if grader.assess(q, q.answer, 1).misconceptions]
    assert accused == []


def test_a_denial_that_says_the_same_is_hardly_ever_taken_for_the_contrary(grader: AnswerGrader) -> None:
    questions = {question.id: question for question in load_bank().questions}
    accused = [s for which, s in said("right") if grader.assess(questions[which], s, 1).misconceptions]
    assert len(accused) <= 1, accused


def test_contraries_are_still_found(grader: AnswerGrader) -> None:
    questions = {question.id: question for question in load_bank().questions}
    found = [s for which, s in said("contrary") if grader.assess(questions[which], s, 1).misconceptions]
    assert len(found) >= 12


@pytest.mark.parametrize(
    ("said", "is_both"),
    [
        ("TCP is reliable and ordered and UDP is unreliable. UDP is reliable and ordered and TCP is unreliable.", True),
        (
            "TCP is reliable and ordered and UDP is quick. TCP is reliable and ordered and UDP is quick.",
            False,
        ),
        ("Reads don't block writes. Writes don't block reads.", False),
        (
            "The client checks the name of the server, and waits. The server checks the name of the client, and waits.",
            False,
        ),
        ("TCP is reliable and ordered and UDP is unreliable. UDP is quick and simple and has no handshake.", False),
    ],
)
def test_a_sentence_turned_round_word_by_word_says_both(said: str, is_both: bool, reader: Reader) -> None:
    assert bool(said_both_ways(reader.read(said))) is is_both
