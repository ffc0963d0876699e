"""Candidates who answer as people did: questions, answers and marks of SAF, held as an interview.

The marks come from graders who read the answers; the key points come from the teacher's reference. Neither was made
from the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from evals.agreement import to_level
from evals.candidates import HumanSpeaker, Persona
from evals.dataset import Sample
from evals.shared_data import open_saf
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity
from interviewlab.types import KeyPoint, Plan, Question

QUESTIONS = 3
POINTS = (3, 6)
"""How many key points a question of an interview has."""
LEAST_WORDS = 5
TRUTH = "people's marks of the answers given (SAF, MIT), as the nearest of five levels of their mean"


@dataclass(frozen=True)
class HumanInterview:
    """A plan that asks for what was asked, who answers it, and the level that its marks add up to."""

    plan: Plan
    speaker: HumanSpeaker
    level: int
    marks: dict[str, float]
    """People's mark by id of the question, share of full marks."""


class HumanAnswers:
    """The questions of SAF that can be held as an interview, with everybody's answers. Raises BadInput without it."""

    def __init__(self, rarity: Rarity) -> None:
        rows = [item for item in open_saf(rarity) if isinstance(item, Sample) and item.human is not None]
        told = [row for row in rows if not row.is_blank and len(row.answer.split()) >= LEAST_WORDS]
        self._by_question: dict[str, list[Sample]] = {}
        for row in told:
            if len(row.target) >= POINTS[0]:
                self._by_question.setdefault(row.question_id, []).append(row)
        if len(self._by_question) < QUESTIONS:
            raise BadInput("SAF holds too few questions with enough key points.", "Check the shared data.")

    def interview(self, persona: Persona) -> HumanInterview:
        """Three questions, each answered as somebody did whose mark is nearest to the persona's level."""
        draw = random.Random(f"{persona.seed}:{persona.level}")  # noqa: S311 which answers
        chosen = draw.sample(sorted(self._by_question), QUESTIONS)
        rows = [_nearest(self._by_question[name], persona.level, draw) for name in chosen]
        marks = {_id(row.question_id): row.human or 0.0 for row in rows}
        plan = Plan(
            type="resume",
            questions=1,
            exercises=0,
            seed=persona.seed,
            candidate="Sam Field",
            personal=tuple(_question(row) for row in rows),
        )
        speaker = HumanSpeaker({_id(row.question_id): [row.answer] for row in rows})
        return HumanInterview(plan, speaker, 1 + to_level(fmean(marks.values())), marks)


def _nearest(rows: Sequence[Sample], level: int, draw: random.Random) -> Sample:
    wanted = (level - 1) / 4
    gap = min(abs((row.human or 0.0) - wanted) for row in rows)
    return draw.choice([row for row in rows if abs((row.human or 0.0) - wanted) <= gap + 1e-9])


def _question(row: Sample) -> Question:
    heaviest = sorted(row.target, key=lambda point: -point.weight)[: POINTS[1]]
    points = tuple(_probed(point) for point in row.target if point in heaviest)
    return Question(
        id=_id(row.question_id),
        area="networks",
        level="mid",
        text=row.input,
        rephrased=row.input,
        answer=" ".join(point.text for point in points),
        key_points=points,
        skills=("computer networks",),
    )


def _probed(point: KeyPoint) -> KeyPoint:
    return point.model_copy(update={"follow_up": "Could you say more about that?"})


def _id(question_id: str) -> str:
    return "saf-" + re.sub(r"[^a-z0-9]+", "-", question_id.lower().removesuffix(".xml")).strip("-")
