"""What the embedded brain may say next, so that a mouth can make it ready."""

from __future__ import annotations

from interviewlab.brains.phrases import fixed_phrases
from interviewlab.questions.bank import Bank
from interviewlab.types import Progress

SHORT_PHRASES = 12
"""Most replies begin with one of the shortest."""


def foreseeable(bank: Bank, progress: Progress) -> tuple[str, ...]:
    """Phrases and the probes of the question on the table, the likely ones first; nothing that names a person."""
    question = bank.find_question(progress.question_id)
    probes = [point.follow_up for point in question.key_points] if question else []
    rephrased = [question.rephrased] if question and question.rephrased else []
    return (*sorted(fixed_phrases(), key=len)[:SHORT_PHRASES], *probes, *rephrased, *fixed_phrases())
