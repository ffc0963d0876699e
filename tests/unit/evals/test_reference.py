"""Foreign rows become key points: sentences, lists, and rubrics with points."""

from __future__ import annotations

import pytest

from interviewlab.scoring.reference import points_from_pairs, points_from_reference, points_from_rubric
from interviewlab.scoring.text import Rarity

RARITY = Rarity(["a cache keeps what was read", "a lock keeps others out", "the index speeds up reads"])


def test_each_sentence_of_a_reference_is_a_key_point() -> None:
    points = points_from_reference("TCP resends lost segments. UDP does not.", "Compare TCP and UDP.", RARITY)
    assert [point.text for point in points] == ["TCP resends lost segments.", "UDP does not."]


def test_a_long_sentence_stays_one_key_point() -> None:
    long = (
        "The sender halves its window when a segment is lost, because loss means that the network is full,"
        " and then it grows the window by one segment in each round trip until the next loss."
    )
    assert [point.text for point in points_from_reference(long, "What is AIMD?", RARITY)] == [long]


def test_rare_words_weigh_more_than_common_ones() -> None:
    common, rare = points_from_reference("A cache keeps reads. Bloom filters bound misses.", "Why?", RARITY)
    assert rare.weight > common.weight


def test_a_sentence_that_only_repeats_the_question_is_no_key_point() -> None:
    points = points_from_reference("What is a deadlock? Two wait for each other.", "What is a deadlock?", RARITY)
    assert [point.text for point in points] == ["Two wait for each other."]


def test_a_reference_within_the_words_of_the_question_is_one_key_point() -> None:
    points = points_from_reference("TCP.", "Is it TCP or UDP?", RARITY)
    assert [point.text for point in points] == ["TCP."]


def test_an_empty_reference_gives_nothing_to_grade_by() -> None:
    assert points_from_reference("  ", "Why?", RARITY) == ()


@pytest.mark.parametrize(
    "line",
    [
        "2 points: names the four conditions",
        "- 2 pts: names the four conditions",
        "2 points for names the four conditions",
        "(2 points) names the four conditions",
        "names the four conditions (2 points)",
        "names the four conditions: 2 marks",
        "[2] names the four conditions",
        "+2 names the four conditions",
        "2p. names the four conditions",
    ],
)
def test_points_of_a_rubric_line_are_its_weight(line: str) -> None:
    (point,) = points_from_rubric(line)
    assert (point.text, point.weight) == ("names the four conditions", 2.0)


def test_half_points_are_read() -> None:
    assert [point.weight for point in points_from_rubric("0.5 points: a way\n1,5 points: another way")] == [0.5, 1.5]


def test_headings_and_deductions_of_a_rubric_are_no_key_points() -> None:
    rubric = "Marking scheme\n2 points: mutual exclusion\n-1 point: confuses it with starvation\n0 points: no answer"
    assert [point.text for point in points_from_rubric(rubric)] == ["mutual exclusion"]


def test_a_rubric_without_points_weighs_its_lines_alike() -> None:
    points = points_from_rubric("Mentions paging\n\nMentions the TLB")
    assert [(point.text, point.weight) for point in points] == [("Mentions paging", 1.0), ("Mentions the TLB", 1.0)]


def test_key_points_have_ids_of_their_own() -> None:
    assert [point.id for point in points_from_pairs([("same", 1.0), ("same", 2.0), ("", 1.0)])] == ["p0", "p1"]
