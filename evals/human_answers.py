"""Candidates who answer as people did: questions, answers and marks of SAF, held as an interview.

The marks come from graders who read the answers; the key points come from the teacher's reference. Neither was made
from the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING, Any

from evals.agreement import Judged, measure_agreement, to_level
from evals.bank import bank_rarity
from evals.candidates import LEVELS, HumanSpeaker, Persona
from evals.dataset import Sample
from evals.shared_data import open_saf
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity
from interviewlab.settings import Settings
from interviewlab.types import AxisName, KeyPoint, Plan, Question

if TYPE_CHECKING:
    from interviewlab.judging import Bench

QUESTIONS = 3
LENGTHS = (QUESTIONS, 9)
"""Questions of a short practice, and of half an hour, the length that the page offers first."""
POINTS = (3, 6)
"""How many key points a question of an interview has."""
LEAST_WORDS = 5
TRUTH = "people's marks of the answers given (SAF, MIT), as the nearest of five levels of their mean"
AXIS: AxisName = "technical_knowledge"
"""The axis that such answers bear on: the marks are for what was known."""


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
        if len(self._by_question) < max(LENGTHS):
            raise BadInput("SAF holds too few questions with enough key points.", "Check the shared data.")

    def interview(self, persona: Persona, questions: int = QUESTIONS) -> HumanInterview:
        """So many questions, each answered as somebody did whose mark is nearest to the persona's level."""
        draw = random.Random(f"{persona.seed}:{persona.level}")  # noqa: S311 which answers
        chosen = draw.sample(sorted(self._by_question), questions)
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


async def measure_human_interviews(settings: Settings, seed: int, count: int) -> dict[str, Any]:
    """``count`` interviews of each of ``LENGTHS``: the score of ``AXIS`` against the level of the marks, the score of
    each question against its mark, and the share of triples (weak, middling, strong) in order."""
    from interviewlab.bootstrap import build_bench  # costs seconds to import: --help does without

    answers, bench = HumanAnswers(bank_rarity()), build_bench(settings)
    by_length = {str(each): await _measure_length(settings, bench, answers, seed, count, each) for each in LENGTHS}
    return {"truth": TRUTH, "by_length": by_length}


async def _measure_length(
    settings: Settings, bench: Bench, answers: HumanAnswers, seed: int, count: int, questions: int
) -> dict[str, Any]:
    from evals.simulation import Quarters, hold
    from interviewlab.judging import judge_transcript

    by_question: list[Judged] = []
    by_interview: list[Judged] = []
    with Quarters(settings.model_copy(update={"sandbox": "scripted"})) as quarters:
        for n in range(count):
            persona = Persona(LEVELS[n % len(LEVELS)], seed=seed + n)
            human = answers.interview(persona, questions)
            held = await hold(quarters, persona, human.plan, human.speaker)
            report = await judge_transcript(bench, held.transcript)
            scores = {row.question_id: row.score for row in report.questions}
            by_question += [Judged(q, mark, scores.get(q), is_blank=False) for q, mark in human.marks.items()]
            level, score = (human.level - 1) / 4, report.axes[AXIS].score
            by_interview.append(Judged(persona.name, level, score, is_blank=False))
    parts = {"questions": by_question, "interviews": by_interview}
    agreed = {name: measure_agreement(rows, seed) for name, rows in parts.items()}
    return {
        **{name: part.to_dict() if part else None for name, part in agreed.items()},
        "triples": triples_in_order(by_interview),
    }


def triples_in_order(rows: Sequence[Judged]) -> dict[str, Any] | None:
    """One weak (levels 1 and 2), one middling (3) and one strong (4 and 5) interview, in every combination: the share
    that is scored in that order; None where a band is empty."""
    bands: dict[str, list[float]] = {"weak": [], "middling": [], "strong": []}
    for row in rows:
        if row.machine is not None:
            bands["weak" if row.human < 0.5 else "strong" if row.human > 0.5 else "middling"].append(row.machine)
    combined = list(product(*bands.values()))
    ordered = sum(weak < middling < strong for weak, middling, strong in combined)
    return {"n": len(combined), "value": round(ordered / len(combined), 4)} if combined else None


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
