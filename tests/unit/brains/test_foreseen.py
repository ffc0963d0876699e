"""What may be said next is known beforehand, of questions on a CV too; those quote it and are told apart."""

from __future__ import annotations

import pytest

from interviewlab.brains.foreseen import Foreseen, foreseeable
from interviewlab.questions import load_bank
from interviewlab.resume import personal_questions
from interviewlab.types import Claim, Progress

BANK = load_bank()
OWN = personal_questions([Claim(id="shop", kind="project", name="Marigold Shop", skills=("React",))])[0]


def foreseen(question_id: str) -> tuple[Foreseen, ...]:
    return foreseeable(BANK, Progress(question_id=question_id), (OWN,))


def test_probes_of_a_question_on_a_cv_are_foreseen_and_marked_as_somebody_s_own() -> None:
    lines = foreseen(OWN.id)
    wanted = {*(point.follow_up for point in OWN.key_points), OWN.rephrased}
    assert {line.text for line in lines if line.is_own} == wanted
    assert not any("Marigold" in line.text for line in lines if not line.is_own)


@pytest.mark.parametrize("question_id", ["sec-xss", "free-windows"])
def test_probes_of_the_bank_are_nobody_s(question_id: str) -> None:
    lines = foreseen(question_id)
    item = BANK.find_question(question_id)
    points = item.key_points if item else BANK.exercise(question_id).discussion
    assert {point.follow_up for point in points} <= {line.text for line in lines}
    assert not any(line.is_own for line in lines)
