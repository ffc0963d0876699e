"""What to practise next: three exercises of the bank that ask for what was weak."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from interviewlab.types import AxisName, AxisScore, Exercise, NextExercise, SkillScore

HOW_MANY = 3
WEAK = 0.6
"""Score under which a skill is worth practising."""


def choose_exercises(
    exercises: Mapping[str, Exercise],
    skills: Sequence[SkillScore],
    axes: Mapping[AxisName, AxisScore],
    done: Collection[str | None],
) -> tuple[NextExercise, ...]:
    """Exercises not done in this interview, those first that share most with what was weak; the same for the same."""
    weak = {skill.skill: skill.score for skill in skills if skill.score is not None and skill.score < WEAK}
    left = [exercise for exercise in exercises.values() if exercise.id not in done]
    is_new_to_code = axes["code_quality"].score is None
    ranked = sorted(left, key=lambda exercise: (-_need(exercise, weak), _distance(exercise, axes), exercise.id))
    return tuple(
        NextExercise(id=each.id, title=each.title, why=_why(each, weak, is_new_to_code=is_new_to_code))
        for each in ranked[:HOW_MANY]
    )


def _need(exercise: Exercise, weak: Mapping[str, float]) -> float:
    return sum(1.0 - weak[skill] for skill in exercise.skills if skill in weak)


def _distance(exercise: Exercise, axes: Mapping[AxisName, AxisScore]) -> int:
    """How far its level lies from what the code so far suggests."""
    score = axes["code_quality"].score
    fitting = 0 if score is None or score < 0.4 else 1 if score < 0.8 else 2
    return abs(("junior", "mid", "senior").index(exercise.level) - fitting)


def _why(exercise: Exercise, weak: Mapping[str, float], *, is_new_to_code: bool) -> str:
    shared = [f"{skill} ({weak[skill]:.0%})" for skill in exercise.skills if skill in weak]
    if shared:
        return f"It asks for {', '.join(shared)}, where this interview was weak."
    return (
        "No code was handed in this time."
        if is_new_to_code
        else f"It trains {exercise.skills[0]}, a step on from here."
    )
