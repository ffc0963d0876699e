"""What is taken back while speaking earns nothing."""

from __future__ import annotations

import pytest

from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.retraction import drop_retracted

QUESTION = load_bank().question("algo-binary-search")


@pytest.mark.parametrize(
    ("said", "kept", "whole"),
    [
        ("It needs sorted data. Actually no, it is the other way round, forget what I just said.", "", True),
        ("I'd take a list. No wait, a set. Then I look each one up.", "a set.\nThen I look each one up.", False),
        ("First I sort, then I use a list, no wait, a heap.", "First I sort\na heap.", False),
        ("I led the migration. I made that up.", "", True),
        ("It halves the range each time.", "It halves the range each time.", False),
        ("You wait for no lock there.", "You wait for no lock there.", False),
    ],
)
def test_only_what_stands_is_kept(said: str, kept: str, whole: bool) -> None:
    found = drop_retracted(said)
    assert (found.kept, found.is_whole) == (kept, whole)
    assert all(line.strip() in said for line in found.kept.split("\n"))


def test_an_answer_taken_back_makes_no_point() -> None:
    grader = AnswerGrader(ScriptedEmbedder(), corpus=[])
    answer = "It needs sorted data, because each step throws away half of what is left."
    assert grader.assess(QUESTION, answer, 1).found
    back = grader.assess(QUESTION, f"{answer} Forget everything I said.", 1)
    assert (back.found, back.score) == ((), 0.0)
