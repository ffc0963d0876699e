"""What the candidate can do, by area, as an Elo rating on the logit scale; it picks the next difficulty.

Source: R. Pelánek (2016), "Applications of the Elo rating system in adaptive educational systems", Computers &
Education 98, 169-179. The chance to answer an item of difficulty ``b`` is 1 / (1 + exp(b - θ)); after each answer θ
moves by K times what was shown less what was expected. As in its section on related areas an ability is a general part
plus one of its own; items are not rated but have the difficulty of their level.
"""

from __future__ import annotations

from math import exp

from interviewlab.questions.discussion import discussion_of
from interviewlab.types import Ability, Difficulty, Level, Question, TurnContext, Understanding

RATING: dict[Difficulty, float] = {"junior": -1.0, "mid": 0.0, "senior": 1.0}
START: dict[Level, float] = {"intern": -1.4, "junior": -1.0, "mid": 0.0, "senior": 1.0, "staff": 1.4}
K_GENERAL, K_OWN = 0.8, 0.4
"""Two strong or two weak answers in a row move the difficulty by one step; a single one only in its own area, and only
where it was nearly whole or nearly nothing."""
STEP = 0.5
"""Half the distance of two difficulties: the nearest one is asked."""
HINT_COST = 0.1
"""Of what was shown on an exercise, for each hint."""


def start(level: Level) -> Ability:
    """What is expected of a candidate of this level."""
    return Ability(general=START[level])


def current(ability: Ability, level: Level) -> Ability:
    """The estimate so far, or what is expected where nothing was shown yet."""
    return ability if ability.answered else start(level)


def estimate(ability: Ability, area: str) -> float:
    """Logits, for one area."""
    return ability.general + ability.own.get(area, 0.0)


def difficulty_for(ability: Ability, area: str) -> Difficulty:
    """The difficulty to ask next in an area: the one nearest to the estimate."""
    level = estimate(ability, area)
    return "junior" if level < -STEP else "senior" if level > STEP else "mid"


def update(ability: Ability, area: str, difficulty: Difficulty, shown: float) -> Ability:
    """After one question or exercise, of which ``shown`` in [0, 1] was answered or solved."""
    surprise = shown - 1.0 / (1.0 + exp(RATING[difficulty] - estimate(ability, area)))
    own = round(ability.own.get(area, 0.0) + K_OWN * surprise, 3)
    return Ability(
        general=round(ability.general + K_GENERAL * surprise, 3),
        own={**ability.own, area: own},
        answered=ability.answered + 1,
    )


def on_table(context: TurnContext) -> Question | None:
    """The question that is asked, or the talk about the exercise."""
    return discussion_of(context.exercise) if context.exercise else context.question


def shown_on_table(context: TurnContext, understanding: Understanding) -> float | None:
    """The best that was shown on what is on the table, up to and with this turn: of an exercise its tests, of a
    question its answers. None where nothing could be judged."""
    before, result = context.progress, context.result
    seen = [before.best] if before.best is not None else []
    if context.exercise is not None:
        if result is not None and result.tests:
            cost = HINT_COST * (before.hints + before.case_hints)
            seen.append(max(0.0, result.passed / len(result.tests) - cost))
    elif understanding.assessment is not None and understanding.assessment.score is not None:
        seen.append(understanding.assessment.score)
    elif "dont_know" in understanding.signals:
        seen.append(0.0)
    return round(max(seen), 4) if seen else None


def with_table(context: TurnContext, understanding: Understanding) -> Ability:
    """The estimate with what is on the table counted, as it holds once that is left."""
    known, table = current(context.progress.ability, context.plan.level), on_table(context)
    shown = shown_on_table(context, understanding)
    return known if table is None or shown is None else update(known, table.area, table.level, shown)
