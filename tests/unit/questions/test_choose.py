"""Choosing what to ask: never twice, always the same for the same seed, areas in turn, the difficulty nearest."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlab.questions import Bank, load_bank, next_exercise, next_question, plan_areas
from interviewlab.questions.kinds import kind_of
from interviewlab.types import DIFFICULTIES, INTERVIEW_TYPES, Difficulty, InterviewType, Question

BANK = load_bank()

areas = st.sets(st.sampled_from(BANK.areas), min_size=1).map(lambda names: tuple(sorted(names)))
difficulties = st.sampled_from(DIFFICULTIES)
seeds = st.integers(min_value=0, max_value=10**9)
histories = st.lists(st.sampled_from([q.id for q in BANK.questions] + ["cv-project", "cv-skill"]), unique=True)


def ask_all(areas: tuple[str, ...], difficulty: Difficulty, seed: int, bank: Bank = BANK) -> list[str]:
    asked: list[str] = []
    while question := next_question(bank, areas=areas, difficulty=difficulty, asked=asked, seed=seed):
        asked.append(question.id)
    return asked


def area_of(question_id: str) -> str:
    return BANK.question(question_id).area


@given(areas=areas, difficulty=difficulties, seed=seeds)
def test_every_question_of_the_areas_comes_once_and_only_once(
    areas: tuple[str, ...], difficulty: Difficulty, seed: int
) -> None:
    asked = ask_all(areas, difficulty, seed)
    assert sorted(asked) == sorted(question.id for question in BANK.questions if question.area in areas)


@given(areas=areas, difficulty=difficulties, asked=histories, seed=seeds)
def test_choice_depends_on_its_arguments_alone(
    areas: tuple[str, ...], difficulty: Difficulty, asked: list[str], seed: int
) -> None:
    shuffled = Bank(questions=BANK.questions[::-1], exercises=())
    first = next_question(BANK, areas=areas, difficulty=difficulty, asked=asked, seed=seed)
    again = next_question(shuffled, areas=areas[::-1], difficulty=difficulty, asked=tuple(asked), seed=seed)
    assert first == again


@given(areas=areas, difficulty=difficulties, asked=histories, seed=seeds)
def test_area_changes_while_another_has_questions_left(
    areas: tuple[str, ...], difficulty: Difficulty, asked: list[str], seed: int
) -> None:
    question = next_question(BANK, areas=areas, difficulty=difficulty, asked=asked, seed=seed)
    known = [question_id for question_id in asked if not question_id.startswith("cv-")]
    left = {q.area for q in BANK.questions if q.area in areas and q.id not in asked}
    if question is None:
        assert not left
    elif known and left - {area_of(known[-1])}:
        assert question.area != area_of(known[-1])


@given(areas=areas, difficulty=difficulties, asked=histories, seed=seeds)
def test_no_unasked_question_of_the_chosen_area_is_nearer_in_difficulty(
    areas: tuple[str, ...], difficulty: Difficulty, asked: list[str], seed: int
) -> None:
    question = next_question(BANK, areas=areas, difficulty=difficulty, asked=asked, seed=seed)
    if question is None:
        return
    wanted = DIFFICULTIES.index(difficulty)
    rivals = [q for q in BANK.questions if q.area == question.area and q.id not in asked]
    distance = min(abs(DIFFICULTIES.index(q.level) - wanted) for q in rivals)
    assert abs(DIFFICULTIES.index(question.level) - wanted) == distance


@given(difficulty=difficulties, seed=seeds)
def test_first_six_questions_of_a_mixed_interview_come_from_six_areas(difficulty: Difficulty, seed: int) -> None:
    asked = ask_all(plan_areas("mixed"), difficulty, seed)
    assert {area_of(question_id) for question_id in asked[:6]} == set(plan_areas("mixed"))
    assert all(area_of(one) != area_of(two) for one, two in pairwise(asked[:36]))


def test_seeds_give_different_interviews() -> None:
    assert len({tuple(ask_all(plan_areas("mixed"), "mid", seed)[:4]) for seed in range(20)}) >= 15


def test_new_question_in_the_bank_leaves_the_others_in_their_order() -> None:
    full = ask_all(("databases",), "mid", 7)
    dropped = full[2]
    smaller = Bank(questions=tuple(q for q in BANK.questions if q.id != dropped), exercises=())
    rest = ask_all(("databases",), "mid", 7, smaller)
    assert rest == [question_id for question_id in full if question_id != dropped]


def test_the_leading_area_comes_first_and_every_second_time() -> None:
    areas, asked = kind_of("system-design").areas, list[str]()
    for _ in range(6):
        question = next_question(BANK, areas=areas, difficulty="senior", asked=asked, seed=5, lead="design")
        assert question is not None
        asked.append(question.id)
    assert [BANK.question(each).area == "design" for each in asked] == [True, False] * 3


def test_no_areas_give_no_question() -> None:
    assert next_question(BANK, areas=(), difficulty="mid", asked=(), seed=0) is None
    assert next_question(BANK, areas=("astrology",), difficulty="mid", asked=(), seed=0) is None


@given(difficulty=difficulties, seed=seeds, language=st.sampled_from(["python", "javascript"]))
def test_exercises_come_once_nearest_difficulty_first(difficulty: Difficulty, seed: int, language: str) -> None:
    done: list[str] = []
    distances: list[int] = []
    while exercise := next_exercise(BANK, difficulty=difficulty, language=language, done=done, seed=seed):  # type: ignore[arg-type]
        done.append(exercise.id)
        distances.append(abs(DIFFICULTIES.index(exercise.level) - DIFFICULTIES.index(difficulty)))
    assert sorted(done) == [exercise.id for exercise in BANK.exercises]
    assert distances == sorted(distances)


def test_language_nobody_wrote_an_exercise_in_gives_none() -> None:
    assert next_exercise(BANK, difficulty="mid", language="sql", done=(), seed=0) is None


@pytest.mark.parametrize(
    ("kind", "areas"),
    [
        ("resume", ("resume",)),
        ("coding", ("coding", "algorithms", "testing")),
        ("sql", ("sql", "databases")),
        ("machine-learning", ("machine-learning",)),
        ("frontend", ("frontend",)),
        ("behavioural", ("behavioural",)),
        (
            "fundamentals",
            ("algorithms", "systems-networks", "databases", "languages", "concurrency", "security"),
        ),
        ("system-design", ("design", "databases", "systems-networks")),
    ],
)
def test_type_draws_on_its_areas(kind: InterviewType, areas: tuple[str, ...]) -> None:
    assert plan_areas(kind) == areas


def test_every_type_is_planned() -> None:
    assert all(plan_areas(kind) for kind in INTERVIEW_TYPES)


def test_no_area_is_left_out_of_all_types() -> None:
    assert {area for kind in INTERVIEW_TYPES for area in plan_areas(kind)} == set(BANK.areas)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
@pytest.mark.parametrize("kind", ["coding", "fundamentals", "mixed"])
def test_no_area_but_the_last_one_has_a_question_nearer_in_difficulty(
    kind: InterviewType, difficulty: Difficulty
) -> None:
    asked = ask_all(plan_areas(kind), difficulty, seed=4)
    for number, (before, now) in enumerate(pairwise(asked)):
        left = [BANK.question(question_id) for question_id in asked[number + 1 :]]
        rivals = [question for question in left if question.area != area_of(before)] or left
        assert steps(BANK.question(now), difficulty) == min(steps(rival, difficulty) for rival in rivals)


@given(areas=areas, difficulty=difficulties, asked=histories, seed=seeds)
def test_nothing_beyond_reach_is_chosen(
    areas: tuple[str, ...], difficulty: Difficulty, asked: list[str], seed: int
) -> None:
    question = next_question(BANK, areas=areas, difficulty=difficulty, asked=asked, seed=seed, reach=1)
    left = [q for q in BANK.questions if q.area in areas and q.id not in asked and steps(q, difficulty) <= 1]
    assert (question in left) if left else question is None


def steps(question: Question, difficulty: Difficulty) -> int:
    return abs(DIFFICULTIES.index(question.level) - DIFFICULTIES.index(difficulty))
