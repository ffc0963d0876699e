"""What is offered for next time: by the skills that were weak, with a reason that is true."""

from __future__ import annotations

import pytest

from interviewlab.questions.bank import load_bank
from interviewlab.scoring.next_time import WEAK, choose_exercises, choose_questions, shares_found, shown_by
from interviewlab.types import Found, QuestionScore, SkillScore, SubmissionScore

BANK = load_bank()
EXERCISES = {exercise.id: exercise for exercise in BANK.exercises}
QUESTIONS = {question.id: question for question in BANK.questions}


def _skills(**scores: float) -> tuple[SkillScore, ...]:
    return tuple(SkillScore(skill=name.replace("_", " "), score=score) for name, score in scores.items())


def _row(question_id: str, score: float | None, made: int = 0, missing: int = 0) -> QuestionScore:
    found = tuple(Found(key_point=f"p{n}", turn=1, quote="so", strength=0.9) for n in range(made))
    text = QUESTIONS[question_id].text
    return QuestionScore(question_id=question_id, text=text, score=score, found=found, missing=("x",) * missing)


def test_exercises_train_what_was_weak_and_say_so() -> None:
    chosen = choose_exercises(EXERCISES, shown_by(_skills(graphs=0.2, arrays=0.96), (), EXERCISES), set())
    assert len(chosen) == 3
    for each in chosen:
        assert "graphs" in EXERCISES[each.id].skills
        assert "graphs (20%)" in each.why
        assert each.why.endswith("where this interview found little.")


@pytest.mark.parametrize("seed", range(20))
def test_no_exercise_is_offered_whose_skills_stood_strong(seed: int) -> None:
    skills = _skills(graphs=0.88, arrays=0.96, hash_tables=0.7, dynamic_programming=0.86, networking=0.1)
    strong = {skill.skill for skill in skills if skill.score is not None and skill.score >= WEAK}
    chosen = choose_exercises(EXERCISES, shown_by(skills, (), EXERCISES, "senior", seed), {"conference-day"})
    assert len(chosen) == 3
    for each in chosen:
        assert strong.isdisjoint(EXERCISES[each.id].skills)
        assert each.why == f"It trains {EXERCISES[each.id].skills[0]}, not tried in this interview."
        assert EXERCISES[each.id].level != "junior"


def test_code_that_failed_its_tests_makes_its_skills_weak() -> None:
    done = EXERCISES["conference-day"]
    failed = SubmissionScore(turn=1, exercise_id=done.id, language="python", outcome="ok", passed=1, total=5)
    shown = shown_by(_skills(dynamic_programming=0.9), (failed,), EXERCISES)
    assert {shown.scores[skill] for skill in done.skills} == {0.2}
    chosen = choose_exercises(EXERCISES, shown, {done.id})
    assert done.id not in {each.id for each in chosen}
    assert all("(your code passed 1 of 5 tests)" in each.why for each in chosen)


def test_a_skill_has_one_percentage_in_the_report() -> None:
    """What failing code showed of it is said as such, beside the score of the table."""
    failed = SubmissionScore(turn=1, exercise_id="paired", language="python", outcome="ok", passed=0, total=4)
    done = EXERCISES["conference-day"].model_copy(update={"id": "paired", "skills": ("hash maps",)})
    why = shown_by(_skills(hash_maps=0.5), (failed,), {"paired": done}).why("trains", ["hash maps"])
    assert why == "It trains hash maps (your code passed 0 of 4 tests), where this interview found little."


def test_without_code_the_weakest_questions_come_again_and_one_like_them() -> None:
    rows = (
        _row("behave-vague-goal", 0.01),
        _row("behave-difficult-stakeholder", 0.21),
        _row("behave-changed-mind", 0.9),
    )
    shown = shown_by(_skills(ambiguity=0.01, communication=0.21, open_mindedness=0.9), (), EXERCISES)
    first, second, like = choose_questions(QUESTIONS, rows, shown, set(EXERCISES))
    assert (first.id, first.is_again) == ("behave-vague-goal", True)
    assert first.why == "Try it again: its answer reached 1% in this interview."
    assert second.id == "behave-difficult-stakeholder"
    assert not like.is_again
    assert QUESTIONS[like.id].area == "behavioural"
    assert "where this interview found little" in like.why


def test_a_strong_interview_is_offered_questions_of_its_areas_on_what_was_not_tried() -> None:
    rows = (_row("design-news-feed", 0.94), _row("design-shard-key", 0.85))
    shown = shown_by(_skills(caching=0.94, scalability=0.89, system_design=0.89, sharding=0.85), (), EXERCISES)
    chosen = choose_questions(QUESTIONS, rows, shown, set(EXERCISES))
    assert chosen
    for each in chosen:
        assert not each.is_again
        assert each.why == f"It asks for {QUESTIONS[each.id].skills[0]}, not tried in this interview."
        assert shown.scores.keys().isdisjoint(QUESTIONS[each.id].skills)


def test_a_question_that_got_no_answer_is_offered_again() -> None:
    (first, *_) = choose_questions(QUESTIONS, (_row("behave-vague-goal", None),), shown_by((), (), EXERCISES))
    assert first.why == "Try it again: no answer to it could be judged in this interview."


def test_equal_choices_vary_with_the_seed_and_are_the_same_for_the_same() -> None:
    def ids(seed: int) -> tuple[str, ...]:
        return tuple(each.id for each in choose_exercises(EXERCISES, shown_by((), (), EXERCISES, "mid", seed), set()))

    assert len({ids(seed) for seed in range(10)}) > 5
    assert ids(3) == ids(3)


@pytest.mark.parametrize(
    ("score", "made", "missing", "is_little"),
    [
        (0.52, 4, 1, False),
        (0.5, 5, 1, False),
        (0.58, 3, 3, False),
        (0.3, 2, 2, False),
        (0.52, 1, 4, True),
        (0.2, 0, 5, True),
        (0.55, 2, 3, True),
    ],
)
def test_little_was_found_only_where_most_points_are_missing(
    score: float, made: int, missing: int, is_little: bool
) -> None:
    row = _row("ml-ab-test-model", score, made, missing)
    skills = tuple(SkillScore(skill=name, score=score) for name in QUESTIONS[row.question_id].skills)
    shown = shown_by(skills, (), EXERCISES, "senior", 0, shares_found((row,), QUESTIONS))
    trained = choose_exercises(EXERCISES, shown, set())
    offered = choose_questions(QUESTIONS, (row,), shown, set(EXERCISES))
    reasons = [*(each.why for each in trained), *(each.why for each in offered)]
    assert any("found little" in why for why in reasons) == is_little
    assert any(each.is_again for each in offered) == is_little


def test_the_question_that_lacks_most_comes_again_first_and_says_what_was_made() -> None:
    rows = (
        _row("behave-vague-goal", 0.4, 2, 3),
        _row("behave-difficult-stakeholder", 0.5, 1, 4),
        _row("behave-changed-mind", 0.45, 4, 1),
    )
    first, second, other = choose_questions(QUESTIONS, rows, shown_by((), (), EXERCISES), set(EXERCISES))
    assert (first.id, second.id) == ("behave-difficult-stakeholder", "behave-vague-goal")
    assert first.why == "Try it again: its answer made 1 of 5 points in this interview."
    assert not other.is_again


def test_code_that_fails_is_weak_whatever_was_said_of_it() -> None:
    done = EXERCISES["conference-day"]
    failed = SubmissionScore(turn=1, exercise_id=done.id, language="python", outcome="ok", passed=1, total=5)
    shares = dict.fromkeys(done.skills, 1.0)
    assert all(map(shown_by((), (failed,), EXERCISES, shares=shares).is_weak, done.skills))
    passed = failed.model_copy(update={"passed": 5})
    assert not any(map(shown_by((), (passed,), EXERCISES, shares=shares).is_weak, done.skills))
