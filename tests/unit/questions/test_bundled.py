"""The bank we ship: whole, within its promises, and quick to read."""

from __future__ import annotations

from collections import Counter

import pytest

from interviewlab.questions import check_bank, load_bank, plan_areas
from interviewlab.questions.bank import BUNDLED
from interviewlab.scoring.text import sentences
from interviewlab.types import INTERVIEW_TYPES, Exercise

EXERCISES = [pytest.param(exercise, id=exercise.id) for exercise in load_bank().exercises]


def test_every_bundled_file_passes_the_check() -> None:
    assert check_bank(BUNDLED) == ()


def test_every_area_has_questions_of_every_level() -> None:
    questions = load_bank().questions
    assert len(questions) >= 155
    kinds = Counter((question.area, question.level) for question in questions)
    areas = {area for kind in INTERVIEW_TYPES for area in plan_areas(kind)}
    assert all(kinds[area, level] for area in areas for level in ("junior", "mid", "senior"))


def test_a_question_leaves_room_for_what_leads_to_it() -> None:
    """A reply has three sentences."""
    assert [question.id for question in load_bank().questions if len(sentences(question.text)) > 2] == []


def test_every_interview_type_draws_on_areas_that_exist() -> None:
    areas = load_bank().areas
    assert all(area in areas for kind in INTERVIEW_TYPES for area in plan_areas(kind))


def test_exercises_are_spread_over_the_levels() -> None:
    levels = Counter(exercise.level for exercise in load_bank().exercises)
    assert levels.total() >= 42
    assert levels["junior"] >= 12
    assert levels["mid"] >= 14
    assert levels["senior"] >= 9


@pytest.mark.parametrize("exercise", EXERCISES)
def test_exercise_is_whole_and_small(exercise: Exercise) -> None:
    assert {"python", "javascript"} <= exercise.function.keys()
    assert len(exercise.visible) >= 3
    assert len(exercise.hidden) >= 6
    assert all(case.category for case in (*exercise.visible, *exercise.hidden))
    assert 3 <= len(exercise.discussion) <= 5
    assert (BUNDLED / "exercises" / f"{exercise.id}.yaml").stat().st_size < 12 * 1024


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_hint_or_introduction_holds_a_line_of_the_solution(exercise: Exercise) -> None:
    lines = {line.strip() for code in exercise.solution.values() for line in code.splitlines() if len(line) > 12}
    spoken = " ".join((exercise.spoken, *exercise.hints))
    assert not [line for line in lines if line in spoken]
