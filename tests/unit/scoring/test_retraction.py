"""What is taken back while speaking earns nothing."""

from __future__ import annotations

import pytest

from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.retraction import drop_from_turns, drop_retracted

QUESTION = load_bank().question("algo-binary-search")


@pytest.mark.parametrize(
    ("said", "kept", "whole"),
    [
        ("It needs sorted data. Actually no, it is the other way round, forget what I just said.", "", True),
        ("I'd take a list. No wait, a set. Then I look each one up.", "a set.\nThen I look each one up.", False),
        ("First I sort, then I use a list, no wait, a heap.", "First I sort\na heap.", False),
        ("I led the migration. I made that up.", "", True),
        ("A list holds them. On second thoughts the opposite is true in every point.", "", True),
        ("A list holds them. Wait, it's the reverse. Let me take that back.", "", True),
        ("A list holds them. No, it's the other way round.", "", True),
        ("I use a list. Correction: a set.", "a set.", False),
        ("I use a list, correction, a set.", "a set.", False),
        ("It is kept as a hash table, scratch that, a B-tree.", "a B-tree.", False),
        ("It needs sorted data. It is a list. Scratch that.", "It needs sorted data.", False),
        ("It needs sorted data. Scratch all of that.", "", True),
        ("It halves the range each time.", "It halves the range each time.", False),
        ("You wait for no lock there.", "You wait for no lock there.", False),
    ],
)
def test_only_what_stands_is_kept(said: str, kept: str, whole: bool) -> None:
    found = drop_retracted(said)
    assert (found.kept, found.is_whole) == (kept, whole)
    assert all(line.strip() in said for line in found.kept.split("\n"))


@pytest.mark.parametrize(
    "said",
    [
        "With an array it is the other way round.",
        "For reads the opposite is true, so we cache them.",
        "In a max-heap it's the reverse, the largest is on top.",
        "If the release fails we take it back.",
        "I take it back to the queue when the worker dies.",
        "ECC memory uses error correction.",
        "Error detection, correction, and flow control are done there.",
        "- Correction: a Hamming code adds bits.",
        "Actually the opposite is true for writes.",
        "We had to strike that balance.",
        "With strike that out, we read the rest.",
        "Many people believe that it works on any list. It's the other way round.",
    ],
)
def test_comparisons_and_nouns_take_nothing_back(said: str) -> None:
    answer = f"It needs sorted data. {said} Then it halves the range."
    assert drop_retracted(answer).kept == answer


FIRST = "It needs sorted data, because each step throws away half of what is left."


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        ("It is a hash table, scratch that, a B-tree.", [FIRST, "a B-tree."]),
        ("The root is read first, then its children. Forget what I just said.", [FIRST, ""]),
        ("No, actually it needs sorted data.", [FIRST, "it needs sorted data."]),
        ("Sorry, forget what I just said. It works on any list.", ["", "It works on any list."]),
        ("The root is read first, then its children. Forget everything I said.", ["", ""]),
        ("No, it's the other way round.", ["", ""]),
        ("Scratch that, it is a list.", ["", "it is a list."]),
    ],
)
def test_a_later_turn_takes_only_back_what_it_means(later: str, standing: list[str]) -> None:
    assert [each.kept.strip() for each in drop_from_turns([FIRST, later])] == standing


def test_what_others_believe_is_what_the_next_turn_reverses() -> None:
    belief = f"{FIRST} Many people believe that it works on any list."
    first, _ = drop_from_turns([belief, "No, it's the other way round."])
    assert first.kept == belief


def test_an_answer_taken_back_makes_no_point() -> None:
    grader = AnswerGrader(ScriptedEmbedder(), corpus=[])
    answer = "It needs sorted data, because each step throws away half of what is left."
    assert grader.assess(QUESTION, answer, 1).found
    back = grader.assess(QUESTION, f"{answer} Forget everything I said.", 1)
    assert (back.found, back.score) == ((), 0.0)
