"""What the embedded brain may say next, so that a mouth can make it ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from interviewlab.brains.phrases import fixed_phrases
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import find_question
from interviewlab.types import Progress, Question

SHORT_PHRASES = 12
"""Most replies begin with one of the shortest."""


class Foreseen(NamedTuple):
    """One sentence or two that may be said."""

    text: str
    is_own: bool = False
    """Whether it quotes a CV: it must be kept nowhere."""


def foreseeable(bank: Bank, progress: Progress, personal: Sequence[Question] = ()) -> tuple[Foreseen, ...]:
    """Phrases and the probes of the question on the table, the likely ones first; those of ``personal`` quote a CV."""
    question = find_question(bank, personal, progress.question_id)
    is_own = question in personal
    of_question = [*(point.follow_up for point in question.key_points), question.rephrased] if question else []
    return (
        *(Foreseen(phrase) for phrase in sorted(fixed_phrases(), key=len)[:SHORT_PHRASES]),
        *(Foreseen(text, is_own) for text in of_question if text),
        *(Foreseen(phrase) for phrase in fixed_phrases()),
    )
